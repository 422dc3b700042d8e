"""The files that versions were read from: bytes in the data folder, what they are in SQL.

A file is named by the hash of its bytes, so the same file is kept once and a damaged one is seen.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, literal, select

from corpus import schema
from corpus.errors import NotReadyError
from corpus.queries import in_parts
from corpus.upsert import upsert

FOLDER = "originals"
_DAMAGED = ".damaged"


@dataclass(frozen=True, slots=True)
class Original:
    """The file of one version."""

    version_id: str
    sha256: str
    """Of its bytes, in hex: it names the file."""
    name: str
    """As the file was called, for people."""
    media_type: str
    size: int
    """In bytes."""


class Originals:
    """Keeps originals and gives them back. Safe for several threads and processes: a file is
    there whole before a row speaks of it, and never changes."""

    def __init__(self, engine: Engine, data_dir: Path) -> None:
        self._engine = engine
        self._folder = data_dir / FOLDER

    def put(self, version_id: str, name: str, data: bytes, media_type: str) -> Original:
        """Keep ``data`` as the original of a stored version, and give its record.

        A version that has one keeps that: it was read as the same text. A run that is killed
        before the row is written leaves a file that the next run uses.
        """
        known = self.get(version_id)
        if known is not None and self._is_there(known.sha256, known.size):
            return known
        digest = hashlib.sha256(data).hexdigest()
        self._write(self._path(digest), data)
        values = {
            "sha256": digest,
            "name": name,
            "media_type": media_type,
            "size": len(data),
            "created_at": datetime.now(UTC),
        }
        with self._engine.begin() as connection:
            statement = upsert(connection, schema.original).values(version_id=version_id, **values)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["version_id"], set_=values)
            )
        return Original(version_id, digest, name, media_type, len(data))

    def get(self, version_id: str) -> Original | None:
        """The record of a version's original; None when none was kept."""
        o = schema.original.c
        with self._engine.connect() as connection:
            row = connection.execute(
                select(o.version_id, o.sha256, o.name, o.media_type, o.size).where(
                    o.version_id == version_id
                )
            ).first()
        return Original(*row) if row else None

    def missing(self, version_ids: Collection[str]) -> set[str]:
        """Those of ``version_ids`` of which no original was kept, or the file is gone."""
        o = schema.original.c
        left = sorted(version_ids)
        missing = set(left)
        with self._engine.connect() as connection:
            for part in in_parts(left):
                rows = connection.execute(
                    select(o.version_id, o.sha256, o.size).where(o.version_id.in_(part))
                ).all()
                missing.difference_update(
                    row.version_id for row in rows if self._is_there(row.sha256, row.size)
                )
        return missing

    def read(self, original: Original) -> bytes:
        """The bytes of an original, whole and unchanged.

        Raises NotReadyError when the file is gone or is not what was kept. What is damaged is
        set aside, so that the same document put in again mends it.
        """
        path = self._path(original.sha256)
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise _lost(original, f"is niet te lezen ({problem.strerror})") from None
        if hashlib.sha256(data).hexdigest() != original.sha256:
            path.replace(path.with_name(f"{path.name}{_DAMAGED}"))
            raise _lost(original, "is beschadigd")
        return data

    def share(self, version_id: str, other_id: str) -> None:
        """Give another stored version the same original, where there is one."""
        o = schema.original
        same = select(
            literal(other_id), o.c.sha256, o.c.name, o.c.media_type, o.c.size, o.c.created_at
        ).where(o.c.version_id == version_id)
        columns = ["version_id", "sha256", "name", "media_type", "size", "created_at"]
        with self._engine.begin() as connection:
            connection.execute(
                upsert(connection, o).from_select(columns, same).on_conflict_do_nothing()
            )

    def remove(self, hashes: Collection[str]) -> None:
        """Delete the files with these hashes, which no version has any more."""
        for digest in hashes:
            self._path(digest).unlink(missing_ok=True)

    # --- steps -------------------------------------------------------------------------------

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _is_there(self, digest: str, size: int) -> bool:
        path = self._path(digest)
        return path.is_file() and path.stat().st_size == size

    def _write(self, path: Path, data: bytes) -> None:
        if self._is_there(path.name, len(data)):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise
        _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """See to it that the name of a file in ``folder`` is on disk, as its bytes are."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lost(original: Original, why: str) -> NotReadyError:
    return NotReadyError(
        f"Het bewaarde bestand van {original.name} {why}. "
        "Lees het document opnieuw in om het te herstellen."
    )
