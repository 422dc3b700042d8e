from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from ingest.arrive.formats import SUFFIXES, sniff

HTML = "<!DOCTYPE html><html><body><p>Tekst</p></body></html>"
ODT = "application/vnd.oasis.opendocument.text"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


DOCX = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
PPTX = packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})
ODT_FILE = packed({"mimetype": ODT, "content.xml": "<office/>"})
DOCUMENTS = packed({"map/a.txt": "tekst", "word/b.md": "tekst"})
CONTENTS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "docx": DOCX,
    "pptx": PPTX,
    "odt": ODT_FILE,
    "zip": DOCUMENTS,
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("form", "data"), CONTENTS.items())
def test_contents_go_before_the_extension(suffix: str, form: str, data: bytes) -> None:
    sniffed = sniff(f"Rapport 2021{suffix.upper()}", data)
    assert sniffed.form == form
    if SUFFIXES[suffix] == form:
        assert sniffed.warnings == ()
    else:
        (warning,) = sniffed.warnings
        assert warning.startswith(f"Het bestand heet {suffix} maar is een ")


def test_the_warning_says_how_it_was_read() -> None:
    assert sniff("a.txt", CONTENTS["pdf"]).warnings == (
        "Het bestand heet .txt maar is een PDF; gelezen als PDF.",
    )
    assert "gelezen als Wordbestand" in sniff("a.pdf", DOCX).warnings[0]


@pytest.mark.parametrize("name", ["rapport", "rapport.v2", ".pdf", "rapport."])
def test_a_name_that_promises_nothing_is_no_wrong_extension(name: str) -> None:
    assert sniff(name, CONTENTS["pdf"]).warnings == ()


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "gewoon", "markdown"),
        ("a.md", HTML, "markdown"),
        ("a.markdown", "gewoon", "markdown"),
        ("a.txt", "gewoon\n- punt", "plain"),
        ("a.txt", "", "plain"),
        ("a", "gewoon", "plain"),
        ("a.txt", "# Kop\n\ntekst\n\n## Nog een", "markdown"),
        ("a.txt", "# Kop\r\rtekst\r\r## Nog een", "markdown"),
        ("a.txt", "# Kop\n\n**vet**", "markdown"),
        ("a.txt", "# alleen een hekje", "plain"),
        ("a.txt", "De PDF begint met %PDF-1.7, zo staat het er.", "plain"),
        ("a.txt", "PK is een afkorting", "plain"),
        ("a.html", "gewoon", "html"),
        ("a.htm", "<p>x</p>", "html"),
        ("a.xhtml", "<?xml version='1.0'?><html/>", "html"),
        ("A.HTML", "x", "html"),
        ("a", HTML, "html"),
        ("a", "\ufeff \n<?xml version='1.0'?>\n<!-- wij --><!-- zij -->\n<HTML lang='nl'>", "html"),
        ("a", "<head><title>x</title>", "html"),
        ("a", "<title>x</title><p>y", "html"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_is_told_by_extension_and_form(name: str, text: str, form: str, encoding: str) -> None:
    sniffed = sniff(name, text.encode(encoding))
    assert (sniffed.form, sniffed.warnings) == (form, ())


@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx"])
def test_a_web_page_with_another_extension_is_read_with_a_warning(suffix: str) -> None:
    sniffed = sniff("a" + suffix, HTML.encode())
    assert sniffed.form == "html"
    assert f"heet {suffix} maar is een HTML-pagina" in sniffed.warnings[0]


def test_a_pdf_may_have_rubbish_in_front() -> None:
    assert sniff("a.pdf", b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4").form == "pdf"
    assert sniff("a.txt", b"\xef\xbb\xbf\r\n%PDF-1.4").form == "pdf"
    assert sniff("a.txt", b"In het begin staat %PDF-1.4").form == "plain"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.txt", "als tekst in UTF-8"),
        ("a", "als tekst in UTF-8"),
        ("a.pdf", "geen PDF; haal of bewaar het opnieuw"),
        ("a.DOCX", "geen Wordbestand; haal of bewaar het opnieuw"),
    ],
)
def test_what_to_do_with_noise_depends_on_what_it_should_be(name: str, advice: str) -> None:
    with pytest.raises(BadInputError, match=advice):
        sniff(name, b"\x01\x00\x02\xff")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "een PNG-afbeelding"),
        (b"\xff\xd8\xff\xe0", "een JPEG-afbeelding"),
        (b"GIF89a", "een GIF-afbeelding"),
        (b"II*\x00", "een TIFF-afbeelding"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "een WebP-afbeelding"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x7fELF\x02", "een programma"),
        (b"MZ\x90\x00", "een programma"),
        (b"{\\rtf1 tekst}", "een RTF-document"),
        (b"\x1f\x8b\x08", "een gzip-archief"),
        (b"Rar!\x1a\x07", "een rar-archief"),
        (b"7z\xbc\xaf\x27\x1c", "een 7z-archief"),
        (b"a" * 257 + b"ustar\x00", "een tar-archief"),
        (b"SQLite format 3\x00", "een database"),
        (b"tekst\x00met nul", "nulbytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "een oud Officebestand"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "beveiligd is met een wachtwoord",
        ),
        (b"<?xml version='1.0'?><rss/>", "een XML-bestand"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
            "een webarchief",
        ),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "een Excelbestand"),
        (packed({"mimetype": ODT.replace("text", "spreadsheet"), "content.xml": ""}), "rekenblad"),
        (packed({"mimetype": ODT.replace("text", "presentation"), "content.xml": ""}), "presenta"),
        (packed({"mimetype": ODT.replace("text", "graphics"), "content.xml": ""}), "niet kennen"),
        (packed({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "EPUB"),
        (packed({"META-INF/MANIFEST.MF": ""}), "een programma"),
        (packed({"Index/Document.iwa": ""}), "Pages"),
        (packed({"[Content_Types].xml": "<Types/>"}), "niet kennen"),
        (b"PK\x03\x04rest", "zip"),
        (DOCX[:-30], "beschadigd"),
        (b"PK\x05\x06", "beschadigd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["a.txt", "b.pdf", "c.docx", "d.zip", "e"])
def test_what_is_no_document_is_refused_by_what_it_looks_like(
    data: bytes, said: str, name: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        sniff(name, data)
    line = str(refused.value)
    assert said in line
    assert line.startswith(name + " ")
    assert "\n" not in line


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".docm", ".odt", ".pptx", ".zip"])
def test_text_that_is_called_a_document_is_refused(suffix: str) -> None:
    with pytest.raises(BadInputError, match=f"heet {suffix} maar is geen"):
        sniff("a" + suffix, b"1 0 obj << /Type /Catalog >>")


def test_a_directory_of_a_million_files_is_not_opened() -> None:
    entry = b"PK\x01\x02" + b"\x00" * 42
    began = time.monotonic()
    with pytest.raises(BadInputError, match="te veel bestanden"):
        sniff("a.docx", b"PK\x03\x04" + entry * 1_000_000)
    assert time.monotonic() - began < 5


def test_many_comments_before_a_page_take_no_time() -> None:
    began = time.monotonic()
    assert sniff("a.txt", ("<!-- x -->" * 50_000 + "tekst").encode()).form == "plain"
    assert sniff("a.txt", ("<!-- x " * 50_000 + "tekst").encode()).form == "plain"
    assert time.monotonic() - began < 5


@given(st.binary(max_size=200), st.sampled_from([*SUFFIXES, "", ".png"]))
def test_any_bytes_have_a_form_or_are_refused(data: bytes, suffix: str) -> None:
    for start in (b"", b"PK\x03\x04", b"%PDF-", b"<?xml", b"\xff\xfe", b"\xd0\xcf\x11\xe0"):
        try:
            said: str = sniff("naam" + suffix, start + data).form
        except BadInputError as error:
            said = str(error)
        assert said in SUFFIXES.values() or (said.startswith("naam") and "\n" not in said)


@given(st.data())
def test_a_damaged_office_file_has_a_form_or_is_refused(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([DOCX, PPTX, ODT_FILE, DOCUMENTS])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        form: str = sniff("a.docx", bytes(whole)).form
    except BadInputError:
        form = "refused"
    assert form in {*SUFFIXES.values(), "refused"}
