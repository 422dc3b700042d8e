"""`routewijzer`: the command line. Every command here is a few lines around a part."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from cli import batch, corpus_commands, output
from cli.parts import Parts
from corpus.errors import BadInputError, BusyError, RoutewijzerError
from corpus.model_setup import ensure_model
from corpus.settings import Settings
from corpus.types import Audience, Kind
from ingest.files import collect_sources
from ingest.manifest import read_manifest
from ingest.source import PartialMetadata, Source

app = typer.Typer(
    help="Antwoorden over de Mkb-route in het hbo, elke zin herleidbaar tot de documenten.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(corpus_commands.app, name="corpus")

STARTER = Path(__file__).parent.parent / "corpus" / "starter"


@app.command()
def setup(
    model_only: Annotated[bool, typer.Option("--model-only", help="Alleen het model.")] = False,
) -> None:
    """Maak het taalmodel en, als er nog niets gepubliceerd is, de eerste editie."""
    parts = _parts()
    ensure_model(parts.settings, lambda step: print(step, file=sys.stderr))
    if not model_only and parts.ledger.current() is None:
        with output.progress() as report:
            sources = collect_sources([STARTER], PartialMetadata(), parts.settings)
            parts.pipeline.ingest(sources, report)
            output.change(parts.editions.publish("setup", report), "gepubliceerd")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Aantal processen.")] = 1,
) -> None:
    """Start de website en de API."""
    import uvicorn

    _parts()  # wrong settings are told here, not by every worker
    output.say(f"Routewijzer staat op http://{host}:{port}/  (stoppen: Ctrl+C)")
    sys.stdout.flush()
    uvicorn.run(
        "cli.serve:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
    )


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Bestanden of mappen.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="TOML met een lijst documenten.")] = None,
    document_id: Annotated[str | None, typer.Option("--id", help="Vast id.")] = None,
    title: Annotated[str | None, typer.Option(help="Titel.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Soort document.")] = None,
    audience: Annotated[str | None, typer.Option(help="bedrijf,hogeschool,beleid.")] = None,
    url: Annotated[str | None, typer.Option(help="Waar het vandaan komt.")] = None,
    published: Annotated[str | None, typer.Option(help="2021, 2021-07 of 2021-07-21.")] = None,
    valid_until: Annotated[str | None, typer.Option(help="Laatste dag, 2026-12-31.")] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Meteen publiceren.")] = False,
) -> None:
    """Lees documenten in als concept, of publiceer ze meteen."""
    parts = _parts()
    given = PartialMetadata(
        title=title,
        kind=kind,
        audiences=output.audiences(audience),
        url=url,
        published=published,
        valid_until=output.day(valid_until, "--valid-until"),
    )
    sources = _sources(parts, paths or [], manifest, given, document_id)
    with output.progress() as report:
        items = parts.pipeline.ingest(sources, report)
        published_change = parts.editions.publish(output.who(), report) if publish else None
    output.ingested(items)
    if published_change is not None:
        output.change(published_change, "gepubliceerd")
    elif parts.registry.drafts():
        output.say("Klaargezet als concept. Publiceren: routewijzer corpus publish")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="De vraag, in gewone woorden.")],
    audience: Annotated[Audience | None, typer.Option(help="Wie het vraagt.")] = None,
    history: Annotated[list[str] | None, typer.Option(help="Eerdere vraag.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Toon waarom.")] = False,
) -> None:
    """Beantwoord één vraag."""
    outcome = _parts().assistant.answer(question, audience=audience, history=history or ())
    if json_:
        output.as_json(outcome.answer.model_dump(mode="json"))
        return
    output.answer(outcome)
    if explain:
        output.explanation(outcome)


@app.command("answer-batch")
def answer_batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl")],
    target: Annotated[Path, typer.Argument(metavar="UIT.jsonl")],
) -> None:
    """Beantwoord een bestand met vragen, een per regel."""
    questions = batch.read_questions(source)
    with output.progress() as report:
        batch.answer_all(_parts().assistant, questions, target, report)
    output.say(f"{len(questions)} antwoorden geschreven naar {target}")


def run() -> None:
    """Entry point: one clear line for what a user can mend. Exit codes: 0 done, 1 a check
    failed or try again, 2 wrong use or bad input."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except BusyError as error:
        sys.exit(_fail(error, 1))
    except RoutewijzerError as error:
        sys.exit(_fail(error, 2))
    except BrokenPipeError:
        # The reader (head, less) went away; what is left need not be written.
        sys.stderr.close()
        sys.exit(1)


def _fail(error: Exception, code: int) -> int:
    print(f"routewijzer: {error}", file=sys.stderr)
    return code


def _parts() -> Parts:
    try:
        return Parts(Settings())
    except ValidationError as error:
        first = error.errors()[0]
        name = "ROUTEWIJZER_" + "_".join(map(str, first["loc"])).upper()
        raise BadInputError(f"De instelling {name} klopt niet: {first['msg']}.") from error


def _sources(
    parts: Parts,
    paths: list[Path],
    manifest: Path | None,
    given: PartialMetadata,
    document_id: str | None,
) -> list[Source]:
    if manifest is not None and paths:
        raise BadInputError("Geef bestanden óf een --manifest, niet allebei.")
    if manifest is not None:
        if given != PartialMetadata() or document_id:
            raise BadInputError(
                "Bij --manifest horen titel, soort en andere gegevens in het manifest zelf."
            )
        return read_manifest(manifest, parts.settings)
    if not paths:
        raise BadInputError("Noem een bestand of map, of geef een --manifest.")
    return collect_sources(paths, given, parts.settings, document_id)
