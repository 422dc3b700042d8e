"""Both answers of every question that changed: kept with a verdict, to lay them side by side."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import BadInputError
from corpus.types import Frozen
from eval.compare import Change, Comparison
from eval.evaluation import Evaluation, Result


class Sides(Frozen):
    """A change with both answers; ``before`` has no texts when it comes from a bare baseline."""

    change: Change
    before: Result
    after: Result


_MANY = TypeAdapter(tuple[Sides, ...])


def both_sides(comparison: Comparison, before: Evaluation, after: Evaluation) -> tuple[Sides, ...]:
    """The changes of a comparison with what each run answered, in the order of the comparison."""
    old = {r.id: r for r in before.results}
    new = {r.id: r for r in after.results}
    return tuple(Sides(change=c, before=old[c.id], after=new[c.id]) for c in comparison.changes)


def write_sides(sides: tuple[Sides, ...], folder: Path, set_name: str) -> None:
    """Keep the sides of one question set. Readers see the old file or the new one."""
    half = folder / f".changes-{set_name}.json"
    half.write_bytes(_MANY.dump_json(sides, exclude_defaults=True))
    half.replace(_path(folder, set_name))


def read_sides(folder: Path, set_name: str) -> tuple[Sides, ...] | None:
    """What was kept, or None: a verdict of an earlier release has no sides. Raises BadInputError
    for a file that is broken."""
    path = _path(folder, set_name)
    if not path.is_file():
        return None
    try:
        return _MANY.validate_json(path.read_bytes())
    except ValidationError:
        raise BadInputError(
            f"De antwoorden in {path.name} zijn niet te lezen. Meet deze editie opnieuw."
        ) from None


def _path(folder: Path, set_name: str) -> Path:
    return folder / f"changes-{set_name}.json"
