"""`routewijzer eval …`: quality as a number."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import output
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.errors import BadInputError, NotReadyError
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.chat_model import Ask
    from eval.compare import Comparison
    from eval.evaluation import Evaluation
    from eval.gate import Floors
    from eval.questions import QuestionSet

app = typer.Typer(help="Meten hoe goed de antwoorden zijn.", no_args_is_help=True)

SetOption = Annotated[
    str | None, typer.Option("--set", metavar="NAAM|BESTAND", help="Vragenset.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]
_WARM_UP = "Wat is de Mkb-route?"

# The parts of `eval` are imported inside the commands: other commands must not pay for them.


@app.command()
def run(
    set_: SetOption = None,
    part: Annotated[
        Literal["tune", "final"] | None, typer.Option(help="Helft van de set; anders alles.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="N|staged", help="Editie; anders de gepubliceerde.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="MAP", help="Waar het verslag komt.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="BESTAND", help="Eerdere meting om mee te vergelijken.")
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exitcode 1 als het slechter werd of te laag is.")
    ] = False,
    save_baseline: Annotated[
        Path | None,
        typer.Option(metavar="BESTAND", help="Bewaar de cijfers, zonder teksten, voor later."),
    ] = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="Laat ook een taalmodel oordelen; alleen een advies.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Stel de vragen van een set en meet de antwoorden."""
    from assistant.chat_model import open_chat_model
    from cli import eval_output
    from eval.compare import compare
    from eval.gate import failures

    parts = open_parts()
    ask = open_chat_model(parts.settings) if judge else None
    number, documents = find_edition(parts, edition)
    question_set = find_questions(set_, documents)
    before, floors = _yardsticks(question_set.set.name, baseline, gate)
    folder = out or parts.settings.data_dir / "eval" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for needed in (folder, *([save_baseline.parent] if save_baseline is not None else [])):
        check_folder(needed)
    evaluation = _measure(parts, question_set, part, number)
    comparison = compare(before, evaluation) if before is not None else None
    stopped = failures(evaluation, floors, comparison) if gate else []
    _write(evaluation, before, comparison, stopped, folder, save_baseline)
    if json_:
        output.as_json(eval_output.as_values(evaluation, comparison, stopped))
    else:
        eval_output.show(evaluation, comparison, stopped if gate else None)
        output.say(f"\nVerslag: {folder / 'report.html'}")
    if ask is not None:
        _judge(evaluation, parts.settings, ask, folder)
    if stopped:
        raise typer.Exit(1)


@app.command("lint")
def lint_(set_: SetOption = None) -> None:
    """Controleer een vragenset tegen de gepubliceerde documenten; exitcode 1 bij fouten."""
    from eval.lint import lint
    from eval.shelf import EditionShelf

    parts = open_parts()
    versions = EditionShelf(parts.registry, parts.ledger).open().versions
    question_set = find_questions(set_, versions)
    faults = lint(question_set, {d: v.text for d, v in versions.items()})
    for fault in faults:
        output.say(fault)
    if faults:
        raise typer.Exit(1)
    output.say(f"Set {question_set.set.name}: {len(question_set.questions)} vragen, geen fouten.")


# --- steps -----------------------------------------------------------------------------------


def find_edition(parts: Parts, wanted: str | None) -> tuple[int, Collection[str]]:
    """Number of the edition to measure, and the ids of the documents in it.

    Raises BadInputError or NotReadyError when there is no such edition.
    """
    from eval.shelf import EditionShelf

    number: int | None = None
    if wanted == "staged":
        number = parts.editions.staged()
        if number is None:
            raise NotReadyError(
                "Er staat geen editie klaar. Zet er een klaar met: routewijzer corpus stage"
            )
    elif wanted is not None:
        if not wanted.isascii() or not wanted.isdigit():
            raise BadInputError(f"--edition: '{wanted}' is geen nummer van een editie of 'staged'.")
        number = int(wanted)
    contents = EditionShelf(parts.registry, parts.ledger).open(number)
    return contents.edition, contents.versions


def find_questions(given: str | None, documents: Collection[str]) -> QuestionSet:
    """The set of that name or in that file, or the one that fits the documents of an edition.

    Raises BadInputError when it is not there or asks about none of the documents.
    """
    from eval.sets import default_set, find_set, missing_documents

    question_set = find_set(given) if given is not None else default_set(documents)
    missing = missing_documents(question_set, documents)
    if missing and len(missing) == len(question_set.set.documents):
        raise BadInputError(
            f"De editie heeft geen enkel document van de set {question_set.set.name}. "
            "Kies een andere set met --set."
        )
    if missing:
        print(
            f"Let op: {len(missing)} documenten van de set {question_set.set.name} staan niet in "
            f"de editie: {', '.join(missing)}",
            file=sys.stderr,
        )
    return question_set


def _yardsticks(
    name: str, baseline: Path | None, gate: bool
) -> tuple[Evaluation | None, Floors | None]:
    """What to compare with, and the floors; for the gate those of the project, by default.

    Raises BadInputError when the gate has nothing to go by.
    """
    from eval.evaluation import read_evaluation
    from eval.sets import BASELINES, find_floors

    kept = BASELINES / f"{name}.json"
    if baseline is None and gate and kept.is_file():
        baseline = kept
    before = read_evaluation(baseline) if baseline is not None else None
    floors = find_floors(name) if gate else None
    if gate and before is None and floors is None:
        raise BadInputError(
            f"Voor de set {name} is er niets om tegen te houden. "
            "Geef een eerdere meting met --baseline."
        )
    return before, floors


def _write(
    evaluation: Evaluation,
    before: Evaluation | None,
    comparison: Comparison | None,
    stopped: Sequence[str],
    folder: Path,
    save_baseline: Path | None,
) -> None:
    from eval.evaluation import compact, write_evaluation
    from eval.report import report

    write_evaluation(evaluation, folder / "evaluation.json")
    page = report(evaluation, before, comparison, tuple(stopped))
    (folder / "report.html").write_text(page, encoding="utf-8")
    if save_baseline is not None:
        write_evaluation(compact(evaluation), save_baseline)


def _measure(
    parts: Parts, question_set: QuestionSet, part: Literal["tune", "final"] | None, number: int
) -> Evaluation:
    from eval.runner import evaluate
    from eval.shelf import EditionShelf

    # The first question opens the model and the index: that time is not the question's.
    parts.assistant.answer(_WARM_UP, edition=number)
    with progress() as report:
        return evaluate(
            parts.assistant,
            EditionShelf(parts.registry, parts.ledger),
            question_set,
            part,
            report,
            number,
        )


def check_folder(folder: Path) -> None:
    """Before the work starts: an hour later is late to hear that a folder cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"In {folder} kan niets worden bewaard ({error.strerror}).") from None


def _judge(evaluation: Evaluation, settings: Settings, ask: Ask, folder: Path) -> None:
    """Let the language model judge the statements, and keep what it says beside the report."""
    from eval.judge import judge

    with progress() as report:
        judgement = judge(evaluation, str(settings.llm_model), ask, report)
    (folder / "judge.json").write_text(judgement.model_dump_json(indent=2), encoding="utf-8")
    faithful = judgement.faithful
    share = "geen leesbaar oordeel" if faithful is None else f"{faithful:.0%} gesteund"
    # On standard error: with --json the figures stand alone on standard output.
    print(
        f"Oordeel van {judgement.model} over {len(judgement.statements)} uitspraken: {share} "
        "(een advies, het telt niet mee in de poort)",
        file=sys.stderr,
    )
