"""An evaluation as a value: what every question yielded, and the figures over all of them.

The same format serves a full run (with the answers, to lay two runs side by side) and a baseline
(``compact``: figures, ranks and hashes, without a word of the documents).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from corpus.errors import BadInputError
from corpus.types import Audience, Frozen, StatementKind, Status
from eval.questions import Kind, Part, Unanswerable

_HASH_DIGITS = 12


class Estimate(Frozen):
    """A figure over ``n`` questions with its 95 % interval; None where nothing was measured."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0


class Cited(Frozen):
    """One citation. ``right`` says whether it stands in a gold passage."""

    number: int
    document_id: str
    quote_hash: str
    right: bool | None = None
    title: str | None = None
    section: str | None = None
    page: int | None = None
    quote: str | None = None
    version_id: str | None = None
    start: int | None = None
    end: int | None = None


class Said(Frozen):
    """One statement of an answer, as shown."""

    text: str
    citations: tuple[int, ...]
    kind: StatementKind


class Place(Frozen):
    """A gold quote: where the answer should stand, and whether the edition holds it."""

    document_id: str
    quote_hash: str
    passages: tuple[str, ...]
    """Ids of the searched passages that hold it; empty when the edition does not."""
    quote: str | None = None


class Found(Frozen):
    """One of the best passages that retrieval found."""

    passage_id: str
    document_id: str
    relevant: bool
    section: str | None = None
    excerpt: str | None = None


class Result(Frozen):
    """What one question yielded."""

    id: str
    question_hash: str
    """Of the question with its history: a question that was reworded is another question."""
    part: Part
    kind: tuple[Kind, ...]
    audience: Audience | None = None
    answerable: bool
    unanswerable: Unanswerable | None = None
    status: Status
    gold_rank: int | None = None
    """Place (from 1) of the first gold passage, 0 when it was not found, None without gold."""
    figures: dict[str, float]
    """Only the figures that mean something for this question; names as in ``eval.wording``."""
    answer_hash: str
    cited: tuple[Cited, ...]
    gold: tuple[Place, ...]
    reason: str | None = None
    question: str | None = None
    history: tuple[str, ...] = ()
    answer: str | None = None
    statements: tuple[Said, ...] = ()
    facts: tuple[str, ...] = ()
    """The vital facts that a good answer holds, one wording each."""
    facts_said: tuple[str, ...] = ()
    """Those of them that the answer holds, anywhere."""
    found: tuple[Found, ...] = ()


class Group(Frozen):
    """Figures over some of the questions."""

    name: str
    questions: int
    figures: dict[str, Estimate]


class Summary(Frozen):
    """Figures over all questions and over each group of them."""

    overall: Group
    kinds: tuple[Group, ...]
    audiences: tuple[Group, ...]
    unanswerable: tuple[Group, ...]
    """By why there is no answer; their figure is ``refused``."""
    statuses: dict[str, dict[str, int]]
    """Questions per status, for ``answerable`` and ``unanswerable``."""
    latency_p50: Estimate
    latency_p95: Estimate


class Evaluation(Frozen):
    """One run of a question set over one edition."""

    format: Literal[1] = 1
    set: str
    part: Part | None = None
    edition: int
    engines: tuple[str, ...]
    made_at: str
    """UTC, ISO 8601 to the second."""
    summary: Summary
    results: tuple[Result, ...]


def hashed(text: str) -> str:
    """12 hex digits of SHA-256 over the words of ``text``: spacing does not count."""
    words = " ".join(text.split()).encode("utf-8", "surrogatepass")
    return hashlib.sha256(words).hexdigest()[:_HASH_DIGITS]


def compact(evaluation: Evaluation) -> Evaluation:
    """The same evaluation without texts: what may be kept in the repository as a baseline."""
    return evaluation.model_copy(update={"results": tuple(map(_bare, evaluation.results))})


def write_evaluation(evaluation: Evaluation, path: Path) -> None:
    """Write as JSON, a line for each question, so that two files can be compared by eye."""
    values = evaluation.model_dump(mode="json", exclude_none=True, exclude={"results"})
    lines = [f'"{name}": {_line(value)}' for name, value in values.items()]
    rows = (r.model_dump(mode="json", exclude_defaults=True) for r in evaluation.results)
    lines.append('"results": [\n' + ",\n".join(map(_line, rows)) + "\n]")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def read_evaluation(path: Path) -> Evaluation:
    """Read what ``write_evaluation`` wrote. Raises BadInputError that names the file."""
    try:
        return Evaluation.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(f"De meting {path} is niet te lezen ({error.strerror}).") from None
    except (ValidationError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"{path} is geen meting van `routewijzer eval run` ({_first(error)}). "
            "Geef een evaluation.json."
        ) from None


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _first(error: ValidationError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "geen UTF-8"
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc'])) or 'inhoud'}: {first['msg']}"


def _bare(result: Result) -> Result:
    return Result(
        **{
            name: getattr(result, name)
            for name in (
                "id",
                "question_hash",
                "part",
                "kind",
                "audience",
                "answerable",
                "unanswerable",
                "status",
                "gold_rank",
                "answer_hash",
            )
        },
        figures={name: round(value, 4) for name, value in result.figures.items()},
        cited=tuple(
            Cited(
                number=c.number,
                document_id=c.document_id,
                right=c.right,
                quote_hash=c.quote_hash,
            )
            for c in result.cited
        ),
        gold=tuple(
            Place(document_id=p.document_id, quote_hash=p.quote_hash, passages=p.passages)
            for p in result.gold
        ),
    )
