"""Footnotes, out of the way of what they are notes to."""

from __future__ import annotations

from dataclasses import replace

from ingest.blocks import Block


def place_notes(blocks: list[Block]) -> list[Block]:
    """Footnotes to the end of their section, so that they part nothing that belongs together.

    In a document with pages a note is never placed past text of a later page, nor before text
    of an earlier one: the pages of the text keep going up. Notes become references.
    """
    placed = [block for block in blocks if block.kind != "note"]
    before = 0  # blocks that are no notes, so far
    behind = 0  # where the last note was placed, and one on: notes keep their order
    for block in blocks:
        if block.kind == "note":
            at = max(behind, _index(placed, before))
            length = len(placed)
            behind = _place(placed, at, behind, replace(block, reference=True)) + 1
            before += len(placed) - length - 1  # one more when a block was cut in two
        else:
            before += 1
    return placed


def _index(placed: list[Block], before: int) -> int:
    """Index in ``placed`` behind the first ``before`` blocks that are no notes."""
    at = before
    while (found := sum(block.kind != "note" for block in placed[:at])) < before:
        at += before - found
    return at


def _place(placed: list[Block], at: int, lowest: int, note: Block) -> int:
    """Insert ``note``, which was found before ``placed[at]``, where it parts nothing, and not
    before ``lowest``. The index where it stands."""
    page = note.pages[0][1] if note.pages else None
    while at > lowest and _last(placed[at - 1], page) > (page or 0):
        at -= 1  # a paragraph that goes on over the page, around the note
    if page is not None and at < len(placed) and _first(placed[at], page) < page:
        placed[at : at + 1] = _cut(placed[at], page)
        placed.insert(at + 1, note)
        return at + 1
    while at < len(placed) and not _is_later(placed[at], page):
        if placed[at].kind == "heading":
            break
        at += 1
    fallback = at
    while not _is_free(placed, at):
        if at == lowest or (page is not None and _first(placed[at - 1], page) < page):
            at = fallback  # its whole page is one list: the list goes on behind the note
            break
        at -= 1
    placed.insert(at, note)
    return at


def _first(block: Block, default: int | None) -> int:
    return block.pages[0][1] if block.pages else default or 0


def _last(block: Block, default: int | None) -> int:
    return block.pages[-1][1] if block.pages else default or 0


def _is_later(block: Block, page: int | None) -> bool:
    return page is not None and _last(block, page) > page


def _is_free(placed: list[Block], at: int) -> bool:
    """Whether a note may stand before ``placed[at]``: not in or straight before a list or table,
    nor between a quotation and the words that announce it."""
    if at == len(placed) or placed[at].kind == "heading":
        return True
    block = placed[at]
    inner = block.level > 0 and block.kind in {"quote", "paragraph"}
    announced = block.kind == "quote" and at > 0 and placed[at - 1].text.endswith(":")
    return block.kind not in {"item", "row"} and not inner and not announced


def _cut(block: Block, page: int) -> list[Block]:
    """A block that starts before ``page`` and ends after it, as what stands up to the end of
    that page and what stands behind it."""
    at, later = next(mark for mark in block.pages if mark[1] > page)
    rest = tuple((offset - at, number) for offset, number in block.pages if offset > at)
    return [
        replace(
            block, text=block.text[:at].rstrip(), pages=tuple(m for m in block.pages if m[0] < at)
        ),
        replace(block, text=block.text[at:], mark="", pages=((0, later), *rest)),
    ]
