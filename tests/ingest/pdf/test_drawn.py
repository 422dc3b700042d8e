"""Rules, filled areas and pictures of a page."""

from __future__ import annotations

import pytest

from ingest.pages import Box, PdfPage
from ingest.pdf.document import read_pdf
from tests import pdfs


def page_of(content: bytes, **more: object) -> PdfPage:
    data = pdfs.one_page(content, **more)  # type: ignore[arg-type]
    return read_pdf(data, "test.pdf", lambda done, total: None).pdf[0]


def rounded(box: Box) -> tuple[int, int, int, int]:
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)


def test_a_filled_rectangle_is_one_box() -> None:
    assert [rounded(box) for box in page_of(b"1 0 0 rg 100 700 200 50 re f").drawn] == [
        (100, 92, 300, 142)
    ]


def test_a_rectangle_of_lines_is_four_rules() -> None:
    found = {rounded(box) for box in page_of(b"100 700 200 50 re S").drawn}
    assert found == {
        (100, 92, 300, 92),
        (100, 142, 300, 142),
        (100, 92, 100, 142),
        (300, 92, 300, 142),
    }


def test_slanting_lines_and_curves_are_no_rules() -> None:
    content = b"100 700 m 200 750 l S 100 600 m 110 650 120 650 130 600 c S"
    assert page_of(content).drawn == ()


@pytest.mark.parametrize("content", [b"1 g 100 700 200 50 re f", b"100 700 200 50 re n"])
def test_what_cannot_be_seen_is_not_drawn(content: bytes) -> None:
    assert page_of(content).drawn == ()


def test_what_sticks_out_is_cut_off_at_the_edge() -> None:
    (box,) = page_of(b"-50 800 2000 500 re f").drawn
    assert rounded(box) == (0, 0, 595, 42)
    assert page_of(b"900 900 100 100 re f").drawn == ()


def test_drawings_inside_drawings_stand_where_they_are_seen() -> None:
    inner = pdfs.stream(b"10 10 20 20 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]")
    outer = pdfs.stream(
        b"2 0 0 2 100 0 cm /Y Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 900 900] "
        b"/Resources << /XObject << /Y 7 0 R >> >>",
    )
    page = page_of(
        b"1 0 0 1 0 500 cm /X Do",
        resources=b"/XObject << /X 6 0 R >>",
        more=[outer, inner],
    )
    assert [rounded(box) for box in page.drawn] == [(120, 842 - 560, 160, 842 - 520)]


def test_a_picture_has_its_place() -> None:
    image = pdfs.stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray",
    )
    page = page_of(
        b"q 200 0 0 100 50 600 cm /I Do Q", resources=b"/XObject << /I 6 0 R >>", more=[image]
    )
    assert [rounded(box) for box in page.pictures] == [(50, 142, 250, 242)]


def test_a_map_of_very_many_lines_is_not_followed_to_its_end() -> None:
    page = page_of(b"0 0 100 100 re f " * 6_000)
    assert len(page.drawn) == 5_000
