"""One file on disk: whether we read its kind, and its bytes."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TypeVar

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.formats import SUFFIXES

SUPPORTED = tuple(SUFFIXES)

P = TypeVar("P", bound=PurePath)


def supported(path: P) -> P:
    """``path`` itself; BadInputError when files with its extension cannot be read."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInputError(
            f"{path} is niet te lezen: de soort '{path.suffix or path.name}' kennen we niet. "
            f"Wel: {', '.join(SUPPORTED)}."
        )
    return path


def is_zip(path: PurePath) -> bool:
    """Whether ``path`` says that it is a ZIP."""
    return SUFFIXES.get(path.suffix.lower()) == "zip"


def read_bytes(path: Path, settings: Settings) -> bytes:
    """The bytes of one file; BadInputError when it is empty, too large or cannot be read."""
    try:
        check_size(path, path.stat().st_size, settings)
        return path.read_bytes()
    except OSError as problem:
        raise BadInputError(f"{path} is niet te lezen ({problem.strerror}).") from None


def check_size(path: PurePath, size: int, settings: Settings) -> None:
    """BadInputError when a file of ``size`` bytes is empty or larger than the settings allow."""
    most = settings.max_zip_mb if is_zip(path) else settings.max_file_mb
    if size == 0:
        raise BadInputError(f"{path} is leeg. Geef een bestand met tekst.")
    if size > most * 1_000_000:
        raise BadInputError(
            f"{path} is te groot ({size / 1_000_000:.1f} MB). "
            f"Ten hoogste {most} MB; splits het document."
        )
