"""Fits the gate's weights on the parts of the question sets that are meant for tuning.

    python -m eval.calibrate DATA_DIR [DATA_DIR ...]

Each DATA_DIR holds a published edition; of the question sets in `eval/sets` and `eval/sets/more`
those are asked that are about its documents. What is printed goes into
`assistant.gate.GateSettings`.

Logistic regression (Cox 1958) with balanced classes on standardised signals, written out for the
signals as they are. Questions that a rule of the gate decides are left out of the fit.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import corpus
from assistant.evidence import EvidenceSelector
from assistant.gate import Gate, GateSettings
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from assistant.signals import Signals
from assistant.subjects import open_subjects
from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.embedder import open_embedder
from corpus.errors import RoutewijzerError
from corpus.glossary import load_glossary
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.spelling import Speller
from eval.questions import Part, Question, load_set
from eval.sets import SETS, fitting_sets

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_FOLDS = 8
_TIMES = 5
_SEED = 7
_ANSWERED = 0.95
_HITS = 20
_OPEN = GateSettings(bar=-1e9)
"""Answers all that no rule refuses."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set with what the gate knows of it."""

    question: Question
    set_name: str
    signals: Signals | None
    """None when a rule of the gate refuses it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted settings, and what they do on questions that were left out of the fit."""

    settings: GateSettings
    auc: float
    refused: float
    """Share of the unanswerable questions below the bar, in cross-validation."""
    left_out: tuple[float, ...]
    """Sum above the bar (0 is at the bar) of each question when it was left out."""


def fit_gate(signals: Sequence[Signals], answerable: Sequence[bool], answered: float) -> Fit:
    """Fit the gate, with the bar where the share ``answered`` (0 to 1) of the answerable pass."""
    from sklearn.metrics import roc_auc_score  # as in _model

    x = np.array([astuple(s) for s in signals], dtype=np.float64)
    y = np.array(answerable)
    left_out = _left_out(x, y)
    bar = float(np.quantile(left_out[y], 1 - answered))
    model = _model().fit(x, y)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    offset = float(logistic.intercept_[0] - weights @ scaler.mean_) - bar
    named = dict(zip((f.name for f in fields(Signals)), map(float, weights), strict=True))
    return Fit(
        settings=GateSettings(**named, offset=offset, bar=0.0),
        auc=float(roc_auc_score(y, left_out)),
        refused=float((left_out[~y] < bar).mean()),
        left_out=tuple(float(v) for v in left_out - bar),
    )


def ask(data_dir: Path, part: Part) -> Iterator[Asked]:
    """Every question of a part of the sets about the edition published in ``data_dir``.

    Raises NotReadyError when nothing is published there or the model is not set up.
    """
    settings = Settings(data_dir=data_dir)
    registry = Registry(open_database(data_dir))
    analyser, embedder = DutchAnalyser(), open_embedder(settings)
    glossary = load_glossary(Path(corpus.__file__).parent / "glossary.toml", analyser)
    library = Library(registry, Ledger(registry.engine), data_dir / "editions", embedder.model_id)
    retriever = Retriever(library, embedder, analyser, glossary)
    selector = EvidenceSelector(registry, analyser, glossary, embedder.model_id)
    speller = Speller(analyser, glossary)
    reader = QuestionReader(library, analyser, speller, settings.max_question_chars)
    gate = Gate(analyser, _OPEN, subjects=open_subjects(embedder.model_id))
    documents = {d.id for d in library.documents()}
    sets = [load_set(path) for path in sorted(SETS.rglob("*.yaml"))]
    for question_set in fitting_sets(sets, documents):
        for q in question_set.part(part):
            query = reader.read(q.question, q.audience, q.history)
            retrieved = retriever.search(query, _HITS)
            ranked = selector.select(query, retrieved)
            passes = gate.decide(query, retrieved, ranked).status == "answered"
            signals = gate.signals(query, retrieved, ranked) if passes else None
            yield Asked(q, question_set.set.name, signals)


def main(arguments: Sequence[str]) -> int:
    """Fit on the data folders named; returns the exit code: 0, or 2 for wrong use."""
    if not arguments:
        print("Gebruik: python -m eval.calibrate GEGEVENSMAP [GEGEVENSMAP ...]", file=sys.stderr)
        return 2
    try:
        asked = [each for folder in arguments for each in ask(Path(folder), "tune")]
    except RoutewijzerError as error:
        print(f"eval.calibrate: {error}", file=sys.stderr)
        return 2
    print(report(asked))
    return 0


def report(asked: Sequence[Asked]) -> str:
    """The fit on ``asked`` in words: settings, and answered and refused in cross-validation."""
    weighed = [a for a in asked if a.signals is not None]
    signals = [a.signals for a in weighed if a.signals is not None]
    stopped = sum(a.question.answerable and a.signals is None for a in asked)
    answerable = sum(a.question.answerable for a in asked)
    # What rules refuse wrongly is made up for by the bar.
    share = min(1.0, _ANSWERED * answerable / (answerable - stopped))
    fit = fit_gate(signals, [a.question.answerable for a in weighed], share)
    passes = {id(a): total >= 0 for a, total in zip(weighed, fit.left_out, strict=True)}
    counts: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for a in asked:
        kinds = a.question.kind if a.question.answerable else (a.question.unanswerable or "",)
        for key in [("set", a.set_name), *(("soort", kind) for kind in kinds)]:
            name = (key[0], f"{key[1]} {'beantwoordbaar' if a.question.answerable else 'niet'}")
            counts[name] += 1
            right[name] += passes.get(id(a), False) == a.question.answerable
    lines = [
        f"{kind} {name}: {right[kind, name]}/{n}" for (kind, name), n in sorted(counts.items())
    ]
    return "\n".join(
        [f"auc {fit.auc:.3f}, geweigerd {fit.refused:.3f}", *lines, repr(fit.settings)]
    )


# --- steps ---------------------------------------------------------------------------------------


def _model() -> Pipeline:
    from sklearn.linear_model import LogisticRegression  # it takes seconds, and is needed here
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(
        StandardScaler(), LogisticRegression(C=0.3, class_weight="balanced", max_iter=1000)
    )


def _left_out(x: NDArray[np.float64], y: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean sum of each question over the models that did not see it."""
    from sklearn.model_selection import RepeatedStratifiedKFold  # as in _model

    folds = RepeatedStratifiedKFold(n_splits=_FOLDS, n_repeats=_TIMES, random_state=_SEED)
    total = np.zeros(len(y))
    for seen, rest in folds.split(x, y):
        total[rest] += _model().fit(x[seen], y[seen]).decision_function(x[rest])
    return total / _TIMES


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
