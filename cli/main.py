"""`routewijzer`: the command line. Every command here is a few lines around a part."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import (
    batch,
    corpus_commands,
    eval_commands,
    gap_commands,
    given,
    intake,
    keep_commands,
    output,
    privacy_command,
    quality_command,
    refresh_command,
    search_commands,
    staff_command,
    token_command,
    wording,
)
from cli.explain import show_trace, trace_for
from cli.parts import let_go_after, open_parts
from cli.progress import progress
from corpus.errors import BusyError, RoutewijzerError
from corpus.model_setup import ensure_model
from corpus.types import Audience
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata

app = typer.Typer(
    help="Antwoorden over de Mkb-route in het hbo, elke zin herleidbaar tot de documenten.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(corpus_commands.app, name="corpus")
app.add_typer(eval_commands.app, name="eval")
app.add_typer(gap_commands.app, name="gaps")
app.add_typer(staff_command.app, name="staff")
app.add_typer(token_command.app, name="token")
app.add_typer(privacy_command.app, name="privacy")
app.command("backup")(keep_commands.backup)
app.command("restore")(keep_commands.restore)
eval_commands.app.command("quality")(quality_command.quality)
eval_commands.app.command("retrieval")(search_commands.retrieval)
eval_commands.app.command("beir")(search_commands.beir)
corpus_commands.app.command("refresh")(refresh_command.refresh)

STARTER = Path(__file__).parent.parent / "corpus" / "starter"


@app.command()
def setup(
    model_only: Annotated[bool, typer.Option("--model-only", help="Alleen het model.")] = False,
) -> None:
    """Maak het taalmodel en, als er nog niets gepubliceerd is, de eerste editie."""
    parts = open_parts()
    if parts.settings.embedding_url is None:
        ensure_model(parts.settings, lambda step: print(step, file=sys.stderr, flush=True))
    if not model_only and parts.ledger.current() is None:
        sources = collect_sources([STARTER], PartialMetadata(), parts.settings)
        with progress() as report:
            parts.pipeline.ingest(sources, report)
            change = parts.editions.publish("setup", report)
        output.change(change, "gepubliceerd")
    output.say("Alles is klaar voor gebruik.")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Aantal processen.")] = 1,
) -> None:
    """Start de website en de API."""
    from cli.serve import run as run_server  # what serves pages takes a while to import

    run_server(open_parts(), host, port, workers)


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Doe wat er wacht, en stop.")] = False,
) -> None:
    """Doe het lange werk dat beheer begint: inlezen, meten, publiceren."""
    from cli.work_command import run as run_worker  # as for the server

    run_worker(open_parts(), once)


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Bestanden, mappen of ZIPs.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="TOML met een lijst documenten.")] = None,
    document_id: Annotated[str | None, typer.Option("--id", help="Vast id.")] = None,
    title: Annotated[str | None, typer.Option(help="Titel.")] = None,
    kind: Annotated[str | None, typer.Option(help="Soort, zoals handreiking.")] = None,
    audience: Annotated[str | None, typer.Option(help="bedrijf,hogeschool,beleid.")] = None,
    url: Annotated[
        str | None,
        typer.Option(help="Waar het vandaan komt; zonder bestanden: haal deze pagina op."),
    ] = None,
    published: Annotated[str | None, typer.Option(help="2021, 2021-07 of 2021-07-21.")] = None,
    valid_until: Annotated[str | None, typer.Option(help="Laatste dag, 2026-12-31.")] = None,
    replaced_by: Annotated[str | None, typer.Option(help="Id van de opvolger.")] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Meteen publiceren.")] = False,
) -> None:
    """Lees documenten in als concept, of publiceer ze meteen."""
    fields = given.fields(
        audience,
        id=document_id,
        title=title,
        kind=kind,
        url=url,
        published=published,
        valid_until=valid_until,
        replaced_by=replaced_by,
    )
    parts = open_parts()
    with progress() as report:
        taken = intake.gather(parts, paths or [], manifest, fields, report)
        items = parts.intake.take(taken, given.who(), report)
        change = parts.editions.publish(given.who(), report) if publish else None
    output.ingested(items)
    for note in taken.notes:
        output.say(f"let op: {note}")
    if change is not None and (change.stays_out or not change.nothing):
        output.change(change, "gepubliceerd")
    elif parts.registry.drafts():
        output.say("Klaargezet als concept. Publiceren: routewijzer corpus publish")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="VRAAG", help="In gewone woorden.")],
    audience: Annotated[Audience | None, typer.Option(help="Wie het vraagt.")] = None,
    history: Annotated[list[str] | None, typer.Option(help="Eerdere vraag.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Toon wat er is gevonden, en waarom.")
    ] = False,
) -> None:
    """Beantwoord één vraag."""
    parts = open_parts()
    outcome = parts.assistant.answer(question, audience=audience, history=history or ())
    given = outcome.answer.model_dump(mode="json")
    trace = trace_for(outcome, parts) if explain else None
    if json_:
        told = {"answer": given, "trace": trace.model_dump(mode="json")} if trace else given
        output.as_json(told)
        return
    output.answer(outcome)
    if trace:
        show_trace(trace)


@app.command("answer-batch")
def answer_batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Een vraag per regel.")],
    target: Annotated[Path, typer.Argument(metavar="UIT.jsonl", help="Hier komt het antwoord.")],
) -> None:
    """Beantwoord een bestand met vragen, een per regel."""
    questions = batch.read_questions(source)
    batch.check_target(target)
    parts = open_parts()
    edition = parts.library.open_edition().number  # all from one edition, whatever is published
    with progress() as report:
        batch.answer_all(parts.assistant, edition, questions, target, report)
    output.say(f"{len(questions)} antwoorden geschreven naar {target}")


def run() -> None:
    """Entry point: one clear line for what a user can mend. Exit codes: 0 done, 1 a check
    failed or try again, 2 wrong use or bad input, 130 stopped with Ctrl+C."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(_run())


def _run() -> int:
    try:
        with let_go_after():
            code = app(prog_name="routewijzer", standalone_mode=False)
        sys.stdout.flush()  # here, so that a reader who went away is noticed here
    except typer.TyperException as error:
        return _fail(wording.usage(error), error.exit_code)
    except BusyError as error:
        return _fail(str(error), 1)
    except RoutewijzerError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        # The reader (head, less) has enough; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        line = wording.disk(error)
        if line is None:
            raise  # a bug is not hidden
        return _fail(line, 1)
    return code if isinstance(code, int) else 0


def _fail(line: str, code: int) -> int:
    print(f"routewijzer: {' '.join(line.split())}", file=sys.stderr)
    return code
