"""Words that were broken at the end of a line, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Frequency = Callable[[str], float]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"([^\W_]+)-$")
_RIGHT = re.compile(r"[^\W\d_]{1,80}")
_BROKEN_INSIDE = re.compile(r"(?<![^\W_])([^\W_]++)- (?=([^\W\d_]++))")
_MAX_WORD = 80
_HANGING = {"en", "of", "én", "óf", "tot", "dan", "als", "c.q", "respectievelijk", "resp", "noch"}
_HYPHENATED = {"mkb", "hbo", "mbo", "ad", "wo", "bbl", "bol", "vmbo", "hrm", "ict", "it", "llo"}
_HYPHENATED |= {"zij", "ex", "niet", "non", "oud", "tl", "cao", "roc", "hr"}
_WELL_KNOWN = 2.5
_CLASHES = {
    "aa",
    "ae",
    "ai",
    "au",
    "ee",
    "ei",
    "eu",
    "ie",
    "ii",
    "ij",
    "oe",
    "oi",
    "oo",
    "ou",
    "ui",
    "uu",
}


def dutch_frequency(word: str) -> float:
    """Zipf frequency of ``word`` in Dutch, 0 when unknown (Speer 2022, wordfreq).

    The list is loaded at the first call (a tenth of a second), so only by texts that need it.
    """
    from wordfreq import zipf_frequency  # loads its list: only when a line ends in a hyphen

    return zipf_frequency(word, "nl")


@dataclass(frozen=True)
class Joiner:
    """Joins lines, deciding for each line-end hyphen whether it belongs to the word.

    What the document itself writes elsewhere goes first, then the rules of Dutch spelling, then
    the frequency of the joined word against that of its parts.
    """

    words: frozenset[str]
    """Words of the document, in lower case, each as it stands inside a line."""
    frequency: Frequency = field(default=dutch_frequency)

    def lines(self, lines: Sequence[str]) -> str:
        """The lines as one, with a space between them unless a word was broken."""
        pieces: list[str] = []
        for line in (part.strip() for part in lines):
            if not line:
                continue
            if pieces:
                hyphen, glue, line = self._seam(pieces[-1], line)
                pieces[-1] = pieces[-1] if hyphen else pieces[-1][:-1]
                pieces.append(glue)
            pieces.append(line)
        return "".join(pieces)

    def inside(self, line: str) -> str:
        """``line`` with words mended whose line-end hyphen was left in ("mkb- bedrijf")."""
        return _BROKEN_INSIDE.sub(self._mended, line)

    def _mended(self, match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        if second.casefold() in _HANGING:
            return match.group()
        return first if self._solid(first, second, default=False) else f"{first}-"

    def _seam(self, left: str, right: str) -> tuple[bool, str, str]:
        """(whether the last character of ``left`` stays, what comes between, ``right``)."""
        broken = _LEFT.search(left, max(0, len(left) - _MAX_WORD))
        if broken is None:
            return True, " ", right
        if right[0] == "-" and len(right) > 1:  # the hyphen stands on both lines
            return True, "", right[1:]
        follows = _RIGHT.match(right)
        if follows is None:
            return True, "" if right[0].isdigit() else " ", right
        first, second = broken.group(1), follows.group()
        if second.casefold() in _HANGING:
            return True, " ", right
        return not self._solid(first, second, default=True), "", right

    def _solid(self, first: str, second: str, default: bool) -> bool:
        low, joined = first.casefold(), (first + second).casefold()
        hyphened = f"{low}-{second.casefold()}"
        if not second[0].islower() or any(char.isdigit() for char in first):
            return False
        if (joined in self.words) != (hyphened in self.words):
            return joined in self.words
        if low in _HYPHENATED or first.isupper() or len(first) == 1:
            return False
        # vowels that would be read as one sound take a hyphen; lists of words hold mistakes too
        clash = low[-1] + second[0] in _CLASHES
        if self.frequency(joined) > (_WELL_KNOWN if clash else 0):
            return True
        if clash:
            return False
        if default:
            return True
        return min(self.frequency(low), self.frequency(second.casefold())) == 0


def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` in lower case, without those that a line break cuts."""
    found = set()
    for line in text.split("\n"):
        for match in _WORD.finditer(line):
            cut = match.end() < len(line) and line[match.end()] == "-"
            if not cut and match.start() > 0:
                found.add(match.group().casefold())
    return frozenset(found)
