"""PDFs that mean harm."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import partial

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests import pdfs
from tests.ingest.zips import zipped
from tests.web.hostile import SECRET, SENTENCE, Upload

_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_SHOW = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % SENTENCE.encode()
_XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xdp>&a;</xdp>'


def plain() -> bytes:
    """A sound page."""
    return pdfs.pdf(pdfs.lines(SENTENCE, *pdfs.prose(5)))


def _action(kind: str, key: str, value: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)}
    )


def _active() -> bytes:
    """Opens with a script, starts a program, and carries a file."""

    def arm(writer: PdfWriter) -> None:
        writer.add_attachment("a.exe", b"MZ\x90kwaad")
        root, first = writer.root_object, writer.pages[0]
        root[NameObject("/OpenAction")] = _action("/JavaScript", "/JS", "app.alert('kwaad')")
        launch = _action("/Launch", "/F", "/bin/sh")
        first[NameObject("/AA")] = DictionaryObject({NameObject("/O"): launch})
        root[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/XFA"): TextStringObject(_XXE)}
        )

    return pdfs.changed(plain(), arm)


def _nested(content: bytes) -> bytes:
    return pdfs.raw([b"<< /Type /Catalog /Pages 2 0 R /X %s >>" % content, _PAGES, _PAGE])


def _filters(times: int) -> bytes:
    data = _SHOW
    for _ in range(times):
        data = zlib.compress(data)
    names = b"/Filter [%s]" % (b"/FlateDecode " * times)
    return pdfs.one_page(b"").replace(pdfs.stream(b""), pdfs.stream(data, names, packed=False))


def _loop() -> bytes:
    data = plain()
    table = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % table)


def _own_length() -> bytes:
    page = pdfs.one_page(b"")
    return page.replace(pdfs.stream(b""), b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % _SHOW)


def _picture(width: int) -> bytes:
    """A picture that is enormous according to itself."""
    image = pdfs.stream(
        bytes(5_000_000),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8" % (width, width),
    )
    resources = b"/Font << /F1 5 0 R >> /XObject << /I 6 0 R >>"
    return pdfs.one_page(
        b"q 500 0 0 500 0 0 cm /I Do Q " + _SHOW, resources=resources, more=[image]
    )


def _rubbish(codec: bytes) -> bytes:
    image = pdfs.stream(
        b"\x00\xff" * 5000,
        b"/Type /XObject /Subtype /Image /Width 900 /Height 900 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 1 /Filter /%s" % codec,
        packed=False,
    )
    resources = b"/Font << /F1 5 0 R >> /XObject << /I 6 0 R >>"
    return pdfs.one_page(
        b"q 500 0 0 500 0 0 cm /I Do Q " + _SHOW, resources=resources, more=[image]
    )


def _font_table() -> bytes:
    """A font that says for every code what it means, five times over."""
    table = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + (
        b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n" * 5
    )
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
        b"/ToUnicode 7 0 R >>"
    )
    return pdfs.one_page(
        _SHOW + b" BT /F2 12 Tf 72 600 Td (abc) Tj ET",
        resources=b"/Font << /F1 5 0 R /F2 6 0 R >>",
        more=[font, pdfs.stream(table + b"endcmap")],
    )


def _tenth(number: int) -> Callable[[], bytes]:
    def make() -> bytes:
        data = pdfs.book(2, rows=8)
        return data[: len(data) * number // 10]

    return make


def _jpeg() -> bytes:
    file = io.BytesIO()
    pdfs.picture_of(["tekst"], 60, 60).save(file, "JPEG")
    return file.getvalue()


PDFS = (
    Upload(
        "actief.pdf",
        "PDF met JavaScript, een programma als startactie, een bijlage en XFA met XXE",
        _active,
        never=("kwaad", SECRET),
    ),
    Upload(
        "stroom.pdf",
        "PDF-bom: 60 MB opdrachten in één stroom",
        partial(pdfs.stream_bomb, 60),
        "zo bijzonder opgebouwd",
    ),
    Upload(
        "vorm.pdf",
        "tekening die zichzelf bevat",
        partial(pdfs.endless_form, 1),
        read="Binnen",
    ),
    Upload("boom.pdf", "paginaboom die zichzelf bevat", pdfs.endless_tree, "te veel pagina's"),
    Upload("lus.pdf", "tabel die naar zichzelf terugwijst", _loop),
    Upload("lengte.pdf", "stroom waarvan de lengte de stroom zelf is", _own_length),
    Upload(
        "diep.pdf",
        "honderdduizend geneste lijsten",
        partial(_nested, b"[" * 100_000),
        "bevat geen tekst",
    ),
    Upload(
        "woordenboek.pdf",
        "vijftigduizend geneste woordenboeken",
        partial(_nested, b"<</A" * 50_000),
        "bevat geen tekst",
    ),
    Upload("filters.pdf", "stroom die honderd keer is ingepakt", partial(_filters, 100)),
    Upload(
        "groot.pdf",
        "bladzijde van een miljard punten",
        lambda: pdfs.one_page(_SHOW, "0 0 1000000000 1000000000"),
    ),
    Upload(
        "paginas.pdf", "meer bladzijden dan mag", partial(pdfs.page_tree, 40), "te veel pagina's"
    ),
    Upload("beeld.pdf", "afbeelding van 60.000 bij 60.000 punten", partial(_picture, 60_000)),
    Upload("jbig.pdf", "kapotte JBIG2-afbeelding", partial(_rubbish, b"JBIG2Decode")),
    Upload("jpx.pdf", "kapotte JPEG2000-afbeelding", partial(_rubbish, b"JPXDecode")),
    Upload("letters.pdf", "lettertabel van driehonderdduizend regels", _font_table),
    Upload(
        "slot.pdf",
        "PDF met een wachtwoord",
        lambda: pdfs.encrypted(plain(), "geheim"),
        "wachtwoord",
    ),
    Upload("kop.pdf", "alleen het begin van een PDF", lambda: b"%PDF-1.7\n", "niet volledig"),
    Upload(
        "mengsel.pdf",
        "HTML met script die ook PDF zegt te zijn",
        lambda: b"<script>alert(1)</script>\n%PDF-1.7\n" + SENTENCE.encode(),
        "niet volledig",
    ),
    Upload(
        "achter.pdf",
        "PDF met een ZIP erachter",
        lambda: plain() + zipped({"a.exe": b"MZ\x90"}),
        never=("MZ",),
    ),
    Upload("foto.pdf", "JPEG onder de naam PDF", _jpeg, "JPEG"),
    *(
        Upload(f"deel-{n}.pdf", f"PDF afgebroken na {n} tiende", _tenth(n), "niet volledig")
        for n in range(1, 10)
    ),
)
