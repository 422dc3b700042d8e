"""Makes what is filled in on a form part of the page, so that it is read with the rest."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_SHOWN = frozenset(
    {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP}
)
_MOST = 5000


def show_forms(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> pdfium.PdfPage:
    """``page``, or in its place the same page with fields, text boxes and stamps drawn on it."""
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), _MOST)
    if not any(_is_shown(page, i) for i in range(count)):
        return page
    done = pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    if done != pdfium_c.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[index]


def _is_shown(page: pdfium.PdfPage, index: int) -> bool:
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return False
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return kind in _SHOWN
