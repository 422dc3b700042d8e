"""`python -m eval.bench.soak`: whether the server stays as it is under mixed use, hour after hour.

Readers ask without a pause and open pages, and a document is changed and published time and again.
What each process of the server takes is looked at every few seconds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from subprocess import Popen
from urllib.request import urlopen

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from eval.bench.asked import distinct_questions
from eval.bench.embedders import DEFAULT, load_embedder
from eval.bench.machine import describe_machine
from eval.bench.made_edition import count_passages, publish_made_up
from eval.bench.output import keep, say
from eval.bench.readers import Load, for_seconds, load
from eval.bench.report import RESULTS
from eval.bench.serving import Server, command, environment, serving
from eval.bench.soak_report import Sample, SoakBench, report

_READERS = 4
_EVERY_S = 5.0
"""Between two looks at the server."""
_QUESTIONS = 1_000_000
_PAGES = ("/", "/documenten", "/over", "/readyz")


def run_soak(
    minutes: float,
    passages: int,
    workers: int,
    settings: Settings,
    say: Callable[[str], None],
    data: Path | None = None,
    publish_s: float = 60.0,
) -> SoakBench:
    """Use a server for ``minutes`` on a copy of ``data`` or else on a made-up corpus, and publish
    every ``publish_s`` seconds.

    Raises NotReadyError when the model is not there or the server does not start.
    """
    machine = describe_machine()
    with tempfile.TemporaryDirectory() as name:
        own = settings.model_copy(update={"data_dir": Path(name) / "gegevens"})
        say("Corpus klaarzetten")
        if data is not None:
            shutil.copytree(data, own.data_dir)
        else:
            publish_made_up(own, load_embedder(DEFAULT, own, made_up=False), passages)
        searched = count_passages(own)
        staff = _Staff(own, Path(name) / "pagina.md", publish_s)
        with serving(environment(own), workers) as server:
            say(f"{minutes:g} minuten gebruiken")
            loads, samples = _use(server, staff, minutes)
        staff.end()
    return SoakBench(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine,
        passages=searched,
        minutes=minutes,
        readers=_READERS,
        answers=sum(len(found.answered) for found in loads),
        failed=sum(found.failed for found in loads),
        refused=sum(len(found.refused) for found in loads),
        publish_s=publish_s,
        published=staff.published,
        not_published=staff.failed,
        samples=tuple(samples),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns the exit code: 0, or 2 when something that it needs is not there."""
    given = _parser().parse_args(arguments)
    try:
        bench = run_soak(
            given.minutes,
            given.passages,
            given.workers,
            Settings(),
            say,
            given.data,
            given.publish_every,
        )
    except RoutewijzerError as error:
        print(f"eval.bench.soak: {error}", file=sys.stderr)
        return 2
    keep(bench, report(bench), given.out)
    return 0


# --- steps -----------------------------------------------------------------------------------


def _use(server: Server, staff: _Staff, minutes: float) -> tuple[list[Load], list[Sample]]:
    """All that readers got, and what the server took meanwhile."""
    questions: Iterator[str] = distinct_questions(_QUESTIONS, seed=9)
    loads: list[Load] = []
    samples: list[Sample] = []
    sources = cycle(_sources(server))
    began = time.monotonic()
    while time.monotonic() - began < 60 * minutes:
        staff.publish_when_due()
        loads.append(load(server.port, questions, _READERS, for_seconds(_EVERY_S)))
        for path in (*_PAGES, next(sources)):
            _get(server, path)
        samples.append(Sample(time.monotonic() - began, tuple(server.taken())))
    return loads, samples


def _sources(server: Server) -> list[str]:
    """Paths of the pages of the documents."""
    documents = json.loads(_get(server, "/api/documents"))
    return [f"/bron/{document['id']}" for document in documents]


def _get(server: Server, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=60) as response:
        found: bytes = response.read()
    return found


class _Staff:
    """Changes one document and publishes it every ``every_s`` seconds, in a process of its own."""

    def __init__(self, settings: Settings, page: Path, every_s: float) -> None:
        self._settings, self._page, self._every_s = settings, page, every_s
        self._running: Popen[bytes] | None = None
        self._due = time.monotonic()
        self._turn = 0
        self.published = self.failed = 0

    def publish_when_due(self) -> None:
        """Start the next publication when it is time and the last one is over."""
        if self._running is not None and self._running.poll() is not None:
            self.end()
        if self._running is None and time.monotonic() >= self._due:
            self._due, self._turn = time.monotonic() + self._every_s, self._turn + 1
            text = f"# Proef {self._turn}\n\nIn ronde {self._turn} telt de proef {self._turn} uur."
            self._page.write_text(text + "\n", encoding="utf-8")
            told = environment(self._settings)
            self._running = command(told, "ingest", str(self._page), "--id", "proef", "--publish")

    def end(self) -> None:
        """Wait for the publication that runs, if any, and count it."""
        if self._running is not None:
            well = self._running.wait() == 0
            self.published, self.failed = self.published + well, self.failed + (not well)
            self._running = None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.soak", description="Gebruik de server een tijd lang."
    )
    parser.add_argument("--minutes", type=float, default=10.0, metavar="M")
    parser.add_argument(
        "--publish-every", type=float, default=60.0, metavar="S", help="tussen twee publicaties"
    )
    parser.add_argument("--passages", type=int, default=10_000, metavar="N")
    parser.add_argument("--workers", type=int, default=1, metavar="N")
    parser.add_argument(
        "--data", type=Path, metavar="MAP", help="gebruik een kopie van deze map met gegevens"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "bench-soak.json", metavar="BESTAND")
    return parser


if __name__ == "__main__":
    sys.exit(main())
