from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.pages import Box, PdfPage, Read, Word
from ingest.pdf.blocks import LaidOut, laid_out, pdf_blocks
from ingest.pdf.document import read_pdf
from tests.pages import (
    PROSE,
    Sheet,
    brochure_pdf,
    joiner,
    long_table_pdf,
    magazine_pdf,
    read_of,
    report_pdf,
)

_TEXTS = "de opleiding bedrijf 1 3 • n - 1. Tabel oplei- a) Kop .......... 12 (zie 2024 ³ A"
_WORD = re.compile(r"\w+")


def in_words(pages: tuple[PdfPage, ...]) -> Counter[str]:
    """Letters and digits, counted: joined and parted words weigh the same."""
    return Counter(c for page in pages for word in page.words for c in word.text if c.isalnum())


def in_blocks(laid: LaidOut) -> Counter[str]:
    found: Counter[str] = Counter()
    for block in laid.blocks:
        found.update(c for c in block.mark + block.text if c.isalnum())
    for text in (*laid.furniture, *laid.marks):
        found.update(c for c in text if c.isalnum())
    return found


def check(read: Read, may_repeat: bool) -> LaidOut:
    """Nothing is lost, and pages are exact: true of every PDF."""
    laid = laid_out(read, joiner())
    before, after = in_words(read.pdf), in_blocks(laid)
    # bullets that became letters are told from text by the list that they stand in
    assert sum((before - after).values()) <= sum(1 for b in laid.blocks if b.mark == "-")
    if not may_repeat:
        assert not after - before
    numbers = {page.number for page in read.pdf}
    last = 0
    for block in laid.blocks:
        assert block.text == " ".join(block.text.split())
        assert block.pages[0][0] == 0
        offsets, pages = zip(*block.pages, strict=True)
        assert list(offsets) == sorted(set(offsets))
        assert offsets[-1] < max(1, len(block.text))
        assert list(pages) == sorted(set(pages))
        assert set(pages) <= numbers
        if block.kind != "note":
            assert block.pages[0][1] >= last or block.kind == "row"
            last = block.pages[-1][1]
    return laid


def words() -> st.SearchStrategy[Word]:
    def word(text: str, x: float, base: float, size: float, bold: bool) -> Word:
        width = len(text) * size / 2
        return Word(text, x, base - 0.75 * size, x + width, base + size / 4, size, bold)

    return st.builds(
        word,
        st.sampled_from(_TEXTS.split()),
        st.floats(0, 560),
        st.floats(20, 830),
        st.sampled_from([5.0, 8.0, 10.0, 10.0, 14.0, 30.0]),
        st.booleans(),
    )


def drawn() -> st.SearchStrategy[Box]:
    return st.builds(
        lambda x, y, w, h: Box(x, y, x + w, y + h),
        st.floats(0, 500),
        st.floats(0, 800),
        st.sampled_from([0.5, 3.0, 100.0, 400.0]),
        st.sampled_from([0.5, 3.0, 40.0, 200.0]),
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.lists(words(), max_size=25), st.lists(drawn(), max_size=8)),
        min_size=1,
        max_size=3,
    )
)
def test_nothing_is_lost_of_any_page(found: list[tuple[list[Word], list[Box]]]) -> None:
    pages = tuple(
        PdfPage(number, 595, 842, tuple(words), tuple(boxes))
        for number, (words, boxes) in enumerate(found, start=1)
    )
    check(Read(pdf=pages), may_repeat=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 3), st.booleans())
def test_paragraphs_of_any_length_keep_their_words(
    lengths: list[int], breaks: int, heads: bool
) -> None:
    sheets = [Sheet(1)]
    base = 100.0
    for index, length in enumerate(lengths):
        if index and index <= breaks:
            sheets.append(Sheet(len(sheets) + 1))
            base = 100.0
        base = sheets[-1].paragraph(60, base, PROSE * length) + 10
        if heads:
            sheets[-1].text(60, base + 10, f"Kop {index}", 16)
            base += 40
    laid = check(read_of(*sheets), may_repeat=False)
    said = [block.text for block in laid.blocks if block.kind == "paragraph"]
    assert said == [(PROSE * length).strip() for length in lengths]


PDFS = {
    "magazine": magazine_pdf,
    "report": report_pdf,
    "long table": long_table_pdf,
    "brochure": brochure_pdf,
}


@pytest.fixture(scope="module")
def reads() -> dict[str, Read]:
    return {
        name: read_pdf(make(), f"{name}.pdf", lambda done, total: None)
        for name, make in PDFS.items()
    }


@pytest.mark.parametrize("name", PDFS)
def test_nothing_is_lost_of_whole_files(name: str, reads: dict[str, Read]) -> None:
    laid = check(reads[name], may_repeat=name == "long table")
    for page in reads[name].pdf:
        for word in (match for w in page.words for match in _WORD.findall(w.text)):
            somewhere = (*(block.text for block in laid.blocks), *laid.furniture, *laid.marks)
            assert any(word in text for text in somewhere) or word.isdigit()


def test_a_magazine(reads: dict[str, Read]) -> None:
    laid = laid_out(reads["magazine"], joiner())
    assert len(laid.furniture) == 6
    kinds = [block.kind for block in laid.blocks]
    assert kinds == ["heading", "paragraph", "paragraph", "note", "heading", "paragraph"] * 3
    for number in (1, 2, 3):
        story = laid.blocks[6 * (number - 1) : 6 * number]
        assert story[1].text.startswith(f"Artikel {number} begint hier.")
        assert story[1].text.count("zijn diploma krijgt.") == 4
        assert all(block.pages == ((0, number),) for block in story)
        assert story[3].text.startswith(f"Noot {number} zegt")
        assert story[4].text == f"Kader {number}"
        assert story[4].level > story[0].level


def test_a_report(reads: dict[str, Read]) -> None:
    found = pdf_blocks(reads["report"], joiner())
    headings = [(block.level, block.text) for block in found if block.kind == "heading"]
    assert headings[0] == (1, "Onderzoek naar leerwerkplekken")
    assert headings[2:5] == [
        (1, "1 Aanleiding"),
        (2, "1.1 Vragen"),
        (1, "2 Opzet van het onderzoek"),
    ]
    contents = [block.text for block in found if block.reference]
    assert contents[:2] == ["1 Aanleiding 2", "2 Opzet van het onderzoek 3"]
    items = [(block.mark, block.text) for block in found if block.kind == "item"]
    assert items[:3] == [("1.", "Wat werkt goed?"), ("2.", "Wat kost het?"), ("3.", "Wie helpt?")]


def test_a_table_over_two_pages(reads: dict[str, Read]) -> None:
    found = pdf_blocks(reads["long table"], joiner())
    rows = [block for block in found if block.kind == "row" and not block.reference]
    assert len(rows) == 40
    assert rows[6].text == "Route 7 – Gestart: 17; Uitgevallen uit de opleiding: 7"
    assert [block.pages[0][1] for block in rows] == [1] * 25 + [2] * 15
    assert found[0] == Block("caption", "Tabel 1: Studenten per route", pages=((0, 1),))


def test_a_brochure(reads: dict[str, Read]) -> None:
    found = pdf_blocks(reads["brochure"], joiner())
    assert [block.text for block in found if block.kind == "heading"] == [
        "Samen opleiden",
        "Voor bedrijven",
        "Voor scholen",
    ]
    quote = "“Ik leer hier meer dan in de klas, en ik verdien er nog aan ook.”"
    assert quote in [block.text for block in found if block.kind == "paragraph"]


def test_an_empty_document() -> None:
    assert pdf_blocks(Read(), joiner()) == []
    assert pdf_blocks(read_of(Sheet(1), Sheet(2)), joiner()) == []


def test_a_page_with_very_many_words_is_laid_out_in_time() -> None:
    sheet = Sheet(width=4000, height=6000)
    for row in range(200):
        for column in range(20):
            sheet.text(10 + 190 * column, 20 + 14 * row, "een twee drie vier vijf", 8)
    started = time.process_time()
    pdf_blocks(read_of(sheet), joiner())
    assert time.process_time() - started < 15
