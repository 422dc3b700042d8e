"""Retrieval collections in the format of BEIR: corpus.jsonl, queries.jsonl and qrels.tsv.

Thakur et al. (2021), BEIR: a heterogeneous benchmark for zero-shot evaluation of information
retrieval models.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import BadInputError

Rankings = Mapping[str, Sequence[tuple[str, float]]]
"""(document id, score) per question id, best first."""

_QRELS = ("qrels.tsv", "qrels/test.tsv")
_TAG = "routewijzer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a collection; title or text may be empty, not both."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, the questions that were judged, and the judgements."""

    documents: tuple[Entry, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    """Grade per document id, per question id."""


def read_collection(folder: Path) -> Collection:
    """Read a folder. Documents without a word are left out; so are questions nobody judged.

    Raises BadInputError that names file and line: no such file, broken JSON, a missing field,
    the same id twice, an id with white space (the TREC format cannot hold it), no judgements.
    """
    documents = [
        Entry(key, _text(row, "title"), _text(row, "text"))
        for key, row in _rows(folder / "corpus.jsonl", "text")
    ]
    asked = {key: _text(row, "text") for key, row in _rows(folder / "queries.jsonl", "text")}
    qrels = _read_qrels(folder)
    queries = {key: text for key, text in asked.items() if key in qrels and text}
    if not queries:
        raise BadInputError(
            f"In {folder} hoort geen enkel oordeel bij een vraag. "
            "Vergelijk de ids in qrels.tsv en queries.jsonl."
        )
    return Collection(
        documents=tuple(d for d in documents if d.title or d.text),
        queries=queries,
        qrels={key: qrels[key] for key in queries},
    )


def write_trec_run(rankings: Rankings, path: Path) -> None:
    """Write a run as TREC tools read it: question, Q0, document, rank, score, name."""
    lines = [
        f"{query} Q0 {document} {rank} {score:.6f} {_TAG}\n"
        for query, ranked in rankings.items()
        for rank, (document, score) in enumerate(ranked, start=1)
    ]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{path} is niet te schrijven ({error.strerror}).") from None


# --- steps -----------------------------------------------------------------------------------


def _rows(path: Path, needed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, fields) of each line."""
    seen: set[str] = set()
    for number, line in _lines(path):
        where = f"{path}, regel {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInputError(f"{where}: geen geldige JSON ({error.msg}).") from None
        if (
            not isinstance(row, dict)
            or needed not in row
            or not isinstance(row.get("_id"), str | int)
        ):
            raise BadInputError(f'{where}: verwacht {{"_id": …, "{needed}": …}}.')
        key = str(row["_id"])
        if key.split() != [key]:
            raise BadInputError(f"{where}: het id '{key}' is leeg of bevat een spatie.")
        if key in seen:
            raise BadInputError(f"{where}: het id '{key}' komt twee keer voor.")
        seen.add(key)
        yield key, row


def _text(row: Mapping[str, Any], field: str) -> str:
    """A field as text; None and absent are empty."""
    return str(row.get(field) or "").strip()


def _read_qrels(folder: Path) -> dict[str, dict[str, int]]:
    path = next((folder / name for name in _QRELS if (folder / name).is_file()), folder / _QRELS[0])
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        fields = line.split("\t")
        grade = fields[2].strip() if len(fields) == 3 else ""
        if not grade.lstrip("-").isdecimal():
            if number == 1 and len(fields) == 3:
                continue  # the header
            raise BadInputError(
                f"{path}, regel {number}: verwacht drie velden met een tab ertussen: "
                "id van de vraag, id van het document, oordeel (een heel getal)."
            )
        qrels.setdefault(fields[0].strip(), {})[fields[1].strip()] = int(grade)
    # Only a question with something to find can be measured.
    return {query: items for query, items in qrels.items() if any(g > 0 for g in items.values())}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that hold something, with their number."""
    try:
        # Not splitlines(): JSON may hold other line ends, such as U+2028, inside a string.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise BadInputError(f"{path} bestaat niet. Geef een map in BEIR-formaat.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} is niet te lezen ({error}).") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line.rstrip("\r")
