"""`routewijzer gaps …`: what the documents do not answer, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import gap_output, output
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.errors import BadInputError
from corpus.gap_groups import GapState
from corpus.questions_log import KeptQuestion
from corpus.types import Embedder, Version

if TYPE_CHECKING:
    from eval.gaps import Gap
    from eval.questions import Question

app = typer.Typer(help="Vragen zonder goed antwoord, en wat eraan gebeurt.", no_args_is_help=True)

GroupArgument = Annotated[int, typer.Argument(metavar="N", help="Nummer van de groep.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]

# The parts of `eval` are imported inside the commands: other commands must not pay for them.


@app.command("list")
def list_(
    state: Annotated[GapState | None, typer.Option(help="Alleen groepen in deze stand.")] = None,
    json_: AsJson = False,
) -> None:
    """Toon de groepen, de grootste eerst."""
    found = [g for g in _gaps(open_parts()) if state is None or g.state == state]
    gap_output.show_list(found, json_)


@app.command()
def show(number: GroupArgument, json_: AsJson = False) -> None:
    """Toon een groep: de vragen, en de passages die in de buurt komen."""
    from eval.gaps import nearest

    parts = open_parts()
    gap = _gap(parts, number)
    gap_output.show_gap(gap, nearest(gap, parts.assistant), json_)


@app.command()
def assign(
    number: GroupArgument,
    owner: Annotated[str | None, typer.Option(help="Wie het oppakt; leeg is niemand.")] = None,
    title: Annotated[str | None, typer.Option(help="Naam in eigen woorden.")] = None,
    note: Annotated[str | None, typer.Option(help="Wat er gebeurt.")] = None,
) -> None:
    """Geef een groep een eigenaar, een naam of een notitie."""
    if owner is None and title is None and note is None:
        raise BadInputError("Zeg wat er verandert: met --owner, --title of --note.")
    open_parts().gap_groups.change(number, owner=owner, title=title, note=note)
    output.say(f"Groep {number} is bijgewerkt.")


@app.command("state")
def state_(
    number: GroupArgument,
    state: Annotated[
        GapState, typer.Argument(metavar="STAND", help="open, wanted (document gewenst) of solved.")
    ],
) -> None:
    """Zet een groep op open, wanted (document gewenst) of solved (opgelost)."""
    open_parts().gap_groups.change(number, state=state)
    output.say(f"Groep {number}: {gap_output.STATES[state]}.")
    if state == "solved":
        output.say("Controleer het met: routewijzer gaps check")


@app.command("case")
def case_(
    question_id: Annotated[int, typer.Argument(metavar="VRAAG", help="Nummer van de vraag.")],
    gold: Annotated[
        list[str] | None, typer.Option(metavar="PASSAGE", help="Passage met het antwoord.")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(metavar="TEKST", help="Feit dat erin moet; 'a|b' is a of b."),
    ] = None,
    refuse: Annotated[
        str | None,
        typer.Option(metavar="REDEN", help="Weigeren is goed: missing, off_topic, …"),
    ] = None,
    question: Annotated[
        str | None, typer.Option(metavar="VRAAG", help="De vraag in eigen woorden.")
    ] = None,
) -> None:
    """Maak van een vraag een toetsvraag voor `eval run`."""
    from eval.gap_cases import keep_case
    from eval.shelf import EditionShelf

    parts = open_parts()
    kept = _kept(parts, question_id)
    text = question or kept.text
    versions = EditionShelf(parts.registry, parts.ledger).open().versions
    made = (
        _refused(kept, text, refuse, bool(gold or fact))
        if refuse is not None
        else _answerable(parts, versions, kept, text, gold or [], fact or [])
    )
    path = keep_case(kept, made, versions, parts.gap_groups, parts.settings.data_dir)
    output.say(f"Toetsvraag {made.id} staat in {path}, en blijft daar tot je hem weghaalt.")
    output.say(f"Meten: routewijzer eval run --set {path}")


@app.command()
def check(json_: AsJson = False) -> None:
    """Stel de vragen van opgeloste groepen opnieuw; exitcode 1 als er een terugviel."""
    from eval.gap_check import check_solved
    from eval.own_set import load_own_set, own_set_path
    from eval.shelf import EditionShelf

    parts = open_parts()
    solved = [g for g in _gaps(parts) if g.state == "solved"]
    own = load_own_set(own_set_path(parts.settings.data_dir))
    shelf = EditionShelf(parts.registry, parts.ledger)
    with progress() as report:
        checked = check_solved(solved, own, parts.assistant, shelf, report)
    gap_output.show_check(solved, checked, json_)
    if checked.fell_back:
        raise typer.Exit(1)


@app.command()
def report(
    target: Annotated[Path, typer.Argument(metavar="UIT.html", help="Hier komt het overzicht.")],
) -> None:
    """Schrijf een overzicht van alle groepen als pagina, voor het team."""
    from eval.gap_report import gap_report
    from eval.gaps import nearest

    parts = open_parts()
    found = _gaps(parts)
    rows = [(gap, nearest(gap, parts.assistant)) for gap in found]
    page = gap_report(rows, parts.ledger.current(), parts.settings.questions_days)
    gap_output.write_page(target, page)
    output.say(f"{len(found)} groepen geschreven naar {target}")


@app.command()
def forget(
    which: Annotated[
        list[str] | None, typer.Argument(metavar="VRAAG|KENMERK", help="Wat weg moet.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Wis alle bewaarde vragen.")] = False,
) -> None:
    """Wis bewaarde vragen voorgoed: per nummer, per kenmerk, of alle."""
    if bool(which) == everything:
        raise BadInputError("Noem nummers of kenmerken van vragen, of geef --all.")
    parts = open_parts()
    log = parts.questions
    log.clean()
    count = log.forget_all() if everything else sum(log.forget(w) for w in which or ())
    if not count and not everything:
        raise BadInputError(f"Geen bewaarde vraag met nummer of kenmerk {' '.join(which or ())}.")
    output.say(f"Gewist: {count}. Toetsvragen in eval/own.yaml blijven staan; haal ze daar weg.")


# --- steps -----------------------------------------------------------------------------------


def _gaps(parts: Parts) -> list[Gap]:
    """The groups, after new questions got theirs. The model is loaded only for that."""
    from eval.gaps import current_gaps

    def open_embedder() -> Embedder:
        return parts.embedder

    likeness = parts.settings.gap_likeness
    with progress() as report:
        return current_gaps(parts.questions, parts.gap_groups, open_embedder, likeness, report)


def _gap(parts: Parts, number: int) -> Gap:
    for gap in _gaps(parts):
        if gap.id == number:
            return gap
    raise BadInputError(
        f"Er is geen groep {number}. Kijk met `routewijzer gaps list` welke er zijn."
    )


def _kept(parts: Parts, question_id: int) -> KeptQuestion:
    _gaps(parts)  # so that it has a group
    for question in parts.questions.questions():
        if question.id == question_id:
            return question
    raise BadInputError(
        f"Er is geen bewaarde vraag {question_id}. De nummers staan in `routewijzer gaps show N`."
    )


def _refused(kept: KeptQuestion, text: str, why: str, mixed: bool) -> Question:
    from eval.gap_cases import refusal

    if mixed:
        raise BadInputError("Bij --refuse horen geen --gold en --fact: er is dan geen antwoord.")
    return refusal(kept, text, why)


def _answerable(
    parts: Parts,
    versions: Mapping[str, Version],
    kept: KeptQuestion,
    text: str,
    passages: list[str],
    facts: list[str],
) -> Question:
    from eval.gap_cases import answerable, gold_in

    if not passages or not any(f.strip(" |") for f in facts):
        raise BadInputError(
            "Geef met --gold de passage met het antwoord en met --fact wat het antwoord moet "
            "zeggen, of geef --refuse als weigeren goed is."
        )
    gold = [gold_in(p, versions, text, facts, parts.embedder) for p in passages]
    return answerable(kept, text, gold, facts)
