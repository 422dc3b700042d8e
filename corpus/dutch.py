"""Dutch text analysis for the lexical index: the same terms for a passage and for a question.

A term is a stem. A compound yields its own stem and those of its parts, so that "mentor voor de
praktijk" can meet "praktijkbegeleider"; a hyphenated word yields the joined form and its parts.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property, lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:[-'’./][a-z0-9]+)*")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")  # no letter of ASCII is an accent
_PIECES = re.compile(r"[-'’./]")
_STOP_WORDS = frozenset(
    """
    aan al als andere b bij bijvoorbeeld bv d daar daarbij dan dat de der deze die dit doe doen doet
    door dus e een eens eigenlijk en er ervan ervoor even gaan gaat geen had heb hebben hebt heeft
    hem hen het hier hij hoe hoeveel hun i ik in is iets ie je jij jou jouw jullie kan kun kunnen
    kunt laat m maar maken me mee meer men met mij mijn moet moeten mogen n na naar niet nog nou nu
    o of om omdat onder ons onze ook op over s t te tegen toch toe tot u uit uw v van vanuit veel
    vind vinden voor waar waarin waarom waarvoor wanneer want waren was wat we wel welk welke werd
    wie wij wil willen word worden wordt z ze zelf zich zij zijn zo zoals zou zouden zullen
    a an and are can do does for from have how i if it its may me my of on or our should the their
    them there they this to us was we what when where which who why will with you your
    """.split()  # noqa: SIM905 - a word list reads better as text
)
_MIN_PART = 4
_MIN_PART_ZIPF = 3.4  # frequent enough to be a word of its own; below it, splits turn into noise
_KNOWN_WORD_ZIPF = 4.9  # a word this common ("onderwijs") is looked up whole
_MAX_COMPOUND = 60  # longer is no word but an address or a key; splitting takes its cube in time
_LINKS = ("", "s", "en", "e")


def fold(text: str) -> str:
    """Lower case without accents: "Één vóór" becomes "een voor"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return _FOREIGN.sub(_without_accents, decomposed).lower()


def _without_accents(found: re.Match[str]) -> str:
    return "".join(c for c in found.group() if not unicodedata.combining(c))


class DutchAnalyser:
    """Turns text into terms. Built once at the entry point; holds the word frequencies."""

    def __init__(self) -> None:
        # "dutch" of Snowball 3 strips an inner "ge" (begeleiding -> beleid, werkgever -> werkver);
        # "dutch_porter" does not.
        self._stemmer = Stemmer.Stemmer("dutch_porter")
        self._split = lru_cache(maxsize=100_000)(self._split_uncached)
        # A language has far fewer words than a corpus has sentences.
        self._forms = lru_cache(maxsize=50_000)(self._read_forms)
        # The same sentences come by with every question about their subject.
        self._terms = lru_cache(maxsize=20_000)(self._read_terms)
        self._term_set = lru_cache(maxsize=20_000)(self._read_term_set)

    def _zipf(self, word: str) -> float:
        """How usual a Dutch word is: powers of ten in 10**9 words; 0 when it is not known."""
        return math.log10(self._frequencies.get(word, 1e-9)) + 9

    @cached_property
    def _frequencies(self) -> Mapping[str, float]:
        # Loaded on first use: it takes a third of a second and the command line often needs none.
        from wordfreq import get_frequency_dict

        frequencies: Mapping[str, float] = get_frequency_dict("nl", "best")
        return frequencies

    def words(self, text: str) -> list[str]:
        """Content words of ``text`` in order: folded, without stop words."""
        return [w for w in _WORD.findall(fold(text)) if w not in _STOP_WORDS]

    def stem(self, word: str) -> str:
        """Stem of one folded word: "bedrijven" meets "bedrijf", "betaalt" meets "betalen"."""
        stem: str = self._stemmer.stemWord(word)
        if stem.endswith("t") and len(stem) > _MIN_PART:
            # The stemmer leaves a verb's t. Nouns lose it too, in every form alike.
            stem = self._stemmer.stemWord(stem[:-1])
        if stem.endswith("v"):
            return stem[:-1] + "f"
        if stem.endswith("z"):
            return stem[:-1] + "s"
        return stem

    def terms(self, text: str) -> tuple[str, ...]:
        """Index terms of ``text``, with repetition: every word, and the parts of compounds."""
        return self._terms(text)

    def term_set(self, text: str) -> frozenset[str]:
        """The index terms of ``text``, each once."""
        return self._term_set(text)

    def read_term_set(self, text: str) -> frozenset[str]:
        """The same, for a text that may never come by again: it is kept nowhere."""
        return frozenset(self._read_terms(text))

    def _read_term_set(self, text: str) -> frozenset[str]:
        return frozenset(self.terms(text))

    def _read_terms(self, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for word in self.words(text):
            whole, parts = self.forms(word)
            found.append(whole)
            found.extend(parts)
        return tuple(found)

    def forms(self, word: str) -> tuple[str, tuple[str, ...]]:
        """Stem of a folded word, and the stems of its parts when it is a compound."""
        return self._forms(word)

    def _read_forms(self, word: str) -> tuple[str, tuple[str, ...]]:
        pieces = _PIECES.split(word)
        if len(pieces) > 1:
            parts = [p for p in pieces if p and p not in _STOP_WORDS]
            return self.stem("".join(pieces)), tuple(self.stem(p) for p in parts)
        return self.stem(word), tuple(self.stem(p) for p in self._split(word))

    def split_compound(self, word: str) -> tuple[str, ...]:
        """Parts of a folded compound, or nothing when it is no compound of frequent words."""
        return self._split(word)

    def _split_uncached(self, word: str) -> tuple[str, ...]:
        if not 2 * _MIN_PART <= len(word) <= _MAX_COMPOUND:
            return ()
        if self._zipf(word) >= _KNOWN_WORD_ZIPF:
            return ()
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
            head, tail = word[:cut], word[cut:]
            tail_zipf = self._zipf(tail)
            tails: tuple[str, ...] = (tail,)
            if tail_zipf < _MIN_PART_ZIPF and len(tail) >= 2 * _MIN_PART:
                tails = self._split(tail)
                tail_zipf = min((self._zipf(t) for t in tails), default=0.0)
            stem, head_zipf = self._best_head(head)
            weakest = min(head_zipf, tail_zipf)
            if weakest >= _MIN_PART_ZIPF and weakest > best[0]:
                best = (weakest, (stem, *tails))
        return best[1]

    def _best_head(self, head: str) -> tuple[str, float]:
        """The first part without its linking s, e or en: "opleidings" -> "opleiding"."""
        candidates = (
            head[: len(head) - len(link)] for link in _LINKS if link == "" or head.endswith(link)
        )
        scored = [(self._zipf(c), c) for c in candidates if len(c) >= _MIN_PART]
        zipf, stem = max(scored, default=(0.0, head))
        return stem, zipf
