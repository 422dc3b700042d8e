"""`routewijzer corpus …`: what staff do with documents and editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

from cli import duplicates_command, judging, output, verify_command, views
from cli.given import who
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.embedding import embed_versions
from corpus.errors import BadInputError
from corpus.plans import Change
from corpus.progress import Progress
from corpus.types import Version
from eval.structure import structure_lines, structure_report

app = typer.Typer(help="Documenten en edities.")
app.command("duplicates")(duplicates_command.duplicates)
app.command("verify")(verify_command.verify)

DocumentId = Annotated[str, typer.Argument(metavar="ID", help="Id van een document.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


@app.command("list")
def list_(json_: AsJson = False) -> None:
    """De documenten en hoe ze ervoor staan."""
    documents = open_parts().catalogue.documents()
    if json_:
        output.as_json([views.document_row(d) for d in documents])
    elif documents:
        output.table(*views.document_table(documents))
    else:
        output.say("Er zijn nog geen documenten. Lees ze in met: routewijzer ingest BESTAND")


@app.command()
def show(
    document_id: DocumentId,
    structure: Annotated[
        bool, typer.Option("--structure", help="Welke koppen, lijsten en tabellen zijn gevonden.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Alles wat er van een document bekend is."""
    parts = open_parts()
    version = _version(parts, document_id)
    if structure:
        report = structure_report(version)
        if json_:
            output.as_json(asdict(report))
        else:
            for line in structure_lines(report):
                output.say(line)
        return
    document = next(d for d in parts.catalogue.documents() if d.id == document_id)
    twins = duplicates_command.counted(parts, version)
    if json_:
        output.as_json(views.document_facts(document, version, twins))
    else:
        output.facts(views.document_lines(document, version, duplicates_command.in_words(twins)))


@app.command()
def text(document_id: DocumentId, json_: AsJson = False) -> None:
    """De tekst waar citaten in wijzen, precies zoals hij bewaard is."""
    catalogue = open_parts().catalogue
    found = catalogue.text(document_id)
    if json_:
        version_id = catalogue.version_id(document_id)
        output.as_json({"id": document_id, "version_id": version_id, "text": found})
    else:
        typer.echo(found, nl=False)


@app.command()
def passages(document_id: DocumentId, json_: AsJson = False) -> None:
    """De passages waarin een document is verdeeld."""
    version = _version(open_parts(), document_id)
    if json_:
        output.as_json([views.passage_row(p) for p in version.passages])
        return
    for passage in version.passages:
        output.say(views.passage_heading(passage))
        output.prose(passage.text + "\n", indent="    ")


@app.command()
def stage() -> None:
    """Bouw een editie met alle concepten erin; lezers zien haar nog niet."""
    with progress() as report:
        change = open_parts().editions.stage(who(), report)
    output.change(change, "staat klaar")


@app.command()
def diff(json_: AsJson = False) -> None:
    """Wat de klaargezette editie doet met de antwoorden; exitcode 1 als het slechter wordt."""
    parts = open_parts()
    staged = parts.editions.staged()
    change = parts.editions.difference()
    verdict = None
    if staged is not None:
        with progress() as report:
            verdict = judging.judge_staged(parts, report)
    if json_:
        output.as_json(judging.as_values(views.change_row(change, staged), verdict))
    elif staged is None:
        output.say("Er staat geen editie klaar. Zet er een klaar met: routewijzer corpus stage")
    else:
        output.change(change, "staat klaar")
        judging.show(verdict, parts)
    if verdict is not None and not verdict.green:
        raise typer.Exit(1)


@app.command()
def publish(
    force: Annotated[bool, typer.Option("--force", help="Ook als de editie is afgekeurd.")] = False,
) -> None:
    """Laat lezers alle concepten zien, in een nieuwe editie."""
    parts = open_parts()
    # One lock around both: what was judged is what is published.
    with progress() as report, parts.lock.held():
        note = judging.keep_back(parts, force, who())
        change = parts.editions.publish(who(), report)
    output.change(change, "gepubliceerd")
    if note is not None and not change.nothing:
        output.say(note)


@app.command()
def withdraw(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Id's van documenten.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Toon alleen welke antwoorden meegaan.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Haal documenten weg; ze worden niet meer geciteerd."""
    parts = open_parts()
    if dry_run:
        with progress() as report:
            verdict = judging.rehearse_withdrawal(parts, ids, report)
        judging.show_rehearsal(verdict, json_)
        return
    with progress() as report:
        change = parts.editions.withdraw(ids, who(), report)
    if json_:
        output.as_json(views.change_row(change, change.edition))
    else:
        output.change(change, "gepubliceerd")


@app.command()
def rollback(
    number: Annotated[int, typer.Argument(metavar="N", help="Nummer van een editie.")],
) -> None:
    """Publiceer een eerdere editie opnieuw."""
    parts = open_parts()
    edition = parts.ledger.edition(number)
    with progress() as report, parts.lock.held():
        if edition is not None and edition.model_id != parts.model_id:
            # Its texts have vectors of the model of those days only.
            _embed(parts, parts.ledger.members(number).values(), report)
        change = parts.editions.rollback(number, who(), report)
    output.change(change, "gepubliceerd")


@app.command()
def history(json_: AsJson = False) -> None:
    """Wie wat wanneer deed, het nieuwste eerst."""
    entries = open_parts().ledger.history()
    if json_:
        output.as_json([views.history_row(e) for e in entries])
    elif entries:
        output.table(*views.history_table(entries))
    else:
        output.say("Er is nog niets gebeurd.")


@app.command()
def reindex() -> None:
    """Maak de index van de gepubliceerde editie opnieuw, met het model uit de instellingen."""
    parts = open_parts()
    current = parts.ledger.current()
    drafts = parts.registry.drafts()
    if current is None and not drafts:
        raise BadInputError("Er zijn nog geen documenten; er valt geen index te maken.")
    change: Change | None = None
    with progress() as report, parts.lock.held():
        published = parts.ledger.members(current) if current is not None else {}
        # The drafts too: with vectors of another model they could not be published after this.
        _embed(parts, {*published.values(), *drafts.values()}, report)
        if current is not None:
            change = parts.editions.reindex(who(), report)
    if change is not None:
        output.change(change, "gepubliceerd")
    else:
        output.say("De concepten zijn klaar voor dit model. Publiceren: routewijzer corpus publish")


def _version(parts: Parts, document_id: str) -> Version:
    return parts.registry.version(parts.catalogue.version_id(document_id))


def _embed(parts: Parts, version_ids: Iterable[str], report: Progress) -> None:
    versions = [parts.registry.version(v) for v in sorted(version_ids)]
    embed_versions(versions, parts.registry, parts.embedder, report)
