"""Where the vectors of an index are: in files beside it, or on a Chroma server.

An index is a list of segments (`corpus.segments`), and a home knows how to write one segment and
how to search in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from corpus.errors import NotReadyError
from corpus.matrix import open_matrix, write_matrix
from corpus.segments import has_segments, read_segments
from corpus.types import UNITS, Unit, Vectors

Rows = Iterable[tuple[Sequence[str], Vectors]]
"""(ids, vectors of shape (n, dimension))."""


URL = "ROUTEWIJZER_CHROMA_URL"


class VectorsAwayError(NotReadyError):
    """The server that keeps them gives no answer now; later it may."""


class Part(Protocol):
    """The vectors of one unit in one segment, without those of versions that were dropped since.

    An id begins with its version and a colon. `corpus.matrix.Matrix` is one."""

    def __len__(self) -> int: ...

    @property
    def dead(self) -> int:
        """How many were dropped, and are still kept."""

    def search(self, vector: Vectors, k: int) -> list[tuple[float, str]]:
        """The best ``k`` as (cosine, id), best first; equal ones by id."""

    def search_many(self, vectors: Vectors, k: int) -> list[list[tuple[float, str]]]:
        """The same for each row of ``vectors``."""

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each of ``ids`` that is here."""

    def at_hand(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vector of each of ``ids`` that can be read without asking a server for it."""

    def held(self, versions: Iterable[str]) -> set[str]:
        """Those of ``versions`` that have a vector here, dropped or not."""

    def ids(self) -> list[str]:
        """Every id."""

    def rows(self) -> Iterator[tuple[list[str], Vectors]]:
        """Batches of (ids, vectors)."""

    def sound(self) -> bool:
        """Whether what finds the vectors sooner fits them."""

    def warm(self) -> None:
        """Make the next search as quick as the tenth."""


class Home(Protocol):
    """Writes and opens segments. Raises NotReadyError when it cannot be reached."""

    small: int
    """Vectors that are written again in no time: so many, or fewer, are merged."""

    def write(self, folder: Path, unit: Unit, rows: Rows) -> int:
        """Keep the vectors of one unit of the segment in ``folder``; how many there are."""

    def open(self, folder: Path, unit: Unit, dropped: Iterable[str] = ()) -> Part:
        """What ``write`` kept, without the versions in ``dropped``. Raises NotReadyError when it
        was kept in another home."""

    def holds(self, vectors: Path) -> bool:
        """Whether every segment listed in the folder ``vectors`` is of this home."""

    def strays(self, editions: Path) -> list[str]:
        """What it keeps for this installation outside the folders of indexes, and no index in the
        folder ``editions`` names."""

    def clear(self, editions: Path) -> list[str]:
        """Remove that; what it was."""

    def check(self, vectors: Path) -> None:
        """Raises NotReadyError when the segments listed in the folder ``vectors`` cannot be
        searched now."""


class Files:
    """In the folder of the segment itself."""

    small = 5_000

    def write(self, folder: Path, unit: Unit, rows: Rows) -> int:
        """See Home."""
        return write_matrix(folder, unit, rows)

    def open(self, folder: Path, unit: Unit, dropped: Iterable[str] = ()) -> Part:
        """See Home."""
        _refuse_server(folder)
        return open_matrix(folder, unit, dropped)

    def holds(self, vectors: Path) -> bool:
        """See Home."""
        return has_segments(vectors) and not any(
            on_server(segment.folder) for segment in read_segments(vectors)
        )

    def strays(self, _editions: Path) -> list[str]:
        """See Home: everything lies in the folders of indexes."""
        return []

    def clear(self, _editions: Path) -> list[str]:
        """See Home."""
        return []

    def check(self, vectors: Path) -> None:
        """See Home; damage in a file is for `corpus verify` to find."""
        for segment in read_segments(vectors):
            _refuse_server(segment.folder)


class Trial:
    """For a copy of an index that is thrown away: reads where the original is, writes files.

    So nothing on a server is made or removed for it."""

    small = Files.small

    def __init__(self, original: Home) -> None:
        self._original = original
        self._files = Files()

    def write(self, folder: Path, unit: Unit, rows: Rows) -> int:
        """See Home."""
        return self._files.write(folder, unit, rows)

    def open(self, folder: Path, unit: Unit, dropped: Iterable[str] = ()) -> Part:
        """See Home."""
        home = self._original if on_server(folder) else self._files
        return home.open(folder, unit, dropped)

    def holds(self, vectors: Path) -> bool:
        """See Home."""
        return has_segments(vectors)

    def strays(self, _editions: Path) -> list[str]:
        """See Home."""
        return []

    def clear(self, _editions: Path) -> list[str]:
        """See Home."""
        return []

    def check(self, vectors: Path) -> None:
        """See Home."""
        for segment in read_segments(vectors):
            for unit in UNITS:
                self.open(segment.folder, unit)


def server_note(folder: Path, unit: Unit) -> Path:
    """The file in the folder of a segment that says where its vectors are on a server."""
    return folder / f"{unit}.chroma.json"


def on_server(folder: Path) -> bool:
    """Whether the vectors of the segment in ``folder`` are on a server."""
    return any(server_note(folder, unit).is_file() for unit in UNITS)


def _refuse_server(folder: Path) -> None:
    if on_server(folder):
        raise NotReadyError(
            "De vectoren van deze index staan op een Chroma-server, maar de instelling "
            f"{URL} is leeg. Zet die, of maak de index opnieuw met: "
            "routewijzer corpus reindex"
        )
