"""A PDF as a whole: what it is called, how it is divided, and when it is refused."""

from __future__ import annotations

import importlib.util

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import BadInputError
from ingest.pages import Bookmark, Read
from ingest.pdf.document import read_pdf
from tests import pdfs

SMALL = pdfs.pdf(pdfs.lines(*pdfs.prose(5)))


def read(data: bytes, **limits: int) -> Read:
    return read_pdf(data, "plan.pdf", lambda done, total: None, **limits)


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(BadInputError) as caught:
        read(data, **limits)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_pages_are_counted_as_viewers_count() -> None:
    found = read(pdfs.book(3, rows=2))
    assert [page.number for page in found.pdf] == [1, 2, 3]
    assert [page.words[-1].text for page in found.pdf] == ["1", "2", "3"]
    assert found.warnings == ()


def test_progress_comes_with_each_page() -> None:
    steps: list[tuple[int, int]] = []
    read_pdf(pdfs.book(3, rows=2), "plan.pdf", lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_title_and_outline() -> None:
    def describe(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "  Het plan\nvan 2022 "})
        chapter = writer.add_outline_item(title="Begin", page_number=0)
        writer.add_outline_item(title="Één stap", page_number=2, parent=chapter)
        writer.add_outline_item(title="Slot", page_number=1)

    found = read(pdfs.changed(pdfs.book(3, rows=2), describe))
    assert found.title == "Het plan van 2022"
    assert found.outline == (
        Bookmark(1, "Begin", 1),
        Bookmark(2, "Één stap", 3),
        Bookmark(1, "Slot", 2),
    )


def test_without_title_and_outline() -> None:
    def strip(writer: PdfWriter) -> None:
        writer.metadata = None

    found = read(pdfs.changed(SMALL, strip))
    assert (found.title, found.outline) == (None, ())


def test_an_outline_that_goes_round_ends() -> None:
    data = pdfs.one_page(
        b"BT /F1 12 Tf 72 700 Td (Hallo) Tj ET",
        more=[
            b"<< /First 7 0 R /Last 7 0 R >>",
            b"<< /Title (Rond) /Next 7 0 R /Dest [3 0 R /Fit] >>",
        ],
    ).replace(b"/Catalog /Pages 2 0 R", b"/Catalog /Pages 2 0 R /Outlines 6 0 R")
    assert set(read(data).outline) == {Bookmark(1, "Rond", 1)}


def test_what_is_filled_in_on_a_form_is_read() -> None:
    def form(canvas: Canvas) -> None:
        pdfs.lines("Naam:")(canvas)
        canvas.acroForm.textfield(name="naam", value="Bakkerij Jansen", x=120, y=760)

    words = [word.text for word in read(pdfs.pdf(form)).pdf[0].words]
    assert words == ["Naam:", "Bakkerij", "Jansen"]


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b" \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "plan.pdf is leeg" in refused(data)


def test_what_is_no_pdf_is_refused() -> None:
    assert "is geen PDF" in refused(b"Dit is gewone tekst.")


def test_rubbish_after_the_first_line_is_refused() -> None:
    assert "beschadigd of heeft geen pagina's" in refused(
        b"%PDF-1.7\n" + b"rommel " * 90 + b"%%EOF"
    )


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
def test_a_pdf_that_was_cut_off_is_refused(part: float) -> None:
    assert "het einde van de PDF ontbreekt" in refused(SMALL[: int(part * len(SMALL))])


def test_a_pdf_for_the_web_that_is_shorter_than_it_says_is_refused() -> None:
    said = SMALL.replace(b"\n", b"\n%% << /Linearized 1 /L %d /H [1 2] >>\n" % 9_999_999, 1)
    assert "het einde van de PDF ontbreekt" in refused(said)


def test_zeros_and_lines_after_the_end_do_no_harm() -> None:
    assert read(SMALL + b"\n" + b"\0" * 10_000).pdf == read(SMALL).pdf


def test_a_pdf_without_pages_is_refused() -> None:
    assert "geen pagina's" in refused(pdfs.page_tree(0))


def test_too_many_pages_are_refused() -> None:
    assert "te veel pagina's (100000). Ten hoogste 2000" in refused(pdfs.page_tree(100_000))
    assert "te veel pagina's (3). Ten hoogste 2" in refused(pdfs.page_tree(3), max_pages=2)


def test_too_much_text_is_refused_where_it_becomes_too_much() -> None:
    assert "te veel tekst (meer dan 0.0005 miljoen tekens tot en met pagina 2)" in refused(
        pdfs.book(3, rows=5), max_chars=500
    )


def test_a_tree_of_pages_that_holds_itself_is_refused() -> None:
    assert "pagina 1 is niet te lezen" in refused(pdfs.endless_tree())


@pytest.mark.parametrize("box", ["0 0 1e9 1e9", "0 0 0 0", "a b c d", "0 0 595"])
def test_a_page_of_no_sensible_size_is_read(box: str) -> None:
    data = pdfs.one_page(b"BT /F1 12 Tf 72 700 Td (Hallo) Tj ET", box=box)
    assert [word.text for word in read(data).pdf[0].words] == ["Hallo"]


def test_an_empty_password_opens() -> None:
    found = read(pdfs.encrypted(SMALL, ""))
    assert found.pdf == read(SMALL).pdf
    assert found.warnings == ()


def test_a_password_is_said() -> None:
    assert refused(pdfs.encrypted(SMALL, "geheim")).startswith(
        "plan.pdf is beveiligd met een wachtwoord."
    )


@pytest.mark.skipif(
    importlib.util.find_spec("cryptography") is None,
    reason="cryptography is not installed (pypdf[crypto]): no AES to make the file with",
)
def test_newer_encryption_is_read_too() -> None:
    assert read(pdfs.encrypted(SMALL, "", "AES-256")).pdf == read(SMALL).pdf
    assert "wachtwoord" in refused(pdfs.encrypted(SMALL, "geheim", "AES-256"))


def test_a_damaged_page_is_named() -> None:
    data = bytearray(pdfs.book(3, rows=20))
    middle = data.index(b"stream", data.index(b"stream", data.index(b"endstream")) + 6)
    data[middle + 300] ^= 0x15
    found = read(bytes(data))
    assert len(found.pdf) == 3
    (warning,) = found.warnings
    assert warning.startswith("Pagina 2: misschien is hier niet alle tekst gelezen.")


def test_words_outside_the_page_are_no_reason_for_doubt() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (Hallo) Tj -3000 0 Td (%s) Tj ET" % (b"buiten beeld " * 30)
    assert read(pdfs.one_page(content)).warnings == ()
