"""Draws pages of a PDF for people to look at, with the words that stand on them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

from ingest.pages import PdfPage
from ingest.pdf.document import ONE_AT_A_TIME, check_ends, open_pdf, read_page

_MOST_PIXELS = 12_000_000
_PLAIN = 4096  # colours: letters with their soft edges, and a logo
_LEAST = 1.0  # point; narrower pages are drawn as if they were that wide


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is seen, with its words where they stand on the picture."""

    page: PdfPage
    pages: int
    """How many the PDF has."""
    picture: bytes
    """PNG."""


def view_pages(
    data: bytes, name: str, numbers: Sequence[int], width: int, max_pages: int, max_chars: int
) -> Iterator[View]:
    """Each of the pages ``numbers`` (from 1) of a PDF, ``width`` pixels wide; narrower when it is
    so long that it would have more than 12 million pixels.

    A page that is stored on its side is turned as it is for reading, so that the boxes of the
    words lie on the picture. Raises BadInputError for a PDF that cannot be opened, a page that
    it does not have, and pages with more than ``max_chars`` characters.
    """
    check_ends(data, name)
    with ONE_AT_A_TIME, open_pdf(data, name, max_pages) as pdf:
        for number in numbers:
            page, words = read_page(pdf, name, number, max_chars)
            yield View(words, len(pdf), _png(page, width))
            page.close()


def _png(page: pdfium.PdfPage, width: int) -> bytes:
    across, down = (max(side, _LEAST) for side in page.get_size())
    scale = min(width / across, (_MOST_PIXELS / (across * down)) ** 0.5)
    drawn = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True).to_pil()
    image = drawn.convert("RGB")
    # A third of the bytes of full colour. The quick way is for text, the other for photographs.
    is_plain = image.getcolors(_PLAIN) is not None
    method = Image.Quantize.FASTOCTREE if is_plain else Image.Quantize.MEDIANCUT
    file = io.BytesIO()
    image.quantize(256, method).save(file, "PNG")
    return file.getvalue()
