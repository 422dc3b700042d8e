"""Tables as rows that can be quoted one by one, and the parts of a text that are tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.blocks import Block
from ingest.characters import one_line
from ingest.lists import is_mark

_CONTENTS_LINE = re.compile(
    r"(?P<title>\S.*?)\s*(?:\.{3,}|…{2,}|(?:\. ){3,})"
    r"\s*(?:<\w+>|\*+)?\s*(?P<page>\d{1,4})\s*(?:</\w+>|\*+)?"
)
_MAX_CONTENTS_LINE = 250
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>|\*\*")

SegmentKind = Literal["text", "table", "contents"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines of one kind."""

    kind: SegmentKind
    lines: tuple[str, ...]


def segments(text: str) -> Iterator[Segment]:
    """``text`` cut into running text, tables made with tabs and tables of contents."""
    lines = text.split("\n")
    kinds = _line_kinds(lines)
    position = 0
    for kind, run in groupby(kinds):
        length = len(list(run))
        yield Segment(kind, tuple(lines[position : position + length]))
        position += length


def contents_blocks(lines: Sequence[str]) -> list[Block]:
    """A table of contents: each line without its dots, none of them an answer."""
    found = (_CONTENTS_LINE.fullmatch(line.strip()) for line in lines)
    texts = (one_line(_TAGS.sub("", f"{m['title']} {m['page']}")) for m in found if m)
    return [Block("row", text, reference=True) for text in texts]


def tab_table_blocks(lines: Sequence[str]) -> list[Block]:
    """A table whose cells are parted by tabs; the first line may hold the column names."""
    rows = [[one_line(_TAGS.sub("", cell)) for cell in line.split("\t")] for line in lines]
    header = rows[0] if _is_header(rows) else None
    return row_blocks(header, rows[1:] if header else rows)


def row_blocks(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> list[Block]:
    """Each row as "label: value", with the names of the columns; empty rows are left out."""
    texts = (_row_text(header or [], row) for row in rows)
    return [Block("row", text) for text in texts if text]


def _row_text(header: Sequence[str], row: Sequence[str]) -> str:
    label, values = (row[0], list(row[1:])) if row else ("", [])
    names = [*header[1:], *[""] * len(values)]
    cells = [(name, value) for name, value in zip(names, values, strict=False) if value]
    if len(values) == 1 and cells:
        name, value = cells[0]
        text = f"{value} ({name})" if name else value
    else:
        text = "; ".join(f"{name}: {value}" if name else value for name, value in cells)
    parted = " – " if len(values) > 1 and any(name for name, _ in cells) else ": "
    return one_line(parted.join(part for part in (label, text) if part))


def _is_header(rows: list[list[str]]) -> bool:
    if len(rows) < 2:
        return False
    first, rest = rows[0], rows[1:]
    if not first[0] and any(first[1:]):
        return True
    return not _has_digit(first[1:]) and all(_has_digit(row[1:]) for row in rest)


def _has_digit(cells: Sequence[str]) -> bool:
    return any(char.isdigit() for cell in cells for char in cell)


def _line_kinds(lines: list[str]) -> list[SegmentKind]:
    kinds: list[SegmentKind] = [_kind(line) for line in lines]
    position = 0
    for kind, run in groupby(list(kinds)):
        length = len(list(run))
        alone = length < 2 or (
            kind == "table" and not _same_width(lines[position : position + length])
        )
        if kind != "text" and alone:
            kinds[position : position + length] = ["text"] * length
        position += length
    return kinds


def _kind(line: str) -> SegmentKind:
    if len(line) <= _MAX_CONTENTS_LINE and _CONTENTS_LINE.fullmatch(line.strip()):
        return "contents"
    first, tab, rest = line.partition("\t")
    if tab and rest.strip() and not is_mark(first.strip()):
        return "table"
    return "text"


def _same_width(lines: Sequence[str]) -> bool:
    return len({len(line.rstrip("\n").split("\t")) for line in lines}) == 1
