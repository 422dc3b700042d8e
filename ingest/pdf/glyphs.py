"""The characters of a PDF page and where they stand, as PDFium finds them.

PDFium is not safe for threads: call nothing here from two threads at once. `ingest.child` reads
in a process of its own, with one thread.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Literal, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Gap = Literal["none", "found", "typed"]
"""What the file has before a character: nothing, a space or new line that PDFium saw in the
distances, or a character that is a space."""

_BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!ol)|semibd|cmbx|[-,]bd\b", re.IGNORECASE)
_LIGHT_NAME = re.compile(r"regular|light|book|roman|medium|thin|normal", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq|slant|kursiv|cursi|cmti|cmsl|[-,]it\b", re.IGNORECASE)
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # flags of a font descriptor (ISO 32000-1, table 123)
_BOLD_WEIGHT = 650
_TEX_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:cm|ec|lm|sf)[a-z]{1,6}\d", re.IGNORECASE)
"""Fonts of TeX carry no weight: what PDFium makes of the thickness of their stems is too much."""
_FILL_AND_STROKE = 2  # a text rendering mode
_UP_OR_DOWN = (1, 3)  # quarters
_STRAIGHT = 15  # degrees from the direction of a line
_SAMPLE = 200
_USUAL_WIDTH = 0.5  # of a letter, in font sizes
_FAR_OFF = 5.0
_SPACES = frozenset("\t\r\n\f\v \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
_HYPHENS = frozenset("\x02\ufffe")  # what PDFium makes of a hyphen at the end of a line
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Type:
    """How characters are set: ``quarter`` is the direction of the line on the page as it is
    stored, in quarter turns to the left from upright, or None when it stands askew."""

    size: float
    bold: bool
    italic: bool
    quarter: int | None
    slopes: bool
    """The baseline is not exactly level or upright."""


class Glyph(NamedTuple):
    """One character as it stands on the page as it is stored (y points up).

    A tuple and no dataclass: there are thousands on a page, and it is made three times as fast.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    """The box is at least as wide as the character takes in the line."""
    baseline: float
    """The x of it for lines that run up or down, the y for all other lines."""
    gap: Gap


@dataclass(frozen=True, slots=True)
class Run:
    """The characters of one text object of the page."""

    type: Type
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is seen, and how it is turned to be seen."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    """Clockwise, in quarter turns: 0 to 3."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is seen, in points."""
        size = self.right - self.left, self.top - self.bottom
        return (size[1], size[0]) if self.turn % 2 else size

    def turned(self, turn: int) -> Frame:
        """The same part of the page, seen with another turn."""
        return replace(self, turn=turn)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point (x, y) of the stored page stands, from the top left as it is seen."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def line(self, glyph: Glyph) -> tuple[float, float, float]:
        """(x0, x1, baseline) of a glyph of an upright line, from the top left as it is seen."""
        _, left, bottom, right, top, baseline, _ = glyph
        if self.turn == 0:
            return left - self.left, right - self.left, self.top - baseline
        if self.turn == 1:
            return bottom - self.bottom, top - self.bottom, baseline - self.left
        if self.turn == 2:
            return self.right - right, self.right - left, baseline - self.bottom
        return self.top - top, self.top - bottom, self.right - baseline


def frame_of(page: pdfium.PdfPage, runs: Iterable[Run]) -> Frame:
    """The page as it is seen; turned so that most of its text is upright, when it is not.

    A table on its side in a standing page is turned, too: that is how one reads it.
    """
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation() // 90 % 4
    quarters: Counter[int | None] = Counter()
    for run in runs:
        quarters[run.type.quarter] += len(run.glyphs)
    if quarters:
        most, count = quarters.most_common(1)[0]
        if most is not None and 2 * count > quarters.total():
            turn = most
    return Frame(left, bottom, right, top, turn)


class GlyphReader:
    """Reads the characters of one page, in the order of the file."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._textpage = textpage
        self._known: dict[Type, Type] = {}

    def runs(self) -> list[Run]:
        """Every visible character that is no space; a space is the ``gap`` of the next one."""
        page = self._textpage.raw
        rect, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        runs: list[Run] = []
        address, run = 0, None
        gap: Gap = "none"
        for index in range(self._textpage.count_chars()):
            char = chr(pdfium_c.FPDFText_GetUnicode(page, index))
            if char in _SPACES:
                gap = self._gap(index, gap)
                continue
            text_object = pdfium_c.FPDFText_GetTextObject(page, index)
            if not text_object:
                continue
            before, address = address, ctypes.addressof(text_object.contents)
            if run is None or address != before:
                run = self._new_run(index, text_object)
                runs.append(run)
                pdfium_c.FPDFText_GetCharOrigin(page, index, to_x, to_y)
            elif run.type.slopes:
                pdfium_c.FPDFText_GetCharOrigin(page, index, to_x, to_y)
            pdfium_c.FPDFText_GetLooseCharBox(page, index, to_rect)
            if not char.isalnum():
                char = _as_seen(char, max(rect.right - rect.left, rect.top - rect.bottom), run.type)
            if char:
                baseline = x.value if run.type.quarter in _UP_OR_DOWN else y.value
                run.glyphs.append(
                    Glyph(char, rect.left, rect.bottom, rect.right, rect.top, baseline, gap)
                )
                gap = "none"
        return _with_true_sizes(runs)

    def _gap(self, index: int, before: Gap) -> Gap:
        """The gap with the space at ``index`` in it."""
        if before == "typed":
            return before
        generated = pdfium_c.FPDFText_IsGenerated(self._textpage.raw, index) == 1
        return "found" if generated else "typed"

    def _new_run(self, index: int, text_object: Any) -> Run:
        page = self._textpage.raw
        kind = _type(page, index, text_object)
        # One object for each type, so that types can be compared by identity.
        return Run(self._known.setdefault(kind, kind))


def _with_true_sizes(runs: list[Run]) -> list[Run]:
    """``runs`` with sizes that agree with how wide the characters are.

    A font of drawings (Type 3) has a scale of its own, which PDFium leaves out of the size: such
    letters can be 1 point in name and 10 on paper.
    """
    widths: dict[Type, list[float]] = {}
    for run in runs:
        known = widths.setdefault(run.type, [])
        if len(known) < _SAMPLE:
            upright = run.type.quarter in _UP_OR_DOWN
            known += [g.top - g.bottom if upright else g.right - g.left for g in run.glyphs]
    true: dict[Type, Type] = {}
    for kind, known in widths.items():
        usual = median(known) / _USUAL_WIDTH if known else kind.size
        if usual > 0 and not 1 / _FAR_OFF < kind.size / usual < _FAR_OFF:
            true[kind] = replace(kind, size=round(usual, 3))
    return [Run(true.get(run.type, run.type), run.glyphs) for run in runs] if true else runs


def _type(page: Any, index: int, text_object: Any) -> Type:
    matrix, name, flags = pdfium_c.FS_MATRIX(), ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium_c.FPDFText_GetMatrix(page, index, matrix)
    size = pdfium_c.FPDFText_GetFontSize(page, index)
    pdfium_c.FPDFText_GetFontInfo(page, index, name, len(name), flags)
    font = name.value.decode("utf-8", errors="replace")
    weight = pdfium_c.FPDFText_GetFontWeight(page, index)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text_object)
    across = size * matrix.a, size * matrix.b
    up = size * matrix.c, size * matrix.d
    return Type(
        size=round(math.hypot(*up), 3),
        bold=mode == _FILL_AND_STROKE or is_bold(font, weight, flags.value),
        italic=bool(_ITALIC_NAME.search(font) or flags.value & _ITALIC) or _leans(across, up),
        quarter=_quarter(*across),
        slopes=min(abs(across[0]), abs(across[1])) > 0.001 * math.hypot(*across),
    )


def _as_seen(char: str, width: float, kind: Type) -> str:
    """What the reader of the page sees for ``char``; empty for what shows nothing."""
    if char in _HYPHENS:
        return "-"
    if char == "\u00ad":
        # A soft hyphen that was set in type is a hyphen; one without width was left out.
        return "-" if width > kind.size / 20 else ""
    if char in _UNSEEN or char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char < "\ue000":
        return "\ufffd" if char not in _UNSEEN and char not in "\x00\x7f" else ""
    return char


def is_bold(font: str, weight: int, flags: int) -> bool:
    """Whether a font is bold, by its name, else by its flags and weight (400 is regular)."""
    if _BOLD_NAME.search(font):
        return True
    if _TEX_NAME.match(font):
        return "bx" in font.lower()
    if _LIGHT_NAME.search(font):
        return False
    return bool(flags & _FORCE_BOLD) or weight >= _BOLD_WEIGHT


def _leans(across: tuple[float, float], up: tuple[float, float]) -> bool:
    """Whether the letters are slanted to the right: italics made by skewing."""
    lean = across[0] * up[0] + across[1] * up[1]
    return lean > 0.1 * math.hypot(*across) * math.hypot(*up)


def _quarter(x: float, y: float) -> int | None:
    angle = math.degrees(math.atan2(y, x))
    nearest = round(angle / 90)
    return nearest % 4 if abs(angle - 90 * nearest) <= _STRAIGHT else None
