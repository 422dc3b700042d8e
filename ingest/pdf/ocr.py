"""Reads a PDF of which some pages may be scans, with text recognition where it is installed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.pages import Box, PdfPage, Read
from ingest.pdf.garbled import is_garbled
from ingest.pdf.ocr_tools import OcrError, OcrTools, find_tools, run_ocrmypdf, run_tesseract
from ingest.pdf.page_names import named
from ingest.pdf.resolution import dots_per_inch
from ingest.sandbox import draw_in_child, read_in_child

Progress = Callable[[str, int, int], None]

_READING = "Pagina's lezen"
_RECOGNISING = "Scans herkennen"
_FEW_WORDS = 15  # a stamp, a running header or a page number over a scan
_COVERED = 0.8  # of a page, by pictures: a figure keeps the margins of the text, a scan does not
_OUTLINES = 100  # drawn areas on a page with few words: letters drawn as shapes
_MORE_WORDS = 10
_GRID = 20

_INSTALL = "apt-get install ocrmypdf tesseract-ocr-nld"
_INSTALL_DUTCH = "apt-get install tesseract-ocr-nld"


@dataclass(frozen=True, slots=True)
class _Recognised:
    """Pages as OCR reads them, by number, and the numbers that it ``failed`` on."""

    pages: Mapping[int, PdfPage]
    failed: tuple[int, ...]


def read_with_ocr(data: bytes, name: str, settings: Settings, progress: Progress) -> Read:
    """The PDF ``data``; the text on scanned pages is recognised where OCR is installed.

    Recognised are pages with next to no text that pictures cover or that are full of drawn
    shapes, and pages of which the letters are unreadable. They replace what was read only where
    they have more to say, and warnings name them. ``progress`` gets a step in Dutch, how many
    pages are done, and how many there are.

    Raises BadInputError as `read_in_child` does, and for a PDF without text: a scan when OCR for
    Dutch is not installed or finds nothing, or empty pages.
    """
    read = read_in_child("pdf", data, name, settings, partial(progress, _READING))
    unread = [page for page in read.pdf if needs_ocr(page)]
    if not unread:
        return _with_text(read, name)
    tools = find_tools()
    if not tools.dutch:
        return _without_ocr(read, unread, tools, name)
    recognised = _recognise(data, name, unread, tools, settings, progress)
    return _merged(read, unread, recognised, name)


def needs_ocr(page: PdfPage) -> bool:
    """Whether what stands on ``page`` is (mostly) not there as readable text."""
    return is_scan(page) or is_garbled(page.words)


def is_scan(page: PdfPage) -> bool:
    """Whether ``page`` has few words, and is covered by pictures or full of drawn shapes. It may
    be a photograph: only recognition tells."""
    if len(page.words) >= _FEW_WORDS:
        return False
    return len(page.drawn) > _OUTLINES or _coverage(page.pictures, page) >= _COVERED


def _coverage(boxes: Sequence[Box], page: PdfPage) -> float:
    """The part of ``page`` that lies in one of ``boxes``, measured on a grid of 20 by 20."""
    if not boxes:
        return 0.0
    points = [
        ((column + 0.5) * page.width / _GRID, (row + 0.5) * page.height / _GRID)
        for column in range(_GRID)
        for row in range(_GRID)
    ]
    inside = sum(
        any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)
        for x, y in points
    )
    return inside / len(points)


def _with_text(read: Read, name: str) -> Read:
    if not any(page.words for page in read.pdf):
        raise BadInputError(
            f"{name} bevat geen tekst: de pagina's zijn leeg. Geef een PDF met tekst."
        )
    return read


def _without_ocr(read: Read, unread: Sequence[PdfPage], tools: OcrTools, name: str) -> Read:
    """``read`` with a warning of what is not read; refused when nothing else is left."""
    if tools.tesseract is None:
        missing, install = "tekstherkenning (OCR) is niet geïnstalleerd", _INSTALL
    else:
        missing, install = "tesseract kent hier geen Nederlands", _INSTALL_DUTCH
    numbers = [page.number for page in unread]
    if not any(page.words for page in read.pdf if page.number not in numbers):
        raise BadInputError(
            f"{name} is een scan of heeft onleesbare letters, en {missing}. "
            f"Installeer het (Debian: {install}), of geef een PDF met tekst."
        )
    return _warned(read, unread, f"is niet gelezen, want {missing} (Debian: {install}).")


def _recognise(
    data: bytes,
    name: str,
    unread: Sequence[PdfPage],
    tools: OcrTools,
    settings: Settings,
    progress: Progress,
) -> _Recognised:
    """The pages ``unread`` by ocrmypdf, which also straightens them; where that is not
    installed or fails (on a signed PDF, for one), page by page by tesseract."""
    deadline = time.monotonic() + settings.ocr_seconds
    numbers = [page.number for page in unread]
    progress(_RECOGNISING, 0, len(unread))
    with tempfile.TemporaryDirectory(prefix="routewijzer-") as path:
        folder = Path(path)
        whole = _by_ocrmypdf(data, name, numbers, tools, settings, folder, deadline)
        if whole is not None:
            progress(_RECOGNISING, len(unread), len(unread))
            return _Recognised(whole, failed=())
        pages: dict[int, PdfPage] = {}
        for page in _by_tesseract(data, name, unread, tools, settings, folder, deadline):
            pages[page.number] = page
            progress(_RECOGNISING, len(pages), len(unread))
    return _Recognised(pages, tuple(number for number in numbers if number not in pages))


def _by_ocrmypdf(
    data: bytes,
    name: str,
    numbers: Sequence[int],
    tools: OcrTools,
    settings: Settings,
    folder: Path,
    deadline: float,
) -> dict[int, PdfPage] | None:
    """The pages ``numbers``; None when ocrmypdf is not there or does not do it."""
    try:
        layered = run_ocrmypdf(tools, data, numbers, folder, deadline)
        again = read_in_child("pdf", layered, name, settings, _nothing)
    except (OcrError, BadInputError):
        return None
    return {page.number: page for page in again.pdf if page.number in numbers}


def _by_tesseract(
    data: bytes,
    name: str,
    unread: Sequence[PdfPage],
    tools: OcrTools,
    settings: Settings,
    folder: Path,
    deadline: float,
) -> Iterator[PdfPage]:
    """The pages ``unread``, as far as tesseract gets before the ``deadline``."""
    size = {page.number: (page.width, page.height) for page in unread}
    try:
        seconds = deadline - time.monotonic()
        for number, picture in draw_in_child(data, name, tuple(size), settings, seconds):
            fine = dots_per_inch(*size[number])
            layer = run_tesseract(tools, picture, fine, folder, deadline)
            for page in read_in_child("pdf", layer, name, settings, _nothing).pdf:
                yield replace(page, number=number)
    except (OcrError, BadInputError, KeyError):
        return  # what was not reached is named in a warning


def _merged(read: Read, unread: Sequence[PdfPage], recognised: _Recognised, name: str) -> Read:
    """``read`` with the recognised pages in it, and warnings that name them."""
    better = {
        page.number: replace(recognised.pages[page.number], drawn=(), pictures=())
        for page in unread
        if page.number in recognised.pages and _says_more(recognised.pages[page.number], page)
    }
    pages = tuple(better.get(page.number, page) for page in read.pdf)
    if not any(page.words for page in pages) or _all_garbled(pages):
        raise BadInputError(
            f"{name} is een scan of heeft onleesbare letters, en er is geen tekst in te herkennen. "
            "Geef een PDF met tekst."
        )
    done = [page for page in unread if page.number in better]
    failed = [page for page in unread if page.number in recognised.failed]
    merged = _warned(replace(read, pdf=pages), failed, "is ook met OCR niet gelezen.")
    return _warned(
        merged, done, "is herkend met OCR. Controleer de tekst, vooral namen en getallen."
    )


def _says_more(recognised: PdfPage, page: PdfPage) -> bool:
    """Whether what OCR reads is to take the place of ``page``. A photograph with a title on it
    yields little more than the title, which is sharper in the file itself."""
    if is_garbled(recognised.words):
        return False
    if is_garbled(page.words):
        return bool(recognised.words)
    return len(recognised.words) >= len(page.words) + (_MORE_WORDS if page.words else 1)


def _all_garbled(pages: Sequence[PdfPage]) -> bool:
    return all(is_garbled(page.words) for page in pages if page.words)


def _warned(read: Read, pages: Sequence[PdfPage], fate: str) -> Read:
    """``read`` with a warning of what became of the text on ``pages``, if there are any."""
    scans = [page.number for page in pages if is_scan(page)]
    garbled = [page.number for page in pages if not is_scan(page)]
    warnings = list(read.warnings)
    if scans:
        what = "is een scan of afbeelding" if len(scans) == 1 else "zijn scans of afbeeldingen"
        warnings.append(f"{named(scans)} {what}; de tekst daarop {fate}")
    if garbled:
        what = "heeft" if len(garbled) == 1 else "hebben"
        warnings.append(f"{named(garbled)} {what} onleesbare letters; de tekst daar {fate}")
    return replace(read, warnings=tuple(warnings))


def _nothing(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""
