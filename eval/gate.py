"""Says whether an evaluation is good enough: against floors, and against a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import BadInputError
from eval.compare import Comparison, Difference
from eval.evaluation import Evaluation
from eval.wording import FIGURES, difference, number, significance

JUDGED: tuple[str, ...] = (
    "quality",
    "answered",
    "refused",
    "fact_recall",
    "cited_right",
    "ndcg_10",
    "recall_20",
    "dense_ndcg_10",
    "dense_recall_20",
    "sentence_ndcg_10",
    "sentence_recall_20",
    "lexical_ndcg_10",
    "lexical_recall_20",
)
"""Figures of which a drop against the baseline stops a change. The others say the same again.
Each search arm counts by itself: the other arms make up for one that went lame, until they can't.
"""
SIGNIFICANT = 0.05


class Floors(BaseModel):
    """What a set must reach; see ``eval/baselines``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: str
    margin: float = 0.02
    """A drop of a judged figure up to this is let through, however sure it is."""
    floors: Mapping[str, float] = {}
    latency_p95_ms: float | None = None


def read_floors(path: Path) -> Floors:
    """Read a floors file. Raises BadInputError that names what is wrong in it."""
    try:
        floors = Floors.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadInputError(f"De drempels {path} zijn niet te lezen ({error.strerror}).") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise BadInputError(f"De drempels {path} zijn geen geldige YAML: {reason}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "inhoud"
        raise BadInputError(
            f"De drempels {path} kloppen niet bij {place}: {first['msg']}."
        ) from None
    unknown = sorted(set(floors.floors) - set(FIGURES))
    if unknown:
        raise BadInputError(
            f"De drempels {path} noemen een figuur die er niet is: {unknown[0]}. "
            f"Kies uit {', '.join(FIGURES)}."
        )
    return floors


def failures(
    evaluation: Evaluation, floors: Floors | None, comparison: Comparison | None
) -> list[str]:
    """One Dutch line for each reason why this may not go public; none when it may."""
    found = _below(evaluation, floors) if floors is not None else []
    if comparison is not None:
        margin = (floors or Floors(set=evaluation.set)).margin
        found += [_told(d) for d in comparison.differences if _is_drop(d, margin)]
    return found


# --- steps -----------------------------------------------------------------------------------


def _below(evaluation: Evaluation, floors: Floors) -> list[str]:
    figures = evaluation.summary.overall.figures
    found = []
    for name, floor in floors.floors.items():
        estimate = figures.get(name)
        if estimate is not None and estimate.value is not None and estimate.value < floor:
            found.append(
                f"{FIGURES[name]}: {number(name, estimate.value)} is lager dan de drempel "
                f"{number(name, floor)}."
            )
    p95, limit = evaluation.summary.latency_p95.value, floors.latency_p95_ms
    if limit is not None and p95 is not None and p95 > limit:
        found.append(f"Tijd per vraag (p95): {p95:.0f} ms is meer dan {limit:.0f} ms.")
    return found


def _is_drop(moved: Difference, margin: float) -> bool:
    lost = moved.before - moved.after
    return moved.figure in JUDGED and moved.p < SIGNIFICANT and lost > margin


def _told(moved: Difference) -> str:
    name = moved.figure
    return (
        f"{FIGURES[name]}: van {number(name, moved.before)} naar {number(name, moved.after)} "
        f"({difference(name, moved.after - moved.before)}, p {significance(moved.p)})."
    )
