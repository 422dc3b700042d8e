"""What stands before an item of a list on a PDF page: a bullet in any glyph, a number, a letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.lines import Line

_DASHES = frozenset("-–—‒―−")
_BULLETS = frozenset("•·∙●○◦▪▫■□◼◻◾◽▶►▸▹➢➤➔→⇒»›✓✔✗✘☐☑★☆♦◆◇❖✦✱*+❑❒⁃‣\ufffd\u25cf\u2756\u27a4")
_LETTERS = frozenset("nlovqtuwzpmxfjhyä§Øüàþð÷ÿ¾")
"""What the bullets of symbol fonts come out as when their font is taken for one of letters."""
_NUMBER = re.compile(
    r"(\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)]$|\((\d{1,2}|[a-z]|[ivx]{1,5})\)$"
)
_GLUED_NUMBER = re.compile(r"(\d{1,2}[.)]|[a-z]\)|\([a-z0-9]{1,2}\))(?=[^\W\d_])")
_GLUED_BULLET = re.compile(r"([•●○◦▪■□►▸➢➤✓✔❖\uf000-\uf0ff])(?=\S)")
_FAR = 4.0
_WIDE = 0.45
"""Em behind a letter that is a bullet: more than a space between words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line starts with as an item. ``text`` is "-" for any bullet, and the number as it
    is written; ``glyph`` is what stands on the page, ``end`` how many characters it takes."""

    text: str
    glyph: str
    end: int
    hang: float
    """Where the text behind it starts, in points from the left of the page."""


def starts_item(text: str) -> bool:
    """Whether ``text`` starts with what can be nothing but a bullet."""
    return bool(text) and _is_bullet(text[0]) and len(text) > 2


def mark_of(line: Line, letters: frozenset[str] = frozenset()) -> Mark | None:
    """The mark that ``line`` starts with. ``letters`` are those that are bullets in this
    document, see `bullet_letters`. A number or dash may yet turn out to be text."""
    if not line.words:
        return None
    first = line.words[0]
    hang = line.words[1].x0 if len(line.words) > 1 else first.x1
    glyph = line.text.split(" ", 1)[0]
    end = len(glyph) + 1
    if len(line.words) > 1:
        if len(glyph) == 1 and (_is_bullet(glyph) or glyph in _DASHES):
            return Mark("-", glyph, end, hang)
        if glyph in letters and _is_wide(line):
            return Mark("-", glyph, end, hang)
        if _NUMBER.match(glyph):
            return Mark(glyph, glyph, end, hang)
    elif len(glyph) == 1 and len(line.text) == 1 and _is_bullet(glyph):
        return Mark("-", glyph, 1, hang)
    glued = _GLUED_BULLET.match(line.text)
    if glued and len(line.text) > 2:
        return Mark("-", glued.group(), 1, first.x0 + line.size / 2)
    number = _GLUED_NUMBER.match(line.text)
    if number and len(line.text) > 3:
        return Mark(number.group(1), number.group(1), number.end(), first.x0 + line.size)
    return None


def bullet_letters(lines: Sequence[Line]) -> frozenset[str]:
    """The single letters that are bullets in this document: at least twice one stands at the
    start of a line with a wide space behind it. ``lines`` are those of `page_lines`, where a wide
    space starts another line."""
    starts: dict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        starts[line.page, round(line.base)].append(line.x0)
    found: Counter[str] = Counter()
    for line in lines:
        if not line.words or line.words[0].text not in _LETTERS:
            continue
        right = line.words[0].x1
        row = starts[line.page, round(line.base)]
        apart = any(_WIDE * line.size < x - right < _FAR * line.size for x in row)
        if apart if len(line.words) == 1 else _is_wide(line):
            found[line.words[0].text] += 1
    return frozenset(letter for letter, count in found.items() if count >= 2)


def next_number(before: str, after: str) -> bool:
    """Whether ``after`` comes after ``before`` in a numbered list ("2." after "1.", "b)" after
    "a)")."""
    return after in _successors(before)


def is_first(mark: str) -> bool:
    """Whether a list may start with ``mark``."""
    return mark.strip("().") in {"1", "a", "A", "i", "I", "0"}


def _successors(mark: str) -> set[str]:
    core = mark.strip("().")
    found: set[str] = set()
    if core.isdigit():
        found.add(mark.replace(core, str(int(core) + 1)))
    else:
        roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
        if core.lower() in roman[:-1]:
            later = roman[roman.index(core.lower()) + 1]
            found.add(mark.replace(core, later if core.islower() else later.upper()))
        if len(core) == 1 and core.lower() != "z":
            found.add(mark.replace(core, chr(ord(core) + 1)))
    return found


def _is_bullet(char: str) -> bool:
    if char in _BULLETS or "\ue000" <= char <= "\uf8ff":
        return True
    return char > "\u2000" and unicodedata.category(char) == "So"


def _is_wide(line: Line) -> bool:
    first, second = line.words[0], line.words[1]
    return second.x0 - first.x1 > _WIDE * line.size
