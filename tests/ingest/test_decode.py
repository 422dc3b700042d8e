from __future__ import annotations

import pytest

from corpus.errors import BadInputError
from ingest.decode import decode


def nothing(_data: bytes) -> None:
    return None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    text = "Eén coördinator – ‘ja’"
    assert decode(text.encode(encoding), "a.txt", nothing) == (text, ())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_older_encodings_are_read_with_a_warning(encoding: str) -> None:
    text, warnings = decode("Eén coördinator".encode(encoding), "a.txt", nothing)
    assert text == "Eén coördinator"
    assert "Windows-1252" in warnings[0]


def test_bytes_that_windows_does_not_know_are_latin_1() -> None:
    _, warnings = decode(b"caf\xe9 \x81 thee, en nog wat meer", "a.txt", nothing)
    assert "Latin-1" in warnings[0]


def test_damaged_utf_8_keeps_its_good_characters() -> None:
    text, warnings = decode("é ë ï ö ü é ë ï".encode() + b"\xff", "a.txt", nothing)
    assert text.startswith("é ë ï ö ü")
    assert "beschadigd" in warnings[0]


def test_what_a_page_says_of_itself_counts_where_it_is_no_utf_8() -> None:
    data = "100 € en é".encode("iso-8859-15")
    assert decode(data, "a.html", lambda _: "iso-8859-15") == ("100 € en é", ())
    assert decode("é".encode(), "a.html", lambda _: "iso-8859-15") == ("é", ())


@pytest.mark.parametrize("unknown", ["geen-codering", "ascii"])
def test_an_encoding_that_does_not_hold_is_guessed_past(unknown: str) -> None:
    text, warnings = decode(b"caf\xe9", "a.html", lambda _: unknown)
    assert (text, len(warnings)) == ("café", 1)


@pytest.mark.parametrize(
    ("data", "says"), [(b"\x01\x02\x03\x04\x05tekst\x06\x07", "stuurtekens"),
                       (b"\xff\xfea", "UTF-16"), (b"\xef\xbb\xbf\xff\xff", "UTF-8")],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        decode(data, "a.txt", nothing)


def test_lines_end_in_one_way() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt", nothing)[0] == "a\nb\nc\n"
