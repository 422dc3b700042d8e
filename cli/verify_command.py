"""`routewijzer corpus verify`: what is wrong, and mending it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import output
from cli.given import who
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.check import Fault, find_faults
from corpus.repair import NOT_MENDED, Repair


def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Herstel wat uit de database te maken is.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Vergelijk index, database en bestanden; exitcode 1 als er iets niet klopt."""
    parts = open_parts()
    parts.check_model()  # an index for another model than the settings name does not answer
    faults, done = _faults(parts), list[str]()
    if repair and faults:
        faults, done = _repaired(parts, faults)
    if json_:
        output.as_json({"faults": [f.line for f in faults], "repaired": done})
    else:
        for line in done:
            output.say(line)
        for fault in faults:
            output.say(fault.line)
        for advice in sorted({NOT_MENDED.get(f.kind, "") for f in faults} - {""}):
            output.say(advice)
        if not faults:
            output.say("Alles klopt.")
    if faults:
        raise typer.Exit(1)


def _faults(parts: Parts) -> list[Fault]:
    return find_faults(parts.registry, parts.ledger, parts.editions, parts.settings.data_dir)


def _repaired(parts: Parts, faults: list[Fault]) -> tuple[list[Fault], list[str]]:
    if {fault.kind for fault in faults} & {"vectors", "index"}:
        parts.check_model()  # an index is mended with the model that it was made with
    mending = Repair(
        parts.registry,
        parts.ledger,
        parts.editions,
        parts.lock,
        parts.settings.data_dir,
        lambda: parts.embedder,
    )
    with progress() as report:
        done = mending.mend(faults, who(), report)
    return _faults(parts), done
