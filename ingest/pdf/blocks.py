"""A PDF as blocks: from words where they stand to headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.pages import Bookmark, PdfPage, Read
from ingest.pdf.bullets import bullet_letters
from ingest.pdf.contents import Entry
from ingest.pdf.drafts import blocks_of, repeated_headers
from ingest.pdf.edges import words_in
from ingest.pdf.flow import Flow
from ingest.pdf.furniture import without_furniture
from ingest.pdf.headings import Placed, heading_levels
from ingest.pdf.lines import Line
from ingest.pdf.marks import names_with_powers
from ingest.pdf.measures import pace_of
from ingest.pdf.ornaments import page_lines
from ingest.pdf.paragraphs import Group
from ingest.pdf.pieces import Table
from ingest.pdf.runins import with_run_ins
from ingest.pdf.scans import is_scanned, straightened, widened, with_even_sizes
from ingest.pdf.strips import (
    Strip,
    Type,
    lines_of,
    page_strips,
    with_contents,
    with_groups,
    with_sides,
    with_tables,
)
from ingest.pdf.styles import Body, body_of


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The blocks of a PDF in reading order, and what is not among them.

    ``furniture`` are the lines dropped as running heads, page numbers and repeated headers of
    tables, ``marks`` the note marks taken out.
    """

    blocks: tuple[Block, ...]
    furniture: tuple[str, ...]
    marks: tuple[str, ...]


def pdf_blocks(read: Read, joiner: Joiner) -> list[Block]:
    """The blocks of the PDF ``read``, each with the pages that its text stands on."""
    return list(laid_out(read, joiner).blocks)


def laid_out(read: Read, joiner: Joiner) -> LaidOut:
    """The blocks of the PDF ``read`` and what was left out of them."""
    names = names_with_powers(word.text for page in read.pdf for word in page.words)
    pages = (straightened(widened(page)) for page in read.pdf)
    sheets = [(page, page_lines(page, names)) for page in pages]
    body = body_of((line for _, lines in sheets for line in lines), is_scanned(read.pdf))
    if body.noisy:
        sheets = [(page, with_even_sizes(lines, body)) for page, lines in sheets]
    sheets, furniture = without_furniture(sheets, body.size, _titles(sheets, read.outline, body))
    kind = _type(sheets, body)
    strips = [strip for page, lines in sheets for strip in page_strips(page, lines, kind)]
    strips = with_tables(with_contents(strips))
    pace = pace_of([lines_of(strip) for strip in strips], body.noisy)
    strips = [with_groups(strip, pace, kind) for strip in with_sides(strips)]
    strips = with_run_ins(strips, body)
    placed = _placed(strips)
    found = heading_levels(placed, read.outline, body)
    levels = {id(placed[index].group): level for index, level in found.items()}
    drafts = Flow(levels, kind, _is_indented(placed)).drafts(strips)
    return LaidOut(
        blocks=tuple(blocks_of(drafts, joiner)),
        furniture=tuple([line.text for line in furniture] + repeated_headers(drafts)),
        marks=tuple(mark for mark in _marks(strips, furniture) if mark),
    )


def _marks(strips: Sequence[Strip], furniture: Sequence[Line]) -> Iterator[str]:
    """The note marks that are in no block: those in the text, and those that open notes."""
    yield from (mark for line in furniture for mark in (*line.marks, line.opener))
    for strip in strips:
        for note in strip.notes:
            yield note.lines[0].text[: note.skip].strip()
        lines = [line for note in strip.notes for line in note.lines]
        for part in strip.parts:
            if isinstance(part, Group | Entry):
                lines += part.lines
            elif isinstance(part, Table):
                cells = {id(cell): cell for row in part.rows for cell in row}
                lines += [line for cell in cells.values() for line in cell.lines]
        yield from (mark for line in lines for mark in (*line.marks, line.opener))


def _type(sheets: Sequence[tuple[PdfPage, list[Line]]], body: Body) -> Type:
    lines = [line for _, found in sheets for line in found]
    marks = {part for line in lines for mark in line.marks for part in mark.split(",")}
    return Type(body, bullet_letters(lines), frozenset(mark.strip(" ().;") for mark in marks))


def _titles(
    sheets: Sequence[tuple[PdfPage, list[Line]]], outline: Sequence[Bookmark], body: Body
) -> frozenset[str]:
    """The words of what may be headings."""
    large = (line.text for _, lines in sheets for line in lines if line.size >= body.larger)
    return frozenset(map(words_in, [*large, *(entry.title for entry in outline)]))


def _placed(strips: Sequence[Strip]) -> list[Placed]:
    placed = []
    for strip in strips:
        for index, part in enumerate(strip.parts):
            if isinstance(part, Group):
                before = strip.parts[index - 1] if index else None
                after = strip.parts[index + 1] if index + 1 < len(strip.parts) else None
                placed.append(
                    Placed(
                        part,
                        before if isinstance(before, Group) else None,
                        after if isinstance(after, Group) else None,
                        after is None,
                        strip.aside,
                    )
                )
    return placed


def _is_indented(placed: Sequence[Placed]) -> bool:
    """Whether paragraphs start with an indent rather than with a space above them."""
    inner = [
        each.group
        for each in placed
        if each.before is not None and each.group.mark is None and len(each.group.lines) > 1
    ]
    indented = sum(1 for group in inner if 0.7 < group.indent / group.lines[0].size < 5)
    return len(inner) >= 4 and 2 * indented > len(inner)
