"""`python -m eval.bench.load`: how much the server takes, how it does while the corpus changes,
and what it does when there is too much.

The server is the real one, in processes of its own. No question is asked twice.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from eval.bench.embed_alone import alone
from eval.bench.embedders import DEFAULT, load_embedder
from eval.bench.load_report import Busy, Changing, LoadBench, Step, report
from eval.bench.load_run import LoadRun, Plan
from eval.bench.machine import describe_machine, library_versions
from eval.bench.made_edition import count_passages, publish_made_up
from eval.bench.output import keep, say
from eval.bench.papers import write_papers
from eval.bench.report import RESULTS
from eval.bench.serving import environment, serving


def run_load_bench(
    plan: Plan, settings: Settings, say: Callable[[str], None], data: Path | None = None
) -> LoadBench:
    """Measure in a temporary folder, on a copy of ``data`` or else on a made-up corpus.

    Raises NotReadyError when the model is not there or the server does not start.
    """
    machine = describe_machine()
    with tempfile.TemporaryDirectory() as name:
        own = settings.model_copy(update={"data_dir": Path(name) / "gegevens"})
        say("Corpus klaarzetten")
        model = _prepare(plan, own, data)
        passages = count_passages(own)
        write_papers(Path(name) / "papieren", len(plan.workers), plan.pages)
        papers = sorted((Path(name) / "papieren").iterdir())
        steps: list[Step] = []
        changing: list[Changing] = []
        busy: list[Busy] = []
        for workers, paper in zip(plan.workers, papers, strict=True):
            say(f"Server met {workers} proces(sen)")
            run = LoadRun(plan, own, workers, say)
            told = environment(own)
            with alone(own, DEFAULT, workers) as bound, serving(told, workers) as server:
                steps += run.steps(server, bound)
                busy += run.busy(server)
                changing.append(run.changing(server, paper))
    return LoadBench(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine,
        libraries=library_versions(),
        model=model,
        passages=passages,
        pages=plan.pages,
        steps=tuple(steps),
        changing=tuple(changing),
        busy=tuple(busy),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code: 0, or 2 when something that it needs is not there."""
    given = _parser().parse_args(arguments)
    plan = Plan(given.passages, tuple(given.workers), tuple(given.readers), given.seconds)
    if given.quick:
        plan = Plan(plan.passages, plan.workers, plan.readers, 3.0, warm_s=3.0, pages=5)
    try:
        bench = run_load_bench(plan, Settings(), say, given.data)
    except RoutewijzerError as error:
        print(f"eval.bench.load: {error}", file=sys.stderr)
        return 2
    keep(bench, report(bench), given.out)
    return 0


# --- steps -----------------------------------------------------------------------------------


def _prepare(plan: Plan, own: Settings, data: Path | None) -> str:
    """Fill the data folder; returns the name of the model."""
    embedder = load_embedder(DEFAULT, own, made_up=False)
    if data is not None:
        shutil.copytree(data, own.data_dir)
    else:
        publish_made_up(own, embedder, plan.passages)
    return embedder.model_id


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.load", description="Meet de server onder belasting."
    )
    usual = Plan()
    parser.add_argument("--passages", type=int, default=usual.passages, metavar="N")
    parser.add_argument("--workers", type=int, nargs="+", default=usual.workers, metavar="N")
    parser.add_argument("--readers", type=int, nargs="+", default=usual.readers, metavar="N")
    parser.add_argument("--seconds", type=float, default=usual.seconds, metavar="S")
    parser.add_argument("--quick", action="store_true", help="om te zien of alles werkt")
    parser.add_argument(
        "--data", type=Path, metavar="MAP", help="meet op een kopie van deze map met gegevens"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "bench-load.json", metavar="BESTAND")
    return parser


if __name__ == "__main__":
    sys.exit(main())
