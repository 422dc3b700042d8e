"""Text whose lines were broken to fit a page or column, as paragraphs again.

Nothing says where a paragraph ends but the form: a line that falls short of the column, the
punctuation at its end, blank lines, and how the next line starts. In text taken out of a PDF
blank lines may stand between all lines of a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.lists import split_mark

_ENDED = re.compile(r"[.!?:;…][”\"’')\]»]*$")
_HEADING_ENDS_NOT = re.compile(r"[.,;:\-–][”\"’')\]»]*$")
_STARTS_NEW = re.compile(r"[“„«\"‘'(]*(?:…\w|[^\W_a-zà-öø-ÿ])")
_SHORT = 0.8
"""Share of the width of a column below which a line falls short of it."""
_VERY_SHORT = 0.65
_FULL = 0.95
_MAX_HEADING_LINES = 5
_MAX_NUMBERED_HEADING_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the space around it, and the number of blank lines before it. ``opens``:
    it is indented where other lines are not, so it starts something new."""

    text: str
    gap: int
    opens: bool


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most of the text stands in lines that are short enough to have been broken."""
    long = sum(len(line) for line in lines if len(line) > 120)
    return long * 2 < sum(len(line) for line in lines)


def wrapped_blocks(raw: Sequence[str], joiner: Joiner) -> list[Block]:
    """Headings, items and paragraphs of hard-wrapped lines."""
    lines = _lines(raw)
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        heading = _heading_length(lines, position)
        if heading:
            text = joiner.lines([line.text for line in lines[position : position + heading]])
            blocks.append(Block("heading", text, level=_level(lines[position].text)))
            position += heading
            continue
        end = position + 1
        while end < len(lines) and _continues(lines, position, end):
            end += 1
        blocks.append(_paragraph([line.text for line in lines[position:end]], joiner))
        position = end
    return blocks


def _lines(raw: Sequence[str]) -> list[Line]:
    filled = [line for line in raw if line.strip()]
    indented = sum(1 for line in filled if line[0] == " ")
    telling = indented * 5 < len(filled)
    lines = []
    gap = 1
    for line in raw:
        text = " ".join(line.split())
        if text:
            lines.append(Line(text, gap, telling and line[0] == " "))
            gap = 0
        else:
            gap += 1
    return lines


def _paragraph(texts: list[str], joiner: Joiner) -> Block:
    mark, first = split_mark(texts[0])
    text = joiner.inside(joiner.lines([first, *texts[1:]]))
    return Block("item", text, level=1, mark=mark) if mark else Block("paragraph", text)


def _level(first: str) -> int:
    """A heading that opens with a bare number ("3") is one of a series under a heading."""
    return 2 if first.split()[0].isdigit() else 1


def _heading_length(lines: Sequence[Line], start: int) -> int:
    """How many lines from ``start`` make a heading; 0 when it is none."""
    first = lines[start].text
    if split_mark(first)[0] or not _STARTS_NEW.match(first):
        return 0
    most = _MAX_NUMBERED_HEADING_LINES if first.isdigit() else _MAX_HEADING_LINES
    found = 0
    for length in range(1, most + 1):
        end = start + length
        if end >= len(lines) or (length > 1 and (lines[end - 1].gap or lines[end - 1].opens)):
            break
        if _is_heading(lines, start, end):
            found = length
    return found


def _is_heading(lines: Sequence[Line], start: int, end: int) -> bool:
    group, after = lines[start:end], lines[end]
    width = max(len(line.text) for line in lines[end : end + 5])
    if any(len(line.text) >= _SHORT * width for line in group):
        return False
    if _HEADING_ENDS_NOT.search(group[-1].text) or not any(c.isalpha() for c in group[-1].text):
        return False
    if not (_STARTS_NEW.match(after.text) or split_mark(after.text)[0]):
        return False
    return bool(after.gap) or len(after.text) >= _VERY_SHORT * width


def _continues(lines: Sequence[Line], start: int, position: int) -> bool:
    """Whether the line at ``position`` goes on with the paragraph that starts at ``start``."""
    before, line = lines[position - 1], lines[position]
    if split_mark(line.text)[0] or (line.opens and _STARTS_NEW.match(line.text)):
        return False
    if before.text.endswith("-") and line.gap < 2:
        return True
    width = max(len(near.text) for near in lines[max(start, position - 4) : position + 1])
    full = len(before.text) >= _SHORT * width
    if _ENDED.search(before.text):
        if not line.gap:
            goes_on = full and not _is_short_heading(lines, position)
            return goes_on or not _STARTS_NEW.match(line.text)
        return full and _is_double_spaced(lines, position)
    if not _STARTS_NEW.match(line.text) or line.text[0] == "(":
        return True
    if line.gap:
        return full and (
            _is_double_spaced(lines, position) or _fills_column(lines, start, position)
        )
    return not _is_short_heading(lines, position)


def _is_short_heading(lines: Sequence[Line], position: int) -> bool:
    """A heading that follows a paragraph without a blank line or full stop between them."""
    return (
        _heading_length(lines, position) == 1
        and not lines[position].text.endswith("!")
        and len(lines[position].text) < _VERY_SHORT * len(lines[position + 1].text)
        and not lines[position + 1].gap
    )


def _fills_column(lines: Sequence[Line], start: int, position: int) -> bool:
    """Whether an item of one line is as wide as its column, so that it may go on after a gap."""
    near = lines[max(0, position - 4) : position + 5]
    widest = max(len(line.text) for line in near)
    is_item = bool(split_mark(lines[start].text)[0])
    return is_item and lines[position].gap == 1 and len(lines[position - 1].text) >= _FULL * widest


def _is_double_spaced(lines: Sequence[Line], position: int) -> bool:
    """Whether blank lines around here stand between the lines of one paragraph."""
    near = lines[max(0, position - 4) : position + 5]
    return any(line.gap and line.text[0].islower() for line in near)
