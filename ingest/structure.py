"""Third step: blocks with their role: title, sections, lists, captions, quotations, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, from_page, join
from ingest.clean import is_furniture
from ingest.headings import set_levels, set_title
from ingest.html.reader import html_blocks
from ingest.hyphens import Joiner, words_of
from ingest.loaded import Loaded
from ingest.markdown import markdown_blocks
from ingest.notes import place_notes
from ingest.pages import PdfPage
from ingest.plain import plain_blocks
from ingest.quotes import closes_quotation, is_quotation, opens_quotation
from ingest.titles import own_title

_CAPTION = re.compile(
    r"(?:tabel|figuur|table|figure|afbeelding|grafiek)\s+\d{1,3}[a-z]?\s*[:.]", re.I
)
_LABELLED = re.compile(
    r"(tip|stap|les|advies|punt|regel|criterium|fase|vraag)\s+\d{1,2}\s*[:.]", re.I
)
_UNENDED = re.compile(r"[^\W_],?$")
_MAX_EXPLANATION = 500
_QUOTE_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class Structured:
    """The blocks of a document in reading order, and the title that it gives itself."""

    title: str | None
    blocks: tuple[Block, ...]


def structure(cleaned: Loaded, title: str | None) -> Structured:
    """The blocks of ``cleaned``. ``title`` is the given title, or None: then front matter, the
    <h1> or <title> of a page or the first heading gives it, in that order."""
    blocks = [block for block in _read(cleaned) if not is_furniture(block.text)]
    named = title or cleaned.front.title or own_title(cleaned, blocks)
    steps: tuple[Callable[[list[Block]], list[Block]], ...] = (
        _name_captions,
        _name_quotations,
        _join_broken_paragraphs,
        _gather_labelled_items,
        _mend_interrupted_lists,
        lambda blocks: set_title(blocks, named),
        set_levels,
        place_notes,
    )
    for step in steps:
        blocks = step(blocks)
    return Structured(named, tuple(blocks))


def _read(cleaned: Loaded) -> list[Block]:
    if cleaned.form == "html":
        return [
            replace(block, pages=from_page(page.number))
            for page in cleaned.read.pages
            for block in html_blocks(page.text)
        ]
    if cleaned.form == "pdf":
        from ingest.pdf.blocks import pdf_blocks  # a quarter of a second, so only for a PDF

        return pdf_blocks(cleaned.read, Joiner(words_of(_running_text(cleaned.read.pdf))))
    joiner = Joiner(words_of(cleaned.text))
    if cleaned.form == "markdown":
        return markdown_blocks(cleaned.text, joiner)
    return plain_blocks(cleaned.text, joiner)


def _running_text(pages: Sequence[PdfPage]) -> str:
    """The words of the pages, line by line: a hyphen at the end of a line may break a word."""
    pieces: list[str] = []
    for page in pages:
        bottom = -1.0
        for word in page.words:
            same_line = abs(word.bottom - bottom) < word.size / 2
            pieces.append(f" {word.text}" if same_line else f"\n{word.text}")
            bottom = word.bottom
    return "".join(pieces)


def _name_captions(blocks: list[Block]) -> list[Block]:
    """A caption belongs to the table after it; without one (a figure) it is a reference."""
    named = []
    for index, block in enumerate(blocks):
        is_caption = block.kind == "caption" or (
            block.kind == "paragraph" and len(block.text) < 300 and _CAPTION.match(block.text)
        )
        if is_caption:
            has_table = index + 1 < len(blocks) and blocks[index + 1].kind == "row"
            block = replace(block, kind="caption", reference=not has_table)
        named.append(block)
    return named


def _name_quotations(blocks: list[Block]) -> list[Block]:
    """Paragraphs that are wholly someone's words, also over several paragraphs."""
    named = list(blocks)
    for index, block in enumerate(blocks):
        if block.kind != "paragraph":
            continue
        if is_quotation(block.text):
            named[index] = replace(block, kind="quote")
        elif opens_quotation(block.text):
            for last in range(index + 1, min(index + _QUOTE_PARAGRAPHS, len(blocks))):
                if blocks[last].kind != "paragraph":
                    break
                if closes_quotation(blocks[last].text):
                    for inside in range(index, last + 1):
                        named[inside] = replace(blocks[inside], kind="quote")
                    break
    return named


def _join_broken_paragraphs(blocks: list[Block]) -> list[Block]:
    """A paragraph that stops in mid sentence goes on in the next one, past a footnote."""
    joined: list[Block] = []
    target = -1  # the last block that is no footnote
    for block in blocks:
        if target >= 0 and _goes_on(joined[target], block):
            joined[target] = join(joined[target], block)
            continue
        if block.kind != "note":
            target = len(joined)
        joined.append(block)
    return joined


def _goes_on(before: Block, block: Block) -> bool:
    return (
        before.kind in {"paragraph", "item"}
        and block.kind == "paragraph"
        and block.text[0].islower()
        and _UNENDED.search(before.text) is not None
    )


def _gather_labelled_items(blocks: list[Block]) -> list[Block]:
    """Paragraphs "Tip 1: ...", each with its explanation, are the items of one list."""
    labelled = [
        b.kind in {"paragraph", "heading"} and bool(_LABELLED.match(b.text)) for b in blocks
    ]
    if sum(labelled) < 2 or any(
        b.kind == "heading" for b, yes in zip(blocks, labelled, strict=True) if yes
    ):
        return blocks
    gathered: list[Block] = []
    after_label = False
    for block, is_label in zip(blocks, labelled, strict=True):
        if is_label:
            gathered.append(replace(block, kind="item", level=1))
        elif after_label and block.kind == "paragraph" and len(block.text) < _MAX_EXPLANATION:
            gathered[-1] = join(gathered[-1], block)
        else:
            gathered.append(block)
        after_label = is_label
    return gathered


def _mend_interrupted_lists(blocks: list[Block]) -> list[Block]:
    """A quotation after an item that announces it, and the paragraph between that quotation and
    the next item, belong to the item: the list goes on."""
    mended = list(blocks)
    for index in range(1, len(mended)):
        before, block = mended[index - 1], mended[index]
        announced = before.kind == "item" and before.text.endswith(":") and block.kind == "quote"
        follows = (
            before.kind == "quote"
            and before.level > 0
            and block.kind == "paragraph"
            and not block.text.endswith(":")
            and index + 1 < len(mended)
            and mended[index + 1].kind == "item"
        )
        if announced or follows:
            mended[index] = replace(block, level=max(1, before.level))
    return mended
