from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import BadInputError
from ingest.office.container import MAX_MEMBERS, kind_of, open_package
from ingest.office.docx import read_docx
from ingest.office.odt import read_odt
from ingest.office.pptx import read_pptx
from tests.office import make_docx, make_odt, members_of, paragraph, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
DOCX = make_docx(paragraph("Een tekst."))
ODT = make_odt("<text:p>Een tekst.</text:p>")


def refusal(data: bytes, name: str = "mijn plan é.docx") -> str:
    with pytest.raises(BadInputError) as caught:
        read_docx(data, name)
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message
    return message


def test_kinds_are_told_by_their_contents() -> None:
    excel = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    sheet = zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    )
    assert [kind_of(data) for data in (DOCX, ODT, excel, sheet)] == ["docx", "odt", "xlsx", "ods"]
    assert kind_of(OLE) == "doc"
    assert kind_of(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert kind_of(zipped({"brief.txt": "x"})) is None
    assert kind_of(b"gewone tekst") is None


def test_a_main_part_under_another_name_is_found_by_its_type() -> None:
    types = '<Types><Override ContentType="a/x.presentationml.slideshow.main+xml"/></Types>'
    assert kind_of(zipped({"[Content_Types].xml": types})) == "pptx"


def test_what_is_another_kind_of_office_file_is_named() -> None:
    excel = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    assert "is een Excelbestand" in refusal(excel)
    assert "is een OpenDocument-tekst" in refusal(ODT)
    assert "is een oud Officebestand" in refusal(OLE)
    assert "beveiligd is met een wachtwoord" in refusal(
        OLE + "EncryptedPackage".encode("utf-16-le")
    )


def test_an_encrypted_opendocument_is_named() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    locked = zipped({**members_of(ODT), "META-INF/manifest.xml": manifest})
    with pytest.raises(BadInputError, match="wachtwoord"):
        read_odt(locked, "plan.odt")


def test_an_encrypted_zip_is_named() -> None:
    data = bytearray(DOCX)
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "wachtwoord" in refusal(bytes(data))


def test_what_is_no_whole_zip_is_called_damaged() -> None:
    assert "beschadigd" in refusal(DOCX[: len(DOCX) // 2])
    assert "beschadigd" in refusal(b"gewone tekst")
    assert "beschadigd" in refusal(b"")


def test_a_zip_without_the_parts_of_a_document() -> None:
    assert "zonder de onderdelen" in refusal(zipped({"brief.txt": "x"}))
    only_word = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})
    assert "ontbreekt" in refusal(only_word)
    with pytest.raises(BadInputError, match="ontbreekt"):
        read_odt(
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "plan.odt",
        )
    no_slide = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}
    assert read_pptx(zipped(no_slide), "plan.pptx").pages == ()


def test_broken_xml_is_named_with_its_part() -> None:
    broken = zipped({**members_of(DOCX), "word/document.xml": "<w:document><w:body>"})
    assert "word/document.xml is geen geldige XML" in refusal(broken)


def test_entities_are_refused_whatever_they_are() -> None:
    start = make_docx("")
    text = members_of(start)["word/document.xml"].decode()
    bomb = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>' + text.replace(
        "<w:body>", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    )
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text
    for evil in (bomb, outside):
        for encoded in (evil.encode(), evil.encode("utf-16")):
            data = zipped({**members_of(start), "word/document.xml": encoded})
            assert "DTD" in refusal(data)


def test_a_doctype_without_entities_is_no_harm() -> None:
    text = members_of(DOCX)["word/document.xml"].decode()
    data = zipped({**members_of(DOCX), "word/document.xml": "<!DOCTYPE w:document>" + text})
    assert "Een tekst." in read_docx(data, "x.docx").pages[0].text


def test_a_bomb_in_the_text_is_not_unpacked() -> None:
    bomb = zipped({**members_of(DOCX), "word/document.xml": b" " * 41_000_000})
    assert len(bomb) < 100_000
    assert "te groot" in refusal(bomb)


def test_a_bomb_beside_the_text_is_not_unpacked() -> None:
    bomb = zipped({**members_of(DOCX), "word/media/foto.bmp": b"\x00" * 30_000_000})
    assert "te groot" in refusal(bomb)


def test_too_many_parts_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members_of(DOCX).items():
            archive.writestr(name, content)
        for number in range(MAX_MEMBERS):
            archive.writestr(f"x{number}", b"")
    assert "te groot" in refusal(file.getvalue())


def test_a_size_that_lies_is_caught() -> None:
    data = bytearray(zipped({**members_of(DOCX), "word/document.xml": b" " * 41_000_000}))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert "beschadigd" in refusal(bytes(data))


def test_other_ways_of_packing_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in members_of(DOCX).items():
            archive.writestr(name, content)
    assert "ingepakt" in refusal(file.getvalue())


def test_the_other_name_of_the_same_vocabulary_is_read() -> None:
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in members_of(DOCX).items()
    }
    assert "Een tekst." in read_docx(zipped(strict), "x.docx").pages[0].text


def test_relations_stay_inside_the_file() -> None:
    links = (
        '<Relationships><Relationship Id="a" Type="x/styles" Target="../../styles.xml"/>'
        '<Relationship Id="b" Type="x/image" Target="http://example.nl/x" TargetMode="External"/>'
        "</Relationships>"
    )
    data = zipped({**members_of(DOCX), "word/_rels/document.xml.rels": links})
    package = open_package(data, "x.docx", "docx")
    found = package.relations("word/document.xml")
    assert {id_: relation.target for id_, relation in found.items()} == {"a": "styles.xml"}
    assert package.related("word/document.xml", "styles") is None
