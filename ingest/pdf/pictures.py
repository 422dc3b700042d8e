"""Draws pages of a PDF, for the recognition of scans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from ingest.pdf.document import ONE_AT_A_TIME, open_pdf
from ingest.pdf.resolution import dots_per_inch


def draw_pages(
    data: bytes, name: str, numbers: Sequence[int], max_pages: int
) -> Iterator[tuple[int, bytes]]:
    """(number, picture) of each of the pages ``numbers`` of a PDF.

    A picture is a PGM file (netpbm) in grey, at 300 dots an inch; of pages larger than A2 at
    fewer, so that none has more than 40 million points. Raises BadInputError for a PDF that
    cannot be opened.
    """
    with ONE_AT_A_TIME, open_pdf(data, name, max_pages) as pdf:
        for number in numbers:
            page = pdf[number - 1]
            yield number, _pgm(page)
            page.close()


def _pgm(page: pdfium.PdfPage) -> bytes:
    scale = dots_per_inch(*page.get_size()) / 72
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    rows = bytes(bitmap.buffer)
    if bitmap.stride != bitmap.width:
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        rows = b"".join(rows[start : start + bitmap.width] for start in starts)
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows
