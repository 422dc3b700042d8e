"""Plain text as blocks: nothing is marked, so structure is inferred from form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.characters import one_line
from ingest.hyphens import Joiner
from ingest.lists import split_mark
from ingest.tables import contents_blocks, segments, tab_table_blocks
from ingest.wrapped import is_wrapped, wrapped_blocks

_MAX_HEADING = 70
_MAX_HEADING_RUN = 3
_HEADING_STARTS = re.compile(r"[“‘'\"(…]*[^\W_a-zà-öø-ÿ]")
_HEADING_ENDS_NOT = re.compile(r"[.,;:\-–][”\"’')\]]*$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\S)")


def plain_blocks(text: str, joiner: Joiner) -> list[Block]:
    """The blocks of ``text``, which was cleaned."""
    wrapped = is_wrapped(text.split("\n"))
    blocks: list[Block] = []
    for segment in segments(text):
        if segment.kind == "contents":
            blocks += contents_blocks(segment.lines)
        elif segment.kind == "table":
            blocks += tab_table_blocks(segment.lines)
        elif wrapped:
            blocks += wrapped_blocks(segment.lines, joiner)
        else:
            blocks += _line_blocks(segment.lines, joiner)
    return [block for block in blocks if block.text]


def _line_blocks(raw: Sequence[str], joiner: Joiner) -> list[Block]:
    """Text with a line for each paragraph."""
    lines = [joiner.inside(one_line(line)) for line in raw if line.strip()]
    candidates = [_may_be_heading(lines, index) for index in range(len(lines))]
    blocks = []
    for index, line in enumerate(lines):
        mark, text = split_mark(line)
        if candidates[index] and _run(candidates, index) <= _MAX_HEADING_RUN:
            blocks.append(Block("heading", line, level=_level(line)))
        elif mark:
            blocks.append(Block("item", text, level=1, mark=mark))
        else:
            blocks.append(Block("paragraph", line))
    return blocks


def _may_be_heading(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    if len(line) > _MAX_HEADING or index + 1 == len(lines) or _HEADING_ENDS_NOT.search(line):
        return False
    near = [lines[index + step] for step in (-1, 1) if 0 <= index + step < len(lines)]
    if ": " in line and any(": " in other and len(other) <= _MAX_HEADING for other in near):
        return False  # one of a run of "label: value"
    mark, text = split_mark(line)
    if not _HEADING_STARTS.match(text) or not any(char.isalpha() for char in text):
        return False
    if not mark:
        return True
    return mark[0].isdigit() and not any(split_mark(other)[0] for other in near)


def _run(candidates: Sequence[bool], index: int) -> int:
    """How many lines in a row, around ``index``, look like headings."""
    first = last = index
    while first > 0 and candidates[first - 1]:
        first -= 1
    while last + 1 < len(candidates) and candidates[last + 1]:
        last += 1
    return last - first + 1


def _level(line: str) -> int:
    number = _NUMBERED.match(line)
    return number.group(1).count(".") + 1 if number else 1
