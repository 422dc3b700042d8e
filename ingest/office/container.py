"""The zip that every modern office file is: opened safely, its parts parsed safely."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal, cast

from lxml import etree
from lxml.etree import _Element as Element

from corpus.errors import BadInputError

Kind = Literal["docx", "odt", "pptx", "xlsx", "ods", "odp", "doc", "encrypted"]
NAMES: dict[Kind, str] = {
    "docx": "een Wordbestand",
    "odt": "een OpenDocument-tekst",
    "pptx": "een PowerPointbestand",
    "xlsx": "een Excelbestand",
    "ods": "een OpenDocument-rekenblad",
    "odp": "een OpenDocument-presentatie",
    "doc": "een oud Officebestand (zoals .doc, .xls of .ppt)",
    "encrypted": "een Officebestand dat beveiligd is met een wachtwoord",
}

MAX_MEMBERS = 10_000
MAX_XML_MB = 40
MAX_UNPACKED_MB = 400
MAX_RATIO = 400
_RATIO_FROM = 5_000_000
"""Bytes from which the ratio counts: short and empty parts shrink a lot by themselves."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for one or another kind of damaged zip."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
)
_MAIN_TYPES: tuple[tuple[bytes, Kind], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"presentationml.template.main+xml", "pptx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
)
_ODF_TYPES: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: tuple[tuple[bytes, bytes], ...] = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"presentationml/main", b"presentationml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
    )
)
"""The same vocabulary under the other name that ISO 29500 Strict gives it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part calls on; ``kind`` is the last word of its type."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An office file that was found safe to open."""

    name: str
    """What the user calls the file."""
    zip: zipfile.ZipFile
    members: frozenset[str]

    def xml(self, part: str) -> Element | None:
        """The root element of ``part``, None when there is no such part.

        Raises BadInputError when it is damaged, too large, no XML or defines entities.
        """
        if part not in self.members:
            return None
        data = self.read(part)
        if _defines_entities(data):
            raise BadInputError(
                f"{self.name} bevat in {part} een eigen DTD, wat in een Officebestand niet hoort. "
                "Het is niet gelezen; sla het opnieuw op met Word of LibreOffice."
            )
        if _STRICT in data:
            for strict, usual in _TRANSITIONAL:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return cast(Element, etree.fromstring(data, parser))
        except (etree.XMLSyntaxError, ValueError):
            raise _damaged(self.name, f"{part} is geen geldige XML") from None

    def read(self, part: str) -> bytes:
        """The bytes of a part that exists; BadInputError when it is damaged or too large."""
        if self.zip.getinfo(part).file_size > MAX_XML_MB * 1_000_000:
            raise _too_large(self.name)
        try:
            return self.zip.read(part)
        except ZIP_ERRORS:
            raise _damaged(self.name, f"{part} is niet uit te pakken") from None

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` calls on inside the file, by relation id; links out are left out."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for child in root if root is not None else ():
            target = child.get("Target", "")
            if child.get("TargetMode") != "External" and target:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = child.get("Type", "").rpartition("/")[2]
                found[child.get("Id", "")] = Relation(kind, path)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The first part of ``kind`` (such as ``styles``) that ``part`` calls on, if it exists."""
        targets = (r.target for r in self.relations(part).values() if r.kind == kind)
        return next((target for target in targets if target in self.members), None)


def open_package(data: bytes, name: str, wanted: Kind) -> Package:
    """``data`` as an office file of the kind ``wanted``; nothing is unpacked yet.

    Raises BadInputError for what is no such file, damaged, protected with a password, or a
    bomb: too many parts, too much in all, or packed too tightly to be a document.
    """
    kind = kind_of(data)
    if kind is not None and kind != wanted:
        raise BadInputError(f"{name} is {NAMES[kind]}{_ADVICE.get(kind, '')}.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except ZIP_ERRORS:
        raise _damaged(name, "het is geen geldig of volledig zip-bestand") from None
    _refuse_bomb(infos, name)
    if any(info.flag_bits & 0x1 for info in infos) or _is_encrypted_odf(archive, infos):
        raise BadInputError(f"{name} is {NAMES['encrypted']}{_ADVICE['encrypted']}.")
    if kind is None:
        raise BadInputError(
            f"{name} is geen {_SHORT[wanted]}: het is een zip zonder de onderdelen die daarin "
            "horen. Controleer het bestand."
        )
    return Package(name, archive, frozenset(info.filename for info in infos))


_SHORT = {"docx": "Wordbestand", "odt": "OpenDocument-tekst", "pptx": "PowerPointbestand"}
_ADVICE: dict[Kind, str] = {
    "docx": " met de verkeerde extensie. Hernoem het naar .docx",
    "odt": " met de verkeerde extensie. Hernoem het naar .odt",
    "pptx": " met de verkeerde extensie. Hernoem het naar .pptx",
    "xlsx": ". Dat lezen we niet; zet wat nodig is in een Wordbestand of PDF",
    "ods": ". Dat lezen we niet; zet wat nodig is in een Wordbestand of PDF",
    "odp": ". Dat lezen we niet; sla het op als PowerPointbestand (.pptx) of PDF",
    "doc": ". Open het en sla het op in de nieuwe vorm (.docx of .pptx) of als PDF",
    "encrypted": ". Open het, haal het wachtwoord eraf en sla het opnieuw op",
}


def kind_of(data: bytes) -> Kind | None:
    """What ``data`` is, by its contents and not by its name; None for anything else.

    A zip that is damaged or holds no office file is None; ``open_package`` says what is wrong.
    """
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return "encrypted" if locked else "doc"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind_of_zip(archive)
    except ZIP_ERRORS:
        return None


def _kind_of_zip(archive: zipfile.ZipFile) -> Kind | None:
    names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        mime = _start_of(archive, "mimetype").strip()
        return next((kind for type_, kind in _ODF_TYPES if mime.startswith(type_)), None)
    if "[Content_Types].xml" not in names:
        return None
    found = next((kind for part, kind in _MAIN_PARTS if part in names), None)
    if found is not None:
        return found
    types = _start_of(archive, "[Content_Types].xml").lower()
    return next((kind for type_, kind in _MAIN_TYPES if type_ in types), None)


def _start_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(1_000_000)


def _refuse_bomb(infos: list[zipfile.ZipInfo], name: str) -> None:
    """The sizes that the directory names are the most that ``zipfile`` ever unpacks."""
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    tight = unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if len(infos) > MAX_MEMBERS or unpacked > MAX_UNPACKED_MB * 1_000_000 or tight:
        raise _too_large(name)
    if any(
        info.filename.endswith((".xml", ".rels")) and info.file_size > MAX_XML_MB * 1_000_000
        for info in infos
    ):
        raise _too_large(name)
    if any(info.compress_type not in {0, 8} for info in infos):
        raise _damaged(name, "het is ingepakt op een manier die Office niet kent")


def _is_encrypted_odf(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> bool:
    if "META-INF/manifest.xml" not in {info.filename for info in infos}:
        return False
    try:
        return b":encryption-data" in _start_of(archive, "META-INF/manifest.xml")
    except ZIP_ERRORS:
        return False


def _defines_entities(data: bytes) -> bool:
    """Whether XML brings its own entities, in any encoding that XML may have."""
    return any(b"<!ENTITY" in plain for plain in (data, data.replace(b"\x00", b"")))


def _damaged(name: str, what: str) -> BadInputError:
    return BadInputError(
        f"{name} is beschadigd: {what}. Open het in Word of LibreOffice, sla het opnieuw op en "
        "probeer het nog eens."
    )


def _too_large(name: str) -> BadInputError:
    return BadInputError(
        f"{name} wordt uitgepakt te groot voor een document (meer dan {MAX_UNPACKED_MB} MB, of "
        f"{MAX_XML_MB} MB aan tekst). Het is niet gelezen; splits het document."
    )
