"""Text between blocks as paragraphs, and lists and headings that are made with looks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, BlockKind
from ingest.html.inline import is_bold, plain
from ingest.lists import split_mark
from ingest.quotes import is_quotation

_BULLET = re.compile(r"[•▪■●○◦·‣➢✓✔\uf0a7\uf0b7]\s*(?=\S)")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_LABELLED = re.compile(r"[A-ZÀ-Þ][\w\s/()-]{1,30}:\s+\S")
_MAX_HEADING = 100
_MAX_LABELLED = 150
_FEW_HEADINGS = 3
_ENDS_SENTENCE = re.compile(r"[.,;:…]$")


@dataclass(frozen=True, slots=True)
class Loose:
    """A paragraph or item out of loose text, and whether all of it is bold."""

    block: Block
    bold: bool


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool


def loose_blocks(marked: str, level: int) -> Iterator[Loose]:
    """The paragraphs in ``marked``, what ``inline_text`` yields. ``level`` is the depth of the
    list that it stands in. An empty line ends a paragraph; lines that open with a bullet are
    items, and lines that open with a hyphen or number are when there are several."""
    parts = [
        [_Line(text, is_bold(line)) for line in part.split("\n") if (text := plain(line))]
        for part in _EMPTY_LINE.split(marked)
    ]
    lines = [line.text for part in parts for line in part]
    marks = sum(1 for line in lines if _is_marked(line))
    each = len(lines) > 1 and all(_is_labelled(line) for line in lines)
    for part in parts:
        run: list[_Line] = []
        for line in part:
            bullet = _BULLET.match(line.text)
            own = bullet is not None or (marks > 1 and _is_marked(line.text)) or each
            # a bold line above others is a heading that was made by hand
            if own or (len(run) == 1 and run[0].bold != line.bold):
                yield from _paragraph(run, level)
                run = []
            if bullet:
                text = line.text[bullet.end() :]
                yield Loose(Block("item", text, level=level + 1, mark="-"), False)
            elif own:
                yield from _paragraph([line], level)
            else:
                run.append(line)
        yield from _paragraph(run, level)


def faked_lists(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with paragraphs in a row that open with a hyphen, or with numbers that count up,
    as the items of a list."""
    made = list(blocks)
    index = 0
    while index < len(made):
        end = index
        while end < len(made) and _continues(made, index, end):
            end += 1
        if end - index > 1:
            for place in range(index, end):
                mark, text = split_mark(made[place].text)
                made[place] = replace(
                    made[place], kind="item", text=text, level=made[place].level + 1, mark=mark
                )
        index = max(end, index + 1)
    return made


def faked_headings(blocks: Sequence[Block], bold: frozenset[int]) -> list[Block]:
    """``blocks`` with short bold paragraphs above plain text as headings, on a page that has
    hardly any. ``bold`` are the places of the paragraphs that are wholly bold."""
    real = [block for block in blocks if block.kind == "heading"]
    below = [block for block in real if block.level > 1]
    if len(below) >= _FEW_HEADINGS:
        return list(blocks)
    made = list(blocks)
    level = 1
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            level = block.level
        elif index in bold and _may_be_heading(blocks, index, bold):
            made[index] = replace(block, kind="heading", level=min(6, level + 1))
    return made


def _paragraph(lines: list[_Line], level: int) -> Iterator[Loose]:
    if lines:
        text = " ".join(line.text for line in lines)
        kind: BlockKind = "quote" if is_quotation(text) else "paragraph"
        yield Loose(Block(kind, text, level=level), all(line.bold for line in lines))


def _is_marked(text: str) -> bool:
    return bool(split_mark(text)[0])


def _is_labelled(text: str) -> bool:
    return len(text) <= _MAX_LABELLED and _LABELLED.match(text) is not None


def _continues(blocks: Sequence[Block], first: int, here: int) -> bool:
    """Whether the paragraph at ``here`` is an item of the list that starts at ``first``."""
    block = blocks[here]
    mark = split_mark(block.text)[0] if block.kind == "paragraph" else ""
    if not mark or block.level != blocks[first].level:
        return False
    start = split_mark(blocks[first].text)[0]
    if mark == "-" or start == "-":
        return mark == start
    number, begin = _ordinal(mark), _ordinal(start)
    return number - begin == here - first and mark[-1] == start[-1]


def _ordinal(mark: str) -> int:
    body = mark.strip("().")
    return int(body) if body.isdigit() else ord(body[0]) - ord("a") + 1


def _may_be_heading(blocks: Sequence[Block], index: int, bold: frozenset[int]) -> bool:
    text = blocks[index].text
    if len(text) > _MAX_HEADING or _ENDS_SENTENCE.search(text) or blocks[index].level:
        return False
    if not any(char.isalpha() for char in text) or index + 1 == len(blocks):
        return False
    after = blocks[index + 1]
    return after.kind in {"paragraph", "item", "quote", "row", "caption"} and index + 1 not in bold
