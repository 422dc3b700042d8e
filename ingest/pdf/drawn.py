"""What is drawn on a PDF page besides text: rules, filled areas and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.pages import Box
from ingest.pdf.glyphs import Frame

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Points = list[Point]

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MAX_DEPTH = 8
_MAX_OBJECTS = 5_000  # of a page; a drawing or a map has more, and no tables
_MAX_SEGMENTS = 400  # of a path
_NEARLY_WHITE = 250
_LEVEL, _SHORT = 0.5, 2.0  # points


@dataclass(frozen=True, slots=True)
class Drawing:
    """The boxes of a page as it is seen."""

    drawn: tuple[Box, ...]
    pictures: tuple[Box, ...]


def drawing_of(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Rules and filled areas (other than white ones), and pictures, form XObjects included.

    A stroked path yields one thin box for each level or upright line of it (of 2 points or
    more), a filled path one box for each part. More than 5,000 objects on a page are not
    looked at.
    """
    drawn: list[Box] = []
    pictures: list[Box] = []
    for obj, kind, matrix in _objects(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            pictures += _boxes([_bounds(obj, matrix)], frame)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            drawn += _boxes(_path(obj, matrix), frame)
    return Drawing(tuple(drawn), tuple(pictures))


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """(object, kind, the matrix of what it stands in) of a page, from bottom to top."""
    budget = _MAX_OBJECTS
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    waiting = [
        (pdfium_c.FPDFPage_GetObject(page.raw, i), _SAME, 0) for i in range(min(count, budget))
    ]
    waiting.reverse()
    while waiting and budget:
        budget -= 1
        obj, matrix, depth = waiting.pop()
        kind = pdfium_c.FPDFPageObj_GetType(obj)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield obj, kind, matrix
        elif depth < _MAX_DEPTH:
            inner = _times(_matrix(obj), matrix)
            count = min(pdfium_c.FPDFFormObj_CountObjects(obj), budget)
            parts = [
                (pdfium_c.FPDFFormObj_GetObject(obj, i), inner, depth + 1) for i in range(count)
            ]
            waiting += reversed(parts)


def _path(obj: Any, outer: Matrix) -> list[Points]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(obj, fill, stroke)
    filled = fill.value != 0 and _shows(obj, pdfium_c.FPDFPageObj_GetFillColor)
    stroked = stroke.value != 0 and _shows(obj, pdfium_c.FPDFPageObj_GetStrokeColor)
    if not filled and not stroked:
        return []
    matrix = _times(_matrix(obj), outer)
    found: list[Points] = []
    for part in _parts(obj, matrix):
        if filled:
            found.append([point for point, _ in part])
        if stroked:
            found += [[a, b] for (a, _), (b, curved) in pairwise(part) if _is_rule(a, b, curved)]
    return found


def _parts(obj: Any, matrix: Matrix) -> Iterator[list[tuple[Point, bool]]]:
    """The points of each part of a path, on the page, and whether a curve leads there."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[Point, bool]] = []
    for i in range(min(pdfium_c.FPDFPath_CountSegments(obj), _MAX_SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(obj, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(part) > 1:
                yield part
            part = []
        curved = kind == pdfium_c.FPDF_SEGMENT_BEZIERTO
        part.append((_apply(matrix, x.value, y.value), curved))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            part.append((part[0][0], False))
    if len(part) > 1:
        yield part


def _shows(obj: Any, color_of: Any) -> bool:
    """Whether a colour can be seen on white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not color_of(obj, *parts):
        return True
    *rgb, alpha = (part.value for part in parts)
    return alpha > 0 and min(rgb) < _NEARLY_WHITE


def _is_rule(a: Point, b: Point, curved: bool) -> bool:
    """Whether the line from ``a`` to ``b`` is level or upright, and no part of a curve."""
    across, along = sorted((abs(a[0] - b[0]), abs(a[1] - b[1])))
    return not curved and across < _LEVEL and along >= _SHORT


def _bounds(obj: Any, matrix: Matrix) -> Points:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    return [_apply(matrix, x, y) for x, y in corners]


def _boxes(parts: list[Points], frame: Frame) -> Iterator[Box]:
    """The boxes around ``parts``, as far as they can be seen."""
    width, height = frame.size
    for points in parts:
        xs, ys = zip(*(frame.point(*point) for point in points), strict=True)
        x0, x1 = max(min(xs), 0.0), min(max(xs), width)
        top, bottom = max(min(ys), 0.0), min(max(ys), height)
        if x0 <= x1 and top <= bottom:
            yield Box(x0, top, x1, bottom)


def _matrix(obj: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(obj, found):
        return _SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does ``first`` and after it ``then`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
