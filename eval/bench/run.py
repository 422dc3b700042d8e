"""The whole bench. Read `run_bench` from top to bottom."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.settings import Settings
from eval.bench import measures
from eval.bench.asked import distinct_questions
from eval.bench.embedders import DEFAULT, TimedEmbedder, load_embedder
from eval.bench.machine import describe_machine, library_versions
from eval.bench.measures import Row
from eval.bench.pages import write_pages
from eval.bench.start import Started, measure_start
from eval.bench.system import SIDES, Side, System, open_system
from eval.bench.tutorial import load_splitter
from eval.sets import find_set

REAL_LIMIT = 200
"""Pages that are embedded by the model; with more of them passages get random vectors."""
_NEEDS_MODEL: Mapping[Side, set[str]] = {
    "ours": {"ingest", "ingest_embed", "changed"},
    "tutorial": {"ingest", "ingest_embed", "changed", "unchanged"},
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    pages: int = 50
    questions: int = 120
    repeats: int = 3
    """Of a second ingest, of a changed page, and of a start."""
    rounds: int = 3
    """In which all questions are asked, of each side."""
    answers: int = 100
    """Before memory is measured again."""
    at_once: int = 600
    """Questions that eight readers ask together, no two the same."""

    @property
    def made_up(self) -> bool:
        """Whether passages get random vectors."""
        return self.pages > REAL_LIMIT


STANDARD = Plan()
QUICK = Plan(pages=16, questions=30, repeats=1, rounds=1, at_once=100)


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured, where and on what."""

    date: str
    plan: Plan
    machine: dict[str, object]
    libraries: dict[str, str]
    model: str
    sizes: dict[str, int]
    """Of both sides, by kind: pages, passages, sentences, chunks."""
    rows: tuple[Row, ...]


def run_bench(
    plan: Plan, settings: Settings, say: Callable[[str], None], embedder: str = DEFAULT
) -> Bench:
    """Measure both sides on the same pages, questions and model, in this one run.

    ``settings`` say which model; data goes to a temporary folder. ``say`` gets a line per step.
    Raises NotReadyError when the model or the splitter of the tutorial is not there.
    """
    load_splitter()
    machine = describe_machine()
    questions = [q.question for q in find_set("starter").questions][: plan.questions]
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "paginas"
        write_pages(pages, plan.pages)
        folders = {side: _settings_of(side, settings, Path(name)) for side in SIDES}
        say("Model laden")
        model = load_embedder(embedder, settings, plan.made_up)
        rows, sizes = _measure_open(plan, folders, pages, questions, model, say)
        say("Starten in een nieuw proces")
        rows += _measure_starts(plan, folders, questions, embedder)
    return Bench(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        plan=plan,
        machine=machine,
        libraries=library_versions(),
        model=model.model_id,
        sizes={"pages": plan.pages, **sizes},
        rows=tuple(_only_what_is_real(row, plan) for row in rows),
    )


# --- steps -----------------------------------------------------------------------------------


def _settings_of(side: Side, settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(update={"data_dir": folder / side})


def _measure_open(
    plan: Plan,
    folders: Mapping[Side, Settings],
    pages: Path,
    questions: Sequence[str],
    model: TimedEmbedder,
    say: Callable[[str], None],
) -> tuple[list[Row], dict[str, int]]:
    """What is measured in this process, with both sides open."""
    with ExitStack() as stack:
        ours, tutorial = (_open(stack, s, folders[s], model) for s in SIDES)
        say("Inlezen, de eerste keer")
        rows = measures.first_ingest(ours, tutorial, pages)
        rows.append(measures.disk("disk", ours, tutorial))
        sizes = {**ours.sizes(), **tutorial.sizes()}
        say("Inlezen, daarna")
        rows += measures.ingest_again(ours, tutorial, pages, plan.repeats)
        rows.append(measures.disk("disk_later", ours, tutorial))
        say("Vragen stellen")
        rows += measures.latencies(ours, tutorial, questions, plan.rounds)
        others = list(distinct_questions(plan.at_once))
        rows.append(measures.throughput(ours, tutorial, others))
    return rows, sizes


def _open(stack: ExitStack, side: Side, settings: Settings, model: TimedEmbedder) -> System:
    system = open_system(side, settings, model)
    stack.callback(system.close)
    return system


def _measure_starts(
    plan: Plan, folders: Mapping[Side, Settings], questions: Sequence[str], embedder: str
) -> list[Row]:
    found: dict[Side, list[Started]] = {side: [] for side in SIDES}
    for _ in range(plan.repeats):
        for side in SIDES:  # in turns: what else the machine does hits both
            found[side].append(
                measure_start(side, folders[side], embedder, plan.made_up, questions, plan.answers)
            )
    return measures.starts(found["ours"], found["tutorial"])


def _only_what_is_real(row: Row, plan: Plan) -> Row:
    """With made-up vectors nothing is said of what the model would have taken."""
    if not plan.made_up:
        return row
    return replace(
        row,
        ours=None if row.key in _NEEDS_MODEL["ours"] else row.ours,
        tutorial=None if row.key in _NEEDS_MODEL["tutorial"] else row.tutorial,
    )
