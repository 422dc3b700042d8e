"""Reads a PDF: the words of each page where they stand, the outline and the title.

PDFium is not safe for threads. `ingest.child` reads in a process of its own with one thread; a
lock keeps others apart who call `read_pdf` themselves.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import BadInputError
from ingest.pages import Bookmark, PdfPage, Read, Word
from ingest.pdf.drawn import drawing_of
from ingest.pdf.forms import show_forms
from ingest.pdf.glyphs import Frame, GlyphReader, Run, frame_of
from ingest.pdf.page_names import named
from ingest.pdf.words import words_of

MAX_PAGES = 2000
MAX_CHARS = 5_000_000
ONE_AT_A_TIME = threading.Lock()
_HEAD, _TAIL = 1024, 4096  # bytes within which a PDF begins and ends; readers allow as much
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*/L\s+(\d{1,12})\b")
_MOST_OUTLINE = 10_000
_QUOTES, _QUOTED = 3, 60


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page, and what is to be said about it."""

    page: PdfPage
    text: str
    """Every character, in whatever direction or place."""
    askew: str
    """The words that stand on their side or slanting, and are left out."""


def read_pdf(
    data: bytes,
    name: str,
    report: Callable[[int, int], None],
    max_pages: int = MAX_PAGES,
    max_chars: int = MAX_CHARS,
) -> Read:
    """The pages of the PDF ``data``, which messages call ``name``.

    ``report(done, total)`` is called after each page. Words that run in another direction than
    most of their page are left out, with a warning that quotes them. Pages that may not be
    complete are named in a warning; scans and pages with unreadable letters are not: these are
    up to `ingest.pdf.ocr`.

    Raises BadInputError for what is no PDF, is cut off, damaged or locked, or has more than
    ``max_pages`` pages or ``max_chars`` characters.
    """
    check_ends(data, name)
    with ONE_AT_A_TIME, open_pdf(data, name, max_pages) as pdf:
        seen = list(_pages(pdf, name, report, max_chars))
        outline = tuple(_outline(pdf))
        title = _title(pdf)
    warnings = [*_askew_warnings(seen), *_doubts(data, seen)]
    return Read(
        pdf=tuple(each.page for each in seen),
        outline=outline,
        title=title,
        warnings=tuple(warnings),
    )


def check_ends(data: bytes, name: str) -> None:
    """Raises BadInputError when ``data`` is empty, no PDF, or has lost its end."""
    if not data.strip(b"\0\t\n\r "):
        raise BadInputError(f"{name} is leeg. Geef een PDF met inhoud.")
    if b"%PDF-" not in data[:_HEAD]:
        raise BadInputError(f"{name} is geen PDF. Geef een PDF, of het bestand dat het wel is.")
    tail = data[-_TAIL:] if data[-1:].strip(b"\0\t\n\r ") else data.rstrip(b"\0\t\n\r ")[-_TAIL:]
    if (b"%%EOF" not in tail and b"startxref" not in tail) or _promised(data) > len(data):
        raise BadInputError(
            f"{name} is niet volledig: het einde van de PDF ontbreekt. "
            "Download of bewaar het bestand opnieuw."
        )


def _promised(data: bytes) -> int:
    """How many bytes the file is to have, as a PDF made for the web says at its start."""
    said = _LINEARIZED.search(data[:_HEAD])
    return int(said[1]) if said else 0


def open_pdf(data: bytes, name: str, max_pages: int) -> pdfium.PdfDocument:
    """The document; BadInputError when it cannot be opened or has too many pages."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        if problem.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise BadInputError(
                f"{name} is beveiligd met een wachtwoord. Bewaar een PDF zonder wachtwoord."
            ) from None
        raise BadInputError(
            f"{name} is beschadigd of heeft geen pagina's. Open het en bewaar het opnieuw als PDF."
        ) from None
    if len(pdf) > max_pages:
        pages = len(pdf)
        pdf.close()
        raise BadInputError(
            f"{name} heeft te veel pagina's ({pages}). Ten hoogste {max_pages}; "
            "splits het document."
        )
    return pdf


def _pages(
    pdf: pdfium.PdfDocument, name: str, report: Callable[[int, int], None], max_chars: int
) -> Iterator[_Seen]:
    total, chars = len(pdf), 0
    for number in range(1, total + 1):
        page = _opened(pdf, name, number)
        runs = _runs(page, max_chars - chars)
        if runs is None:
            raise _too_much_text(name, number, max_chars)
        chars += sum(len(run.glyphs) for run in runs)
        yield _page(page, runs, number)
        page.close()
        report(number, total)


def read_page(
    pdf: pdfium.PdfDocument, name: str, number: int, max_chars: int
) -> tuple[pdfium.PdfPage, PdfPage]:
    """One page (from 1), open and turned as it was read, and what `read_pdf` reads of it.

    Raises BadInputError when there is no such page, it is damaged, or it has too much text.
    """
    if not 1 <= number <= len(pdf):
        raise BadInputError(f"{name} heeft geen pagina {number}. De laatste is {len(pdf)}.")
    page = _opened(pdf, name, number)
    runs = _runs(page, max_chars)
    if runs is None:
        raise _too_much_text(name, number, max_chars)
    return page, _page(page, runs, number).page


def _opened(pdf: pdfium.PdfDocument, name: str, number: int) -> pdfium.PdfPage:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        raise BadInputError(
            f"{name} is beschadigd: pagina {number} is niet te lezen. "
            "Open het en bewaar het opnieuw als PDF."
        ) from None
    return show_forms(pdf, page, number - 1)


def _too_much_text(name: str, number: int, max_chars: int) -> BadInputError:
    return BadInputError(
        f"{name} bevat te veel tekst (meer dan {max_chars / 1_000_000:g} miljoen tekens "
        f"tot en met pagina {number}). Splits het document."
    )


def _runs(page: pdfium.PdfPage, most: int) -> list[Run] | None:
    """The text of a page, None when there are more characters than ``most``. PDFium puts lines
    that run upwards or downwards in the wrong order, so a page with most of its text on its side
    is turned before it is read."""
    runs = _runs_as_seen(page, most)
    turn = 90 * frame_of(page, runs).turn if runs else page.get_rotation()
    if turn == page.get_rotation():
        return runs
    page.set_rotation(turn)
    return _runs_as_seen(page, most)


def _runs_as_seen(page: pdfium.PdfPage, most: int) -> list[Run] | None:
    textpage = page.get_textpage()
    try:
        return GlyphReader(textpage).runs() if textpage.count_chars() <= most else None
    finally:
        textpage.close()


def _page(page: pdfium.PdfPage, runs: Sequence[Run], number: int) -> _Seen:
    frame = frame_of(page, runs)
    words = words_of([run for run in runs if run.type.quarter == frame.turn], frame)
    drawing = drawing_of(page, frame)
    width, height = frame.size
    return _Seen(
        PdfPage(number, width, height, tuple(words), drawing.drawn, drawing.pictures),
        text="".join([glyph.char for run in runs for glyph in run.glyphs]),
        askew=_askew(page, runs, frame),
    )


def _askew(page: pdfium.PdfPage, runs: Sequence[Run], frame: Frame) -> str:
    """The text that runs in other directions than the lines of the page."""
    words: list[Word] = []
    for quarter in (0, 1, 2, 3):
        if quarter != frame.turn:
            turned = [run for run in runs if run.type.quarter == quarter]
            words += words_of(turned, frame.turned(quarter))
    slanting = [glyph.char for run in runs if run.type.quarter is None for glyph in run.glyphs]
    return " ".join([word.text for word in words] + ["".join(slanting)]).strip()


def _outline(pdf: pdfium.PdfDocument) -> Iterator[Bookmark]:
    total = len(pdf)
    for count, entry in enumerate(pdf.get_toc()):
        if count == _MOST_OUTLINE:
            return
        dest = entry.get_dest()
        index = dest.get_index() if dest else None
        title = _one_line(_decoded(entry.get_title))
        if index is not None and 0 <= index < total and title:
            yield Bookmark(entry.level + 1, title, index + 1)


def _title(pdf: pdfium.PdfDocument) -> str | None:
    return _one_line(_decoded(lambda: pdf.get_metadata_value("Title"))) or None


def _decoded(get: Callable[[], str]) -> str:
    """A text from the file; empty when it is no valid UTF-16."""
    try:
        return get()
    except UnicodeDecodeError:
        return ""


def _one_line(text: str) -> str:
    shown = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    return " ".join(shown.split())


def _askew_warnings(seen: Sequence[_Seen]) -> Iterator[str]:
    askew = {each.page.number: each.askew for each in seen if each.askew}
    if askew:
        texts = list(dict.fromkeys(askew.values()))
        quotes = [text if len(text) <= _QUOTED else text[:_QUOTED] + "…" for text in texts]
        more = f" en nog {len(quotes) - _QUOTES}" if len(quotes) > _QUOTES else ""
        yield (
            f"{named(askew)}: tekst die dwars of schuin staat is niet overgenomen: "
            f"“{'”, “'.join(quotes[:_QUOTES])}”{more}."
        )


def _doubts(data: bytes, seen: Sequence[_Seen]) -> Iterator[str]:
    # Imported here: it takes as long as all other imports, and refused files need it not.
    from ingest.pdf.second_reader import second_opinion

    opinion = second_opinion(data, [each.text for each in seen])
    if opinion.pages is None:
        yield "Een tweede lezer kan deze PDF niet openen. Controleer of de tekst volledig is."
    elif opinion.pages != len(seen):
        yield (
            f"Een tweede lezer telt {opinion.pages} pagina's, wij {len(seen)}. "
            "Controleer of alle pagina's er zijn."
        )
    if opinion.doubtful:
        yield (
            f"{named(opinion.doubtful)}: misschien is hier niet alle tekst gelezen. "
            "Controleer deze tekst, of bewaar de PDF opnieuw."
        )
