"""Files and folders on disk, as sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.source import PartialMetadata, Source

SUPPORTED = (".md", ".txt", ".html", ".htm")


def collect_sources(
    paths: Sequence[Path],
    given: PartialMetadata,
    settings: Settings,
    document_id: str | None = None,
) -> list[Source]:
    """One source for each file in ``paths``, with folders searched through, sorted by name.

    ``given`` is what holds for all of them; a title or an id only goes with a single file.
    Raises BadInputError for what does not exist, is empty, too large or of an unknown kind:
    nothing in a folder is left out in silence.
    """
    if not paths:
        raise BadInputError("Geen bestanden opgegeven. Noem een bestand of een map.")
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    if len(files) > 1 and (given.title is not None or document_id is not None):
        raise BadInputError(
            f"Een titel of id past bij een enkel bestand, maar er zijn er {len(files)}. "
            "Gebruik een manifest om elk bestand zijn eigen gegevens te geven."
        )
    return [Source(file.name, read_bytes(file, settings), given, document_id) for file in files]


def read_bytes(path: Path, settings: Settings) -> bytes:
    """The bytes of one file; BadInputError when it is empty, too large or cannot be read."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise BadInputError(f"{path} is leeg. Geef een bestand met tekst.")
        if size > settings.max_file_mb * 1_000_000:
            raise BadInputError(
                f"{path} is te groot ({size / 1_000_000:.1f} MB). "
                f"Ten hoogste {settings.max_file_mb} MB; splits het document."
            )
        return path.read_bytes()
    except OSError as problem:
        raise BadInputError(f"{path} is niet te lezen ({problem.strerror}).") from None


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_in(path)
    elif not path.exists():
        raise BadInputError(f"{path} bestaat niet. Controleer het pad.")
    else:
        yield supported(path)


def _files_in(folder: Path) -> list[Path]:
    found = [supported(file) for file in sorted(folder.rglob("*")) if not file.is_dir()]
    if not found:
        raise BadInputError(f"In de map {folder} staan geen documenten ({', '.join(SUPPORTED)}).")
    return found


def supported(path: Path) -> Path:
    """``path`` itself; BadInputError when files of its kind cannot be read."""
    if path.suffix.lower() not in SUPPORTED:
        raise BadInputError(
            f"{path} is niet te lezen: de soort '{path.suffix or path.name}' kennen we niet. "
            f"Wel: {', '.join(SUPPORTED)}."
        )
    return path
