"""ZIPs for tests, made by hand where `zipfile` would not make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A usual ZIP with these files; a name that ends in ``/`` is a folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@dataclass
class Entry:
    """One file as the bytes of a ZIP have it; what is None is what it should be."""

    name: bytes
    content: bytes = b"De student werkt vier dagen."
    flags: int = 0
    method: int = 8
    crc: int | None = None
    size: int | None = None
    attributes: int = 0
    offset: int | None = None
    """Where the directory says that it starts."""


def raw_zip(entries: Sequence[Entry]) -> bytes:
    """A ZIP of exactly these entries, right or wrong."""
    body, directory = b"", b""
    for entry in entries:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(entry.content) + packer.flush()
        if entry.method == 0:
            packed = entry.content
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        facts = struct.pack(
            "<HHHHHIIIHH",
            *(20, entry.flags, entry.method, 0, 33, crc, len(packed), size, len(entry.name), 0),
        )
        at = len(body) if entry.offset is None else entry.offset
        rest = struct.pack("<HHHII", 0, 0, 0, entry.attributes, at)
        directory += b"PK\x01\x02" + struct.pack("<H", 0x031E) + facts + rest + entry.name
        body += b"PK\x03\x04" + facts + entry.name + packed
    count = len(entries)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end
