"""Words of a page: where they stand, how they are set, and what makes a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.pages import PdfPage, Word
from ingest.pdf.document import read_pdf
from ingest.pdf.glyphs import is_bold
from tests import pdfs

HELLO = b"BT /F1 12 Tf 100 700 Td (Hallo) Tj ET "


def first_page(data: bytes) -> PdfPage:
    return read_pdf(data, "test.pdf", lambda done, total: None).pdf[0]


def texts(data: bytes) -> list[str]:
    return [word.text for word in first_page(data).words]


def drawn(draw: pdfs.Draw) -> list[str]:
    return texts(pdfs.pdf(draw))


def only(data: bytes, text: str) -> Word:
    (found,) = [word for word in first_page(data).words if word.text == text]
    return found


def test_words_stand_where_they_were_put() -> None:
    page = first_page(pdfs.pdf(pdfs.lines("Leren en werken", x=100, y=700, size=10)))
    assert (page.number, round(page.width), round(page.height)) == (1, 595, 842)
    assert [word.text for word in page.words] == ["Leren", "en", "werken"]
    leren, en, werken = page.words
    assert leren.x0 == pytest.approx(100, abs=1)
    assert leren.x1 < en.x0 < en.x1 < werken.x0
    assert leren.bottom == pytest.approx(842 - 700 + 2.5, abs=0.5)
    assert leren.top == pytest.approx(842 - 700 - 7.5, abs=0.5)
    assert leren.size == pytest.approx(10)


@given(
    st.lists(
        st.text(st.sampled_from("aAbeEilmorTvz019.,'()%&éëïÖ-/"), min_size=1, max_size=12),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=40)
def test_what_is_typed_is_read(line: list[str]) -> None:
    assert drawn(pdfs.lines(" ".join(line))) == line


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright_and_in_order(angle: int, degrees: int) -> None:
    rows = pdfs.prose(5)

    def on_its_side(canvas: Canvas) -> None:
        canvas.translate(297.5, 421)
        canvas.rotate(angle)
        pdfs.lines(*rows, x=-280, y=200)(canvas)

    page = first_page(pdfs.rotated(pdfs.pdf(on_its_side), degrees))
    assert [word.text for word in page.words] == " ".join(rows).split()
    assert (page.width > page.height) == (angle in (90, 270))
    places = [(round(word.bottom), word.x0) for word in page.words]
    assert places == sorted(places)
    assert all(0 <= word.x0 < word.x1 <= page.width for word in page.words)
    assert all(0 <= word.top < word.bottom <= page.height for word in page.words)


def test_a_crop_box_moves_the_corner_and_hides_what_lies_outside() -> None:
    data = pdfs.pdf(
        pdfs.lines("Binnen", x=100, y=700),
    )
    both = pdfs.one_page(HELLO + b"BT /F1 12 Tf 20 20 Td (Buiten) Tj ET")
    page = first_page(pdfs.cropped(data, (90, 600, 400, 800)))
    assert (page.width, page.height) == (310, 200)
    assert page.words[0].x0 == pytest.approx(10, abs=1)
    assert page.words[0].bottom == pytest.approx(100 + 11 / 4, abs=0.5)
    assert texts(pdfs.cropped(both, (90, 600, 400, 800))) == ["Hallo"]


@pytest.mark.parametrize("place", ["-300 700", "100 2000", "700 700", "100 -50"])
def test_text_outside_the_page_is_not_read(place: str) -> None:
    content = HELLO + f"BT /F1 12 Tf {place} Td (Onzichtbaar) Tj ET".encode()
    assert texts(pdfs.one_page(content)) == ["Hallo"]


@pytest.mark.parametrize("offset", [(0, 0), (0.3, 0), (0.4, -0.4), (1.5, -1.5)])
def test_text_drawn_twice_is_read_once(offset: tuple[float, float]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for x, y in ((0.0, 0.0), offset):
            canvas.drawString(100 + x, 700 + y, "Hallo allemaal")

    assert drawn(draw) == ["Hallo", "allemaal"]


def test_the_same_word_on_the_next_line_is_read_again() -> None:
    assert drawn(pdfs.lines("lllll", "lllll", "lllll", size=9)) == ["lllll"] * 3


def test_letters_placed_one_by_one_make_words() -> None:
    def draw(canvas: Canvas) -> None:
        x = 100.0
        for char in "Alle willen pizza mee":
            canvas.drawString(x, 700, char)
            x += canvas.stringWidth(char, "Helvetica", 12)

    assert drawn(draw) == ["Alle", "willen", "pizza", "mee"]


@pytest.mark.parametrize("spacing", [0, 1, 2, 4])
def test_letter_spacing_is_no_space(spacing: float) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(100, 700)
        text.setFont("Helvetica", 12)
        text.setCharSpace(spacing)
        text.textOut("De Mkb-route in het hbo")
        canvas.drawText(text)

    assert drawn(draw) == ["De", "Mkb-route", "in", "het", "hbo"]


@pytest.mark.parametrize("spacing", [2.0, 3.0, 5.0])
def test_spaced_letters_placed_one_by_one_make_words(spacing: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        x = 100.0
        for char in "MKB-ROUTE IN HET HBO":
            if char != " ":
                canvas.drawString(x, 700, char)
            x += canvas.stringWidth(char, "Helvetica", 12) + spacing

    assert drawn(draw) == ["MKB-ROUTE", "IN", "HET", "HBO"]


def test_single_letters_with_spaces_stay_apart() -> None:
    assert drawn(pdfs.lines("a b c d e f")) == ["a", "b", "c", "d", "e", "f"]
    assert drawn(pdfs.lines("schaal 1 2 3 4 5 eens")) == ["schaal", *"12345", "eens"]


def test_columns_and_cells_are_apart() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (100, 130, 300):
            canvas.drawString(x, 700, "cel")

    assert drawn(draw) == ["cel", "cel", "cel"]


def test_a_note_mark_is_a_word_of_its_own_size() -> None:
    content = b"BT /F1 12 Tf 100 700 Td (bron) Tj /F1 7 Tf 5 Ts (12) Tj 0 Ts /F1 12 Tf ( en) Tj ET"
    words = first_page(pdfs.one_page(content)).words
    assert [(word.text, word.size) for word in words] == [("bron", 12), ("12", 7), ("en", 12)]
    assert words[1].bottom < words[0].bottom
    assert words[1].x0 - words[0].x1 < 1


def test_small_capitals_are_one_word() -> None:
    content = b"BT /F1 12 Tf 100 700 Td (M) Tj /F1 9 Tf (KB) Tj ET"
    assert texts(pdfs.one_page(content)) == ["MKB"]


def test_bold_and_italic() -> None:
    def draw(canvas: Canvas) -> None:
        for row, font in enumerate(("", "-Bold", "-Oblique", "-BoldOblique")):
            canvas.setFont(f"Helvetica{font}", 11)
            canvas.drawString(100, 700 - 20 * row, "woord")

    words = first_page(pdfs.pdf(draw)).words
    found = [(word.bold, word.italic) for word in words]
    assert found == [(False, False), (True, False), (False, True), (True, True)]


def test_bold_by_stroking_and_italic_by_slanting() -> None:
    bold = b"BT 2 Tr /F1 12 Tf 100 700 Td (vet) Tj ET "
    italic = b"BT 0 Tr /F1 12 Tf 1 0 .25 1 100 600 Tm (schuin) Tj ET"
    data = pdfs.one_page(bold + italic)
    assert only(data, "vet").bold
    assert not only(data, "vet").italic
    assert only(data, "schuin").italic
    assert not only(data, "schuin").bold


def test_invisible_text_over_a_scan_is_text() -> None:
    assert texts(pdfs.one_page(b"BT 3 Tr /F1 12 Tf 100 700 Td (Herkend) Tj ET")) == ["Herkend"]


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    assert drawn(pdfs.lines("een oplei-", "ding in het mbo-", "onderwijs")) == [
        *("een", "oplei-", "ding", "in", "het", "mbo-", "onderwijs")
    ]


def test_a_soft_hyphen_that_is_set_is_a_hyphen() -> None:
    content = b"BT /F1 12 Tf 100 700 Td (oplei\\255) Tj 0 -14 Td (ding) Tj ET"
    assert texts(pdfs.one_page(content)) == ["oplei-", "ding"]


def test_text_that_stands_for_a_drawing_is_read_in_its_place() -> None:
    said = "De".encode("utf-16-be").hex()
    content = (
        f"BT /F1 12 Tf 100 700 Td /Span << /ActualText <FEFF{said}> >> BDC (X) Tj EMC ( rest) Tj ET"
    )
    assert texts(pdfs.one_page(content.encode())) == ["De", "rest"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"[(Cary) 1278 (\\264) -945 (, en)] TJ", "Cáry, en"),
        (b"(een \\250 b) Tj", "een ¨ b"),
        (b"[(financi) -20 (\\250) 333 (eel)] TJ", "financiëel"),
        (b"[(een) 0 ( \\264) 333 (een)] TJ", "een éen"),
    ],
)
def test_an_accent_over_a_letter_becomes_one_with_it(content: bytes, word: str) -> None:
    found = texts(pdfs.one_page(b"BT /F1 12 Tf 100 700 Td " + content + b" ET"))
    assert " ".join(found) == word


def test_a_dotless_i_gets_its_dots() -> None:
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        b"/Differences [1 /dotlessi 2 /dieresis] >> >>"
    )
    content = b"BT /F2 12 Tf 100 700 Td [(na\\002) 306 (\\001ef)] TJ ET"
    data = pdfs.one_page(content, resources=b"/Font << /F2 6 0 R >>", more=[font])
    assert texts(data) == ["naïef"]


@pytest.mark.parametrize(("scale", "size"), [("0.01", "12"), ("0.12", "1"), ("0.001", "120")])
def test_a_font_of_drawings_has_the_size_that_is_seen(scale: str, size: str) -> None:
    glyph = pdfs.stream(b"70 0 0 0 60 70 d1 0 0 60 70 re f")
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [{scale} 0 0 {scale} 0 0]"
        " /FirstChar 97 /LastChar 98 /Widths [70 70] /CharProcs << /a 6 0 R /b 6 0 R >> /Resources"
        " << >> /Encoding << /Type /Encoding /Differences [97 /a /b] >> >>"
    )
    content = f"BT /F2 {size} Tf 72 700 Td (abba) Tj 40 0 Td (ab) Tj ET"
    data = pdfs.one_page(
        content.encode(), resources=b"/Font << /F2 7 0 R >>", more=[glyph, font.encode()]
    )
    words = first_page(data).words
    assert [word.text for word in words] == ["abba", "ab"]
    assert all(10 < word.size < 20 for word in words)


def test_text_on_its_side_is_left_out_and_said() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.lines(*pdfs.prose(5))(canvas)
        canvas.saveState()
        canvas.translate(560, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Foto: Anna de Vries")
        canvas.restoreState()
        canvas.translate(200, 200)
        canvas.rotate(45)
        canvas.drawString(0, 0, "CONCEPT")

    read = read_pdf(pdfs.pdf(draw), "test.pdf", lambda done, total: None)
    assert [word.text for word in read.pdf[0].words] == " ".join(pdfs.prose(5)).split()
    assert read.warnings == (
        "Pagina 1: tekst die dwars of schuin staat is niet overgenomen: "
        "“Foto: Anna de Vries CONCEPT”.",
    )


@pytest.mark.parametrize(
    ("font", "bold"),
    [
        ("CMR10", False),
        ("ABCDEF+SFRM1095", False),
        ("ABCDEF+CMBX12", True),
        ("SFBX1440", True),
        ("Arial-BoldMT", True),
        ("SomeSerif", True),
    ],
)
def test_fonts_of_tex_are_bold_by_name_alone(font: str, bold: bool) -> None:
    assert is_bold(font, weight=744, flags=0) is bold
