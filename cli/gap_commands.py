"""`routewijzer gaps …`: what the documents do not answer, and what is done about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import gap_output, output
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.errors import BadInputError
from corpus.gap_groups import GapState
from corpus.questions_log import KeptQuestion

if TYPE_CHECKING:
    from eval.gaps import Gap
    from eval.questions import Gold, Question, QuestionSet, Unanswerable

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
    from eval.own_set import add_case, case_id, own_set_path
    from eval.shelf import EditionShelf

    parts = open_parts()
    kept = _kept(parts, question_id)
    text = question or kept.text
    made = (
        _refused(kept, text, refuse, bool(gold or fact))
        if refuse is not None
        else _answerable(parts, kept, text, gold or [], fact or [])
    )
    versions = EditionShelf(parts.registry, parts.ledger).open().versions
    path = own_set_path(parts.settings.data_dir)
    add_case(path, made, {d: v.text for d, v in versions.items()})
    if kept.group_id is not None:
        parts.gap_groups.add_case(case_id(kept), kept.group_id, kept.id)
    output.say(f"Toetsvraag {made.id} staat in {path}, en blijft daar tot je hem weghaalt.")
    output.say(f"Meten: routewijzer eval run --set {path}")


@app.command()
def check(json_: AsJson = False) -> None:
    """Stel de vragen van opgeloste groepen opnieuw; exitcode 1 als er een terugviel."""
    from eval.gaps import ask_again
    from eval.own_set import load_own_set, own_set_path

    parts = open_parts()
    solved = [g for g in _gaps(parts) if g.state == "solved"]
    own = load_own_set(own_set_path(parts.settings.data_dir))
    wanted = {name for g in solved for name in g.cases}
    cases = [q for q in own.questions if q.id in wanted]
    # A question with a case is judged by its case: an answer must cite the right passage, and
    # where staff said that refusing is right, it must be refused.
    judged = {(g.id, q.text) for g in solved for q in g.questions if f"lezer-{q.id}" in wanted}
    with progress() as report:
        asked = ask_again(solved, parts.assistant, report) if solved else []
    asked = [a for a in asked if (a.gap_id, a.text) not in judged]
    results = _measure(parts, own, cases) if cases else []
    fell_back = gap_output.show_check(solved, asked, results, json_)
    if fell_back:
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
    from eval.gaps import gaps, regroup

    log = parts.questions
    if any(q.group_id is None for q in log.questions()):
        with progress() as report:
            regroup(log, parts.gap_groups, parts.embedder, parts.settings.gap_likeness, report)
    return gaps(log, parts.gap_groups)


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
    from typing import cast, get_args

    from eval.own_set import refused_case
    from eval.questions import Unanswerable

    if mixed:
        raise BadInputError("Bij --refuse horen geen --gold en --fact: er is dan geen antwoord.")
    reasons = get_args(Unanswerable)
    if why not in reasons:
        raise BadInputError(f"--refuse: '{why}' is geen reden. Kies uit {', '.join(reasons)}.")
    return refused_case(kept, text, cast("Unanswerable", why))


def _answerable(
    parts: Parts, kept: KeptQuestion, text: str, passages: list[str], facts: list[str]
) -> Question:
    from assistant.understand import answer_type
    from corpus.dutch import fold
    from eval.own_set import answerable_case

    if not passages or not any(f.strip(" |") for f in facts):
        raise BadInputError(
            "Geef met --gold de passage met het antwoord en met --fact wat het antwoord moet "
            "zeggen, of geef --refuse als weigeren goed is."
        )
    gold = [_gold(parts, passage_id, text, facts) for passage_id in passages]
    return answerable_case(kept, text, answer_type(fold(text)), gold, facts)


def _gold(parts: Parts, passage_id: str, text: str, facts: list[str]) -> Gold:
    from eval.own_set import gold_of
    from eval.shelf import EditionShelf

    versions = EditionShelf(parts.registry, parts.ledger).open().versions
    for version in versions.values():
        for passage in version.passages:
            if passage.id == passage_id:
                return gold_of(passage, version, text, facts, parts.embedder)
    raise BadInputError(
        f"De gepubliceerde editie heeft geen passage {passage_id}. "
        "Kijk met `routewijzer gaps show N` of `routewijzer corpus passages ID`."
    )


def _measure(parts: Parts, own: QuestionSet, cases: list[Question]) -> list[gap_output.Judged]:
    from eval.runner import evaluate
    from eval.shelf import EditionShelf

    part = own.model_copy(update={"questions": tuple(cases)})
    with progress() as report:
        shelf = EditionShelf(parts.registry, parts.ledger)
        evaluation = evaluate(parts.assistant, shelf, part, None, report)
    return [gap_output.judge(r) for r in evaluation.results]
