"""What the publish gate found: a value that is kept beside the edition, and shown to staff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from corpus.errors import BadInputError
from corpus.types import Frozen
from eval.compare import Comparison, Difference

Check = Literal["figure", "fact", "gold", "number", "span", "word", "page", "index", "vector"]
CHECKS: dict[Check, str] = {
    "figure": "een cijfer is gezakt",
    "fact": "een antwoord noemt een feit niet meer",
    "gold": "een vindplaats is verdwenen",
    "number": "een getal in een zin is veranderd",
    "span": "een zin staat niet op zijn plek in de tekst",
    "word": "een zin begint of eindigt midden in een woord",
    "page": "een bladzijde klopt niet met de plek in de tekst",
    "index": "de index en de documenten verschillen",
    "vector": "een tekst wordt met zijn eigen woorden niet gevonden",
}


class Touched(Frozen):
    """A question whose answer changed."""

    id: str
    question: str


class Reason(Frozen):
    """One reason to keep an edition back, as a Dutch sentence."""

    check: Check
    text: str
    questions: tuple[Touched, ...] = ()


class Documents(Frozen):
    """Ids of the documents that change."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gave_way: tuple[str, ...] = ()


class Measured(Frozen):
    """What changes for the questions of one set. A question may be in several lists."""

    set: str
    questions: int
    differences: tuple[Difference, ...]
    worse: tuple[Touched, ...]
    better: tuple[Touched, ...]
    answered: tuple[Touched, ...]
    """Got no answer, and get one now."""
    unanswered: tuple[Touched, ...]
    moved: tuple[Touched, ...]
    """Cite other documents."""
    lost: tuple[Touched, ...]
    """A place with the answer is gone."""
    other: tuple[Touched, ...]
    """Say something else, as good as before."""


class Verdict(Frozen):
    """Whether a staged edition may go public, and why not. Green has no reasons."""

    format: Literal[1] = 1
    edition: int
    published: int
    judged_at: str
    """UTC, ISO 8601 to the second."""
    documents: Documents
    sets: tuple[Measured, ...]
    """Empty when no question set fits: only documents and index were checked then."""
    reasons: tuple[Reason, ...]
    report: str | None = None
    """The report's file name, in the folder of the verdict."""

    @property
    def green(self) -> bool:
        """Whether nothing speaks against publishing."""
        return not self.reasons


def measured(comparison: Comparison, name: str, questions: dict[str, str]) -> Measured:
    """The changes of a comparison by what they mean; ``questions`` holds the words per id."""

    def touched(ids: list[str]) -> tuple[Touched, ...]:
        return tuple(Touched(id=i, question=questions[i]) for i in ids)

    changes = comparison.changes
    return Measured(
        set=name,
        questions=comparison.questions,
        differences=comparison.differences,
        worse=touched([c.id for c in changes if c.direction == "worse"]),
        better=touched([c.id for c in changes if c.direction == "better"]),
        answered=touched([c.id for c in changes if c.turned == "answered"]),
        unanswered=touched([c.id for c in changes if c.turned == "refused"]),
        moved=touched([c.id for c in changes if c.moved]),
        lost=touched([c.id for c in changes if c.lost]),
        other=touched([c.id for c in changes if c.direction == "other"]),
    )


def report_folder(data_dir: Path, edition: int) -> Path:
    """Where what is known of an edition's quality is kept: not in its index folder, which is
    removed when readers no longer need it."""
    return data_dir / "reports" / str(edition)


def write_verdict(verdict: Verdict, folder: Path) -> None:
    """Keep a verdict. Readers see the old file or the new one, never half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    values = verdict.model_dump(mode="json") | {"green": verdict.green}
    half = folder / ".verdict.json"
    half.write_text(_json(values), encoding="utf-8")
    half.replace(folder / "verdict.json")


def read_verdict(folder: Path) -> Verdict | None:
    """The verdict in a folder, or None. Raises BadInputError for a file that is broken."""
    path = folder / "verdict.json"
    if not path.is_file():
        return None
    try:
        return Verdict.model_validate(_values(path.read_text(encoding="utf-8")))
    except (ValidationError, ValueError) as error:
        raise BadInputError(
            f"Het oordeel {path} is niet te lezen ({type(error).__name__}). "
            "Maak het opnieuw met: routewijzer corpus diff"
        ) from None


def _json(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _values(text: str) -> dict[str, object]:
    values = json.loads(text)
    if isinstance(values, dict):
        values.pop("green", None)  # follows from the reasons; in the file for other programs
        return values
    raise ValueError("no object")
