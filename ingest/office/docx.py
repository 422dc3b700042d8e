"""Word files: what stands on the page, as one page of HTML.

Tracked changes are read as accepted; comments, headers, footers and hidden text are left out, and
so is the table of contents, which only repeats the headings. Word knows no pages until it prints,
so there are no page numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from corpus.errors import BadInputError
from ingest.office.by_form import by_form
from ingest.office.container import Package, Relation, open_package
from ingest.office.drawing import chart_pieces, diagram_pieces
from ingest.office.flow import Piece, text_of, title_of, to_html
from ingest.office.ooxml import MC, M, W, chosen, core_title, number_in, sensible_title
from ingest.office.word_numbering import Mark, Numbering
from ingest.office.word_styles import (
    Indent,
    ParagraphStyle,
    Styles,
    indent_of,
    outline_level,
    value_of,
)
from ingest.office.word_tables import read_table
from ingest.office.word_text import (
    Line,
    LineReader,
    big_pictures,
    control_content,
    tracked_changes,
)
from ingest.pages import Page, Read

_SKIPPED = frozenset(W + name for name in ("del", "moveFrom", "sectPr", "tblPr", "tcPr", "sdtPr"))


def read_docx(data: bytes, name: str) -> Read:
    """The contents of a Word file (.docx, .docm, .dotx), called ``name`` in messages.

    Raises BadInputError for what is no Word file, damaged, protected, or a bomb.
    """
    package = open_package(data, name, "docx")
    main = package.related("", "officeDocument") or "word/document.xml"
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        raise BadInputError(
            f"{name} is geen volledig Wordbestand: de tekst ({main}) ontbreekt. "
            "Open het in Word, sla het opnieuw op en probeer het nog eens."
        )
    reader = _Reader(package, main, root)
    pieces = by_form(list(reader.blocks(body)))
    return Read(
        pages=(Page(None, to_html(pieces)),) if pieces else (),
        title=sensible_title(title_of(pieces)) or core_title(package),
        warnings=tuple(_warnings(root, reader)),
    )


@dataclass(slots=True)
class _LastItem:
    """The list item that an indented paragraph may go on with."""

    level: int
    mark_at: int


class _Reader:
    """Walks through the main part; the other parts are read when they are called for."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        style_root = _part(package, main, "styles")
        self._package = package
        self._relations: dict[str, Relation] = package.relations(main)
        self._styles = Styles(style_root)
        self._numbering = Numbering(_part(package, main, "numbering"), style_root)
        self._notes = {kind: _part(package, main, f"{kind}s") for kind in ("footnote", "endnote")}
        self._lines = LineReader(root, self._styles)
        self._carried: Line | None = None
        self._in_note = False
        self._read: set[tuple[str, str]] = set()
        self._last_item: _LastItem | None = None
        self.seen: Counter[str] = self._lines.seen
        self.comments = _part(package, main, "comments")

    def blocks(self, container: Element) -> Iterator[Piece]:
        """The pieces in a body, cell, text box or note."""
        for child in container:
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tbl":
                self._last_item = None
                yield from read_table(child, self.blocks, self._styles)
                self._last_item = None
            elif tag == f"{W}sdt":
                content = control_content(child)
                yield from self.blocks(content) if content is not None else ()
            elif tag == f"{MC}AlternateContent":
                version = chosen(child)
                yield from self.blocks(version) if version is not None else ()
            elif tag == f"{W}altChunk":
                self.seen["altChunk"] += 1
            elif tag == f"{M}oMathPara":
                yield from self._paragraph(child)
            elif tag not in _SKIPPED:
                yield from self.blocks(child)
        if self._carried is not None:
            line, self._carried = self._carried, None
            yield from self._main_piece(line, self._styles.paragraph(None), None)
            yield from self._hanging(line)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.paragraph(value_of(properties, "pStyle"))
        line = self._lines.read(paragraph, style.look)
        if self._carried is not None:
            line, self._carried = self._carried.before(line), None
        if _goes_on_in_next(properties):
            self._carried = line
            return
        yield from self._main_piece(line, style, properties)
        yield from self._hanging(line)

    def _main_piece(
        self, line: Line, style: ParagraphStyle, properties: Element | None
    ) -> Iterator[Piece]:
        mark, level = self._mark(style, properties)
        text = line.text.strip()
        if not text or style.role == "contents":
            return
        outline = outline_level(properties)
        heading = style.level if outline is None else outline
        size = line.sizes.most_common(1)[0][0]
        piece = Piece("paragraph", text, size=size, bold=line.bold == line.shown > 0)
        if style.role == "title" or style.role == "caption":
            self._last_item = None
            yield replace(piece, kind=style.role, text=_numbered(mark, text))
        elif heading:
            self._last_item = None
            yield replace(piece, kind="heading", level=heading, text=_numbered(mark, text))
        elif style.role == "quote":
            yield replace(piece, kind="quote", level=self._depth(style, properties))
        elif mark is not None:
            indent = indent_of(properties) or mark.indent or style.indent or Indent()
            self._last_item = _LastItem(level, indent.first)
            yield _item(piece, mark, level)
        else:
            yield replace(piece, level=self._depth(style, properties))

    def _mark(self, style: ParagraphStyle, properties: Element | None) -> tuple[Mark | None, int]:
        """The bullet or number of a paragraph, and how deep its list is (from 1)."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        num_id = value_of(own, "numId") or style.num_id
        if num_id is None or num_id == "0":
            return None, 0
        own_place = number_in(own.find(f"{W}ilvl")) if own is not None else None
        place = style.num_level if own_place is None else own_place
        if place is None:
            place = self._numbering.level_of(num_id, style.id)
        return self._numbering.next(num_id, place), max(place + 1, style.list_level, 1)

    def _depth(self, style: ParagraphStyle, properties: Element | None) -> int:
        """Level of the item that an unmarked paragraph goes on with: it stands further to the
        right than the mark of that item, or had a mark of its own that was taken off."""
        indent = indent_of(properties) or style.indent or Indent()
        own = properties.find(f"{W}numPr") if properties is not None else None
        if self._last_item is not None and (
            0 < indent.text > self._last_item.mark_at or value_of(own, "numId") == "0"
        ):
            return self._last_item.level
        self._last_item = None
        return 0

    def _hanging(self, line: Line) -> Iterator[Piece]:
        """Notes, text boxes, charts and SmartArt that hang on a paragraph."""
        last_item, self._last_item = self._last_item, None
        for kind, id_ in line.notes:
            text = self._note(kind, id_)
            if text:
                yield Piece("note", text)
        for box in line.boxes:
            yield from _box(tuple(self.blocks(box)))
        for kind, ids, read in (
            ("charts", line.charts, chart_pieces),
            ("diagrams", line.diagrams, diagram_pieces),
        ):
            for id_ in ids:
                if (kind, id_) in self._read:
                    continue
                self._read.add((kind, id_))
                relation = self._relations.get(id_)
                root = self._package.xml(relation.target) if relation else None
                pieces = tuple(read(root)) if root is not None else ()
                self.seen[kind if pieces else "object"] += 1
                yield from _box(pieces)
        self._last_item = last_item

    def _note(self, kind: str, id_: str) -> str:
        """The text of a note; a note that is called from a note (a damaged file) is not read."""
        notes = self._notes[kind]
        if notes is None or self._in_note or (kind, id_) in self._read:
            return ""
        self._read.add((kind, id_))
        self._in_note = True
        found = (note for note in notes if note.get(f"{W}id") == id_)
        text = " ".join(text_of(list(self.blocks(note))) for note in found)
        self._in_note = False
        return text


def _part(package: Package, main: str, kind: str) -> Element | None:
    part = package.related(main, kind)
    return package.xml(part) if part else None


def _goes_on_in_next(properties: Element | None) -> bool:
    """Whether the end of a paragraph was deleted or moved away, or it is a drop cap."""
    if properties is None:
        return False
    gone = (properties.find(f"{W}rPr/{W}{name}") for name in ("del", "moveFrom"))
    frame = properties.find(f"{W}framePr")
    drop_cap = frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}
    return drop_cap or any(mark is not None for mark in gone)


def _numbered(mark: Mark | None, text: str) -> str:
    return f"{mark.text} {text}".strip() if mark else text


def _item(piece: Piece, mark: Mark, level: int) -> Piece:
    """A list item; a number that holds words ("Stap 3:") is part of what it says."""
    if mark.label:
        return replace(piece, kind="item", text=f"{mark.text} {piece.text}", level=level)
    return replace(piece, kind="item", level=level, mark=mark.text, number=mark.number)


def _box(inner: tuple[Piece, ...]) -> Iterator[Piece]:
    if text_of(inner):
        yield Piece("box", inner=inner)


def _warnings(root: Element, reader: _Reader) -> Iterator[str]:
    """What staff should know of how the file was read."""
    changes = tracked_changes(root)
    if changes:
        yield (
            f"Het bestand heeft bijgehouden wijzigingen ({changes}). "
            "Ze zijn gelezen alsof ze zijn geaccepteerd."
        )
    comments = len(reader.comments.findall(f"{W}comment")) if reader.comments is not None else 0
    if comments:
        yield f"Opmerkingen in de kantlijn zijn weggelaten ({comments})."
    seen = reader.seen
    if seen["hidden"]:
        yield "Verborgen tekst is weggelaten."
    if seen["altChunk"]:
        yield (
            f"Ingevoegde bestanden zijn niet gelezen ({seen['altChunk']}). "
            "Open het bestand in Word, sla het opnieuw op en probeer het nog eens."
        )
    if seen["symbol"]:
        yield f"Tekens uit een symboollettertype zijn niet herkend ({seen['symbol']})."
    if seen["formula"]:
        yield f"Formules zijn als gewone tekst gelezen ({seen['formula']}). Controleer ze."
    if seen["charts"]:
        yield f"Grafieken zijn als tabel gelezen ({seen['charts']}). Controleer de cijfers."
    if seen["object"]:
        yield f"Ingevoegde grafieken zijn niet gelezen ({seen['object']})."
    pictures = big_pictures(root)
    if pictures:
        yield f"Tekst in afbeeldingen is niet gelezen ({pictures} grote afbeeldingen)."
