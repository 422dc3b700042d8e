"""Scans: recognised as such, read with OCR where that is installed, and otherwise said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.pages import Box, PdfPage, Read, Word
from ingest.pdf import ocr
from ingest.pdf.ocr import is_scan, needs_ocr, read_with_ocr
from ingest.pdf.ocr_tools import OcrError, OcrTools, find_tools
from ingest.pdf.resolution import dots_per_inch
from tests import pdfs

TOOLS = find_tools()
needs_tesseract = pytest.mark.skipif(
    not TOOLS.dutch, reason="tesseract with Dutch is not installed (tesseract-ocr-nld)"
)
needs_ocrmypdf = pytest.mark.skipif(
    TOOLS.ocrmypdf is None or not TOOLS.dutch, reason="ocrmypdf with Dutch is not installed"
)
SCANNED = pdfs.prose(4)
TEXT = pdfs.lines(*pdfs.prose(10))


def read(data: bytes, settings: Settings | None = None) -> Read:
    return read_with_ocr(data, "plan.pdf", settings or Settings(), lambda step, done, total: None)


def refused(data: bytes) -> str:
    with pytest.raises(BadInputError) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def blank(
    words: int = 0, pictures: Sequence[Box] = (), drawn: Sequence[Box] = (), text: str = "woord"
) -> PdfPage:
    each = Word(text, 0, 0, 10, 10, 10)
    return PdfPage(1, 600, 800, (each,) * words, tuple(drawn), tuple(pictures))


@pytest.mark.parametrize(
    ("page", "scan"),
    [
        (blank(), False),
        (blank(pictures=[Box(0, 0, 600, 800)]), True),
        (blank(14, pictures=[Box(0, 0, 600, 800)]), True),
        (blank(15, pictures=[Box(0, 0, 600, 800)]), False),
        (blank(pictures=[Box(0, 0, 200, 200)]), False),
        (blank(pictures=[Box(0, 0, 600, 300), Box(0, 300, 600, 500)]), False),
        (blank(pictures=[Box(0, 0, 600, 400), Box(0, 400, 600, 700)]), True),
        (blank(pictures=[Box(0, 0, 600, 300), Box(0, 0, 600, 300)]), False),
        (blank(drawn=[Box(10, 10, 12, 12)] * 101), True),
        (blank(drawn=[Box(10, 10, 12, 12)] * 20), False),
    ],
)
def test_a_scan_has_few_words_and_is_covered(page: PdfPage, scan: bool) -> None:
    assert is_scan(page) is scan


def test_unreadable_letters_need_ocr_too() -> None:
    assert needs_ocr(blank(30, text="\ufffd\ufffd\ufffd"))
    assert not needs_ocr(blank(30))


@pytest.mark.parametrize(
    ("size", "dots"), [((595, 842), 300), ((842, 1191), 300), ((5000, 5000), 91), ((0, 0), 300)]
)
def test_pages_are_drawn_as_fine_as_tesseract_wants(size: tuple[int, int], dots: int) -> None:
    assert dots_per_inch(*size) == dots
    assert dots * dots * size[0] * size[1] / 72**2 <= 40_500_000


def test_a_pdf_with_text_is_left_as_it_is() -> None:
    steps: list[tuple[str, int, int]] = []
    found = read_with_ocr(
        pdfs.pdf(TEXT, TEXT), "a.pdf", Settings(), lambda *step: steps.append(step)
    )
    assert found.warnings == ()
    assert steps == [("Pagina's lezen", 1, 2), ("Pagina's lezen", 2, 2)]


def test_empty_pages_are_refused() -> None:
    assert "plan.pdf bevat geen tekst: de pagina's zijn leeg." in refused(pdfs.page_tree(2))


class TestNothingInstalled:
    @pytest.fixture(autouse=True)
    def _no_programs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")

    def test_a_scan_is_refused_with_what_to_install(self) -> None:
        message = refused(pdfs.pdf(pdfs.scan(*SCANNED)))
        assert message.startswith("plan.pdf is een scan of heeft onleesbare letters, en ")
        assert "OCR) is niet geïnstalleerd" in message
        assert "apt-get install ocrmypdf tesseract-ocr-nld" in message

    def test_a_few_scans_are_named(self) -> None:
        found = read(pdfs.pdf(TEXT, pdfs.scan(*SCANNED), TEXT, pdfs.scan(*SCANNED)))
        assert [bool(page.words) for page in found.pdf] == [True, False, True, False]
        (warning,) = found.warnings
        assert warning.startswith(
            "Pagina 2 en 4 zijn scans of afbeeldingen; de tekst daarop is niet gelezen, want "
        )

    def test_unreadable_letters_are_refused(self) -> None:
        assert "onleesbare letters" in refused(pdfs.garbled(*pdfs.prose(12)))


def test_without_dutch_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = OcrTools("ocrmypdf", "tesseract", frozenset({"eng"}))
    monkeypatch.setattr(ocr, "find_tools", lambda: tools)
    message = refused(pdfs.pdf(pdfs.scan(*SCANNED)))
    assert "tesseract kent hier geen Nederlands" in message
    assert "(Debian: apt-get install tesseract-ocr-nld)" in message


class TestRecognised:
    """What becomes of pages, whatever reads them: here a stand-in for tesseract."""

    @pytest.fixture(autouse=True)
    def _tools(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tools = OcrTools(None, "tesseract", frozenset({"nld"}))
        monkeypatch.setattr(ocr, "find_tools", lambda: tools)
        self.layer = pdfs.pdf(pdfs.lines(*pdfs.prose(3)))
        self.pictures: list[bytes] = []
        monkeypatch.setattr(ocr, "run_tesseract", self.run)

    def run(
        self, tools: OcrTools, picture: bytes, dots: int, folder: Path, deadline: float
    ) -> bytes:
        self.pictures.append(picture)
        if not self.layer:
            raise OcrError("no luck")
        return self.layer

    def test_scans_are_replaced_and_named(self) -> None:
        steps: list[tuple[str, int, int]] = []
        data = pdfs.pdf(TEXT, pdfs.scan(*SCANNED), pdfs.scan(*SCANNED))
        found = read_with_ocr(data, "a.pdf", Settings(), lambda *step: steps.append(step))
        assert [page.number for page in found.pdf] == [1, 2, 3]
        assert [len(page.words) for page in found.pdf] == [120, 36, 36]
        assert found.pdf[1].pictures == ()
        assert found.warnings == (
            "Pagina 2 en 3 zijn scans of afbeeldingen; de tekst daarop is herkend met OCR. "
            "Controleer de tekst, vooral namen en getallen.",
        )
        assert steps[3:] == [("Scans herkennen", done, 2) for done in (0, 1, 2)]

    def test_the_picture_is_grey_and_fine(self) -> None:
        read(pdfs.pdf(pdfs.scan(*SCANNED)))
        (picture,) = self.pictures
        head, rows = picture.split(b"\n", 1)
        assert head == b"P5 2481 3508 255"
        assert len(rows) == 2481 * 3508
        assert 0.9 < rows.count(255) / len(rows) < 1

    def test_a_photograph_with_a_title_keeps_its_title(self) -> None:
        def cover(canvas: object) -> None:
            pdfs.scan()(canvas)  # type: ignore[arg-type]
            pdfs.lines("Leren in het mkb")(canvas)  # type: ignore[arg-type]

        self.layer = pdfs.pdf(pdfs.lines("Leren ln het rnkb"))
        found = read(pdfs.pdf(cover, TEXT))
        assert [word.text for word in found.pdf[0].words] == ["Leren", "in", "het", "mkb"]
        assert found.warnings == ()

    def test_unreadable_letters_are_replaced(self) -> None:
        found = read(pdfs.garbled(*pdfs.prose(12)))
        assert [word.text for word in found.pdf[0].words] == " ".join(pdfs.prose(3)).split()
        assert found.warnings[-1].startswith("Pagina 1 heeft onleesbare letters; de tekst daar is")

    def test_what_fails_is_named(self) -> None:
        self.layer = b""
        found = read(pdfs.pdf(TEXT, pdfs.scan(*SCANNED)))
        assert found.warnings == (
            "Pagina 2 is een scan of afbeelding; de tekst daarop is ook met OCR niet gelezen.",
        )
        assert "geen tekst in te herkennen" in refused(pdfs.pdf(pdfs.scan(*SCANNED)))

    def test_a_layer_without_words_is_no_text(self) -> None:
        self.layer = pdfs.page_tree(1)
        assert "geen tekst in te herkennen" in refused(pdfs.pdf(pdfs.scan()))
        assert read(pdfs.pdf(TEXT, pdfs.scan())).warnings == ()


def share_found(page: PdfPage, lines: Sequence[str]) -> float:
    wanted = " ".join(lines).split()
    found = {word.text for word in page.words}
    return sum(word in found for word in wanted) / len(wanted)


@needs_tesseract
def test_tesseract_reads_a_scan_that_lies_on_its_side(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = replace(TOOLS, ocrmypdf=None)
    monkeypatch.setattr(ocr, "find_tools", lambda: tools)
    (page,) = read(pdfs.pdf(pdfs.scan(*SCANNED, turn=90))).pdf
    assert share_found(page, SCANNED) > 0.9
    assert page.words[0].text == "De"


@needs_ocrmypdf
def test_ocrmypdf_reads_the_scans_and_nothing_else() -> None:
    found = read(pdfs.pdf(TEXT, pdfs.scan(*SCANNED)))
    assert found.pdf[0] == read(pdfs.pdf(TEXT)).pdf[0]
    assert share_found(found.pdf[1], SCANNED) > 0.9
    assert found.warnings[-1].startswith("Pagina 2 is een scan of afbeelding; de tekst daarop is")


@needs_tesseract
def test_recognition_stops_in_time() -> None:
    found = read(pdfs.pdf(TEXT, pdfs.scan(*SCANNED)), Settings(ocr_seconds=1))
    assert found.pdf[1].words == ()
    assert "is ook met OCR niet gelezen" in found.warnings[-1]
