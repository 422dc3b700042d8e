"""Pictures of the pages of PDFs, kept in the data folder so that a second look is quick.

They are drawn in a process of their own (`ingest.sandbox`), never here. All of it can be thrown
away: what is missing is drawn again.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BadInputError, BusyError
from corpus.originals import Original, Originals
from corpus.settings import Settings
from ingest.child import packed
from ingest.pages import PdfPage
from ingest.received import Viewed, page_from
from ingest.sandbox import view_in_child

FOLDER = "pages"
RELEASE = "1"
"""Raised when the same page is drawn or read differently, so that it is drawn again."""
PDF = "application/pdf"
MOST_BYTES = 300_000_000
SECONDS = 20.0
"""The longest that drawing may take: a reader waits for it."""

_AT_ONCE = 2  # processes that draw; each may ask for the memory that reading a document may
_IN_LINE = 8  # requests that draw or wait for it; each takes a thread that answers nobody else
_WAIT_S = 10.0
_KEPT = 0.8  # of the most bytes, after clearing
_MOST_REFUSED = 1000
_REFUSED_S = 600.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its words, and how many pages the document has."""

    page: PdfPage
    pages: int


class PagePictures:
    """Draws pages of originals. Safe for several threads and processes."""

    def __init__(
        self, originals: Originals, settings: Settings, most_bytes: int = MOST_BYTES
    ) -> None:
        self._originals = originals
        self._settings = settings
        self._folder = settings.data_dir / FOLDER / RELEASE
        self._most_bytes = most_bytes
        self._size: int | None = None  # of all files; None before it is measured
        self._turns = threading.Semaphore(_AT_ONCE)
        self._line = threading.Semaphore(_IN_LINE)
        # What could not be drawn will not be soon after: nobody waits for it again and again.
        self._refused: dict[tuple[str, int], tuple[float, str]] = {}

    def sheets(self, original: Original, numbers: Sequence[int], width: int) -> list[Sheet]:
        """The pages ``numbers`` (from 1) of a PDF, each drawn ``width`` pixels wide as well.

        Raises BadInputError for a PDF or a page that cannot be drawn, NotReadyError when the
        file is gone or damaged, BusyError when too many others wait for pictures.
        """
        if any(not self._is_kept(original, number, width) for number in numbers):
            self._draw(original, numbers, width)
        with _not_cleared():
            return [self._sheet(original, number) for number in numbers]

    def picture(self, original: Original, number: int, width: int) -> bytes:
        """The page ``number`` as a PNG file, ``width`` pixels wide. Raises as `sheets` does."""
        if not self._is_kept(original, number, width):
            self._draw(original, [number], width)
        path = self._picture_path(original, number, width)
        with _not_cleared():
            data = path.read_bytes()
            os.utime(path)  # the pictures that nobody looks at are the first to go
            return data

    def forget(self, hashes: Sequence[str]) -> None:
        """Throw away the pictures of originals that are gone, by their hashes."""
        for sha256 in hashes:
            with contextlib.suppress(FileNotFoundError):  # most pages were never looked at
                shutil.rmtree(self._folder / sha256[:2] / sha256)

    # --- steps -------------------------------------------------------------------------------

    def _draw(self, original: Original, numbers: Sequence[int], width: int) -> None:
        for number in numbers:
            when, reason = self._refused.get((original.sha256, number), (0.0, ""))
            if reason and time.monotonic() - when < _REFUSED_S:
                raise BadInputError(reason)
        data = self._originals.read(original)
        with _place(self._line, 0.0), _place(self._turns, _WAIT_S):
            self._draw_now(original, data, numbers, width)
        self._clear()

    def _draw_now(
        self, original: Original, data: bytes, numbers: Sequence[int], width: int
    ) -> None:
        try:
            wanted = [n for n in numbers if not self._is_kept(original, n, width)]
            for viewed in view_in_child(
                data, original.name, tuple(wanted), width, self._settings, SECONDS
            ):
                self._keep(original, viewed, width)
            self._check_all_there(original, numbers, width)
        except BadInputError as problem:
            self._refuse(original, numbers, str(problem))
            raise

    def _check_all_there(self, original: Original, numbers: Sequence[int], width: int) -> None:
        """Raises BadInputError when something else was drawn than what was asked for."""
        if not all(self._is_kept(original, number, width) for number in numbers):
            raise BadInputError(f"{original.name}: de bladzijde is niet getekend.")

    def _refuse(self, original: Original, numbers: Sequence[int], reason: str) -> None:
        if len(self._refused) >= _MOST_REFUSED:
            self._refused = {}
        now = time.monotonic()
        self._refused |= {(original.sha256, number): (now, reason) for number in numbers}

    def _keep(self, original: Original, viewed: Viewed, width: int) -> None:
        page = {**packed(viewed.page), "drawn": [], "pictures": []}
        text = json.dumps({"page": page, "pages": viewed.pages}, separators=(",", ":"))
        number = viewed.page.number
        self._write(self._words_path(original, number), text.encode("ascii"))
        self._write(self._picture_path(original, number, width), viewed.picture)

    def _sheet(self, original: Original, number: int) -> Sheet:
        kept = json.loads(self._words_path(original, number).read_bytes())
        page = page_from(kept["page"], self._settings.max_text_mb * 1_000_000)
        return Sheet(page, int(kept["pages"]))

    def _is_kept(self, original: Original, number: int, width: int) -> bool:
        paths = (
            self._words_path(original, number),
            self._picture_path(original, number, width),
        )
        return all(path.is_file() for path in paths)

    def _words_path(self, original: Original, number: int) -> Path:
        return self._of(original) / f"{number}.json"

    def _picture_path(self, original: Original, number: int, width: int) -> Path:
        return self._of(original) / f"{number}-{width}.png"

    def _of(self, original: Original) -> Path:
        return self._folder / original.sha256[:2] / original.sha256

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
        if self._size is not None:
            self._size += len(data)

    def _clear(self) -> None:
        """Throw away what was looked at longest ago, once there is too much."""
        if self._size is not None and self._size <= self._most_bytes:
            return
        files = sorted(
            (stat.st_mtime, stat.st_size, path)
            for path in self._folder.rglob("*")
            if path.is_file() and (stat := _stat(path)) is not None
        )
        size = sum(each for _, each, _ in files)
        if size > self._most_bytes:
            for _, each, path in files:
                if size <= _KEPT * self._most_bytes:
                    break
                path.unlink(missing_ok=True)
                size -= each
        self._size = size


@contextlib.contextmanager
def _place(places: threading.Semaphore, seconds: float) -> Iterator[None]:
    """Hold one of ``places``; raises BusyError when none comes free in time."""
    if not places.acquire(timeout=seconds):
        raise BusyError("Er worden nu veel bladzijden getekend. Probeer het zo nog eens.")
    try:
        yield
    finally:
        places.release()


@contextlib.contextmanager
def _not_cleared() -> Iterator[None]:
    """Raises BusyError when another process clears a file just before it is read."""
    try:
        yield
    except FileNotFoundError:
        raise BusyError("De bladzijde is net opgeruimd. Probeer het zo nog eens.") from None


def _stat(path: Path) -> os.stat_result | None:
    with contextlib.suppress(FileNotFoundError):  # another process clears as well
        return path.stat()
    return None
