"""The characters of a page as the reader sees them: nothing twice, accents on their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.pdf.glyphs import Frame, Gap, Run, Type

# Font sizes: the same characters nearer than this are drawn twice.
_SAME_PLACE = 0.12
_SHADOW = 0.25  # a word, or a letter that stands higher or lower, too
_LINE = 12.0  # points: what is drawn twice is not further apart
_ACCENTS = {
    "`": "\u0300",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¨": "\u0308",
    "˚": "\u030a",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˝": "\u030b",
    "˙": "\u0307",
    "˛": "\u0328",
    "˘": "\u0306",
}
_NEARBY = (1, -1, 2, -2, 3, -3, 4, -4, -5, -6, -7, -8, -9, -10, -11, -12)
_DOTLESS = {"ı": "i", "ȷ": "j"}


class Letter(NamedTuple):
    """A character as it is seen: x from the left, baseline from the top.

    A tuple and no dataclass: there are thousands on a page, and it is made three times as fast.
    """

    char: str
    x0: float
    x1: float
    base: float
    type: Type
    gap: Gap
    first: bool
    """Of its text object."""


def visible_letters(runs: Iterable[Run], frame: Frame) -> Iterator[Letter]:
    """What stands inside ``frame``, without what is drawn a second time in its own place."""
    width, height = frame.size
    drawn = _Drawn(frame)
    owed: Gap = "none"  # the space before what was left out still stands
    for run in runs:
        kind = run.type
        twice = drawn.before(run)
        first = True
        for glyph in run.glyphs:
            x0, x1, base = frame.line(glyph)
            gap = owed if owed != "none" and glyph.gap != "typed" else glyph.gap
            outside = not (-x0 <= x1 <= 2 * width - x0 and 0 <= base - kind.size / 4 <= height)
            if twice or outside:
                owed = gap
            else:
                yield Letter(glyph.char, x0, x1, base, kind, gap, first)
                owed, first = "none", False


class _Drawn:
    """Remembers what was drawn where, to see what is drawn twice to look bold or to throw a
    shadow."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._places: dict[tuple[str, int], list[tuple[float, float]]] = {}

    def before(self, run: Run) -> bool:
        """Whether the same characters were drawn in the same place before."""
        if not run.glyphs:
            return False
        text = "".join([glyph.char for glyph in run.glyphs])
        x, _, y = self._frame.line(run.glyphs[0])
        line = int(y / _LINE)
        for each in (line - 1, line, line + 1):
            for known_x, known_y in self._places.get((text, each), ()):
                if _is_same(text, (x - known_x, y - known_y), run.type.size):
                    return True
        self._places.setdefault((text, line), []).append((x, y))
        return False


def _is_same(text: str, offset: tuple[float, float], size: float) -> bool:
    """Whether ``text`` is the same text as what stands ``offset`` away. Two letters l side by
    side are not, though they stand close."""
    x, y = abs(offset[0]) / max(size, 0.01), abs(offset[1]) / max(size, 0.01)
    if x <= _SAME_PLACE and y <= _SAME_PLACE:
        return True
    return x <= _SHADOW and y <= _SHADOW and (y > 0.02 or len(text) > 2)


def with_accents(letters: Iterable[Letter]) -> list[Letter]:
    """``letters`` with the accents that stand over a letter made one with it.

    TeX and some other programs print an accent apart, in the place of its letter: mostly just
    before it, sometimes after the word.
    """
    whole: list[Letter | None] = list(letters)
    for place, accent in enumerate(whole):
        if accent is None or not _mark(accent.char):
            continue
        for step in _NEARBY:
            base = whole[place + step] if 0 <= place + step < len(whole) else None
            both = _accented(base, accent, step == 1) if base else None
            if both is not None:
                whole[place + step], whole[place] = both, None
                break
    return [letter for letter in whole if letter is not None]


def _mark(char: str) -> str | None:
    """The combining character for an accent."""
    if char.isascii() and char != "`":
        return None
    return char if unicodedata.combining(char) else _ACCENTS.get(char)


def _accented(base: Letter, accent: Letter, follows: bool) -> Letter | None:
    """``base`` with ``accent`` on it; None when it does not stand over it. A letter that
    ``follows`` its accent takes over the space before that."""
    mark = _mark(accent.char)
    if mark is None or not base.char.isalpha():
        return None
    middle = (accent.x0 + accent.x1) / 2
    slack = base.type.size / 10
    near = abs(accent.base - base.base) < base.type.size / 2
    if not near or not base.x0 - slack <= middle <= base.x1 + slack:
        return None
    whole = unicodedata.normalize("NFC", _DOTLESS.get(base.char, base.char) + mark)
    if len(whole) > 1:
        return None
    if not follows or accent.gap == "none":
        return base._replace(char=whole)
    return base._replace(char=whole, gap=accent.gap, first=True)
