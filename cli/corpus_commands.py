"""`routewijzer corpus …`: what staff do with documents and editions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli import output
from cli.parts import Parts
from corpus.check import find_faults
from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.types import Document

app = typer.Typer(help="Documenten en edities.", no_args_is_help=True)

DocumentId = Annotated[str, typer.Argument(metavar="ID", help="Id van een document.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


@app.command("list")
def list_(json_: AsJson = False) -> None:
    """De documenten en hoe ze ervoor staan."""
    documents = Parts(Settings()).library.documents()
    if json_:
        output.as_json([_document_row(d) for d in documents])
        return
    output.table(
        ("id", "titel", "soort", "stand", "passages"),
        [(d.id, d.metadata.title, d.metadata.kind, _state(d), str(d.passages)) for d in documents],
    )


@app.command()
def show(document_id: DocumentId, json_: AsJson = False) -> None:
    """Alles wat er van een document bekend is."""
    parts = Parts(Settings())
    version = parts.registry.version(parts.library.version_id(document_id))
    document = next(d for d in parts.library.documents() if d.id == document_id)
    facts = {
        **_document_row(document),
        "source": version.source_name,
        "characters": len(version.text),
        "sentences": sum(len(p.sentences) for p in version.passages),
        "valid_from": _iso(version.metadata.valid_from),
        "valid_until": _iso(version.metadata.valid_until),
        "summary_of": list(version.metadata.summary_of),
        "warnings": list(version.warnings),
    }
    if json_:
        output.as_json(facts)
        return
    for name, value in facts.items():
        output.say(f"{name}: {', '.join(value) if isinstance(value, list) else value}")


@app.command()
def text(document_id: DocumentId) -> None:
    """De tekst waar citaten in wijzen, precies zoals hij bewaard is."""
    typer.echo(Parts(Settings()).library.text(document_id), nl=False)


@app.command()
def passages(document_id: DocumentId, json_: AsJson = False) -> None:
    """De passages waarin een document is verdeeld."""
    parts = Parts(Settings())
    version = parts.registry.version(parts.library.version_id(document_id))
    rows: list[dict[str, Any]] = [
        {
            "id": p.id,
            "text": p.text,
            "page": p.page,
            "start": p.start,
            "end": p.end,
            "section": p.section_path,
            "kind": p.kind,
        }
        for p in version.passages
    ]
    if json_:
        output.as_json(rows)
        return
    for row in rows:
        output.say(f"[{row['id']}] {row['section']} ({row['kind']})\n{row['text']}\n")


@app.command()
def stage() -> None:
    """Bouw een editie met alle concepten erin; lezers zien haar nog niet."""
    with output.progress() as report:
        change = Parts(Settings()).editions.stage(output.who(), report)
    output.change(change, "staat klaar")


@app.command()
def diff() -> None:
    """Wat de klaargezette editie verandert."""
    parts = Parts(Settings())
    if parts.editions.staged() is None:
        output.say("Er staat geen editie klaar. Zet er een klaar met: routewijzer corpus stage")
        return
    output.change(parts.editions.difference(), "staat klaar")


@app.command()
def publish() -> None:
    """Laat lezers alle concepten zien, in een nieuwe editie."""
    with output.progress() as report:
        change = Parts(Settings()).editions.publish(output.who(), report)
    output.change(change, "gepubliceerd")


@app.command()
def withdraw(ids: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Haal documenten weg; ze worden niet meer geciteerd."""
    with output.progress() as report:
        change = Parts(Settings()).editions.withdraw(ids, output.who(), report)
    output.change(change, "gepubliceerd")


@app.command()
def rollback(number: Annotated[int, typer.Argument(metavar="N", help="Editie.")]) -> None:
    """Publiceer een eerdere editie opnieuw."""
    with output.progress() as report:
        change = Parts(Settings()).editions.rollback(number, output.who(), report)
    output.change(change, "gepubliceerd")


@app.command()
def history(json_: AsJson = False) -> None:
    """Wie wat wanneer deed, het nieuwste eerst."""
    entries = Parts(Settings()).ledger.history()
    if json_:
        output.as_json(
            [
                {"at": e.at.isoformat(), "who": e.who, "action": e.action, "detail": e.detail}
                for e in entries
            ]
        )
        return
    output.table(
        ("wanneer (UTC)", "wie", "wat", "editie"),
        [
            (f"{e.at:%Y-%m-%d %H:%M}", e.who, e.action, str(e.detail.get("edition", "")))
            for e in entries
        ],
    )


@app.command()
def verify() -> None:
    """Vergelijk index, database en bestanden; exitcode 1 als er iets niet klopt."""
    parts = Parts(Settings())
    faults = find_faults(parts.registry, parts.ledger, parts.library, parts.editions)
    for fault in faults:
        output.say(fault)
    if faults:
        raise typer.Exit(1)
    output.say("Alles klopt.")


@app.command()
def reindex() -> None:
    """Maak de index van de gepubliceerde editie opnieuw, met het model uit de instellingen."""
    parts = Parts(Settings())
    current = parts.ledger.current()
    if current is None:
        raise BadInputError("Er is nog niets gepubliceerd; er valt geen index te maken.")
    versions = [parts.registry.version(v) for v in parts.ledger.members(current).values()]
    with output.progress() as report, parts.lock.held():
        embed_versions(versions, parts.registry, parts.embedder, report)
        change = parts.editions.reindex(output.who(), report)
    output.change(change, "gepubliceerd")


def _document_row(document: Document) -> dict[str, Any]:
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


def _state(document: Document) -> str:
    names = {"published": "gepubliceerd", "draft": "concept", "withdrawn": "ingetrokken"}
    waiting = " + concept" if document.state == "published" and document.draft_version_id else ""
    return names[document.state] + waiting


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
