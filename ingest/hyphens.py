"""Words that were broken at the end of a line, put together again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.hyphen_lexicon import Broken, Frequency, Spelling, dutch_frequency

Edit = tuple[int, int, str]
"""Start and end of what goes from a line, and what comes instead."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"([^\W_]+)-$")
_RIGHT = re.compile(r"[^\W\d_]{1,80}")
_BROKEN_INSIDE = re.compile(r"(?<![^\W_])([^\W_]++)- (?=([^\W\d_]++))")
_RANGE = re.compile(r"\d[-–]$")
_OPEN_END = re.compile(r"[^\s/]/$|://$")
_GLUED = re.compile(r"(?<![\w-])(?!kant-)([^\W\d_]{3,}-)(en|of)(?= [^\W\d_]{5,}(?!-))")
_HANGING = re.compile(r"(?:en|of|én|óf|tot|dan|als|c\.q|resp\.?|respectievelijk|noch)(?![^\W_]|-)")
_MID_SENTENCE = re.compile(r"[^\W\dA-Z],? [“„\"‘'(]?$")
_ENDINGS = ("", "e", "n", "en", "s", "r", "er", "ers")
_MAX_WORD = 80
_SEEN_OFTEN = 3.0


@dataclass(frozen=True)
class Joiner:
    """Joins lines, deciding for each line-end hyphen whether it belongs to the word.

    What the document itself writes elsewhere goes first, then the rules of Dutch spelling with
    the frequencies of the word and of its parts.
    """

    words: frozenset[str]
    """Words of the document, as ``words_of`` finds them."""
    frequency: Frequency = field(default=dutch_frequency)

    def lines(self, lines: Sequence[str]) -> str:
        """The lines as one, with a space between them unless a word was broken."""
        return self._joined(lines)[0]

    def inside(self, line: str) -> str:
        """``line`` with words mended whose line-end hyphen was left in ("mkb- bedrijf")."""
        return _edited(line, self._left_in(line))

    def placed(self, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
        """The lines as one, mended as ``inside`` does, and where in it each line begins.

        The offsets never fall; an empty line begins where the line after it does.
        """
        joined, starts = self._joined(lines)
        edits = self._left_in(joined)
        return _edited(joined, edits), tuple(_moved(start, edits) for start in starts)

    # --- lines -------------------------------------------------------------------------------

    def _joined(self, lines: Sequence[str]) -> tuple[str, list[int]]:
        """The lines as one, and where in it each begins."""
        pieces: list[str] = []
        starts: list[int] = []
        length = empty = 0
        for line in (part.strip() for part in lines):
            if not line:
                empty += 1
                continue
            if pieces:
                hyphen, glue, line = self._seam(pieces[-1], line)
                if not hyphen:
                    pieces[-1] = pieces[-1][:-1]
                    length -= 1
                pieces.append(glue)
                length += len(glue)
            starts += [length] * (empty + 1)
            empty = 0
            pieces.append(line)
            length += len(line)
        return "".join(pieces), starts + [length] * empty

    def _seam(self, left: str, right: str) -> tuple[bool, str, str]:
        """(whether the last character of ``left`` stays, what comes between, ``right``)."""
        broken = _LEFT.search(left, max(0, len(left) - _MAX_WORD))
        if broken is None:
            continues = right[0].isalnum() and (
                _OPEN_END.search(left) or (_RANGE.search(left) and right[0].isdigit())
            )
            return True, "" if continues else " ", right
        if right[0] == "-" and len(right) > 1:  # the hyphen stands on both lines
            return True, "", right[1:]
        follows = _RIGHT.match(right)
        if follows is None:
            return True, "" if right[0].isdigit() else " ", right
        first, second = broken.group(1), follows.group()
        if self._hangs(first, right):
            return True, " ", right
        word = self._word(left[: broken.start()], first, second, right[follows.end() :])
        if self._hyphened(word):
            return True, "", right
        restored = self._spelling.with_trema(word)
        return False, "", restored + right[follows.end() :] if restored else right

    # --- inside a line -----------------------------------------------------------------------

    def _left_in(self, line: str) -> list[Edit]:
        """What has to change in ``line``: spaces, or hyphens and spaces, that a line break left
        inside a word, and the space that it took ("midden-en kleinbedrijf")."""
        edits = [(found.end(1), found.end(1), " ") for found in _GLUED.finditer(line)]
        for match in _BROKEN_INSIDE.finditer(line):
            first, second = match.group(1), match.group(2)
            if _HANGING.match(line, match.end()):
                continue
            behind = line[match.end() + len(second) :][:2]
            word = self._word(line[: match.start()], first, second, behind)
            whole = not self._hyphened(word) and not self._are_words(first, second)
            edits.append((match.end(1) + (0 if whole else 1), match.end(), ""))
        return sorted(edits)

    def _are_words(self, first: str, second: str) -> bool:
        """Whether both are words while the two together are none."""
        low, tail = first.casefold(), second.casefold()
        if low + tail in self.words or self.frequency(low + tail):
            return False
        return self.frequency(low) > 0 and self.frequency(tail) > 0

    # --- one word ----------------------------------------------------------------------------

    def _hangs(self, first: str, right: str) -> bool:
        """Whether the hyphen stands for what follows later: "in- en uitvoer"."""
        found = _HANGING.match(right)
        if found is None:
            return False
        # "zoals" is a word; "werken" is one too, but nobody breaks it before its last two letters
        whole = (first + found.group()).casefold()
        return found.group() == "en" or self.frequency(whole) < _SEEN_OFTEN

    def _word(self, before: str, first: str, second: str, after: str) -> Broken:
        named = first[0].isupper() and first in self.words
        return Broken(
            first,
            second,
            chained=before.endswith("-"),
            goes_on=after[:1] == "-" and after[1:2].isalnum(),
            is_name=named or (first[0].isupper() and bool(_MID_SENTENCE.search(before))),
        )

    def _hyphened(self, word: Broken) -> bool:
        written = self._as_written(word)
        return self._spelling.hyphened(word) if written is None else written

    def _as_written(self, word: Broken) -> bool | None:
        """Whether the document writes this word, or others like it, with a hyphen."""
        low, tail = word.first.casefold(), word.second.casefold()
        whole = self._writes(low + tail)
        hyphened = self._writes(f"{low}-{tail}")
        if whole != hyphened:
            return hyphened
        if hyphened or self.frequency(low + tail) > 0 or not self._spelling.is_word(tail):
            return None
        return True if self._parts_from_others(low) else None

    def _writes(self, word: str) -> bool:
        """Whether the document holds the word or another form of it."""
        return any(word + ending in self.words for ending in _ENDINGS) or any(
            word.endswith(ending) and word[: -len(ending)] in self.words
            for ending in _ENDINGS
            if ending and len(word) > len(ending) + 4
        )

    def _parts_from_others(self, first: str) -> bool:
        """Whether the document puts a hyphen behind ``first`` more often than not."""
        start = bisect_left(self._sorted, f"{first}-")
        if start == len(self._sorted) or not self._sorted[start].startswith(f"{first}-"):
            return False
        last = bisect_left(self._sorted, f"{first}.")
        whole = self._sorted[last : bisect_left(self._sorted, f"{first}\uffff")]
        return last - start > sum(len(word) > len(first) + 3 for word in whole)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self.frequency)


def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` in lower case, without those that a line break cuts.

    A word that is written with a capital inside a sentence and never without stands in it with
    its capital as well: it is a name.
    """
    found: set[str] = set()
    small: set[str] = set()
    names: set[str] = set()
    broken = True  # the first line may go on with a word of the page before
    for line in text.split("\n"):
        for match in _whole_words(line, broken):
            word = match.group()
            found.add(word.casefold())
            if word[0].islower():
                small.add(word)
            elif _MID_SENTENCE.search(line, max(0, match.start() - 4), match.start()):
                names.add(word)
        broken = line.rstrip().endswith("-") or (broken and not line.strip())
    return frozenset(found | {name for name in names if name.casefold() not in small})


def _whole_words(line: str, after_broken: bool) -> Iterator[re.Match[str]]:
    first = len(line) - len(line.lstrip()) if after_broken else -1
    for match in _WORD.finditer(line):
        cut = match.end() < len(line) and line[match.end()] == "-"
        if not cut and match.start() != first:
            yield match


def _edited(text: str, edits: Sequence[Edit]) -> str:
    pieces = []
    done = 0
    for start, end, instead in edits:
        pieces += [text[done:start], instead]
        done = end
    return "".join([*pieces, text[done:]])


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where ``offset`` lands after ``edits``."""
    before = [edit for edit in edits if edit[0] < offset]
    return offset + sum(len(instead) - min(end, offset) + start for start, end, instead in before)
