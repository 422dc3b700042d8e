"""Typing errors in questions, mended with the words of the edition itself.

A word is only taken for an error when it is known nowhere: not in the edition, not in the
glossary, not as a usual Dutch or English word, not as a compound of those. It is replaced only by
a word of the edition (or a small word such as "hoeveel") that is clearly the likeliest; usual
words that the edition lacks count as rivals. In doubt it stays: a wrong correction is worse
than none.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.dutch import DutchAnalyser, fold
from corpus.glossary import Lexicon
from corpus.near_words import NearWords
from corpus.typing_errors import slip_cost
from corpus.words import EditionWords

_CHUNK = re.compile(r"\S+")
_PIECE = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[\d@/\\_]|\w[.:]\w")
"""What makes a chunk an address, a code or a number."""
_SMALL_WORDS = frozenset(
    """bedoelen bedoeling bestaat betekent daarvoor eigenlijk ervoor gebeurt hebben hoelang hoeveel
    iemand krijgen krijgt kunnen misschien moeten mogen nodig precies volgens waaraan waarom
    waarvoor wanneer welke werkt willen worden wordt
    company does employer should student students what when where which would""".split()  # noqa: SIM905
)
"""What questions are made of, and documents need not hold."""

_KNOWN = 2.0  # Zipf (powers of ten in 10**9 words) from which a Dutch word is no typing error
_KNOWN_LONG = 2.8  # the same for a long word: few others lie near it, and many people misspell it
_LONG = 8
_RARER = 1.6  # Zipf by which a rare word must stay below the word that it is taken for
_SLIP = 1.0  # the most that the slip may cost then: usual errors only
_SHORTEST = 5
_SHORTEST_NAME = 7  # with a capital in a sentence it may be a name
_SHORTEST_TWO = 8  # two errors in a short word leave too little of it
_SURE = 1.0  # powers of ten by which the likeliest word must beat the next
_ENOUGH = 0.5  # powers of ten by which it must be likelier than a word that nobody knows
_USUAL_EDITION = 2_000  # words in an edition for which that is right
_PER_LETTER = 0.3  # powers of ten; the longer a word, the fewer others lie as near
_MOST_UNKNOWN = 8  # beyond it, or beyond half of the words: another language, or no language
_USUAL_UNKNOWN = 3
_LONGEST = 40
_READ = 2000  # characters of a text that are looked at
_JOINED = (3, 2)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text without its typing errors."""

    text: str
    words: tuple[tuple[str, str], ...] = ()
    """(as typed, as understood) for each word that was changed, in order."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of letters in a text that may hold a typing error."""

    start: int
    end: int
    typed: str
    folded: str
    opens: bool
    """Whether it is the first of its sentence, where a capital says nothing."""


class Speller:
    """Corrects questions. Built once at the entry point; word lists are loaded on first use."""

    def __init__(self, analyser: DutchAnalyser, glossary: Lexicon) -> None:
        self._analyser = analyser
        self._glossary = glossary

    def correct(self, text: str, edition: EditionWords) -> Corrected:
        """``text`` with the words mended that are surely typing errors in this edition."""
        if not edition.counts:
            return Corrected(text)
        words = _words_in(text[:_READ])
        changes = self._joined(text, words, edition)
        taken = {place for start, end, _ in changes for place in range(start, end)}
        rest = [w for w in words if w.start not in taken]
        known = {w: self._is_known(w, edition) for w in {w.folded for w in rest}}
        unknown = [w for w in rest if not known[w.folded]]
        if self._can_be_errors(unknown, words):
            meant = {w: self._meant(w, edition) for w in unknown}
            changes += [(w.start, w.end, other) for w, other in meant.items() if other]
        return _changed(text, sorted(changes))

    def with_glossary(self, glossary: Lexicon) -> Speller:
        """The same with another glossary; the word lists are shared."""
        other = copy.copy(self)
        other._glossary = glossary
        return other

    def warm(self, edition: EditionWords) -> None:
        """Load the word lists now, so that the first question need not wait for them."""
        self._is_known("onbekend" * 3, edition)
        self._near("onbekend", 1, edition)

    # --- steps -------------------------------------------------------------------------------

    def _joined(
        self, text: str, words: Sequence[_Word], edition: EditionWords
    ) -> list[tuple[int, int, str]]:
        """Words typed apart that the edition writes as one: "leer werk plek"."""
        changes = []
        at = 0
        while at < len(words):
            for length in _JOINED:
                run = words[at : at + length]
                joined = "".join(w.folded for w in run)
                if len(run) == length and self._may_join(text, run, joined, edition):
                    changes.append((run[0].start, run[-1].end, joined))
                    at += length - 1
                    break
            at += 1
        return changes

    def _may_join(
        self, text: str, run: Sequence[_Word], joined: str, edition: EditionWords
    ) -> bool:
        here = edition.counts.get(joined, 0)
        # Where every part is more usual than the whole, the whole may be a slip of the edition.
        if here < 2 or all(edition.counts.get(w.folded, 0) >= here for w in run):
            return False
        gaps = {text[one.end : other.start] for one, other in pairwise(run)}
        return gaps == {" "} and all(
            len(w.folded) > 2 and self._analyser.words(w.folded) for w in run
        )

    def _can_be_errors(self, unknown: Sequence[_Word], words: Sequence[_Word]) -> bool:
        strange = len({w.folded for w in unknown})
        few = strange <= _USUAL_UNKNOWN or 2 * strange <= len({w.folded for w in words})
        return few and strange <= _MOST_UNKNOWN

    def _is_known(self, word: str, edition: EditionWords) -> bool:
        if len(word) < _SHORTEST - 1 or len(word) > _LONGEST or not word.isascii():
            return True
        if word in edition.counts or word in _SMALL_WORDS or word in self._english:
            return True
        usual = self._zipf(word) >= (_KNOWN_LONG if len(word) >= _LONG else _KNOWN)
        if usual or word in self._glossary.phrase_words or not self._analyser.words(word):
            return True
        if word in edition.written:
            return False
        if self._analyser.split_compound(word):
            return True
        # A usual slip can have the stem of another word: "advis", as "adviseren".
        is_slip = 0 < self._zipf(word) < _KNOWN
        return not is_slip and bool(self._glossary.meanings(self._analyser.stem(word)))

    def _meant(self, word: _Word, edition: EditionWords) -> str | None:
        """The word that ``word`` was surely meant to be."""
        typed = word.folded
        if typed in edition.written:
            return edition.written[typed]
        is_name = word.typed[0].isupper() and not word.opens and not word.typed.isupper()
        if len(typed) < (_SHORTEST_NAME if is_name else _SHORTEST - 1):
            return None
        most = 2 if len(typed) >= _SHORTEST_TWO and not is_name else 1
        near = self._near(typed, most, edition)
        slips = {
            other: slip_cost(typed, other, errors)
            for other, errors in near.items()
            if len(other) >= _SHORTEST
        }
        own = self._zipf(typed)
        if own:
            # Word lists hold typing errors, too: the usual ones of far more usual words.
            slips = {
                other: slip
                for other, slip in slips.items()
                if slip <= _SLIP and self._zipf(other) - own >= _RARER
            }
        likely = {o: self._likelihood(o, slip, edition) for o, slip in slips.items()}
        return self._clearest(likely, edition)

    def _near(self, typed: str, most: int, edition: EditionWords) -> dict[str, int]:
        return self._usual.find(typed, most) | edition.near.find(typed, most)

    def _likelihood(self, meant: str, slip: float, edition: EditionWords) -> float:
        """Powers of ten; what counts is the difference between words."""
        usual = self._zipf(meant) / 2
        here = math.log10(1 + edition.counts.get(meant, 0))
        alone = _PER_LETTER * (len(meant) - _SHORTEST)
        return usual + here + alone - 2 * slip

    def _clearest(self, likely: Mapping[str, float], edition: EditionWords) -> str | None:
        if not likely:
            return None
        ranked = sorted(likely, key=lambda other: (-likely[other], other))
        best = ranked[0]
        # Among more words more lie near any other by chance.
        more = max(1.0, len(edition.counts) / _USUAL_EDITION)
        enough = _ENOUGH + math.log10(more) / 2
        if likely[best] < enough or (best not in edition.counts and best not in _SMALL_WORDS):
            return None
        # Another form of the same word is no rival: either finds the same.
        stem = self._analyser.stem(best)
        rivals = [likely[w] for w in ranked[1:] if self._analyser.stem(w) != stem]
        return best if not rivals or likely[best] - rivals[0] >= _SURE else None

    def _zipf(self, word: str) -> float:
        """How usual a Dutch word is: powers of ten in 10**9 words; 0 when it is not known."""
        return math.log10(self._dutch.get(word, 1e-9)) + 9

    @cached_property
    def _dutch(self) -> Mapping[str, float]:
        from wordfreq import get_frequency_dict

        frequencies: Mapping[str, float] = get_frequency_dict("nl", "best")
        return frequencies

    @cached_property
    def _usual(self) -> NearWords:
        from wordfreq import get_frequency_dict

        dutch = map(fold, get_frequency_dict("nl", "small"))
        usual = {w for w in dutch if w.isascii() and w.isalpha() and len(w) >= _SHORTEST}
        return NearWords(sorted(usual | _SMALL_WORDS))

    @cached_property
    def _english(self) -> frozenset[str]:
        from wordfreq import get_frequency_dict

        return frozenset(get_frequency_dict("en", "small"))


def _words_in(text: str) -> list[_Word]:
    words = []
    for chunk in _CHUNK.finditer(text):
        if _CODE.search(chunk.group()):
            continue
        for piece in _PIECE.finditer(chunk.group()):
            start, end = chunk.start() + piece.start(), chunk.start() + piece.end()
            before = (
                text[:start].rstrip() if start < 3 else text[max(0, start - 3) : start].rstrip()
            )
            opens = not before or before[-1] in ".?!:"
            words.append(_Word(start, end, piece.group(), fold(piece.group()), opens))
    return words


def _changed(text: str, changes: Sequence[tuple[int, int, str]]) -> Corrected:
    parts, at, pairs = [], 0, []
    for start, end, meant in changes:
        typed = text[start:end]
        if typed[0].isupper():
            meant = meant.upper() if typed.isupper() else meant[0].upper() + meant[1:]
        parts += [text[at:start], meant]
        pairs.append((typed, meant))
        at = end
    return Corrected("".join((*parts, text[at:])), tuple(dict.fromkeys(pairs)))
