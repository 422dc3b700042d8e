"""Segments of which the vectors are on a Chroma server, that several installations may share.

A segment is two collections that are written once, one for each unit. Nothing is ever dropped from
them: of a graph from which much was dropped, what is left is not always found any more.
"""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.chroma_part import ChromaPart, Note, read_note, write_note
from corpus.errors import NotReadyError
from corpus.segments import has_segments, read_segments
from corpus.settings import Settings
from corpus.types import UNITS, Unit, Vectors
from corpus.vector_home import URL, Files, Home, Rows, server_note

if TYPE_CHECKING:
    from corpus.chroma_api import ChromaApi

_BATCH = 500  # vectors in one request
_OWNER = "chroma.json"
_NOTES = "*/vectors/*/*.chroma.json"


def open_home(settings: Settings) -> Home:
    """Where the settings want vectors. Raises BadInputError when the address is none."""
    if settings.chroma_url is None:
        return Files()
    from corpus.chroma_api import ChromaApi  # most have no server, and need not load this

    token = settings.chroma_token.get_secret_value() if settings.chroma_token else ""
    api = ChromaApi(settings.chroma_url, token, settings.chroma_timeout_s)
    return ChromaHome(api, settings.data_dir)


class ChromaHome:
    """See `corpus.vector_home.Home`."""

    small = 2_000

    def __init__(self, api: ChromaApi, data_dir: Path) -> None:
        """``data_dir`` is whose collections these are."""
        self._api = api
        self._data_dir = data_dir

    def write(self, folder: Path, unit: Unit, rows: Rows) -> int:
        """See Home."""
        name = f"{self._prefix()}{folder.name}-{secrets.token_hex(4)}-{unit}"
        collection, versions = "", Counter[str]()
        for ids, vectors in _batches(rows):
            collection = collection or self._api.create(name)
            self._api.add(collection, ids, vectors)
            versions.update(key.partition(":")[0] for key in ids)
        note = Note(name if collection else "", collection, dict(versions))
        write_note(server_note(folder, unit), note)
        return note.vectors

    def open(self, folder: Path, unit: Unit, dropped: Iterable[str] = ()) -> ChromaPart:
        """See Home. Nothing is asked of the server yet."""
        note = server_note(folder, unit)
        if not note.is_file():
            raise NotReadyError(
                "De vectoren van deze index staan in de gegevensmap, maar de instelling "
                f"{URL} noemt een Chroma-server. Maak de index opnieuw met: "
                "routewijzer corpus reindex"
            )
        return ChromaPart(self._api, read_note(note), dropped)

    def holds(self, vectors: Path) -> bool:
        """See Home."""
        return has_segments(vectors) and all(
            server_note(segment.folder, unit).is_file()
            for segment in read_segments(vectors)
            for unit in UNITS
        )

    def strays(self, editions: Path) -> list[str]:
        """See Home: collections that a killed process left, or whose index is gone."""
        owner = _read_owner(self._data_dir / _OWNER)
        if owner is None:
            return []
        used = {read_note(path).collection for path in editions.glob(_NOTES)}
        ours = (name for name in self._api.names() if name.startswith(_prefix(owner)))
        return sorted(set(ours) - used)

    def clear(self, editions: Path) -> list[str]:
        """See Home. For who holds the write lock."""
        found = self.strays(editions)
        for name in found:
            self._api.remove(name)
        return found

    def check(self, vectors: Path) -> None:
        """See Home."""
        for segment in read_segments(vectors):
            for unit in UNITS:
                self.open(segment.folder, unit).check_now()

    # --- steps -------------------------------------------------------------------------------

    def _prefix(self) -> str:
        path = self._data_dir / _OWNER
        return _prefix(_read_owner(path) or _write_owner(path))


def _prefix(owner: str) -> str:
    return f"routewijzer-{owner}-"


def _read_owner(path: Path) -> str | None:
    """The name of this data folder on the server; None when it has none yet.

    A copy of the folder has a name of its own: else either would remove what the other still needs.
    It is told by the number of the file on its disk, which a copy does not share.
    """
    try:
        with path.open(encoding="utf-8") as file:
            kept = json.load(file)
            same = kept["file"] == os.fstat(file.fileno()).st_ino
    except (FileNotFoundError, ValueError):  # not there, or half written: then nothing has its name
        return None
    return str(kept["owner"]) if same else None


def _write_owner(path: Path) -> str:
    owner = secrets.token_hex(6)
    with path.open("w", encoding="utf-8") as file:
        json.dump({"owner": owner, "file": os.fstat(file.fileno()).st_ino}, file)
        file.flush()
        os.fsync(file.fileno())
    return owner


def _batches(rows: Rows) -> Iterator[tuple[list[str], Vectors]]:
    """The same rows in requests of one size: most versions have few."""
    ids: list[str] = []
    parts: list[Vectors] = []
    for some_ids, vectors in rows:
        ids += some_ids
        if len(vectors):
            parts.append(np.asarray(vectors))
        if len(ids) >= _BATCH:
            yield from _cut(ids, np.concatenate(parts))
            ids, parts = [], []
    if ids:
        yield from _cut(ids, np.concatenate(parts))


def _cut(ids: list[str], vectors: Vectors) -> Iterator[tuple[list[str], Vectors]]:
    for at in range(0, len(ids), _BATCH):
        yield ids[at : at + _BATCH], vectors[at : at + _BATCH]
