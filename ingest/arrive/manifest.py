"""A manifest: a TOML file that says which documents to read and what is known of each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Annotated, Any

from pydantic import BeforeValidator

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.arrive.disk import is_zip, read_bytes, supported
from ingest.fields import Fields, document_id, read_fields
from ingest.source import Source


def _file(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("moet de naam van een bestand zijn")
    return value


NAME = "manifest.toml"
"""What a manifest is called that stands in the folder or ZIP itself."""


class _Entry(Fields):
    file: Annotated[str, BeforeValidator(_file)]


@dataclass(frozen=True, slots=True)
class File:
    """A file in a folder or ZIP: the name for its source, and how to read it."""

    name: str
    read: Callable[[], bytes]


def read_manifest(path: Path, settings: Settings) -> list[Source]:
    """The documents of the manifest at ``path``, in its order; files are relative to its folder.

    Raises BadInputError, naming file, entry and key: broken TOML, unknown keys, wrong values,
    missing or unusable files, the same id or title twice, no documents.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadInputError(f"Manifest {path} bestaat niet. Controleer het pad.") from None
    except OSError as problem:
        raise BadInputError(f"Manifest {path} is niet te lezen ({problem.strerror}).") from None
    entries = _entries(content, path.name)
    return [_source(path, entry, number, settings) for number, entry in enumerate(entries, start=1)]


def is_manifest(path: str) -> bool:
    """Whether a path with ``/`` leads to a manifest, wherever it stands."""
    return PurePosixPath(path).name == NAME


def find_manifest(paths: Sequence[str], where: str) -> str | None:
    """The path of the manifest among the files of a folder or ZIP, None when there is none.

    Raises BadInputError when there are several, or when a file stands outside its folder.
    """
    found = [path for path in paths if is_manifest(path)]
    if not found:
        return None
    folder = found[0].removesuffix(NAME)
    if len(found) > 1 or not all(path.startswith(folder) for path in paths):
        raise BadInputError(
            f"{where}: één {NAME} bovenaan geldt voor alle bestanden; hier staat "
            f"{' en '.join(found[:2])}. Zet het bovenaan, of lees de mappen apart in."
        )
    return found[0]


def manifest_sources(where: str, files: Mapping[str, File]) -> list[Source]:
    """The documents of the manifest among ``files`` (by path), in its order.

    Raises what ``read_manifest`` raises, and BadInputError for a file that it does not name.
    """
    manifest = find_manifest(list(files), where)
    if manifest is None:
        raise BadInputError(f"In {where} staat geen {NAME}.")
    folder = manifest.removesuffix(NAME)
    sources, named = [], {manifest}
    for number, entry in enumerate(_entries(files[manifest].read(), f"{where}/{manifest}"), 1):
        path = folder + entry.file
        if path not in files:
            raise BadInputError(
                f"{where}/{manifest}, document {number}: bestand '{entry.file}' "
                f"(sleutel 'file') bestaat niet in {where}."
            )
        named.add(path)
        _single(PurePosixPath(where, path), manifest, number)
        sources.append(Source(files[path].name, files[path].read(), entry.metadata(), entry.id))
    left = [path for path in files if path not in named]
    if left:
        raise BadInputError(
            f"{where}: '{left[0]}' staat niet in {manifest}. Zet het erbij, of haal het weg."
        )
    return sources


def _entries(content: bytes, name: str) -> list[_Entry]:
    entries = [
        _read_entry(values, f"{name}, document {number}")
        for number, values in enumerate(_tables(content, name), start=1)
    ]
    _refuse_doubles(entries, name)
    return entries


def _tables(content: bytes, name: str) -> list[Any]:
    try:
        read = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise BadInputError(
            f"{name}: geen tekst in UTF-8. Sla het manifest op als UTF-8."
        ) from None
    except (ValueError, RecursionError) as problem:
        raise BadInputError(f"{name}: geen geldige TOML ({problem}).") from None
    unknown = [key for key in read if key != "document"]
    if unknown:
        raise BadInputError(f"{name}: onbekende sleutel '{unknown[0]}'. Toegestaan: [[document]].")
    entries = read.get("document")
    if not isinstance(entries, list) or not entries:
        raise BadInputError(f"{name}: geen documenten. Begin elk document met [[document]].")
    return entries


def _read_entry(values: object, where: str) -> _Entry:
    if not isinstance(values, dict):
        raise BadInputError(f"{where}: begin elk document met [[document]].")
    name = values.get("file")
    return read_fields(_Entry, values, f"{where} ({name})" if isinstance(name, str) else where)


def _refuse_doubles(entries: list[_Entry], name: str) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries, start=1):
        own_id = entry.id or (document_id(entry.title) if entry.title else None)
        for key, value in (("title", entry.title), ("id", own_id), ("file", entry.file)):
            if value is None:
                continue
            first = seen.setdefault((key, value.casefold()), number)
            if first != number:
                raise BadInputError(
                    f"{name}, document {number} ({entry.file}): '{key}' is gelijk aan die van "
                    f"document {first} ({value}). Geef elk document een eigen {key}."
                )


def _source(path: Path, entry: _Entry, number: int, settings: Settings) -> Source:
    file = path.parent / entry.file
    if not file.is_file():
        raise BadInputError(
            f"{path.name}, document {number}: bestand '{entry.file}' (sleutel 'file') bestaat niet "
            f"in {path.parent}."
        )
    _single(file, path.name, number)
    return Source(file.name, read_bytes(file, settings), entry.metadata(), entry.id)


def _single(file: PurePath, name: str, number: int) -> None:
    """BadInputError when ``file`` is of a kind that is not read, or holds several documents."""
    if is_zip(supported(file)):
        raise BadInputError(
            f"{name}, document {number}: '{file.name}' is een ZIP. "
            "Pak hem uit en noem elk document."
        )
