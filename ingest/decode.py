"""Bytes of a text file as text."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.errors import BadInputError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ALLOWED_CONTROLS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def decode(
    data: bytes, name: str, declared: Callable[[bytes], str | None]
) -> tuple[str, tuple[str, ...]]:
    """(text, warnings) of ``data``, lines ended by ``\\n``. ``declared`` finds the encoding that
    the text says it has; it counts when the bytes are not UTF-8.

    Raises BadInputError for bytes that are no text; ``name`` is for the message.
    """
    text, warnings = _text(data, name, declared)
    controls = [char for char in _CONTROL.findall(text) if char not in _ALLOWED_CONTROLS]
    if len(controls) > max(2, len(text) // 100):
        raise BadInputError(
            f"{name} lijkt een binair bestand (veel stuurtekens), geen tekst. "
            "Sla het op als tekst in UTF-8."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _text(
    data: bytes, name: str, declared: Callable[[bytes], str | None]
) -> tuple[str, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data, name, encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        named = declared(data)
        return _declared(data, named) if named else _guess(data)


def _marked(data: bytes, name: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        raise BadInputError(
            f"{name} begint als {encoding.removesuffix('-sig').upper()} maar is het niet. "
            "Sla het op als tekst in UTF-8."
        ) from None


def _declared(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except (UnicodeDecodeError, LookupError):  # it is not what it says, or nobody knows it
        return _guess(data)


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text that is no valid UTF-8: damaged UTF-8, or the Windows and Latin-1 of older files.

    Dutch text in any single-byte encoding of the West is read correctly as cp1252; a statistical
    guess over short texts does worse, so none is made.
    """
    damaged = data.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    multibyte = sum(1 for char in damaged if char > "\x7f") - lost
    if multibyte > 5 * lost:
        return damaged, (f"{lost} tekens waren beschadigd en zijn vervangen.",)
    warning = "De tekens zijn niet in UTF-8; gelezen als Windows-1252. Controleer de accenten."
    try:
        return data.decode("cp1252"), (warning,)
    except UnicodeDecodeError:
        return data.decode("latin-1"), (warning.replace("Windows-1252", "Latin-1"),)
