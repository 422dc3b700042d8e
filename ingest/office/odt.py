"""OpenDocument texts (.odt, .ott): what stands on the page, as one page of HTML.

Tracked changes are read as accepted; comments, headers, footers, hidden text, tables of contents
and indexes are left out. There are no page numbers: the file knows none until it is laid out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from corpus.errors import BadInputError
from ingest.office.by_form import by_form
from ingest.office.container import open_package
from ingest.office.flow import Cell, Piece, table_pieces, text_of, title_of, to_html
from ingest.office.odt_lists import ListCounts, Place
from ingest.office.odt_styles import DRAW, OFFICE, TABLE, TEXT, Look, Styles, whole
from ingest.office.ooxml import sensible_title
from ingest.pages import Page, Read

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_NAMED = (
    (TEXT, "tracked-changes table-of-content illustration-index table-index object-index"),
    (TEXT, "user-index alphabetical-index sequence-decls variable-decls user-field-decls"),
    (TEXT, "ruby-text hidden-text hidden-paragraph placeholder script number note-citation"),
    (TEXT, "bibliography-source index-title-template"),
    (OFFICE, "annotation annotation-end forms event-listeners"),
    (_SVG, "title desc"),
)
_SKIPPED = frozenset(space + name for space, names in _NAMED for name in names.split())
_SPACE = re.compile(r"[ \t\r\n]+")
_MAX_REPEATED = 100
_MAX_CELLS = 100_000


@dataclass(slots=True)
class _Line:
    """What one paragraph says, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    bold: int = 0
    shown: int = 0
    hanging: list[Piece] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        self.parts.append(text)
        count = len("".join(text.split()))
        self.shown += count
        self.sizes[look.size] += count
        self.bold += count if look.bold else 0


def read_odt(data: bytes, name: str) -> Read:
    """The contents of an OpenDocument text, called ``name`` in messages.

    Raises BadInputError for what is no such file, damaged, protected, or a bomb.
    """
    package = open_package(data, name, "odt")
    content = package.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise BadInputError(
            f"{name} is geen volledige OpenDocument-tekst: de tekst (content.xml) ontbreekt. "
            "Open het in LibreOffice, sla het opnieuw op en probeer het nog eens."
        )
    reader = _Reader(name, Styles([package.xml("styles.xml"), content]))
    pieces = by_form(list(reader.blocks(body)))
    meta = package.xml("meta.xml")
    own = next((element.text for element in meta.iter(_DC_TITLE)), None) if meta is not None else ""
    return Read(
        pages=(Page(None, to_html(pieces)),) if pieces else (),
        title=sensible_title(title_of(pieces)) or sensible_title(own),
        warnings=tuple(_warnings(body, reader.seen)),
    )


class _Reader:
    """Walks through the text; lists and headings are counted as they come."""

    def __init__(self, name: str, styles: Styles) -> None:
        self._name = name
        self._cells = 0
        self._styles = styles
        self._counts = ListCounts(styles)
        self._in_note = False
        self.seen: Counter[str] = Counter()

    def blocks(self, container: Element, place: Place | None = None) -> Iterator[Piece]:
        """The pieces in a body, section, cell, text box, note or (at ``place``) list item."""
        for child in container:
            tag = child.tag
            if tag in {f"{TEXT}p", f"{TEXT}h"}:
                yield from self._paragraph(child, place)
                if place is not None:
                    place = place.after_first()
            elif tag == f"{TEXT}list":
                yield from self._list(child, place)
            elif tag == f"{TABLE}table":
                yield from self._table(child)
            elif tag == f"{TEXT}section" and _is_hidden(child):
                self.seen["hidden"] += 1
            elif isinstance(tag, str) and tag.startswith(DRAW):
                line = _Line()
                self._drawing(child, line)
                yield from line.hanging
            elif tag not in _SKIPPED:
                yield from self.blocks(child, place)

    def _list(self, element: Element, outer: Place | None) -> Iterator[Piece]:
        place = self._counts.open(element, outer)
        for item in element:
            if item.tag == f"{TEXT}list-item":
                start = item.get(f"{TEXT}start-value", "")
                if start.isdecimal() and len(start) < 7:
                    self._counts.restart(place, int(start))
                yield from self.blocks(item, place)
            elif item.tag == f"{TEXT}list-header":
                yield from self.blocks(item, place.after_first())

    def _paragraph(self, paragraph: Element, place: Place | None) -> Iterator[Piece]:
        style = paragraph.get(f"{TEXT}style-name")
        look = self._styles.look("paragraph", style)
        line = _Line()
        self._inline(paragraph, line, look)
        role, level = self._styles.role(style)
        if paragraph.tag == f"{TEXT}h":
            role, level = "heading", whole(paragraph.get(f"{TEXT}outline-level"), 1, most=10)
        mark, number = self._mark(paragraph, place, level if role == "heading" else 0)
        text = "".join(line.parts).strip()
        if text and role != "contents":
            size = line.sizes.most_common(1)[0][0]
            piece = Piece("paragraph", text, size=size, bold=line.bold == line.shown > 0)
            depth = place.level if place is not None else 0
            if role == "heading":
                yield replace(piece, kind="heading", level=level, text=f"{mark} {text}".strip())
            elif role == "title" or role == "caption":
                yield replace(piece, kind=role)
            elif role == "quote":
                yield replace(piece, kind="quote", level=depth)
            elif place is not None and place.is_first and not (place.is_numbered and not mark):
                yield replace(piece, kind="item", level=depth, mark=mark, number=number)
            else:
                yield replace(piece, level=depth)
        yield from line.hanging

    def _mark(self, paragraph: Element, place: Place | None, heading_level: int) -> tuple[str, int]:
        """The number before a heading or list item, with its place in the list."""
        given = paragraph.findtext(f"{TEXT}number")
        mark, number = "", 0
        if place is not None and place.is_first:
            mark, number = self._counts.next(place)
        elif heading_level and paragraph.get(f"{TEXT}is-list-header") != "true":
            bare = self._styles.list_style(paragraph.get(f"{TEXT}style-name")) == ""
            mark = "" if bare else self._counts.next_heading(heading_level)
        return (given.strip() if given else mark), number

    def _inline(self, element: Element, line: _Line, look: Look) -> None:
        self._say(_SPACE.sub(" ", element.text or ""), line, look)
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}s":
                self._say(" ", line, look)
            elif tag == f"{TEXT}tab":
                self._say("\t", line, look)
            elif tag == f"{TEXT}line-break":
                self._say("\n", line, look)
            elif tag == f"{TEXT}note":
                line.hanging.extend(self._note(child))
            elif isinstance(tag, str) and tag.startswith(DRAW) and tag != f"{DRAW}a":
                self._drawing(child, line)
            elif tag not in _SKIPPED:
                styled = child.get(f"{TEXT}style-name") if tag == f"{TEXT}span" else None
                own = self._styles.look("text", styled, look) if styled else look
                self._inline(child, line, own)
            self._say(_SPACE.sub(" ", child.tail or ""), line, look)

    def _say(self, text: str, line: _Line, look: Look) -> None:
        if look.hidden:
            self.seen["hidden"] += 1 if text.strip() else 0
        elif text:
            line.add(text, look)

    def _note(self, note: Element) -> Iterator[Piece]:
        body = note.find(f"{TEXT}note-body")
        if body is None or self._in_note:
            return
        self._in_note = True
        text = text_of(list(self.blocks(body)))
        self._in_note = False
        if text:
            yield Piece("note", text)

    def _drawing(self, element: Element, line: _Line) -> None:
        """The text in a frame or shape, as a box that hangs on the line."""
        inner = tuple(self.blocks(element))
        if text_of(inner):
            line.hanging.append(Piece("box", inner=inner))

    def _table(self, table: Element) -> Iterator[Piece]:
        rows: list[list[Cell]] = []
        for row, header in _rows(table, header=False):
            cells = self._row(row, header)
            count = whole(row.get(f"{TABLE}number-rows-repeated"), 1, _MAX_REPEATED)
            is_empty = not any(cell.pieces for cell in cells)
            rows += [cells] * (1 if is_empty else count)
            self._cells += len(cells) * count
            if self._cells > _MAX_CELLS:
                raise BadInputError(
                    f"{self._name} heeft tabellen met meer dan {_MAX_CELLS} cellen. "
                    "Zet alleen de cijfers die nodig zijn in het document."
                )
        if max((len(row) for row in rows), default=0) < 2:
            yield from (piece for row in rows for cell in row for piece in cell.pieces)
        else:
            yield from table_pieces(rows)

    def _row(self, row: Element, header: bool) -> list[Cell]:
        cells: list[Cell] = []
        for cell in row.findall(f"{TABLE}table-cell"):
            read = Cell(
                tuple(self.blocks(cell)),
                whole(cell.get(f"{TABLE}number-columns-spanned"), 1, _MAX_REPEATED),
                whole(cell.get(f"{TABLE}number-rows-spanned"), 1),
                header,
                self._styles.is_shaded(cell.get(f"{TABLE}style-name")),
            )
            repeated = whole(cell.get(f"{TABLE}number-columns-repeated"), 1, _MAX_REPEATED)
            cells += [read] * repeated
        return cells


def _rows(element: Element, header: bool) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, each with whether it is a header row."""
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield child, header
        elif child.tag == f"{TABLE}table-header-rows":
            yield from _rows(child, header=True)
        elif child.tag in {f"{TABLE}table-rows", f"{TABLE}table-row-group"}:
            yield from _rows(child, header)


def _is_hidden(section: Element) -> bool:
    return section.get(f"{TEXT}display") == "none" or section.get(f"{TEXT}is-hidden") == "true"


def _warnings(body: Element, seen: Counter[str]) -> Iterator[str]:
    """What staff should know of how the file was read."""
    changes = sum(
        1
        for region in body.iter(f"{TEXT}changed-region")
        for change in region
        if change.tag in {f"{TEXT}insertion", f"{TEXT}deletion"}
    )
    if changes:
        yield (
            f"Het bestand heeft bijgehouden wijzigingen ({changes}). "
            "Ze zijn gelezen alsof ze zijn geaccepteerd."
        )
    comments = sum(1 for _ in body.iter(f"{OFFICE}annotation"))
    if comments:
        yield f"Opmerkingen in de kantlijn zijn weggelaten ({comments})."
    if seen["hidden"]:
        yield "Verborgen tekst is weggelaten."
    objects = sum(1 for _ in body.iter(f"{DRAW}object"))
    if objects:
        yield f"Ingevoegde formules, grafieken en rekenbladen zijn niet gelezen ({objects})."
