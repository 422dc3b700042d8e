"""What a file is: by its contents first, by its extension second. Pure: nothing is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from corpus.errors import BadInputError
from ingest.office.container import NAMES, ZIP_ERRORS, kind_of

Form = Literal["markdown", "html", "plain", "pdf", "docx", "odt", "pptx", "zip"]

SUFFIXES: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".pptx": "pptx",
    ".zip": "zip",
}
"""What each extension that we read promises."""

_SHORT: dict[Form, str] = {
    "markdown": "tekst",
    "html": "HTML-pagina",
    "plain": "tekst",
    "pdf": "PDF",
    "docx": "Wordbestand",
    "odt": "OpenDocument-tekst",
    "pptx": "PowerPointbestand",
    "zip": "ZIP",
}
TEXT: frozenset[Form] = frozenset({"markdown", "html", "plain"})

_AS_PDF = "Maak er een PDF van, of neem de tekst over in een tekstbestand."
_AS_DOCUMENT = "Open het en sla het op als DOCX of PDF."
_AS_ZIP = "Pak het uit, of maak er een ZIP van."
_OTHER = "Geef het document zelf: tekst, HTML, PDF, Word, OpenDocument of PowerPoint."
_FOREIGN: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG", "een PNG-afbeelding", _AS_PDF),
    (0, b"\xff\xd8\xff", "een JPEG-afbeelding", _AS_PDF),
    (0, b"GIF87a", "een GIF-afbeelding", _AS_PDF),
    (0, b"GIF89a", "een GIF-afbeelding", _AS_PDF),
    (0, b"II*\x00", "een TIFF-afbeelding", _AS_PDF),
    (0, b"MM\x00*", "een TIFF-afbeelding", _AS_PDF),
    (8, b"WEBP", "een WebP-afbeelding", _AS_PDF),
    (4, b"ftyp", "een film of HEIC-foto", _OTHER),
    (0, b"AT&TFORM", "een DjVu-document", _AS_PDF),
    (0, b"%!PS", "een PostScript-document", _AS_PDF),
    (0, b"{\\rtf", "een RTF-document", _AS_DOCUMENT),
    (0, b"\xffWPC", "een WordPerfect-document", _AS_DOCUMENT),
    (0, b"\x1f\x8b", "een gzip-archief", _AS_ZIP),
    (4, b"1AY&SY", "een bzip2-archief", _AS_ZIP),
    (0, b"\xfd7zXZ", "een xz-archief", _AS_ZIP),
    (0, b"\x28\xb5\x2f\xfd", "een zstd-archief", _AS_ZIP),
    (0, b"Rar!\x1a", "een rar-archief", _AS_ZIP),
    (0, b"7z\xbc\xaf", "een 7z-archief", _AS_ZIP),
    (257, b"ustar", "een tar-archief", _AS_ZIP),
    (0, b"\x7fELF", "een programma", _OTHER),
    (0, b"MZ\x90", "een programma", _OTHER),
    (0, b"\xca\xfe\xba\xbe", "een programma", _OTHER),
    (0, b"SQLite format 3\x00", "een database", _OTHER),
    (0, b"ID3\x03", "een geluidsbestand", _OTHER),
    (0, b"ID3\x04", "een geluidsbestand", _OTHER),
    (0, b"OggS", "een geluidsbestand", _OTHER),
    (8, b"WAVEfmt", "een geluidsbestand", _OTHER),
    (8, b"AVI LIST", "een film", _OTHER),
)
"""(place, bytes, what it is, what to do) of what is often put in and cannot be read."""

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_ENTRIES = 100_000  # of a ZIP with the parts of the documents in it; each takes a kilobyte

_PROLOG = re.compile(r"\s+|<\?[^>]*>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:!doctype\s+)?([a-z][\w:.-]*)", re.IGNORECASE)
_HTML_ROOTS = frozenset({"html", "head", "body", "title", "meta"})
_MHTML = re.compile(r"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_OTHER_MARKS = re.compile(
    r"\*\*\S[^\n*]{0,300}\*\*|\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|^\|.{1,500}\|$|^```",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The form of a file, and what is odd about it."""

    form: Form
    warnings: tuple[str, ...] = ()


def sniff(name: str, data: bytes) -> Sniffed:
    """What ``data`` is; ``name`` is for messages, and its extension decides between text forms.

    Raises BadInputError, saying what it looks like and what to do, for anything that is no
    document: pictures, programs, archives other than ZIP, spreadsheets, damaged ZIP-like files.
    """
    suffix = PurePath(name).suffix.lower()
    form = _form(name, suffix, data)
    promised = SUFFIXES.get(suffix)
    if promised in (None, form) or (promised == "plain" and form == "markdown"):
        return Sniffed(form)
    if form in TEXT and form != "html":
        raise BadInputError(
            f"{name} heet {suffix} maar is geen {_SHORT[SUFFIXES[suffix]]}. Het begin van het "
            "bestand klopt niet; haal of bewaar het opnieuw, of geef het de juiste extensie."
        )
    what = _SHORT[form]
    return Sniffed(form, (f"Het bestand heet {suffix} maar is een {what}; gelezen als {what}.",))


def is_packed(name: str, data: bytes) -> bool:
    """Whether ``data`` is a PDF or a ZIP, as office files are: no text in any case."""
    return _is_pdf(PurePath(name).suffix.lower(), data) or data.startswith(_ZIP)


# --- steps -----------------------------------------------------------------------------------


def _form(name: str, suffix: str, data: bytes) -> Form:
    if _is_pdf(suffix, data):
        return "pdf"
    if data.startswith(_OLE):
        raise _refusal(name, NAMES[kind_of(data) or "doc"], _locked_or_old(data))
    if data.startswith(_ZIP):
        return _zip_form(name, data)
    _refuse_foreign(name, data)
    return _text_form(name, suffix, data)


def _is_pdf(suffix: str, data: bytes) -> bool:
    """Readers of PDF allow some bytes of rubbish in front; a text may quote the sign."""
    if suffix == ".pdf":
        return b"%PDF-" in data[:1024]
    return data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-")


def _locked_or_old(data: bytes) -> str:
    if kind_of(data) == "encrypted":
        return "Open het, haal het wachtwoord eraf en sla het opnieuw op."
    return _AS_DOCUMENT


def _zip_form(name: str, data: bytes) -> Form:
    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        raise BadInputError(f"{name} bevat te veel bestanden. Splits het.")
    kind = kind_of(data)
    if kind in ("docx", "odt", "pptx"):
        return kind
    if kind is not None:
        raise _refusal(name, NAMES[kind], _AS_DOCUMENT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except ZIP_ERRORS:
        raise BadInputError(
            f"{name} begint als een zip-, Word- of OpenDocument-bestand maar is beschadigd of niet "
            "heel. Haal of bewaar het opnieuw."
        ) from None
    what = _packed(names)
    if what is not None:
        raise _refusal(name, what, _AS_DOCUMENT)
    return "zip"


def _packed(names: set[str]) -> str | None:
    """What a ZIP that is no heap of documents is, by what it holds."""
    if "META-INF/container.xml" in names:
        return "een e-boek (EPUB)"
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        return "een programma (Java of Android)"
    if "Index/Document.iwa" in names or "index.apxl" in names or "Index.zip" in names:
        return "een document van Pages, Numbers of Keynote"
    if "mimetype" in names or "[Content_Types].xml" in names:
        return "een Officebestand dat we niet kennen"
    return None


def _refuse_foreign(name: str, data: bytes) -> None:
    for place, magic, what, advice in _FOREIGN:
        if data.startswith(magic, place):
            raise _refusal(name, what, advice)
    if not data.startswith(_UTF16) and b"\x00" in data:
        raise _refusal(name, "een binair bestand (het bevat nulbytes)", _of_binary(name))


def _of_binary(name: str) -> str:
    """What to do with bytes that are neither text nor what the extension promises."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised is None or promised in TEXT:
        return "Sla het op als tekst in UTF-8."
    return f"Het heet {suffix} maar is geen {_SHORT[promised]}; haal of bewaar het opnieuw."


def _text_form(name: str, suffix: str, data: bytes) -> Form:
    text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8", errors="replace")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _MHTML.search(text[:2000]) and "mime-version:" in text[:2000].lower():
        raise _refusal(name, "een webarchief (MHTML)", "Bewaar de pagina als HTML.")
    promised = SUFFIXES.get(suffix)
    if promised in ("markdown", "html"):
        return promised
    if _root(text) in _HTML_ROOTS:
        return "html"
    if text.lstrip().startswith("<?xml"):
        raise _refusal(name, "een XML-bestand", _OTHER)
    headings = len(_HEADING.findall(text))
    marks = len(_OTHER_MARKS.findall(text))
    return "markdown" if headings >= 2 or (headings and marks) or marks >= 5 else "plain"


def _root(text: str) -> str:
    """The first element or doctype, in lower case; empty when something else comes first."""
    at = 0
    while skipped := _PROLOG.match(text, at):
        at = skipped.end()
    found = _ROOT.match(text, at)
    return found[1].lower() if found else ""


def _refusal(name: str, what: str, advice: str) -> BadInputError:
    return BadInputError(f"{name} lijkt {what}; dat lezen we niet. {advice}")
