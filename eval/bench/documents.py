"""`python -m eval.bench.documents`: how fast documents come in, and what that takes.

PDFs from file to published beside the tutorial's pipeline; what one changed document costs among
many; and the memory that a long PDF takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from eval.bench.embedders import DEFAULT, TimedEmbedder, load_embedder
from eval.bench.machine import describe_machine, library_versions
from eval.bench.pages import change_page, write_pages
from eval.bench.papers import write_papers
from eval.bench.report import RESULTS, number
from eval.bench.system import Side, Steps, open_system
from ingest.arrive.files import collect_sources
from ingest.clean import clean
from ingest.describe import describe
from ingest.layout import lay_out
from ingest.load import load
from ingest.parse import gather
from ingest.source import PartialMetadata, Source
from ingest.structure import structure

READING = ("load", "clean", "structure", "split", "describe")
"""The steps of reading, in order."""


@dataclass(frozen=True, slots=True)
class DocumentsPlan:
    """How much is measured."""

    papers: int = 8
    pages: int = 5
    """Of each paper."""
    documents: int = 1000
    """Among which one changes."""
    long: int = 500
    """Pages of the PDF whose memory is measured."""


@dataclass(frozen=True, slots=True)
class DocumentsBench:
    """What was measured, where and on what. Times in seconds, memory in MB."""

    date: str
    plan: DocumentsPlan
    machine: dict[str, object]
    libraries: dict[str, str]
    model: str
    ours: Steps
    tutorial: Steps
    reading: dict[str, float]
    """Of each step of reading the papers, by name."""
    texts: int
    """Passages and sentences of the papers: what is embedded."""
    chunks: int
    """What the tutorial embeds."""
    many: float
    """All documents in and published, with random vectors: without the model."""
    unchanged: float
    one_changed: float
    long_read: float
    long_memory: float
    """The most that the process which reads a long PDF had in use."""

    @property
    def besides_embedding(self) -> float:
        """Everything but the embedding, in terms of the embedding."""
        return (self.ours.total - self.ours.embed) / self.ours.embed


def run_documents_bench(
    plan: DocumentsPlan, settings: Settings, say: Callable[[str], None], embedder: str = DEFAULT
) -> DocumentsBench:
    """Measure in temporary folders; ``settings`` say which model.

    Raises NotReadyError when the model or a package of the bench is not there.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = folder / "papers"
        write_papers(papers, plan.papers, plan.pages)
        say("Model laden")
        model = load_embedder(embedder, settings, made_up=False)
        model.embed_passages(["De eerste keer laadt het model nog."])
        say("PDF's inlezen, stap voor stap")
        reading = _read_in_steps(collect_sources([papers], PartialMetadata(), settings), settings)
        say("PDF's inlezen, van bestand tot gepubliceerd")
        sides: tuple[Side, Side] = ("ours", "tutorial")
        (ours, sizes), (tutorial, chunks) = (
            _ingest(side, papers, folder / side, settings, model) for side in sides
        )
        say(f"Eén document van {plan.documents} veranderen")
        made_up = load_embedder(embedder, settings, made_up=True)
        many, unchanged, changed = _change_one(folder, plan.documents, settings, made_up)
        say(f"Een PDF van {plan.long} pagina's lezen")
        long_read, long_memory = _read_long(folder / "long", plan.long, settings)
    return DocumentsBench(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        plan=plan,
        machine=describe_machine(),
        libraries=library_versions(),
        model=model.model_id,
        ours=ours,
        tutorial=tutorial,
        reading=reading,
        texts=sum(sizes.values()),
        chunks=sum(chunks.values()),
        many=many,
        unchanged=unchanged,
        one_changed=changed,
        long_read=long_read,
        long_memory=long_memory,
    )


def documents_table(bench: DocumentsBench) -> str:
    """The figures for people, in Dutch."""
    plan, ours, theirs = bench.plan, bench.ours, bench.tutorial
    pages = plan.papers * plan.pages
    rows = [
        ("", "Routewijzer", "Handleiding", "verhouding"),
        _row("Pagina's per seconde, tot gepubliceerd", pages / ours.total, pages / theirs.total),
        _row("Van bestand tot gepubliceerd (s)", ours.total, theirs.total),
        _row("  lezen, in stukken delen", ours.read, theirs.read),
        *(_row(f"    {step}", bench.reading[step]) for step in READING),
        _row("  betekenis bepalen (model)", ours.embed, theirs.embed),
        _row("  bewaren in SQL", ours.store),
        _row("  index maken en publiceren", ours.index, theirs.index),
        _row("Alles behalve het model, in delen daarvan", bench.besides_embedding),
        _row("Teksten die het model kreeg", bench.texts, bench.chunks),
        _row(f"{plan.documents} documenten inlezen, zonder model (s)", bench.many),
        _row("  daarna niets veranderd (s)", bench.unchanged),
        _row("  daarna één veranderd (s)", bench.one_changed),
        _row("  dat is een deel van", bench.one_changed / bench.many),
        _row(f"PDF van {plan.long} pagina's lezen (s)", bench.long_read),
        _row("  meeste geheugen daarbij (MB)", bench.long_memory),
    ]
    label, *others = (max(len(row[column]) for row in rows) for column in range(4))
    lines = ["  ".join((row[0].ljust(label), *map(str.rjust, row[1:], others))) for row in rows]
    return "\n".join(
        [
            f"Documenten: {plan.papers} PDF's van {plan.pages} pagina's; {bench.date}, "
            f"{bench.machine['cores']} kernen, belasting {bench.machine['load']}",
            "",
            *lines,
            "",
            "Handleiding: pypdf per pagina, de splitser van LangChain, hetzelfde model, chromadb.",
            "De stappen van het lezen zijn apart gemeten, in dezelfde run.",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep the figures; 2 for a missing part. `--quick` measures little."""
    quick = "--quick" in (sys.argv[1:] if arguments is None else arguments)
    plan = DocumentsPlan(papers=2, pages=2, documents=20, long=20) if quick else DocumentsPlan()
    try:
        bench = run_documents_bench(plan, Settings(), lambda s: print(s, file=sys.stderr))
    except RoutewijzerError as error:
        print(f"eval.bench.documents: {error}", file=sys.stderr)
        return 2
    print(documents_table(bench))
    if not quick:
        found = asdict(bench) | {"besides_embedding": bench.besides_embedding}
        path = RESULTS / "bench-documents.json"
        path.write_text(json.dumps(_rounded(found), indent=2) + "\n", encoding="utf-8")
    return 0


# --- steps -----------------------------------------------------------------------------------


def _read_in_steps(sources: Sequence[Source], settings: Settings) -> dict[str, float]:
    """Seconds of each step of `ingest.reader.read_source`, over all sources."""
    taken = dict.fromkeys(READING, 0.0)
    for source in sources:
        clock = _Laps(taken)
        loaded = load(source, settings)
        clock.lap("load")
        cleaned = clean(loaded)
        clock.lap("clean")
        structured = structure(cleaned, source.metadata.title)
        clock.lap("structure")
        parsed = gather(loaded, structured.title, lay_out(structured.blocks))
        clock.lap("split")
        describe(source, parsed, "bench")
        clock.lap("describe")
    return taken


class _Laps:
    """Adds the time since the last lap to a total."""

    def __init__(self, totals: dict[str, float]) -> None:
        self._totals = totals
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._totals[name] += now - self._last
        self._last = now


def _ingest(
    side: Side, papers: Path, data_dir: Path, settings: Settings, model: TimedEmbedder
) -> tuple[Steps, Mapping[str, int]]:
    system = open_system(side, settings.model_copy(update={"data_dir": data_dir}), model)
    try:
        return system.ingest(papers), system.sizes()
    finally:
        system.close()


def _change_one(
    folder: Path, count: int, settings: Settings, model: TimedEmbedder
) -> tuple[float, float, float]:
    """Seconds for all documents, for all again unchanged, and for all with one of them changed."""
    pages = folder / "many"
    write_pages(pages, count)
    data_dir = folder / "many-data"
    system = open_system("ours", settings.model_copy(update={"data_dir": data_dir}), model)
    try:
        first, again = system.ingest(pages).total, system.ingest(pages).total
        change_page(pages, 1)
        return first, again, system.ingest(pages).total
    finally:
        system.close()


_READ_ALONE = """
import sys
from pathlib import Path
from ingest.pdf.document import read_pdf
read_pdf(Path(sys.argv[1]).read_bytes(), "long", lambda done, total: None)
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""
"""Reads as the process of the sandbox does, and says how much memory it had in use at most. The
rusage of a child counts what its parent had before it, too."""


def _read_long(folder: Path, pages: int, settings: Settings) -> tuple[float, float]:
    """Seconds and peak memory in MB for reading one PDF; it is read in a process of its own."""
    write_papers(folder, 1, pages)
    (source,) = collect_sources([folder], PartialMetadata(), settings)
    started = time.perf_counter()
    load(source, settings)
    taken = time.perf_counter() - started
    (path,) = folder.iterdir()
    said = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", _READ_ALONE, str(path)], capture_output=True, check=True, text=True
    )
    return taken, int(said.stdout) / 1024


def _row(label: str, ours: float | None, theirs: float | None = None) -> tuple[str, str, str, str]:
    ratio = f"{number(ours / theirs)} ×" if ours is not None and theirs else "-"
    mine, other = ("-" if value is None else number(value) for value in (ours, theirs))
    return label, mine, other, ratio


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
