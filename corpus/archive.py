"""The file of a backup: a tar, compressed with zstd, with a manifest as its last member.

Who reads one trusts nothing in it: names, sizes and kinds are checked before a byte is written,
and in the end every hash.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

import zstandard
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import BadInputError

FORMAT = 1
DATABASE = "routewijzer.sqlite3"
_MANIFEST = "manifest.json"
_LEVEL = 3
"""Of a folder of 234 MB it makes 110 MB in 5 seconds; gzip takes 17 for 153 MB."""
_MADE_AGAIN = ("editions", "pages")
"""Folders that are made from the rest: indexes, pictures of pages."""
_PART = 1 << 20
_HEADERS = 4 << 20  # bytes that the headers between two members may take
_WINDOW = 1 << 26  # bytes of memory that a frame may ask for
_RATIO, _SMALL = 200, 64_000_000  # a backup unpacks to no more than this times its size, and some
_LONGEST = 400  # characters of a name
_MEMBERS = 200_000

Progress = Callable[[str, int, int], None]
"""Called with (step in Dutch, done, total)."""


class Stored(BaseModel):
    """One file: its bytes and their hash."""

    model_config = ConfigDict(frozen=True)
    size: int
    sha256: str


class About(BaseModel):
    """What a backup is of."""

    model_config = ConfigDict(frozen=True)
    made_at: datetime
    release: str
    tables: str
    """The migration that its database is at."""
    edition: int | None
    counts: dict[str, int]
    """Rows per table."""


class Manifest(BaseModel):
    """All that a backup says of itself."""

    model_config = ConfigDict(frozen=True)
    format: int
    about: About
    files: dict[str, Stored]


def belongs(name: str) -> bool:
    """Whether the file with this name below the data folder is kept: what is made again from the
    rest is not, nor locks, hidden files and other databases than the one that counts."""
    parts = PurePosixPath(name).parts
    if not parts or any(part.startswith(".") for part in parts) or name.endswith(".lock"):
        return False
    if len(parts) == 1:
        return name == DATABASE or ".sqlite3" not in name
    return parts[0] not in _MADE_AGAIN and parts[:2] != ("eval", "beir")


def write_archive(
    file: IO[bytes], files: Iterable[tuple[str, Path]], about: About, progress: Progress
) -> Manifest:
    """Write the files, each under its name, and the manifest. A file that is gone by then is left
    out; raises OSError when one cannot be read or there is no room."""
    stored: dict[str, Stored] = {}
    wanted = list(files)
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    with (
        compressor.stream_writer(file, closefd=False) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for done, (name, path) in enumerate(wanted, start=1):
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue  # a report that was removed meanwhile
            with source:
                stored[name] = _add(tar, name, source)
            progress("Bestanden inpakken", done, len(wanted))
        manifest = Manifest(format=FORMAT, about=about, files=stored)
        data = manifest.model_dump_json(indent=1).encode()
        _add(tar, _MANIFEST, io.BytesIO(data))
    return manifest


def read_archive(path: Path, into: Path | None, progress: Progress) -> Manifest:
    """Check every byte of a backup and, with ``into``, put its files below that folder.

    Raises BadInputError when it is damaged, is no backup, or holds what no backup holds.
    """
    with _damage_said(path), path.open("rb") as packed:
        meter = _Meter(packed, path)
        found: dict[str, Stored] = {}
        manifest = None
        with tarfile.open(fileobj=meter, mode="r|", errors="strict") as tar:
            for member in _members(tar, meter, path):
                source = tar.extractfile(member)
                if source is None or manifest is not None:
                    raise _hostile(path, f"{member.name} hoort er niet in")
                if member.name == _MANIFEST:
                    manifest = _manifest(source.read(), path)
                elif member.name in found:
                    raise _hostile(path, f"{member.name} staat er tweemaal in")
                else:
                    target = _target(into, member.name)
                    found[member.name] = _copied(source, target)
                progress("Reservekopie lezen (MB)", _mb(packed.tell()), _mb(path.stat().st_size))
        meter.drain()
    if manifest is None or manifest.files != found or DATABASE not in found:
        raise _damaged(path, "er ontbreekt een deel")
    return manifest


# --- steps -----------------------------------------------------------------------------------


class _Meter(io.RawIOBase):
    """Unpacks no more than was agreed to: a small file can hold endless zeros."""

    def __init__(self, packed: IO[bytes], path: Path) -> None:
        unpacked = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._source = unpacked.stream_reader(packed, closefd=False)
        self._path = path
        self._allowed = _HEADERS
        self._left = _RATIO * path.stat().st_size + _SMALL

    def allow(self, count: int) -> None:
        """Let ``count`` bytes of a member through, and the headers up to the next one."""
        self._left -= count
        if self._left < 0:
            raise _hostile(self._path, "hij is veel te groot om uit te pakken")
        self._allowed = count + _HEADERS

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, unpacked."""
        data: bytes = self._source.read(size)
        self._allowed -= len(data)
        if self._allowed < 0:
            raise _hostile(self._path, "er staat meer in dan hij zegt")
        return data

    def drain(self) -> None:
        """Read what comes after the last member, for the checksum behind it."""
        self.allow(0)
        while self.read(_PART):
            pass


def _members(tar: tarfile.TarFile, meter: _Meter, path: Path) -> Iterator[tarfile.TarInfo]:
    for count, member in enumerate(tar):
        if count > _MEMBERS:
            raise _hostile(path, "er staan te veel bestanden in")
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
            raise _hostile(path, f"{member.name!r} is geen gewoon bestand")
        if not _is_safe(member.name):
            raise _hostile(path, f"{member.name[:80]!r} is geen naam voor een bestand")
        meter.allow(member.size)
        yield member


def _is_safe(name: str) -> bool:
    """Whether a name stays below the folder and is one that a backup has."""
    if len(name) > _LONGEST or not name.isprintable() or "\\" in name:
        return False
    return name == "/".join(PurePosixPath(name).parts) and name[:1] != "/" and belongs(name)


def _target(into: Path | None, name: str) -> Path | None:
    if into is None:
        return None
    target = into / name
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _mb(count: int) -> int:
    return -(-count // 1_000_000)


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes]) -> Stored:
    info = tarfile.TarInfo(name)
    info.size = source.seek(0, io.SEEK_END)
    source.seek(0)
    hashed = _Hashed(source)
    tar.addfile(info, hashed)
    return Stored(size=info.size, sha256=hashed.digest.hexdigest())


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        data = self._source.read(size)
        self.digest.update(data)
        return data


def _copied(source: IO[bytes], target: Path | None) -> Stored:
    """Copy to a new file, or nowhere; the size and hash of what was there."""
    hashed, size = _Hashed(source), 0
    with target.open("xb") if target is not None else io.BytesIO() as file:
        while data := hashed.read(_PART):
            size += len(data)
            if target is not None:
                file.write(data)
    return Stored(size=size, sha256=hashed.digest.hexdigest())


def _manifest(data: bytes, path: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError:
        raise _damaged(path, "de inhoudsopgave is niet te lezen") from None
    if manifest.format > FORMAT:
        raise BadInputError(
            f"{path} is gemaakt door een nieuwere Routewijzer ({manifest.about.release}). "
            "Installeer die versie en zet de kopie daarmee terug."
        )
    return manifest


@contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, zstandard.ZstdError, EOFError, ValueError, OverflowError):
        raise _damaged(path, "de bytes kloppen niet") from None


def _damaged(path: Path, why: str) -> BadInputError:
    return BadInputError(
        f"{path} is geen hele reservekopie: {why}. Er is niets veranderd; neem een andere kopie."
    )


def _hostile(path: Path, why: str) -> BadInputError:
    return BadInputError(
        f"{path} is niet door Routewijzer gemaakt: {why}. Er is niets veranderd; neem een andere."
    )
