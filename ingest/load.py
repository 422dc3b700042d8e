"""First step: bytes become text, with the form that the text is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.frontmatter_block import split_front_matter
from ingest.pages import Page, Read
from ingest.source import PartialMetadata, Source

Form = Literal["markdown", "html", "plain", "pdf"]

_MAGIC = (
    (b"%PDF", "een PDF"),
    (b"PK\x03\x04", "een zip-, Word- of Excelbestand"),
    (b"\x89PNG", "een PNG-afbeelding"),
    (b"\xff\xd8\xff", "een JPEG-afbeelding"),
    (b"GIF8", "een GIF-afbeelding"),
    (b"\x7fELF", "een programma"),
    (b"MZ\x90", "een programma"),
    (b"\xd0\xcf\x11\xe0", "een oud Officebestand"),
    (b"\x1f\x8b", "een gzip-archief"),
    (b"Rar!", "een rar-archief"),
    (b"7z\xbc\xaf", "een 7z-archief"),
    (b"{\\rtf", "een RTF-document"),
    (b"SQLite format 3", "een database"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ALLOWED_CONTROLS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_OTHER_MARKS = re.compile(
    r"\*\*\S[^\n*]{0,300}\*\*|\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|^\|.{1,500}\|$|^```",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it came: what was read, in what form, and what it says of itself."""

    form: Form
    """How the text of the pages is written; a PDF has words on pages instead."""
    read: Read
    front: PartialMetadata = field(default_factory=PartialMetadata)
    front_id: str | None = None

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n\n".join(page.text for page in self.read.pages)


def load(source: Source, settings: Settings) -> Loaded:
    """Decode ``source`` and tell its form.

    Raises BadInputError for what is no text (naming what it looks like), is empty or longer
    than ``settings.max_text_mb`` million characters.
    """
    _refuse_binary(source)
    text, warnings = _decode(source)
    if not text.strip("\ufeff\x00 \t\r\n\x0b\x0c"):
        raise BadInputError(f"{source.name} bevat geen tekst. Geef een bestand met tekst.")
    if len(text) > settings.max_text_mb * 1_000_000:
        raise BadInputError(
            f"{source.name} bevat te veel tekst ({len(text) / 1_000_000:.1f} miljoen tekens). "
            f"Ten hoogste {settings.max_text_mb} miljoen; splits het document."
        )
    _refuse_controls(source, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    form = _form(source, text)
    if form == "html":
        return Loaded(form, Read(pages=(Page(None, text),), warnings=warnings))
    front, front_id, body = split_front_matter(text, source.name)
    read = Read(pages=(Page(None, body),), warnings=warnings)
    return Loaded("markdown" if body is not text else form, read, front, front_id)


def _refuse_binary(source: Source) -> None:
    start = source.data[:32]
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise BadInputError(
                f"{source.name} lijkt {what}, geen tekst. Sla het document op als tekst, "
                "Markdown of HTML."
            )
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in source.data:
        raise BadInputError(
            f"{source.name} lijkt een binair bestand (het bevat nulbytes), geen tekst. "
            "Sla het op als tekst in UTF-8."
        )


def _refuse_controls(source: Source, text: str) -> None:
    controls = [char for char in _CONTROL.findall(text) if char not in _ALLOWED_CONTROLS]
    if len(controls) > max(2, len(text) // 100):
        raise BadInputError(
            f"{source.name} lijkt een binair bestand (veel stuurtekens), geen tekst. "
            "Sla het op als tekst in UTF-8."
        )


def _decode(source: Source) -> tuple[str, tuple[str, ...]]:
    data = source.data
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(source, encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guess(data)


def _decode_marked(source: Source, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return source.data.decode(encoding), ()
    except UnicodeDecodeError:
        raise BadInputError(
            f"{source.name} begint als {encoding.removesuffix('-sig').upper()} maar is het niet. "
            "Sla het op als tekst in UTF-8."
        ) from None


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


def _form(source: Source, text: str) -> Form:
    suffix = PurePath(source.name).suffix.lower()
    if suffix in {".html", ".htm"} or (suffix != ".md" and _HTML.match(text[:5000])):
        return "html"
    if suffix == ".md":
        return "markdown"
    headings = len(_HEADING.findall(text))
    marks = len(_OTHER_MARKS.findall(text))
    return "markdown" if headings >= 2 or (headings and marks) or marks >= 5 else "plain"
