"""A document as a run of blocks: what the readers of each format yield, and structure refines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "quote", "caption", "note"]
PageMarks = tuple[tuple[int, int], ...]
"""(offset in a text, number of the page that starts there), both rising."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row, quotation, caption or footnote, on one line.

    ``level`` is the level of a heading (1 is the outermost) and the depth of a list item (1 is
    the outermost list). A quotation or paragraph of level 1 or more belongs to the item before
    it. ``mark`` is what stands before an item ("-", "1.", "a)"). ``reference`` says that the
    block is no answer to anything: contents, colophon, literature, captions without figure.
    ``pages`` says on which page each part of ``text`` stands (from offset 0 on), and is empty
    when the source has no pages.
    """

    kind: BlockKind
    text: str
    level: int = 0
    mark: str = ""
    reference: bool = False
    pages: PageMarks = ()


def join(first: Block, second: Block, glue: str = " ") -> Block:
    """``first`` with the text of ``second`` behind it, each part still on its own page."""
    shift = len(first.text) + len(glue)
    last = first.pages[-1][1] if first.pages else None
    added = tuple((offset + shift, page) for offset, page in second.pages if page != last)
    return replace(first, text=first.text + glue + second.text, pages=first.pages + added)


def from_page(number: int | None) -> PageMarks:
    """The marks of a block that stands wholly on page ``number``."""
    return () if number is None else ((0, number),)
