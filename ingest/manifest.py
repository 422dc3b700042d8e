"""A manifest: a TOML file that says which documents to read and what is known of each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.fields import Fields, document_id, read_fields
from ingest.files import read_bytes, supported
from ingest.source import Source


def _file(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("moet de naam van een bestand zijn")
    return value


class _Entry(Fields):
    file: Annotated[str, BeforeValidator(_file)]


def read_manifest(path: Path, settings: Settings) -> list[Source]:
    """The documents of the manifest at ``path``, in its order; files are relative to its folder.

    Raises BadInputError, naming file, entry and key: broken TOML, unknown keys, wrong values,
    missing or unusable files, the same id or title twice, no documents.
    """
    entries = [
        _read_entry(values, f"{path.name}, document {number}")
        for number, values in enumerate(_entries(path), start=1)
    ]
    _refuse_doubles(entries, path)
    return [_source(path, entry, number, settings) for number, entry in enumerate(entries, start=1)]


def _entries(path: Path) -> list[Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadInputError(f"Manifest {path} bestaat niet. Controleer het pad.") from None
    except OSError as problem:
        raise BadInputError(f"Manifest {path} is niet te lezen ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise BadInputError(
            f"{path.name}: geen tekst in UTF-8. Sla het manifest op als UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise BadInputError(f"{path.name}: geen geldige TOML ({problem}).") from None
    unknown = [key for key in content if key != "document"]
    if unknown:
        raise BadInputError(
            f"{path.name}: onbekende sleutel '{unknown[0]}'. Toegestaan: [[document]]."
        )
    entries = content.get("document")
    if not isinstance(entries, list) or not entries:
        raise BadInputError(f"{path.name}: geen documenten. Begin elk document met [[document]].")
    return entries


def _read_entry(values: object, where: str) -> _Entry:
    if not isinstance(values, dict):
        raise BadInputError(f"{where}: begin elk document met [[document]].")
    name = values.get("file")
    return read_fields(_Entry, values, f"{where} ({name})" if isinstance(name, str) else where)


def _refuse_doubles(entries: list[_Entry], path: Path) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries, start=1):
        own_id = entry.id or (document_id(entry.title) if entry.title else None)
        for key, value in (("title", entry.title), ("id", own_id), ("file", entry.file)):
            if value is None:
                continue
            first = seen.setdefault((key, value.casefold()), number)
            if first != number:
                raise BadInputError(
                    f"{path.name}, document {number} ({entry.file}): '{key}' is gelijk aan die van "
                    f"document {first} ({value}). Geef elk document een eigen {key}."
                )


def _source(path: Path, entry: _Entry, number: int, settings: Settings) -> Source:
    file = path.parent / entry.file
    if not file.is_file():
        raise BadInputError(
            f"{path.name}, document {number}: bestand '{entry.file}' (sleutel 'file') bestaat niet "
            f"in {path.parent}."
        )
    return Source(file.name, read_bytes(supported(file), settings), entry.metadata(), entry.id)
