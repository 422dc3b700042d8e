"""A document as a run of blocks: what the readers of each format yield, and structure refines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "quote", "caption", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row, quotation, caption or footnote, on one line.

    ``level`` is the level of a heading (1 is the outermost) and the depth of a list item (1 is
    the outermost list). A quotation or paragraph of level 1 or more belongs to the item before
    it. ``mark`` is what stands before an item ("-", "1.", "a)"). ``reference`` says that the
    block is no answer to anything: contents, colophon, literature, captions without figure.
    """

    kind: BlockKind
    text: str
    level: int = 0
    mark: str = ""
    reference: bool = False
