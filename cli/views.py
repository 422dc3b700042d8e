"""Documents, passages and acts as rows: keys in English for JSON, words in Dutch for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from corpus.ledger import AuditEntry
from corpus.plans import Change
from corpus.twins import TwinKind
from corpus.types import Document, Passage, Version

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Column names and rows."""

_STATES = {"published": "gepubliceerd", "draft": "concept", "withdrawn": "ingetrokken"}
_KINDS = {
    "text": "tekst",
    "list": "lijst",
    "table": "tabel",
    "quote": "citaat",
    "reference": "verwijzing, wordt niet doorzocht",
}
_ACTIONS = {
    "ingest": "ingelezen",
    "metadata": "gegevens aangepast",
    "drop draft": "concept weggegooid",
    "stage": "klaargezet",
    "publish": "gepubliceerd",
    "withdraw": "ingetrokken",
    "rollback": "teruggezet",
    "reindex": "index gemaakt",
}
_CHANGES = (
    ("added", "+"),
    ("replaced", "~"),
    ("removed", "-"),
    ("gave_way", "-"),
    ("discarded", "-"),
)


def document_row(document: Document) -> dict[str, Any]:
    """What `corpus list --json` prints of a document."""
    m = document.metadata
    return {
        "id": document.id,
        "title": m.title,
        "kind": m.kind,
        "version_id": document.version_id,
        "state": document.state,
        "draft_version_id": document.draft_version_id,
        "audiences": list(m.audiences),
        "publisher": m.publisher,
        "published": m.published,
        "url": m.url,
        "passages": document.passages,
    }


def document_facts(
    document: Document, version: Version, duplicates: Mapping[TwinKind, int]
) -> dict[str, Any]:
    """What `corpus show --json` prints. ``duplicates`` counts passages that stand elsewhere."""
    m = version.metadata
    return {
        **document_row(document),
        "source": version.source_name,
        "characters": len(version.text),
        "sentences": _sentences(version),
        "valid_from": _iso(m.valid_from),
        "valid_until": _iso(m.valid_until),
        "summary_of": list(m.summary_of),
        "replaced_by": m.replaced_by,
        "duplicates": dict(duplicates),
        "warnings": list(version.warnings),
    }


def document_table(documents: Sequence[Document]) -> Table:
    """`corpus list` for people."""
    rows = [
        (d.id, d.metadata.kind, _state(d), str(d.passages), d.metadata.title) for d in documents
    ]
    return ("id", "soort", "stand", "passages", "titel"), rows


def document_lines(document: Document, version: Version, duplicates: str) -> list[tuple[str, str]]:
    """`corpus show` for people: what is unknown is left out. ``duplicates`` says how many
    passages stand elsewhere."""
    m = version.metadata
    lines = [
        ("id", document.id),
        ("titel", m.title),
        ("soort", m.kind),
        ("stand", _state(document)),
        ("voor", ", ".join(m.audiences)),
        ("uitgever", m.publisher),
        ("datum", m.published or ""),
        ("geldig vanaf", _iso(m.valid_from) or ""),
        ("geldig tot en met", _iso(m.valid_until) or ""),
        ("samenvatting van", ", ".join(m.summary_of)),
        ("vervangen door", m.replaced_by or ""),
        ("adres", m.url or ""),
        ("bestand", version.source_name),
        ("versie", version.id),
        ("conceptversie", document.draft_version_id or ""),
        ("tekens", str(len(version.text))),
        ("passages", str(len(version.passages))),
        ("zinnen", str(_sentences(version))),
        ("staat ook elders", duplicates),
        *(("let op", warning) for warning in version.warnings),
    ]
    return [(name, value) for name, value in lines if value]


def passage_row(passage: Passage) -> dict[str, Any]:
    """What `corpus passages --json` prints of a passage."""
    return {
        "id": passage.id,
        "text": passage.text,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section_path,
        "kind": passage.kind,
    }


def passage_heading(passage: Passage) -> str:
    """The line above a passage."""
    page = f", blz. {passage.page}" if passage.page is not None else ""
    return f"[{passage.id}] {passage.section_path or '(geen kop)'} ({_KINDS[passage.kind]}{page})"


def change_row(change: Change, edition: int | None) -> dict[str, Any]:
    """What `corpus diff --json` prints; ``edition`` is null when none is staged."""
    return {
        "edition": edition,
        "added": list(change.added),
        "replaced": list(change.replaced),
        "removed": list(change.removed),
        "gave_way": list(change.gave_way),
        "stays_out": list(change.stays_out),
        "not_back": list(change.not_back),
    }


def history_row(entry: AuditEntry) -> dict[str, Any]:
    """What `corpus history --json` prints of one act."""
    return {
        "at": entry.at.isoformat(),
        "who": entry.who,
        "action": entry.action,
        "detail": entry.detail,
    }


def history_table(entries: Sequence[AuditEntry]) -> Table:
    """`corpus history` for people."""
    rows = [
        (
            f"{e.at:%Y-%m-%d %H:%M}",
            e.who,
            _ACTIONS.get(e.action, e.action),
            str(e.detail.get("edition", "")),
            _touched(e.detail),
        )
        for e in entries
    ]
    return ("wanneer (UTC)", "wie", "wat", "editie", "documenten"), rows


def _touched(detail: dict[str, Any]) -> str:
    return " ".join(sign + d for key, sign in _CHANGES for d in detail.get(key, ()))


def _state(document: Document) -> str:
    waiting = " + concept" if document.state == "published" and document.draft_version_id else ""
    return _STATES[document.state] + waiting


def _sentences(version: Version) -> int:
    return sum(len(p.sentences) for p in version.passages)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
