"""Makes a document of what a server sent: what it is, what to call it, and its text as UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.arrive.fetched import Fetched, FetchError, Validators
from ingest.arrive.formats import SUFFIXES, TEXT, Form, sniff

_DECLARED: dict[str, Form] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "plain",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-word.document.macroenabled.12": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
_UNSAID = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/download",
        "application/x-download",
        "application/force-download",
        "unknown/unknown",
    }
)
_SCRIPTS = frozenset({".php", ".asp", ".aspx", ".jsp", ".cgi"})
_CHARSETS = re.compile(
    r"(?:iso-?8859-?\d{1,2}|windows-?\d{3,4}|cp-?125\d|latin-?\d|l\d|utf-?16(?:-?[lb]e)?|macintosh)",
    re.IGNORECASE,
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_NAME = 80


def made(url: str, headers: Mapping[str, str], data: bytes, validators: Validators) -> Fetched:
    """The page at ``url`` from the headers and body of an answer.

    Raises FetchError for what is empty, a ZIP, or something else than the server says it is;
    BadInputError for what is no document at all.
    """
    if not data:
        raise FetchError("refused", f"{url} is leeg. Controleer het adres.")
    content_type = headers.get("content-type", "")
    declared, charset = _content_type(content_type)
    sniffed = sniff(url, data)
    form = sniffed.form
    if form == "zip":
        raise FetchError("refused", f"{url} is een ZIP. Download hem en lees hem in als bestand.")
    if form in TEXT:
        _refuse_odd(url, declared)
        data = as_utf8(data, charset)
    if form in TEXT and _DECLARED.get(declared) in ("html", "markdown"):
        form = _DECLARED[declared]
    return Fetched(url, _name(url, headers, form), data, content_type, validators, sniffed.warnings)


def content_encoding(headers: Mapping[str, str]) -> str:
    """How the body is compressed; empty when it is not."""
    return headers.get("content-encoding", "").strip().lower()


def as_utf8(data: bytes, charset: str) -> bytes:
    """Text as UTF-8 with its mark, when the header says that it is in an older character set.

    The header goes before what a page says of itself (HTML Standard, determining the character
    encoding); a mark in the bytes goes before the header. What is valid UTF-8 is left alone:
    many servers say ISO-8859-1 of every page.
    """
    if data.startswith(_BOMS) or not _CHARSETS.fullmatch(charset):
        return data
    wide = charset.lower().startswith("utf")
    if not wide and _is_utf8(data):
        return data
    # Browsers read Latin-1 as Windows-1252, which has the quotes and the euro as well.
    latin = charset.lower() in ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1")
    try:
        text = data.decode("cp1252" if latin else charset)
    except (UnicodeDecodeError, LookupError):
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", errors="replace")


# --- steps -----------------------------------------------------------------------------------


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _content_type(header: str) -> tuple[str, str]:
    """(type, charset), in lower case; empty when not said."""
    kind, _, rest = header.partition(";")
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), found[1].lower() if found else ""


def _refuse_odd(url: str, declared: str) -> None:
    """Text that the server calls something else: a page to log in on, or no document."""
    if declared in _UNSAID:
        return
    said = _DECLARED.get(declared)
    if said is None:
        raise FetchError("refused", f"{url} is geen document, maar {declared[:80]}.")
    if said not in TEXT:
        raise FetchError(
            "refused",
            f"{url} zegt een {said.upper()} te zijn, maar stuurt iets anders. Misschien moet je "
            "eerst inloggen: download het en lees het in als bestand.",
        )


def _name(url: str, headers: Mapping[str, str], form: Form) -> str:
    """What the server or the address calls it, with the extension of what it is."""
    last = _file_name(headers) or _last_part(url)
    clean = "".join(char for char in last if char.isprintable()).replace("/", " ").strip(" .")
    suffix = PurePosixPath(clean).suffix.lower()
    if suffix in SUFFIXES or suffix in _SCRIPTS:
        clean = clean[: -len(suffix)]
    same = suffix in SUFFIXES and SUFFIXES[suffix] == form
    return (clean[:_MAX_NAME].strip(" .") or "pagina") + (suffix if same else _suffix(form))


def _suffix(form: Form) -> str:
    return next(suffix for suffix, promised in SUFFIXES.items() if promised == form)


def _last_part(url: str) -> str:
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    return path.rpartition("/")[2] or (parts.hostname or "")


def _file_name(headers: Mapping[str, str]) -> str:
    disposition = headers.get("content-disposition", "")
    if "filename" not in disposition.lower():
        return ""
    message = Message()
    message["content-disposition"] = " ".join(disposition.split())
    try:
        return (message.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    except (LookupError, UnicodeError, ValueError):
        return ""
