from __future__ import annotations

import random
from dataclasses import replace

from ingest.pages import Box, PdfPage, Read
from ingest.pdf.blocks import pdf_blocks
from ingest.pdf.scans import is_scanned, straightened, widened
from tests.pages import PROSE, Sheet, joiner


def scan(page: PdfPage, slope: float, seed: int = 1) -> PdfPage:
    """``page`` as a scan: askew, the size of each line a guess, over a picture of the page."""
    chance = random.Random(seed)
    words = []
    sizes: dict[float, float] = {}
    for word in page.words:
        size = sizes.setdefault(word.bottom, round(word.size * chance.uniform(0.92, 1.1)))
        down = slope * word.x0 + chance.uniform(-0.3, 0.3)
        base = word.bottom - word.size / 4 + down
        right = slope * (400 - base)
        words.append(
            replace(
                word,
                x0=word.x0 + right,
                x1=word.x1 + right,
                top=base - 0.75 * size,
                bottom=base + 0.25 * size,
                size=size,
            )
        )
    picture = Box(0, 0, page.width, page.height)
    return replace(page, words=tuple(words), pictures=(picture,))


def test_a_scan_that_lies_askew_gives_paragraphs() -> None:
    for slope in (-0.012, 0.01):
        sheet = Sheet()
        base = sheet.paragraph(60, 100, PROSE)
        sheet.paragraph(60, base + 10, PROSE)
        read = Read(pdf=(scan(sheet.page(), slope),))
        assert [block.text for block in pdf_blocks(read, joiner())] == [PROSE.strip()] * 2


def test_two_columns_of_a_scan() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, "Links. " + PROSE, 225)
    sheet.paragraph(310, 100, "Rechts. " + PROSE, 225)
    read = Read(pdf=(scan(sheet.page(), 0.008),))
    found = [block.text for block in pdf_blocks(read, joiner())]
    assert found == [("Links. " + PROSE).strip(), ("Rechts. " + PROSE).strip()]


def test_large_type_in_a_scan_is_a_heading() -> None:
    sheet = Sheet().text(60, 80, "Begeleiding op de werkvloer", 18)
    sheet.paragraph(60, 110, PROSE * 2)
    found = pdf_blocks(Read(pdf=(scan(sheet.page(), 0.0),)), joiner())
    assert [block.kind for block in found] == ["heading", "paragraph"]


def test_a_level_page_is_left_as_it_is() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE)
    page = sheet.page()
    assert straightened(page) is page
    assert widened(page) is page
    assert not is_scanned((page,))


def test_words_that_leave_out_part_of_their_width_are_widened() -> None:
    sheet = Sheet()
    sheet.paragraph(60, 100, PROSE)
    page = sheet.page()
    narrow = replace(
        page,
        words=tuple(
            replace(word, x1=word.x1 - (word.x1 - word.x0) / (len(word.text) + 1))
            for word in page.words
        ),
    )
    for word, true in zip(widened(narrow).words, page.words, strict=True):
        assert abs(word.x1 - true.x1) < 0.01
