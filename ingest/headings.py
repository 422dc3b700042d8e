"""Headings: which of them are the title, how deep each is, and which sections are no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block

_NUMBER = re.compile(r"(\d{1,2})\.((?:\d{1,2}\.?)*)\s")
_WORD = re.compile(r"\w+")
_MAX_COVER_TEXT = 200
_REFERENCE_NAMES = """
    colofon inhoud inhoudsopgave literatuur literatuurlijst bronnen bronnenlijst referenties
    bibliografie voetnoten noten eindnoten register trefwoorden
"""
_REFERENCE = frozenset(_REFERENCE_NAMES.split())
_BACK_MATTER = _REFERENCE | {"contact", "contactgegevens", "bijlage", "bijlagen"}


def set_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Headings that say the title get level 0; what stands before or among them is a reference.

    The title may be spread over several headings (a cover and a title page). The only heading
    of the first level counts as title when it is the first of all.
    """
    end = _end_of_title(blocks, title)
    marked = []
    for index, block in enumerate(blocks):
        if index < end and block.kind == "heading":
            block = replace(block, level=0)
        elif index < end:
            block = replace(block, reference=True)
        marked.append(block)
    return _set_notice(marked, end)


def set_levels(blocks: list[Block]) -> list[Block]:
    """Levels from the numbers of the headings where these have them, since the levels that a
    scan finds are unsure; and what stands under a heading such as Colofon is a reference."""
    numbers = [_depth(block) for block in blocks]
    if sum(1 for number in numbers if number) >= 3:
        blocks = _level_by_number(blocks, numbers)
    leveled: list[Block] = []
    reference_level = 0
    for block in blocks:
        if block.kind == "heading" and (not reference_level or block.level <= reference_level):
            reference_level = block.level if _name(block) in _REFERENCE else 0
        leveled.append(replace(block, reference=True) if reference_level else block)
    return leveled


def _end_of_title(blocks: Sequence[Block], title: str | None) -> int:
    """Index behind the last heading that belongs to the title."""
    words = set(_words(title or ""))
    end = 0
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            if _says_title(block, words):
                end = index + 1
            elif not (index + 1 < len(blocks) and _says_title(blocks[index + 1], words)):
                break
        elif len(block.text) > _MAX_COVER_TEXT or block.kind not in {"paragraph", "quote"}:
            break
    return end or _end_of_only_heading(blocks)


def _end_of_only_heading(blocks: Sequence[Block]) -> int:
    headings = [block for block in blocks if block.kind == "heading"]
    top = [block for block in headings if block.level == 1]
    if len(headings) > 1 and len(top) == 1 and headings[0] is top[0] and blocks[0] is top[0]:
        return 1
    return 0


def _says_title(block: Block, title_words: set[str]) -> bool:
    words = _words(block.text)
    return block.kind == "heading" and bool(words) and set(words) <= title_words


def _set_notice(blocks: list[Block], end: int) -> list[Block]:
    """A block quotation straight under the title is a notice about the document."""
    if 0 < end < len(blocks) and blocks[end].kind == "quote" and blocks[end].text[0].isalnum():
        blocks[end] = replace(blocks[end], reference=True)
    return blocks


def _level_by_number(blocks: list[Block], numbers: Sequence[int]) -> list[Block]:
    leveled = []
    last = 0  # depth of the last numbered heading, 0 when an unnumbered chapter came after it
    for block, depth in zip(blocks, numbers, strict=True):
        if block.kind == "heading" and block.level > 0:
            if depth:
                last = depth
                block = replace(block, level=depth)
            elif block.level == 1 or _name(block) in _BACK_MATTER:
                last = 0
                block = replace(block, level=1)
            elif last:
                block = replace(block, level=last + 1)
        leveled.append(block)
    return leveled


def _depth(block: Block) -> int:
    number = _NUMBER.match(block.text) if block.kind == "heading" else None
    return 1 + len(re.findall(r"\d+", number.group(2))) if number else 0


def _name(block: Block) -> str:
    return " ".join(word for word in _words(block.text) if not word.isdigit())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
