"""Evaluations of editions, kept so that no edition is asked the same questions twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from corpus.errors import BadInputError
from corpus.types import Version
from eval.evaluation import Evaluation, read_evaluation, write_evaluation
from eval.questions import QuestionSet

_CODE = ("corpus", "assistant", "eval")
_DIGITS = 16


def code_release(more: Iterable[str] = ()) -> str:
    """Hash of the code that answers and measures, its word lists, and ``more``: what else
    answers depend on, such as the model and a glossary of staff."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(p for folder in _CODE for p in (root / folder).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    for path in sorted((root / "corpus").glob("*.toml")):
        digest.update(path.read_bytes())
    digest.update(repr(tuple(more)).encode())
    return digest.hexdigest()[:_DIGITS]


class Kept:
    """The evaluations of one edition, in the folder of its report."""

    def __init__(self, folder: Path, release: str) -> None:
        self._folder = folder
        self._release = release

    def read(
        self, question_set: QuestionSet, versions: Mapping[str, Version], today: date
    ) -> Evaluation | None:
        """What was kept for this edition, set, code and day; None when something differs."""
        path = self._path(question_set, versions, today)
        try:
            return read_evaluation(path) if path.is_file() else None
        except BadInputError:
            return None  # of another release, or cut short: it is measured again

    def write(
        self,
        evaluation: Evaluation,
        question_set: QuestionSet,
        versions: Mapping[str, Version],
        today: date,
    ) -> None:
        """Keep an evaluation in the place of earlier ones of the same set."""
        path = self._path(question_set, versions, today)
        self._folder.mkdir(parents=True, exist_ok=True)
        earlier = list(self._folder.glob(f"evaluation-{question_set.set.name}-*.json"))
        half = self._folder / f".half-{question_set.set.name}.json"
        write_evaluation(evaluation, half)
        half.replace(path)
        for old in earlier:
            if old != path:
                old.unlink()

    def _path(
        self, question_set: QuestionSet, versions: Mapping[str, Version], today: date
    ) -> Path:
        past = [
            d
            for d, v in sorted(versions.items())
            # A document past its date is not searched: another day, other answers.
            if v.metadata.valid_until is not None and v.metadata.valid_until < today
        ]
        members = sorted(v.id for v in versions.values())
        parts = (self._release, question_set.model_dump_json(), past, members)
        key = hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        return self._folder / f"evaluation-{question_set.set.name}-{key}.json"
