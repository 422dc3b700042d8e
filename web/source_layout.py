"""The canonical text of a version as headings, paragraphs, lists, tables and quotations.

The text is laid out already (a blank line between blocks, items and rows under one another); its
passages and sentences say what each line is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Literal

from corpus.types import Passage, Sentence, Version

Span = tuple[int, int]
BlockKind = Literal["heading", "paragraph", "list", "table", "quote"]
_LineKind = Literal["heading", "paragraph", "item", "row", "quote"]

_BLOCK = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]*)*")
_MARK = re.compile(r"(?:[-•–*]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?=\S)")
_BULLETS = frozenset("-•–*")
_CELL = re.compile(r": | – ")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a cell of a row: a span of the text, with the mark before an item."""

    start: int
    end: int
    mark: str = ""
    whole: int = 0
    """Where the mark starts, when there is one."""

    @property
    def begin(self) -> int:
        """Where it starts, with its mark."""
        return self.whole if self.mark else self.start


@dataclass(frozen=True, slots=True)
class Block:
    """What is one element of the page. ``groups`` are its parts: the lines of each item, the
    cells of each row, or all lines of a paragraph."""

    kind: BlockKind
    start: int
    end: int
    groups: tuple[tuple[Line, ...], ...]
    level: int = 0
    """Of a heading: 1 is the outermost of the document."""
    caption: Line | None = None
    """Above a table."""
    marked: bool = False
    """A list whose items carry numbers or letters of their own."""
    page: int | None = None

    @property
    def anchor(self) -> str:
        """Names the block on the page."""
        return f"t{self.start}"


def lay_out(version: Version) -> tuple[Block, ...]:
    """The blocks of ``version``, in order, with all of its text."""
    kinds = _Kinds(version)
    found: list[Block] = []
    for match in _BLOCK.finditer(version.text):
        lines = list(_lines(version.text, match.start(), match.end()))
        found += _blocks([(line, *kinds.of(line)) for line in lines], version.text)
    return tuple(replace(block, page=page_at(block.start, version)) for block in found)


def page_at(offset: int, version: Version) -> int | None:
    """The page on which the character at ``offset`` stands; None when there are no pages."""
    at = bisect_right(version.page_starts, offset, key=itemgetter(0))
    return version.page_starts[at - 1][1] if at else None


def page_spans(version: Version, number: int) -> list[Span]:
    """The parts of the text that stand on a page."""
    ends = [start for start, _ in version.page_starts[1:]] + [len(version.text)]
    return [
        (start, end)
        for (start, page), end in zip(version.page_starts, ends, strict=True)
        if page == number
    ]


def within(blocks: Sequence[Block], spans: Sequence[Span]) -> list[Block]:
    """The blocks that lie in ``spans``, lists and tables with the items and rows that do."""

    def holds(start: int, end: int) -> bool:
        return any(start < last and end > first for first, last in spans)

    found = []
    for block in blocks:
        if holds(block.start, block.end):
            groups = tuple(g for g in block.groups if holds(g[0].start, g[-1].end))
            found.append(replace(block, groups=groups))
    return found


class _Kinds:
    """What the lines of a version are, by its passages and sentences."""

    def __init__(self, version: Version) -> None:
        self._text = version.text
        said = (s for p in version.passages for s in p.sentences)
        self._sentences: list[Sentence] = sorted(said, key=attrgetter("start"))
        self._passages: list[Passage] = sorted(version.passages, key=attrgetter("start"))

    def of(self, line: Line) -> tuple[_LineKind, int]:
        """What a line is, and its level when it is a heading."""
        first = bisect_left(self._sentences, line.begin, key=attrgetter("start"))
        last = bisect_left(self._sentences, line.end, key=attrgetter("start"))
        said = self._sentences[first:last]
        level = self._level(line, said)
        if level:
            return "heading", level
        kinds = {sentence.kind for sentence in said}
        if "row" in kinds:
            return "row", 0
        if "item" in kinds or (line.mark and not self._sentences):
            return "item", 0
        return ("quote", 0) if kinds == {"quote"} else ("paragraph", 0)

    def _level(self, line: Line, said: Sequence[Sentence]) -> int:
        """A heading is named by the section that it opens; it is no sentence, or it is wholly the
        lead of what follows."""
        whole = len(said) == 1 and said[0].kind == "lead" and said[0].end == line.end
        if said and not whole:
            return 0
        text = self._text[line.begin : line.end]
        at = bisect_right(self._passages, line.begin, key=attrgetter("start")) - 1
        for passage in self._passages[max(at, 0) : at + 2]:
            if text in passage.section:
                return passage.section.index(text) + 1
        return 0


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    at = start
    for line in text[start:end].split("\n"):
        mark = _MARK.match(line)
        if line.strip():
            own = mark.end() if mark else 0
            yield Line(at + own, at + len(line), mark[0].strip() if mark else "", at)
        at += len(line) + 1


def _blocks(lines: list[tuple[Line, _LineKind, int]], text: str) -> Iterator[Block]:
    """The lines between two blank lines: mostly one block, or a caption with its table."""
    runs = [(kind, list(run)) for kind, run in groupby(_settled(lines), key=itemgetter(1))]
    caption: Line | None = None
    for number, (kind, run) in enumerate(runs):
        follows = runs[number + 1][0] if number + 1 < len(runs) else None
        own = [line for line, _, _ in run]
        if kind == "paragraph" and follows == "row" and len(own) == 1:
            caption = own[0]
            continue
        block = _block(kind, own, run[0][2], text)
        yield replace(block, caption=caption, start=(caption or block).start)
        caption = None


def _settled(lines: list[tuple[Line, _LineKind, int]]) -> list[tuple[Line, _LineKind, int]]:
    """Lines within a list that are no item of their own belong to the item before them."""
    is_list = any(kind == "item" for _, kind, _ in lines)
    first = next((n for n, (_, kind, _) in enumerate(lines) if kind == "item"), 0)
    if not is_list:
        return [(_unmarked(line), kind, level) for line, kind, level in lines]
    return [
        (line, "item" if number >= first and kind in ("paragraph", "quote") else kind, level)
        for number, (line, kind, level) in enumerate(lines)
    ]


def _unmarked(line: Line) -> Line:
    """Only an item has a mark: "2. Kosten" may be a heading."""
    return Line(line.begin, line.end)


def _block(kind: _LineKind, lines: list[Line], level: int, text: str) -> Block:
    start, end = lines[0].begin, lines[-1].end
    if kind == "item":
        items: list[tuple[Line, ...]] = []
        for line in lines:
            if items and not line.mark:
                items[-1] = (*items[-1], line)
            else:
                items.append((line,))
        own_marks = any(line.mark and line.mark not in _BULLETS for line in lines)
        return Block("list", start, end, tuple(items), marked=own_marks)
    if kind == "row":
        return Block("table", start, end, _cells(lines, text))
    shown: BlockKind = kind
    return Block(shown, start, end, (tuple(lines),), level=min(level, _DEEPEST))


def _cells(lines: Sequence[Line], text: str) -> tuple[tuple[Line, ...], ...]:
    """Rows as "label: rest" in two cells, when most of them are written so."""
    cuts = [_CELL.search(text, line.start, line.end) for line in lines]
    if 2 * sum(cut is not None for cut in cuts) <= len(lines):
        return tuple((line,) for line in lines)
    return tuple(
        (Line(line.start, cut.end()), Line(cut.end(), line.end)) if cut else (line,)
        for line, cut in zip(lines, cuts, strict=True)
    )
