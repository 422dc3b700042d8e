"""The paragraphs of a shape on a slide, with the bullets that layout and master give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.office.flow import Cell, Piece
from ingest.office.numbers import letters, roman
from ingest.office.ooxml import MC, A, M, P, chosen, is_on, number_in
from ingest.office.symbols import PRIVATE, formula, symbol

_BULLETS = (f"{A}buNone", f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")
_AUTO = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)?")
_AROUND = {"ParenR": "%s)", "ParenBoth": "(%s)", "Plain": "%s"}
_COUNTED_FIELDS = ("slidenum", "datetime")
"""Fields that say the number of the slide or the day of today."""
_MAX_SPAN = 100


@dataclass(frozen=True, slots=True)
class Inherited:
    """Where the paragraphs of a shape get their bullets from, the nearest first: lists of
    a:lvl1pPr to a:lvl9pPr of the shape, its layout, its master and the file."""

    styles: tuple[Element, ...] = ()

    def bullet(self, properties: Element | None, level: int) -> Element | None:
        """What stands before a paragraph of ``level`` (from 0); None for nothing."""
        levels = (style.find(f"{A}lvl{level + 1}pPr") for style in self.styles)
        for source in (properties, *levels):
            if source is None:
                continue
            found = next((child for child in source if child.tag in _BULLETS), None)
            if found is not None:
                return found if found.tag != f"{A}buNone" else None
        return None


def text_pieces(body: Element | None, inherited: Inherited) -> list[Piece]:
    """The paragraphs and list items of a p:txBody or a:txBody."""
    pieces: list[Piece] = []
    counts: dict[int, int] = {}
    for paragraph in body.findall(f"{A}p") if body is not None else []:
        text = paragraph_text(paragraph).strip()
        if not text:
            continue
        properties = paragraph.find(f"{A}pPr")
        level = min(max(number_in(properties, "lvl") or 0, 0), 8)
        bullet = inherited.bullet(properties, level)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if bullet is not None and bullet.tag == f"{A}buAutoNum":
            start = number_in(bullet, "startAt") or 1
            counts[level] = counts.get(level, start - 1) + 1
            mark = _mark(bullet.get("type", ""), counts[level])
            pieces.append(Piece("item", text, level + 1, mark, counts[level]))
            continue
        counts.pop(level, None)
        if bullet is not None:
            pieces.append(Piece("item", text, level + 1))
        else:
            depth = _depth_of_last(pieces) if (number_in(properties, "marL") or 0) > 0 else 0
            pieces.append(Piece("paragraph", text, depth, size=_size(paragraph)))
    return pieces


def _depth_of_last(pieces: list[Piece]) -> int:
    """The level of the item that an indented paragraph without a bullet goes on with."""
    return pieces[-1].level if pieces else 0


def paragraph_text(paragraph: Element) -> str:
    """The text of an a:p with ``\\n`` for line breaks."""
    return "".join(_parts(paragraph))


def table_piece(table: Element) -> Piece:
    """An a:tbl; its first row is a header when the table sets it apart."""
    properties = table.find(f"{A}tblPr")
    first_row = properties is not None and properties.get("firstRow") is not None
    header = first_row and is_on(properties, "firstRow")
    rows = [
        tuple(_cells(row, header and number == 0))
        for number, row in enumerate(table.findall(f"{A}tr"))
    ]
    return Piece("table", rows=tuple(rows))


def _cells(row: Element, header: bool) -> Iterator[Cell]:
    for cell in row.findall(f"{A}tc"):
        if any(cell.get(name) in {"1", "true"} for name in ("hMerge", "vMerge")):
            continue
        pieces = tuple(text_pieces(cell.find(f"{A}txBody"), Inherited()))
        columns, rows = (number_in(cell, name) or 1 for name in ("gridSpan", "rowSpan"))
        yield Cell(pieces, min(max(columns, 1), _MAX_SPAN), min(max(rows, 1), _MAX_SPAN), header)


def _parts(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == f"{A}t":
            yield _plain(child.text or "", element)
        elif tag == f"{A}br":
            yield "\n"
        elif tag == f"{M}oMath":
            yield formula(child)
        elif tag == f"{MC}AlternateContent":
            version = chosen(child)
            yield from _parts(version) if version is not None else ()
        elif tag == f"{A}fld" and child.get("type", "").startswith(_COUNTED_FIELDS):
            continue
        elif tag not in {f"{A}pPr", f"{A}rPr", f"{A}endParaRPr"}:
            yield from _parts(child)


def _plain(text: str, run: Element) -> str:
    """``text`` with the characters of symbol fonts as plain ones."""
    font = run.find(f"{A}rPr/{A}sym")
    name = font.get("typeface", "") if font is not None else ""
    return PRIVATE.sub(lambda char: symbol(ord(char[0]), name) or "", text)


def _mark(form: str, number: int) -> str:
    found = _AUTO.match(form)
    kind, around = found.groups() if found else ("arabic", None)
    spelled = str(number)
    if kind.startswith("alpha"):
        spelled = letters(number)
    elif kind.startswith("roman"):
        spelled = roman(number)
    return _AROUND.get(around or "", "%s.") % (spelled.upper() if kind.endswith("Uc") else spelled)


def _size(paragraph: Element) -> float:
    """The largest size that a paragraph itself names, in points; 0 when it names none."""
    sizes = (number_in(run, "sz") or 0 for run in paragraph.iter(f"{A}rPr"))
    return max(sizes, default=0) / 100


def list_styles(*elements: Element | None) -> Inherited:
    """The list styles among ``elements``, those that are there."""
    return Inherited(tuple(element for element in elements if element is not None))


def style_of_master(master: Element | None, place: str | None) -> Element | None:
    """What a master gives to titles, to bodies, and to all that is no placeholder (None)."""
    if master is None:
        return None
    if place is None:
        name = "otherStyle"
    else:
        name = "titleStyle" if place in {"title", "ctrTitle"} else "bodyStyle"
    return master.find(f"{P}txStyles/{P}{name}")
