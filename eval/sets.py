"""The question sets that come with the project, and which one belongs to an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from corpus.errors import BadInputError
from eval.gate import Floors, read_floors
from eval.questions import QuestionSet, load_set

_FOLDER = Path(__file__).parent
SETS = _FOLDER / "sets"
BASELINES = _FOLDER / "baselines"
_FIRST = "starter"
_FITS = 0.5


def find_set(name_or_file: str) -> QuestionSet:
    """A set by name (``starter``) or by file. Raises BadInputError when it is not there."""
    known = SETS / f"{name_or_file}.yaml"
    if known.is_file():
        return load_set(known)
    path = Path(name_or_file)
    if not path.is_file():
        raise BadInputError(
            f"Er is geen vragenset of bestand '{name_or_file}'. "
            f"Kies uit {', '.join(_names())}, of geef het pad van een YAML-bestand."
        )
    return load_set(path)


def find_floors(name: str) -> Floors | None:
    """The floors that a set must reach, or None when it has none."""
    path = BASELINES / f"{name}.yaml"
    return read_floors(path) if path.is_file() else None


def default_set(documents: Collection[str]) -> QuestionSet:
    """The set of an edition with these document ids: ``starter`` when it holds all pages of that
    set, else the set of which it holds the largest share. Raises BadInputError when none fits."""
    shares = [(_share(s, documents), s) for s in map(find_set, _names())]
    best, chosen = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if chosen is None or best == 0:
        raise BadInputError(
            "Bij de documenten van deze editie hoort geen vragenset. Geef er een met --set."
        )
    return chosen


def sets_of(data_dir: Path) -> list[QuestionSet]:
    """The sets of the project, and those of staff: ``DATA_DIR/sets/*.yaml``. A set of staff goes
    before one of the project with the same name. Raises BadInputError for a broken one."""
    own = [load_set(path) for path in sorted((data_dir / "sets").glob("*.yaml"))]
    names = {s.set.name for s in own}
    return own + [s for s in map(find_set, _names()) if s.set.name not in names]


def fitting_sets(sets: Iterable[QuestionSet], documents: Collection[str]) -> list[QuestionSet]:
    """The sets that ask about these documents: at least half of what they name is there."""
    return [s for s in sets if _share(s, documents) >= _FITS]


def missing_documents(question_set: QuestionSet, documents: Collection[str]) -> list[str]:
    """Ids of the documents that a set asks about and that are not there."""
    return [d for d in question_set.set.documents if d not in documents]


def _share(question_set: QuestionSet, documents: Collection[str]) -> float:
    named = question_set.set.documents
    return sum(d in documents for d in named) / len(named) if named else 0.0


def _names() -> list[str]:
    """The starter set first: it wins when an edition holds the documents of several."""
    return sorted((p.stem for p in SETS.glob("*.yaml")), key=lambda name: (name != _FIRST, name))
