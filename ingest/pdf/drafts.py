"""Blocks in the making: lines gather from columns and pages before they become text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block, BlockKind, PageMarks
from ingest.hyphens import Joiner
from ingest.pdf.lines import Line
from ingest.pdf.paragraphs import Group
from ingest.pdf.pieces import Cell, Table
from ingest.tables import row_blocks


@dataclass(slots=True)
class Draft:
    """A block whose lines may yet grow. ``texts`` are its lines, ``numbers`` their pages."""

    kind: BlockKind
    texts: list[str]
    numbers: list[int]
    level: int = 0
    mark: str = ""
    reference: bool = False
    aside: bool = False
    group: Group | None = None
    """The last group that went in, to tell whether text goes on."""
    tables: list[Table] = field(default_factory=list)
    """The parts of a table, one for each page; then there are no ``texts``."""

    @property
    def first_page(self) -> int:
        """The page that it starts on."""
        return self.tables[0].page if self.tables else self.numbers[0]

    @property
    def last_page(self) -> int:
        """The page that it ends on."""
        return self.tables[-1].page if self.tables else self.numbers[-1]


def draft_of(group: Group, kind: BlockKind, level: int = 0, aside: bool = False) -> Draft:
    """A draft with the lines of ``group``."""
    draft = Draft(kind, [], [], level, aside=aside)
    if kind == "item" and group.mark is not None:
        draft.mark = group.mark.text
    add_group(draft, group, group.skip if kind == "item" else 0)
    return draft


def add_group(draft: Draft, group: Group, skip: int = 0) -> None:
    """Adds the lines of ``group`` to ``draft``, the first from character ``skip`` on."""
    for index, line in enumerate(group.lines):
        draft.texts.append(line.text[skip:] if index == 0 else line.text)
        draft.numbers.append(line.page)
    draft.group = group


def blocks_of(drafts: Sequence[Draft], joiner: Joiner) -> list[Block]:
    """The blocks that ``drafts`` have become; those without text are left out."""
    blocks: list[Block] = []
    for draft in drafts:
        if draft.tables:
            blocks += _table_blocks(draft.tables, joiner)
            continue
        text, starts = joiner.placed(draft.texts)
        pages = _marks(starts, draft.numbers, len(text))
        block = Block(draft.kind, text, draft.level, draft.mark, draft.reference, pages)
        if text:
            blocks.append(block)
    return blocks


def repeated_headers(drafts: Sequence[Draft]) -> list[str]:
    """The header of each table that goes on over a page and has its header there again."""
    headers = (table.rows[: table.header] for draft in drafts for table in draft.tables[1:])
    return [" ".join(text for text in _row_cells(row)) for rows in headers for row in rows]


def _row_cells(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in {id(cell): cell for cell in row}.values()]


def _marks(starts: Sequence[int], numbers: Sequence[int], length: int) -> PageMarks:
    """Where in a text of ``length`` each page begins; a line may have no text at all."""
    found: list[tuple[int, int]] = []
    ends = [*starts[1:], length]
    for start, end, number in zip(starts, ends, numbers, strict=True):
        if start < end and (not found or number != found[-1][1]):
            found.append((start if found else 0, number))
    return tuple(found)


def _table_blocks(tables: Sequence[Table], joiner: Joiner) -> list[Block]:
    """A row for each row of a table that may go on over several pages, the names of the columns
    in each, and in the end the names themselves, as nothing to answer with."""
    first = tables[0]
    header = first.rows[: first.header]
    titles = [row for row in header if _is_title(row)]
    names = _names([row for row in header if not _is_title(row)], joiner)
    blocks = [
        Block("caption", _cell_text(row[0], joiner), pages=((0, first.page),)) for row in titles
    ]
    used: set[int] = set()
    label = ""
    for table in tables:
        for index, row in enumerate(table.rows[table.header :]):
            texts = _row_texts(row, joiner)
            if index == 0 and table is not first and _goes_on(texts):
                texts[0] = label  # the row is cut by the end of the page
            label = texts[0] or label
            used |= {column for column, text in enumerate(texts) if text and column}
            if not any(texts):
                continue
            pages = ((0, table.page),)
            blocks += [
                Block("row", block.text, pages=pages) for block in row_blocks(names, [texts])
            ]
    if any(name and column not in used for column, name in enumerate(names)):
        said = "; ".join(name for name in names if name)
        blocks.append(Block("row", said, reference=True, pages=((0, tables[-1].page),)))
    return blocks


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a row of a header is one cell over all columns: what the table is called."""
    return len(row) > 1 and bool(row[0].lines) and all(cell is row[0] for cell in row)


def _names(header: Sequence[Sequence[Cell]], joiner: Joiner) -> list[str]:
    """The name of each column: the cells of the header above it, from the top down."""
    if not header:
        return []
    names = []
    for column in range(len(header[0])):
        cells: list[Cell] = []
        for row in header:
            if row[column].lines and row[column] not in cells:
                cells.append(row[column])
        names.append(" ".join(_cell_text(cell, joiner) for cell in cells))
    return names


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether a row, first of its page, is the rest of the row before it."""
    filled = [text for text in texts if text]
    return not texts[0] and bool(filled) and any(text[0].islower() for text in filled)


def _row_texts(row: Sequence[Cell], joiner: Joiner) -> list[str]:
    """The texts of a row; a cell over several columns stands in the first of them."""
    seen: set[int] = set()
    texts = []
    for cell in row:
        texts.append("" if id(cell) in seen else _cell_text(cell, joiner))
        if cell.lines:
            seen.add(id(cell))
    return texts


def _cell_text(cell: Cell, joiner: Joiner) -> str:
    return joiner.lines([line.text for line in cell.lines])


def line_texts(lines: Sequence[Line]) -> tuple[list[str], list[int]]:
    """(texts, pages) of ``lines``."""
    return [line.text for line in lines], [line.page for line in lines]
