"""Checksums of the files of an edition: what a disk made of them is seen before it is answered
with."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

_LIST = "sums.json"
_PART = 1 << 20


class DamagedError(Exception):
    """A file is not what was written; the message names it."""


def write_sums(folder: Path, base: Path | None = None) -> None:
    """Note the size and the CRC-32 of every file in the new ``folder``. Of a file that it shares
    with ``base`` those are taken over: they are what it was when it was written."""
    known = _read(base) if base is not None and has_sums(base) else {}
    sums = {
        name: known[name]
        if base is not None and name in known and path.samefile(base / name)
        else [path.stat().st_size, _crc(path)]
        for name, path in _files(folder)
    }
    (folder / _LIST).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")


def check_sums(folder: Path) -> None:
    """Read every file that was noted, a gigabyte in about a second. An edition of an earlier
    release has no list, and is not looked at.

    Raises DamagedError when one is gone or is not what was written.
    """
    if not has_sums(folder):
        return
    for name, (size, crc) in _read(folder).items():
        path = folder / name
        if not path.is_file():
            raise DamagedError(f"{name} is weg")
        if path.stat().st_size != size or _crc(path) != crc:
            raise DamagedError(f"{name} is beschadigd")


def is_damaged(folder: Path) -> bool:
    """Whether `check_sums` finds something."""
    try:
        check_sums(folder)
    except DamagedError:
        return True
    return False


def has_sums(folder: Path) -> bool:
    """Whether a list was written in ``folder``."""
    return (folder / _LIST).is_file()


def _read(folder: Path) -> dict[str, list[int]]:
    try:
        sums = json.loads((folder / _LIST).read_bytes())
        return {str(name): [int(size), int(crc)] for name, (size, crc) in sums.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedError(f"{_LIST} is beschadigd") from error


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Those that are written once. What tantivy keeps for itself (a hidden list, locks) is not."""
    for path in sorted(folder.rglob("*")):
        hidden = path.name.startswith(".") or path.suffix == ".lock"
        if path.is_file() and not hidden and path.name != _LIST:
            yield path.relative_to(folder).as_posix(), path


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while part := file.read(_PART):
            crc = zlib.crc32(part, crc)
    return crc
