"""The second opinion on a PDF."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ingest.pdf.second_reader import PAGES, Opinion, bare, second_opinion
from tests import pdfs

BOOK = pdfs.book(3, rows=20)
TEXTS = [page.extract_text() for page in PdfReader(io.BytesIO(BOOK)).pages]


def test_two_readers_that_agree_have_no_doubt() -> None:
    assert second_opinion(BOOK, TEXTS) == Opinion(3)


def test_a_page_of_which_most_is_missing_is_doubtful() -> None:
    start = [TEXTS[0], TEXTS[1][:60], TEXTS[2]]
    assert second_opinion(BOOK, start) == Opinion(3, (2,))


def test_a_page_that_only_the_other_can_read_is_doubtful() -> None:
    assert second_opinion(BOOK, [TEXTS[0], "", TEXTS[2]]) == Opinion(3, (2,))


def test_order_spaces_and_ligatures_do_not_matter() -> None:
    other = ["".join(reversed(text.splitlines())).replace("fi", "ﬁ") for text in TEXTS]
    assert second_opinion(BOOK, other) == Opinion(3)
    assert bare("eﬃciënt 12") == "efficient12"


def test_the_number_of_pages_is_told() -> None:
    assert second_opinion(BOOK, TEXTS[:2]).pages == 3


def test_locked_files_are_left_alone() -> None:
    assert second_opinion(pdfs.encrypted(BOOK, ""), ["", "", ""]) == Opinion(3)


def test_a_file_that_cannot_be_opened_gets_no_opinion() -> None:
    assert second_opinion(b"%PDF-1.7 niets", ["a"]) == Opinion(None)


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_damaged_data_is_found_wherever_it_lies(place: float) -> None:
    page = pdfs.one_page(b"BT /F1 12 Tf 72 700 Td (Hallo) Tj ET " * 500)
    start = page.index(b"stream\n") + 7
    end = page.index(b"endstream", start)
    damaged = bytearray(page)
    damaged[start + int(place * (end - start))] ^= 0x5A
    assert second_opinion(bytes(damaged), ["Hallo" * 500]).doubtful == (1,)


def test_very_large_pages_are_not_read_again() -> None:
    start = b"BT /F1 12 Tf 72 700 Td "
    words = b"".join(b"(%s ) Tj " % word.encode() for word in pdfs.WORDS)
    large = start + 1500 * words + b"ET"
    assert second_opinion(pdfs.one_page(start + words + b"ET"), [""]).doubtful == (1,)
    assert second_opinion(pdfs.one_page(large), [""]) == Opinion(1)
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    page = pdfs.one_page(
        b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=[pdfs.stream(large, kind)]
    )
    assert second_opinion(page, [""]) == Opinion(1)


def test_only_some_pages_of_a_long_book_are_read() -> None:
    book = pdfs.book(3 * PAGES, rows=3)
    wrong = ["niets van dit alles " * 20] * (3 * PAGES)
    assert len(second_opinion(book, wrong).doubtful) == PAGES


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=30))
@settings(max_examples=60)
def test_no_damage_raises_anything(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(BOOK)
    for place, value in changes:
        damaged[place] = value
    opinion = second_opinion(bytes(damaged), TEXTS)
    assert all(1 <= number <= 3 for number in opinion.doubtful)
