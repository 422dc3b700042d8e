from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.load import load
from ingest.source import PartialMetadata, Source


def source(data: bytes, name: str = "a.txt") -> Source:
    return Source(name, data, PartialMetadata())


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7 rest", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x7fELF\x02", "programma"),
        (b"{\\rtf1 tekst}", "RTF"),
        (b"tekst\x00met nul", "nulbytes"),
        (b"\x01\x02\x03\x04\x05tekst\x06\x07", "stuurtekens"),
        (b"\xff\xfea", "UTF-16"),
        (b"\xef\xbb\xbf\xff\xff", "UTF-8"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "b.md", "c.html"])
def test_what_is_no_text_is_refused_by_what_it_looks_like(
    data: bytes, looks_like: str, name: str, settings: Settings
) -> None:
    with pytest.raises(BadInputError, match=looks_like) as refused:
        load(source(data, name), settings)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_what_holds_no_text_is_refused(data: bytes, settings: Settings) -> None:
    with pytest.raises(BadInputError, match="geen tekst"):
        load(source(data), settings)


def test_too_much_text_is_refused_with_the_limit(settings: Settings) -> None:
    with pytest.raises(BadInputError, match="Ten hoogste 1 miljoen"):
        load(source(b"a " * 600_000), settings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_warning(encoding: str, settings: Settings) -> None:
    loaded = load(source("Eén coördinator – ‘ja’".encode(encoding)), settings)
    assert loaded.text == "Eén coördinator – ‘ja’"
    assert loaded.read.warnings == ()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_older_encodings_are_read_with_a_warning(encoding: str, settings: Settings) -> None:
    loaded = load(source("Eén coördinator".encode(encoding)), settings)
    assert loaded.text == "Eén coördinator"
    assert "Windows-1252" in loaded.read.warnings[0]


def test_bytes_that_windows_does_not_know_are_latin_1(settings: Settings) -> None:
    loaded = load(source(b"caf\xe9 \x81 thee, en nog wat meer"), settings)
    assert "Latin-1" in loaded.read.warnings[0]


def test_damaged_utf_8_keeps_its_good_characters(settings: Settings) -> None:
    loaded = load(source("é ë ï ö ü é ë ï".encode() + b"\xff"), settings)
    assert loaded.text.startswith("é ë ï ö ü")
    assert "beschadigd" in loaded.read.warnings[0]


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "gewoon", "markdown"),
        ("a.txt", "gewoon\n- punt", "plain"),
        ("a.txt", "# Kop\n\ntekst\n\n## Nog een", "markdown"),
        ("a.txt", "# Kop\n\n**vet**", "markdown"),
        ("a.txt", "# alleen een hekje", "plain"),
        ("a.txt", "<!DOCTYPE html><html><p>x", "html"),
        ("a.htm", "<p>x</p>", "html"),
        ("A.HTML", "x", "html"),
        ("a.txt", "---\ntitle: T\n---\ntekst", "markdown"),
    ],
)
def test_the_form_follows_name_and_content(
    name: str, text: str, form: str, settings: Settings
) -> None:
    assert load(source(text.encode(), name), settings).form == form
