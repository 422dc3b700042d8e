"""Files, folders and ZIPs on disk, as sources."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.archive import unpack
from ingest.arrive.disk import SUPPORTED, check_size, is_zip, read_bytes, supported
from ingest.arrive.formats import sniff
from ingest.arrive.litter import is_litter, litter_note
from ingest.arrive.manifest import File, find_manifest, is_manifest, manifest_sources
from ingest.source import PartialMetadata, Source


@dataclass(frozen=True, slots=True)
class Collected:
    """Sources, and a line about each place where something was left out on the way."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """What holds for every file, as far as the file or a manifest beside it does not say it."""

    metadata: PartialMetadata
    document_id: str | None
    settings: Settings

    @property
    def nothing(self) -> bool:
        return self.metadata == PartialMetadata() and self.document_id is None


def collect_sources(
    paths: Sequence[Path],
    given: PartialMetadata,
    settings: Settings,
    document_id: str | None = None,
) -> list[Source]:
    """The sources of ``collect``, for who does not show what was left out."""
    return list(collect(paths, given, settings, document_id).sources)


def collect(
    paths: Sequence[Path],
    given: PartialMetadata,
    settings: Settings,
    document_id: str | None = None,
) -> Collected:
    """One source for each file in ``paths``, with folders and ZIPs searched through, by name.

    ``given`` is what holds for all of them; a title or an id only goes with a single file. A
    folder or ZIP with a ``manifest.toml`` at its top brings its own.
    Raises BadInputError for what does not exist, is empty, too large, unsafe or of an unknown
    kind. Only what operating systems leave behind is left out, and that is said.
    """
    if not paths:
        raise BadInputError("Geen bestanden opgegeven. Noem een bestand of een map.")
    known = _Given(given, document_id, settings)
    parts: list[Collected] = []
    done: set[Path] = set()
    for path in paths:
        if path.is_dir():
            parts.append(_folder(path, known, done))
        elif not path.exists():
            raise BadInputError(f"{path} bestaat niet. Controleer het pad.")
        elif path not in done:
            done.add(path)
            parts.append(_file(supported(path), known))
    return _checked(_joined(parts), known)


def collect_bytes(
    files: Mapping[str, bytes],
    given: PartialMetadata,
    settings: Settings,
    document_id: str | None = None,
) -> Collected:
    """The same for files by name that came in without a disk, as one folder: where one of them
    is a ``manifest.toml`` it names the others."""
    known = _Given(given, document_id, settings)
    for name, data in files.items():
        if not is_manifest(name):
            check_size(supported(PurePath(name)), len(data), settings)
    if find_manifest(list(files), "de gekozen bestanden") is not None:
        by_path = {name: File(name, partial(files.__getitem__, name)) for name in files}
        return Collected(_by_manifest("de gekozen bestanden", by_path, known))
    parts = [_content(name, data, known) for name, data in files.items()]
    return _checked(_joined(parts), known)


# --- steps -----------------------------------------------------------------------------------


def _folder(folder: Path, given: _Given, done: set[Path]) -> Collected:
    inside = {file.relative_to(folder).as_posix(): file for file in sorted(_walk(folder))}
    kept = {path: file for path, file in inside.items() if not is_litter(path)}
    if not kept:
        raise BadInputError(f"In de map {folder} staan geen documenten ({', '.join(SUPPORTED)}).")
    notes = _left_out(str(folder), len(inside) - len(kept))
    if find_manifest(list(kept), str(folder)) is not None:
        files = {
            path: File(file.name, partial(read_bytes, file, given.settings))
            for path, file in kept.items()
        }
        return Collected(_by_manifest(str(folder), files, given), notes)
    new = [supported(file) for file in kept.values() if file not in done]
    done.update(new)
    parts = _joined([_file(file, given) for file in new])
    return Collected(parts.sources, notes + parts.notes)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``. What cannot be looked into is refused, not passed over."""

    def refuse(problem: OSError) -> None:
        raise BadInputError(f"{problem.filename} is niet te lezen ({problem.strerror}).")

    for top, folders, files in os.walk(folder, onerror=refuse):
        for link in (Path(top, name) for name in folders):
            if link.is_symlink():
                raise BadInputError(
                    f"{link} is een koppeling naar een andere map. Geef die map zelf op."
                )
        yield from (Path(top, name) for name in files)


def _file(path: Path, given: _Given) -> Collected:
    return _content(path.name, read_bytes(path, given.settings), given)


def _content(name: str, data: bytes, given: _Given) -> Collected:
    # Word and OpenDocument files are ZIPs as well, and may bear the wrong name.
    if is_zip(PurePath(name)) and sniff(name, data).form == "zip":
        return _archive(name, data, given)
    return Collected((Source(name, data, given.metadata, given.document_id),))


def _archive(name: str, data: bytes, given: _Given) -> Collected:
    unpacked = unpack(name, data, given.settings)
    notes = _left_out(name, unpacked.litter)
    files = {path: f"{name}/{path}" for path in unpacked.members}
    if find_manifest(list(files), name) is not None:
        by_path = {
            path: File(files[path], partial(unpacked.members.__getitem__, path)) for path in files
        }
        return Collected(_by_manifest(name, by_path, given), notes)
    sources = tuple(
        Source(files[path], content, given.metadata, given.document_id)
        for path, content in unpacked.members.items()
    )
    return Collected(sources, notes)


def _by_manifest(where: str, files: Mapping[str, File], given: _Given) -> tuple[Source, ...]:
    if not given.nothing:
        raise BadInputError(
            f"In {where} staat een manifest.toml: titel, soort en andere gegevens horen daarin."
        )
    return tuple(manifest_sources(where, files))


def _left_out(where: str, count: int) -> tuple[str, ...]:
    return (litter_note(where, count),) if count else ()


def _checked(found: Collected, given: _Given) -> Collected:
    single = given.metadata.title is not None or given.document_id is not None
    if len(found.sources) > 1 and single:
        raise BadInputError(
            f"Een titel of id past bij een enkel bestand, maar er zijn er {len(found.sources)}. "
            "Gebruik een manifest om elk bestand zijn eigen gegevens te geven."
        )
    return found


def _joined(parts: Sequence[Collected]) -> Collected:
    return Collected(
        tuple(source for part in parts for source in part.sources),
        tuple(note for part in parts for note in part.notes),
    )
