"""`python -m eval.bench.retrieval`: speed, memory and growth of search, at several sizes."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np

from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.errors import RoutewijzerError
from corpus.index import EditionIndex, IndexBuilder
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Unit, Vectors
from eval.bench.embedders import DEFAULT, TimedEmbedder, load_embedder
from eval.bench.machine import describe_machine, folder_mb, library_versions, resident_mb
from eval.bench.made_corpus import PASSAGES, MadeUp, store
from eval.bench.made_edition import Uncompared
from eval.bench.ours import Ours
from eval.bench.report import RESULTS, number
from eval.sets import find_set

_T = TypeVar("_T")
SIZES = (200, 10_000)
_WHO = "bench"
_QUESTIONS = 60
_ROUNDS = 3
_ADDED = 3  # documents, one publication each
_K: dict[Unit, int] = {"passages": 60, "sentences": 300}
_LABELS = {
    "open_ms": ("Editie openen", "ms"),
    "warm_ms": ("Opwarmen bij de start", "ms"),
    "first_ms": ("Eerste zoekvraag, zonder model", "ms"),
    "tenth_ms": ("Tiende zoekvraag, zonder model", "ms"),
    "embed_p50_ms": ("De vraag door het model, p50", "ms"),
    "embed_p95_ms": ("De vraag door het model, p95", "ms"),
    "arms_p50_ms": ("De drie zoekarmen samen, p50", "ms"),
    "arms_p95_ms": ("De drie zoekarmen samen, p95", "ms"),
    "dense_p50_ms": ("  passages, 60 naaste", "ms"),
    "sentence_p50_ms": ("  zinnen, 300 naaste", "ms"),
    "lexical_p50_ms": ("  woorden (BM25), 60 beste", "ms"),
    "whole_p50_ms": ("Heel het zoeken, met model, p50", "ms"),
    "whole_p95_ms": ("Heel het zoeken, met model, p95", "ms"),
    "whole_over_embed": ("Heel het zoeken gedeeld door het model, p50", "×"),
    "recall_60": ("Van de 60 naaste passages gevonden", ""),
    "recall_300": ("Van de 300 naaste zinnen gevonden", ""),
    "memory_mb": ("Geheugen door openen en zoeken", "MB"),
    "memory_mb_per_1000": ("  per 1.000 passages", "MB"),
    "index_mb": ("Index van één editie op schijf", "MB"),
    "database_mb": ("Database op schijf", "MB"),
    "add_s": ("Eén document erbij, tot lezers het zien", "s"),
    "build_s": ("Index maken en publiceren, alles", "s"),
}
_NOTES = (
    "Teksten zijn zinnen van de startpagina's met elk derde woord vervangen door een ander "
    "Nederlands woord. Vectoren van passages en zinnen zijn gemaakt uit die van de startpagina's: "
    "twee aan twee gemengd en verschoven. De vragen en hun vectoren zijn echt.",
    "Dit zegt iets over snelheid en groei, niets over hoe goed er gevonden wordt. De regels "
    "'cosinus' laten zien hoe gemaakte vectoren om een vraag liggen, naast echte.",
    "Het geheugen bevat de bestanden van de index die in beeld zijn: die delen processen, en het "
    "systeem neemt die ruimte terug als het die nodig heeft.",
)


class _Ready:
    """A corpus of one size in a folder, published."""

    def __init__(self, size: int, settings: Settings, made: MadeUp, model: TimedEmbedder) -> None:
        self.settings, self.made, self.model = settings, made, model
        self.data_dir = settings.data_dir
        self.registry = Registry(open_database(self.data_dir))
        self.ledger = Ledger(self.registry.engine)
        self.analyser = DutchAnalyser()
        self.documents = size // PASSAGES
        store(made, 0, self.documents, self.registry, model.model_id, compared=True)
        started = time.perf_counter()
        self._editions(Uncompared).publish(_WHO)
        self.build_s = time.perf_counter() - started

    def folder(self) -> Path:
        """Where the index of the published edition lies."""
        return self.data_dir / "editions" / f"{self.ledger.current():06d}"

    def add_one(self, library: Library, vector: Vectors) -> float:
        """Seconds from publishing one document until a reader has searched an edition with it."""
        store(self.made, self.documents, 1, self.registry, self.model.model_id, compared=False)
        self.documents += 1
        # A publication runs in a process of its own: what set this corpus up is not there.
        gc.collect()
        gc.freeze()
        editions = self._editions(IndexBuilder)
        started = time.perf_counter()
        editions.publish(_WHO)
        _arms(library.open_edition(), vector, {"student": 1.0})
        return time.perf_counter() - started

    def _editions(self, builder: type[IndexBuilder]) -> Editions:
        model_id = self.model.model_id
        return Editions(
            self.registry,
            self.ledger,
            builder(self.registry, self.analyser, model_id),
            WriteLock(self.data_dir, 10),
            self.data_dir,
            model_id,
        )


def measure(size: int, made: MadeUp, model: TimedEmbedder, settings: Settings) -> dict[str, float]:
    """Figures for a corpus of ``size`` passages."""
    questions = [q.question for q in find_set("starter").questions][:_QUESTIONS]
    with tempfile.TemporaryDirectory() as name:
        own = settings.model_copy(update={"data_dir": Path(name)})
        ready = _Ready(size, own, made, model)
        asked = [model.embed_queries([q])[0] for q in questions]
        terms = [dict.fromkeys(ready.analyser.terms(q), 1.0) for q in questions]
        before = resident_mb() or 0.0
        index, open_ms = _timed(lambda: EditionIndex(1, ready.folder()))
        _, warm_ms = _timed(index.warm)
        taken = [_arms(index, v, t) for v, t in zip(asked, terms, strict=True)]
        memory = resident_mb() or 0.0
        for _ in range(_ROUNDS - 1):
            taken += [_arms(index, v, t) for v, t in zip(asked, terms, strict=True)]
        whole, embed = _whole(own, model, questions)
        library = Library(ready.registry, ready.ledger, own.data_dir / "editions", model.model_id)
        library.open_edition()
        found = {
            "open_ms": open_ms,
            "warm_ms": warm_ms,
            "first_ms": sum(taken[0]),
            "tenth_ms": sum(taken[9]),
            **_percentiles("embed", embed),
            **_percentiles("arms", [sum(each) for each in taken]),
            **{
                f"{arm}_p50_ms": median(each[n] for each in taken)
                for n, arm in enumerate(("dense", "sentence", "lexical"))
            },
            **_percentiles("whole", whole),
            "whole_over_embed": median(whole) / median(embed),
            "recall_60": _recall(index, "passages", asked),
            "recall_300": _recall(index, "sentences", asked),
            "memory_mb": memory - before,
            "memory_mb_per_1000": (memory - before) / size * 1000,
            "index_mb": folder_mb(ready.folder()),
            "database_mb": folder_mb(own.data_dir) - folder_mb(own.data_dir / "editions"),
            "build_s": ready.build_s,
            "add_s": median(ready.add_one(library, asked[0]) for _ in range(_ADDED)),
        }
        ready.registry.engine.dispose()
    return found


def spread(made: MadeUp, model: TimedEmbedder) -> dict[str, list[float]]:
    """Mean cosine of a question's 1st, 10th and 60th nearest and of all: real and made-up texts."""
    questions = [q.question for q in find_set("starter").questions][:_QUESTIONS]
    asked = model.embed_queries(questions)
    found = {}
    for name, vectors in (("real", made.real), ("made", made.vectors(len(made.real)))):
        scores = np.sort(asked @ vectors.T, axis=1)[:, ::-1]
        columns = [scores[:, at].mean() for at in (0, 9, 59)]
        found[name] = [round(float(value), 4) for value in (*columns, scores.mean())]
    return found


def table(content: dict[str, object], sizes: dict[str, dict[str, float]]) -> str:
    """The figures for people, in Dutch."""
    rows = [("", *(f"{int(size):,} passages".replace(",", ".") for size in sizes))]
    for key, (label, unit) in _LABELS.items():
        rows.append((label, *(f"{number(found[key])} {unit}".strip() for found in sizes.values())))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]))) for row in rows
    ]
    head = f"Bench van {content['date']}, {content['machine']}"
    cosines = f"Cosinus van de 1e, 10e en 60e naaste, en van alle: {content['spread']}"
    return "\n".join([head, "", *lines, "", *_NOTES, cosines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns the exit code: 0, or 2 when the model is not there."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PASSAGES")
    parser.add_argument("--out", type=Path, default=RESULTS / "bench-retrieval.json")
    parser.add_argument("--embedder", default=DEFAULT, metavar="MODULE:FUNCTIE")
    given = parser.parse_args(arguments)
    settings = Settings()
    machine = describe_machine()
    try:
        model = load_embedder(given.embedder, settings, made_up=False)
    except RoutewijzerError as error:
        print(f"eval.bench.retrieval: {error}", file=sys.stderr)
        return 2
    made = MadeUp(settings, model)
    sizes = {}
    for size in given.sizes:
        print(f"{size} passages", file=sys.stderr, flush=True)
        sizes[str(size)] = measure(size, made, model, settings)
    content: dict[str, object] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "libraries": library_versions(),
        "model": model.model_id,
        "about": list(_NOTES),
        "spread": spread(made, model),
        "sizes": {s: {k: round(v, 4) for k, v in found.items()} for s, found in sizes.items()},
    }
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(table(content, sizes))
    return 0


# --- steps -----------------------------------------------------------------------------------


def _arms(index: EditionIndex, vector: Vectors, terms: dict[str, float]) -> tuple[float, ...]:
    """Milliseconds of the dense, the sentence and the lexical arm."""
    searches: tuple[Callable[[], object], ...] = (
        lambda: index.vectors.search("passages", vector, _K["passages"]),
        lambda: index.vectors.search("sentences", vector, _K["sentences"]),
        lambda: index.lexical.search(terms, _K["passages"]),
    )
    return tuple(_timed(search)[1] for search in searches)


def _whole(
    settings: Settings, model: TimedEmbedder, questions: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Milliseconds of the product's search, and of the model in it, per question and round."""
    ours = Ours(settings, model)
    ours.open()
    for question in questions:
        ours.search(question)  # what is kept of passages is there after some questions
    whole, embed = [], []
    for _ in range(_ROUNDS):
        for question in questions:
            before = model.seconds
            _, taken = _timed(partial(ours.search, question))
            whole.append(taken)
            embed.append((model.seconds - before) * 1000)
    ours.close()
    return whole, embed


def _recall(index: EditionIndex, unit: Unit, asked: Sequence[Vectors]) -> float:
    """Share of the really nearest that a search finds."""
    shares = []
    for vector in asked:
        exact = set(list(index.vectors.search(unit, vector, index.vectors.count(unit)))[: _K[unit]])
        shares.append(len(exact & index.vectors.search(unit, vector, _K[unit]).keys()) / len(exact))
    return float(np.mean(shares))


def _timed(act: Callable[[], _T]) -> tuple[_T, float]:
    started = time.perf_counter()
    result = act()
    return result, (time.perf_counter() - started) * 1000


def _percentiles(name: str, values: Sequence[float]) -> dict[str, float]:
    return {f"{name}_p{p}_ms": float(np.percentile(values, p)) for p in (50, 95)}


if __name__ == "__main__":
    sys.exit(main())
