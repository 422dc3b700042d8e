from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from ingest.arrive.arrived import as_utf8, made
from ingest.arrive.fetched import Fetched, FetchError, Validators

HTML = "<html><p>Eén café".encode()
PDF = b"%PDF-1.7\n1 0 obj"
PDF_TYPE = "application/pdf"


def arrive(url: str, data: bytes, content_type: str = "", disposition: str = "") -> Fetched:
    headers = {"content-type": content_type, "content-disposition": disposition}
    return made(url, headers, data, Validators())


@pytest.mark.parametrize(
    ("url", "data", "content_type", "name"),
    [
        ("https://school.nl/", HTML, "text/html", "school.nl.html"),
        ("https://school.nl", HTML, "text/html; charset=UTF-8", "school.nl.html"),
        ("https://school.nl/mkb-route/", HTML, "text/html", "mkb-route.html"),
        ("https://school.nl/mkb-route.html", HTML, "text/html", "mkb-route.html"),
        ("https://school.nl/a.htm", HTML, "text/html", "a.htm"),
        ("https://school.nl/index.php?id=3", HTML, "text/html", "index.html"),
        ("https://school.nl/versie-1.2", HTML, "text/html", "versie-1.2.html"),
        ("https://school.nl/caf%C3%A9%20x", HTML, "text/html", "café x.html"),
        ("https://school.nl/a%2Fb%00", HTML, "text/html", "b.html"),
        ("https://school.nl/..%2F..", HTML, "text/html", "pagina.html"),
        ("https://school.nl/" + "a" * 500, HTML, "text/html", "a" * 80 + ".html"),
        ("https://school.nl/README.md", b"# Kop", "text/plain", "README.md"),
        ("https://school.nl/README.md", HTML, "text/html", "README.html"),
        ("https://school.nl/notitie", b"Gewoon.", "text/plain", "notitie.txt"),
        ("https://school.nl/notitie", b"Gewoon.", "", "notitie.txt"),
        ("https://school.nl/notitie", b"Gewoon.", "text/markdown", "notitie.md"),
        ("https://school.nl/pagina", HTML, "", "pagina.html"),
        ("https://school.nl/pagina", b"Gewoon.", "text/html", "pagina.html"),
        ("https://school.nl/rapport.pdf", PDF, PDF_TYPE, "rapport.pdf"),
        ("https://school.nl/rapport.PDF", PDF, PDF_TYPE, "rapport.pdf"),
        ("https://school.nl/download?id=3", PDF, "application/octet-stream", "download.pdf"),
        ("https://school.nl/rapport", PDF, "text/html", "rapport.pdf"),
    ],
)
def test_a_page_gets_the_name_of_what_it_is(
    url: str, data: bytes, content_type: str, name: str
) -> None:
    got = arrive(url, data, content_type)
    assert (got.name, got.warnings, got.url) == (name, (), url)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="rapport 2021.pdf"', "rapport 2021.pdf"),
        ("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd.pdf"),
        ('attachment; filename="C:\\map\\rapport.docx"', "rapport.pdf"),
        ("inline", "d.pdf"),
        ('attachment; filename=""', "d.pdf"),
        ("attachment; filename*=onzin''%ff.pdf", "ÿ.pdf"),
    ],
)
def test_the_server_may_name_it(disposition: str, name: str) -> None:
    assert arrive("https://school.nl/d", PDF, PDF_TYPE, disposition).name == name


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_any_header_leads_to_a_name_or_a_refusal(path: str, disposition: str, kind: str) -> None:
    try:
        got = arrive("https://school.nl/" + path, HTML, kind, f"x; filename{disposition}")
    except BadInputError:
        return
    assert got.name.isprintable()
    assert "/" not in got.name
    assert 0 < len(got.name) < 100


@pytest.mark.parametrize(
    ("url", "data", "content_type", "said"),
    [
        ("https://x.nl/a", b"", "text/html", "is leeg"),
        ("https://x.nl/a", b"{}", "application/json", "geen document, maar application/json"),
        ("https://x.nl/a", b"p {}", "text/css", "geen document, maar text/css"),
        ("https://x.nl/a", HTML, PDF_TYPE, "zegt een PDF te zijn"),
        ("https://x.nl/a.pdf", b"tekst", "text/plain", "heet .pdf maar is geen PDF"),
        ("https://x.nl/a", b"\x89PNG\r\n", "image/png", "een PNG-afbeelding"),
        ("https://x.nl/a", b"\x89PNG\r\n", "text/html", "een PNG-afbeelding"),
        ("https://x.nl/a", b"<?xml version='1.0'?><rss/>", "text/xml", "een XML-bestand"),
    ],
)
def test_what_is_no_document_is_refused(
    url: str, data: bytes, content_type: str, said: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        arrive(url, data, content_type)
    assert said in str(refused.value)
    assert url in str(refused.value)


def test_a_zip_is_to_be_downloaded() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "tekst")
    with pytest.raises(FetchError, match="Download hem"):
        arrive("https://x.nl/a.zip", buffer.getvalue(), "application/zip")


def test_a_page_where_a_pdf_was_asked_for_is_said() -> None:
    (warning,) = arrive("https://x.nl/rapport.pdf", HTML, "text/html").warnings
    assert warning == "Het bestand heet .pdf maar is een HTML-pagina; gelezen als HTML-pagina."


TEXT = "Eén coördinator – ‘ja’ €5"


@pytest.mark.parametrize("charset", ["iso-8859-1", "ISO-8859-1", "latin1", "windows-1252"])
def test_latin_1_in_the_header_is_read_as_browsers_do(charset: str) -> None:
    content_type = f'text/html; charset="{charset}"'
    got = arrive("https://x.nl/a", b"<html>" + TEXT.encode("cp1252"), content_type)
    assert got.data.decode("utf-8-sig") == "<html>" + TEXT


@pytest.mark.parametrize("charset", ["iso-8859-15", "macintosh", "utf-16-le", "windows-1250"])
def test_other_character_sets_become_utf_8(charset: str) -> None:
    text = "één café"
    assert as_utf8(text.encode(charset, "replace"), charset).decode("utf-8-sig") == (
        text.encode(charset, "replace").decode(charset)
    )


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (TEXT.encode(), "iso-8859-1"),  # many servers say so of UTF-8
        (TEXT.encode("utf-8-sig"), "windows-1252"),
        (TEXT.encode("utf-16"), "iso-8859-1"),
        (b"caf\xe9", ""),
        (b"caf\xe9", "utf-8"),
        (b"caf\xe9", "hex"),
        (b"caf\xe9", "unicode_escape"),
        (b"caf\xe9", "iso-8859-99"),
        (b"caf\xe9\x81", "windows-1252"),
    ],
)
def test_otherwise_bytes_pass_as_they_are(data: bytes, charset: str) -> None:
    assert as_utf8(data, charset) == data


@given(st.binary(max_size=50), st.sampled_from(["latin1", "utf-16", "cp1250", "l9", "x"]))
def test_no_bytes_are_too_odd(data: bytes, charset: str) -> None:
    read = as_utf8(data, charset)
    assert read == data or read.decode("utf-8-sig") is not None
