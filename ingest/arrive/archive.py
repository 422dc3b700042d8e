"""A ZIP with documents, taken apart in memory. Nothing of what it says of itself is trusted."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.disk import is_zip, supported
from ingest.arrive.litter import is_litter
from ingest.arrive.manifest import is_manifest
from ingest.office.container import ZIP_ERRORS

_STORED, _DEFLATED = 0, 8
_UTF8_NAME = 0x800
_LOCKED = 0x1 | 0x40 | 0x2000  # encrypted, strongly encrypted, encrypted directory
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENTRIES_PER_FILE = 100  # documents that are ZIPs themselves have entries, too
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, length of the name, of the extra field
_DRIVE = re.compile(r"[A-Za-z]:")
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a ZIP holds."""

    members: Mapping[str, bytes] = field(repr=False)
    """Bytes of each file by its path in the ZIP, with ``/``, sorted by path."""
    litter: int
    """How many files of operating systems were left out."""


def unpack(name: str, data: bytes, settings: Settings) -> Unpacked:
    """Take the ZIP ``data`` apart; ``name`` is for messages.

    Raises BadInputError for a ZIP that is damaged, locked with a password or empty, that holds
    more files or bytes than the settings allow, entries that overlap, the same path twice, a
    link, a path that climbs out of it, another ZIP or a kind of file that we do not read (except
    ``manifest.toml``). All or nothing: one bad member refuses the whole.
    """
    if data.count(_DIRECTORY_ENTRY) > settings.max_zip_files * _ENTRIES_PER_FILE:
        raise _too_many(name, settings)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _files(name, data, archive.infolist())
            kept = {path: info for path, info in files.items() if not is_litter(path)}
            if len(kept) > settings.max_zip_files:
                raise _too_many(name, settings)
            _refuse_kinds(name, kept)
            members = _read(name, archive, kept, settings)
    except ZIP_ERRORS:
        raise BadInputError(
            f"{name} is beschadigd of niet heel: de ZIP is niet te openen. "
            "Haal hem opnieuw op, of maak hem opnieuw."
        ) from None
    if not members:
        raise BadInputError(f"In {name} staan geen documenten.")
    return Unpacked(members, len(files) - len(kept))


# --- steps -----------------------------------------------------------------------------------


def _files(name: str, data: bytes, infos: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files by path, checked without reading any of them. Folders are left out."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = _safe_path(name, info)
        if info.is_dir() or path.endswith("/"):
            continue
        _refuse_odd(name, path, info)
        if path in found:
            raise BadInputError(
                f"{name} bevat '{path}' twee keer. Maak de ZIP opnieuw, met elk bestand één keer."
            )
        found[path] = info
    _refuse_overlap(name, data, infos)
    return dict(sorted(found.items()))


def _safe_path(name: str, info: zipfile.ZipInfo) -> str:
    path = unicodedata.normalize("NFC", _decoded(info)).replace("\\", "/")
    parts = path.split("/")
    climbs = ".." in parts or path.startswith("/") or _DRIVE.match(path) is not None
    controls = any(unicodedata.category(char) == "Cc" for char in path) and not is_litter(path)
    if climbs or controls or not path:
        shown = "".join(char if char.isprintable() else "?" for char in path)
        raise BadInputError(
            f"{name} bevat een bestand met een onveilig pad ('{shown[:100]}'). Er is niets "
            "gelezen; maak de ZIP opnieuw uit een gewone map."
        )
    folder = "/" if path.endswith("/") else ""
    return "/".join(part for part in parts if part not in ("", ".")) + folder


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as it was meant. Without the mark for UTF-8 it is often UTF-8 all the same (macOS),
    or else code page 850 of Western Windows; ``zipfile`` reads it as code page 437."""
    if info.flag_bits & _UTF8_NAME or info.orig_filename.isascii():
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename  # a newer Python found the Unicode name in the extra field
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _refuse_odd(name: str, path: str, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise BadInputError(
            f"{name} bevat een koppeling of apparaat ('{path}'), geen gewoon bestand. "
            "Maak de ZIP opnieuw, met de bestanden zelf."
        )
    if info.flag_bits & _LOCKED:
        raise BadInputError(
            f"{name} is beveiligd met een wachtwoord ('{path}'). Maak de ZIP opnieuw, zonder."
        )
    if info.compress_type not in (_STORED, _DEFLATED):
        raise BadInputError(
            f"{name}: '{path}' is ingepakt op een manier die we niet kennen. "
            "Pak de ZIP uit en geef de map, of maak een gewone ZIP."
        )


def _refuse_overlap(name: str, data: bytes, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how a small ZIP holds endless copies of one large file."""
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise BadInputError(
                f"{name} bevat bestanden die over elkaar heen liggen en is daarmee "
                "onbetrouwbaar. Er is niets gelezen; maak de ZIP opnieuw."
            )
        _, of_name, of_extra = _LOCAL_HEADER.unpack_from(data, info.header_offset)
        size = _LOCAL_HEADER.size + of_name + of_extra + info.compress_size
        end = info.header_offset + size


def _refuse_kinds(name: str, files: Mapping[str, zipfile.ZipInfo]) -> None:
    for path in files:
        inside = PurePosixPath(name, path)
        if is_zip(inside):
            raise BadInputError(f"{inside} is een ZIP in een ZIP. Pak {name} eerst uit.")
        if not is_manifest(path):
            supported(inside)


def _read(
    name: str, archive: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], settings: Settings
) -> dict[str, bytes]:
    left = settings.max_zip_mb * 1_000_000
    most = settings.max_file_mb * 1_000_000
    members = {}
    for path, info in files.items():
        data = _read_one(archive, info, min(left, most))
        if len(data) > left:
            raise BadInputError(
                f"{name} wordt uitgepakt te groot. Ten hoogste {settings.max_zip_mb} MB in één "
                "ZIP; verdeel de documenten."
            )
        if len(data) > most:
            raise BadInputError(
                f"{name}/{path} is te groot. Ten hoogste {settings.max_file_mb} MB; "
                "splits het document."
            )
        if not data:
            raise BadInputError(f"{name}/{path} is leeg. Geef een bestand met tekst.")
        left -= len(data)
        members[path] = data
    return members


def _read_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """At most a little over ``most`` bytes, whatever the ZIP says that there are."""
    parts = bytearray()
    with archive.open(info) as stream:
        while len(parts) <= most and (part := stream.read(_CHUNK)):
            parts += part
    if len(parts) < min(info.file_size, most):
        raise zipfile.BadZipFile("shorter than it says")
    return bytes(parts)


def _too_many(name: str, settings: Settings) -> BadInputError:
    return BadInputError(
        f"{name} bevat te veel bestanden. Ten hoogste {settings.max_zip_files}; verdeel ze."
    )
