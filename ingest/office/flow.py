"""What the three readers find, piece by piece, and how it is written as HTML.

The HTML is of the plain kind that ``ingest.html.reader`` reads: h1 to h6, p, nested ul and ol,
tables with th in their header rows, blockquote, figcaption, and a ``<div role="doc-footnote">``
straight after the paragraph, list or table that calls the note. Formatting and note marks are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Literal

from ingest.office.numbers import letters, roman

PieceKind = Literal[
    "heading", "title", "paragraph", "item", "quote", "caption", "table", "box", "note"
]
_PUNCTUATION = re.compile(r"[\W_]+")
_TABLE_WORDS = ("tabel", "table")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a cell that merging hides is not there."""

    pieces: tuple[Piece, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or what stands in the place of one.

    ``text`` may hold ``\\n`` for a line break; of a table it is the caption. ``level`` is that of
    a heading (1 is the outermost) or the depth of a list item (1 is the outermost list); a
    paragraph or quotation of level 1 or more belongs to the item before it. ``inner`` is what a
    text box holds. ``size`` (points, 0 when unknown) and ``bold`` (all of it is) help to tell
    the headings of a document without styles.
    """

    kind: PieceKind
    text: str = ""
    level: int = 0
    mark: str = ""
    """Of an item: "3." or "b)"; empty for a bullet."""
    number: int = 0
    """Of a numbered item, its number in its list."""
    size: float = 0.0
    bold: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    inner: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _List:
    tag: Literal["ul", "ol"]
    level: int
    number: int


@dataclass(slots=True)
class _Writer:
    parts: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)


def to_html(pieces: Iterable[Piece]) -> str:
    """The pieces of a document, slide or cell as HTML, one block a line."""
    writer = _Writer()
    for piece in _place_captions(_asides_after_lists(_shift_under_title(list(pieces)))):
        if piece.kind == "item":
            _write_item(writer, piece)
            continue
        _close_lists(writer, piece.level if piece.kind in {"paragraph", "quote"} else 0)
        writer.parts.append(_element(piece))
    _close_lists(writer, 0)
    return "\n".join(writer.parts)


def table_pieces(rows: Sequence[Sequence[Cell]]) -> Iterator[Piece]:
    """A table of these rows, and after it the notes that its cells call; nothing when it is empty.

    When no cell is marked as header, the first row is one if it alone is in bold, or shaded.
    """
    notes = [piece for row in rows for cell in row for piece in cell.pieces if piece.kind == "note"]
    table = [tuple(_without_notes(cell) for cell in row) for row in rows]
    marked = any(cell.header for row in table for cell in row)
    if not marked and len(table) > 1 and len(table[0]) > 1:
        for stands_out in (_is_bold, _is_shaded):
            if stands_out(table[0]) and not any(stands_out(row) for row in table[1:]):
                table[0] = tuple(replace(cell, header=True) for cell in table[0])
                break
    if any(text_of(cell.pieces) for row in table for cell in row):
        yield Piece("table", rows=tuple(table))
    yield from notes


def _without_notes(cell: Cell) -> Cell:
    return replace(cell, pieces=tuple(piece for piece in cell.pieces if piece.kind != "note"))


def title_of(pieces: Iterable[Piece]) -> str | None:
    """The title that stands in a document, perhaps over several paragraphs."""
    lines: list[str] = []
    for piece in _unboxed(pieces):
        if piece.kind == "title":
            lines.append(piece.text)
        elif lines:
            break
    return " ".join(lines) or None


def _unboxed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.kind == "box":
            yield from _unboxed(piece.inner)
        else:
            yield piece


def text_of(pieces: Iterable[Piece]) -> str:
    """All that the pieces say, in one line."""
    return " ".join(" ".join(_texts(pieces)).split())


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield piece.text
        yield from _texts(piece.inner)
        for row in piece.rows:
            for cell in row:
                yield from _texts(cell.pieces)


def _is_bold(row: Sequence[Cell]) -> bool:
    pieces = [piece for cell in row for piece in cell.pieces if piece.text.strip()]
    return bool(pieces) and all(piece.bold for piece in pieces)


def _is_shaded(row: Sequence[Cell]) -> bool:
    return bool(row) and all(cell.shaded for cell in row)


def _shift_under_title(pieces: list[Piece]) -> list[Piece]:
    """A title that stands above all headings is h1, and the headings are one level deeper."""
    kinds = (piece.kind for piece in _unboxed(pieces))
    first = next((kind for kind in kinds if kind in {"title", "heading"}), None)
    shift = 1 if first == "title" else 0
    shifted = []
    for piece in pieces:
        if piece.kind == "title":
            piece = replace(piece, kind="heading", level=1)
        elif piece.kind == "heading":
            piece = replace(piece, level=piece.level + shift)
        shifted.append(piece)
    return shifted


def _asides_after_lists(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Notes and text boxes that are anchored in a list come after it: it stays whole."""
    waiting: list[Piece] = []
    in_list = False
    for piece in pieces:
        if in_list and piece.kind in {"note", "box"}:
            waiting.append(piece)
            continue
        in_list = piece.kind == "item" or (in_list and _continues_item(piece))
        if not in_list:
            yield from waiting
            waiting = []
        yield piece
    yield from waiting


def _continues_item(piece: Piece) -> bool:
    return piece.kind in {"paragraph", "quote"} and piece.level > 0


def _place_captions(pieces: Iterable[Piece]) -> list[Piece]:
    """A caption above a table, or one under it that says "Tabel", goes into the table."""
    placed: list[Piece] = []
    for piece in pieces:
        before = placed[-1] if placed else None
        if piece.kind == "table" and before is not None and before.kind == "caption":
            placed[-1] = replace(piece, text=before.text)
        elif (
            piece.kind == "caption"
            and piece.text.lower().startswith(_TABLE_WORDS)
            and before is not None
            and before.kind == "table"
            and not before.text
        ):
            placed[-1] = replace(before, text=piece.text)
        else:
            placed.append(piece)
    return placed


def _element(piece: Piece) -> str:
    text = "<br>".join(escape(line) for line in piece.text.strip("\n").split("\n"))
    if piece.kind == "heading":
        level = min(max(piece.level, 1), 6)
        return f"<h{level}>{text}</h{level}>"
    if piece.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if piece.kind == "caption":
        return f"<figure><figcaption>{text}</figcaption></figure>"
    if piece.kind == "note":
        return f'<div role="doc-footnote">{text}</div>'
    if piece.kind == "box":
        return f"<div>\n{to_html(piece.inner)}\n</div>"
    if piece.kind == "table":
        return _table(piece, text)
    return f"<p>{text}</p>"


def _table(piece: Piece, caption: str) -> str:
    lines = ["<table>"]
    if caption:
        lines.append(f"<caption>{caption}</caption>")
    for row in piece.rows:
        lines.append("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = (("colspan", cell.columns), ("rowspan", cell.rows))
    attributes = "".join(f' {name}="{number}"' for name, number in spans if number > 1)
    return f"<{tag}{attributes}>{to_html(cell.pieces)}</{tag}>"


def _write_item(writer: _Writer, piece: Piece) -> None:
    tag: Literal["ul", "ol"] = "ol" if piece.mark else "ul"
    _close_lists(writer, piece.level)
    current = writer.lists[-1] if writer.lists else None
    same = current is not None and current.level == piece.level
    if current is not None and same and _starts_anew(current, tag, piece.number):
        _close_lists(writer, piece.level - 1)
        same = False
    if current is None or not same:
        start = f' start="{piece.number}"' if tag == "ol" and piece.number != 1 else ""
        writer.parts.append(f"<{tag}{_list_type(piece)}{start}>")
        current = _List(tag, piece.level, piece.number - 1)
        writer.lists.append(current)
    else:
        writer.parts.append("</li>")
    skips = f' value="{piece.number}"' if tag == "ol" and piece.number != current.number + 1 else ""
    own = piece.mark if piece.mark != f"{piece.number}." else ""
    shown = f' data-mark="{escape(own)}"' if own else ""
    current.number = piece.number
    text = "<br>".join(escape(line) for line in piece.text.strip("\n").split("\n"))
    writer.parts.append(f"<li{skips}{shown}>{text}")


def _list_type(first: Piece) -> str:
    """How a list counts, when that is not in digits."""
    shown = _PUNCTUATION.sub("", first.mark)
    for form, spelled in (("a", letters(first.number)), ("i", roman(first.number))):
        if spelled.isalpha() and shown.lower() == spelled:
            return f' type="{form if shown == spelled else form.upper()}"'
    return ""


def _starts_anew(current: _List, tag: str, number: int) -> bool:
    return tag != current.tag or (tag == "ol" and number <= current.number)


def _close_lists(writer: _Writer, level: int) -> None:
    """Close the lists that are deeper than ``level``."""
    while writer.lists and writer.lists[-1].level > level:
        writer.parts.append(f"</li>\n</{writer.lists.pop().tag}>")
