"""`routewijzer eval quality`: the public page about how good the answers are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.gap_output import write_page
from cli.parts import Parts, open_parts
from corpus.errors import BadInputError


def quality(
    target: Annotated[Path, typer.Argument(metavar="UIT.html", help="Hier komt de pagina.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="BESTAND", help="Een evaluation.json; anders de laatste."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Toon de cijfers ook als JSON.")] = False,
) -> None:
    """Schrijf de openbare pagina over de kwaliteit, met de cijfers als JSON ernaast."""
    from eval.evaluation import read_evaluation
    from eval.quality import Installation, latest_evaluation, quality, quality_page

    if target.suffix != ".html":
        raise BadInputError(f"{target} eindigt niet op .html. De cijfers komen ernaast als .json.")
    parts = open_parts()
    evaluation = (
        read_evaluation(source)
        if source is not None
        else latest_evaluation(parts.settings.data_dir, parts.ledger.current())
    )
    settings = parts.settings
    where = Installation(
        published_edition=parts.ledger.current(),
        model=_model(parts, evaluation.edition),
        titles={d.id: d.metadata.title for d in parts.catalogue.documents()},
        owner=settings.owner,
        contact=settings.contact,
        questions_days=settings.questions_days,
    )
    found = quality(evaluation, parts.questions.counts(), where)
    values = found.model_dump_json(indent=2) + "\n"
    write_page(target, quality_page(found))
    write_page(target.with_suffix(".json"), values)
    if json_:
        output.as_json(found.model_dump(mode="json"))
        return
    output.say(f"De pagina staat in {target}, de cijfers in {target.with_suffix('.json')}")
    if "[nog invullen" in settings.owner + settings.contact:
        output.say("Vul nog in: ROUTEWIJZER_OWNER en ROUTEWIJZER_CONTACT.")


def _model(parts: Parts, edition: int) -> str:
    measured = parts.ledger.edition(edition)
    return measured.model_id if measured is not None else "onbekend"
