"""From candidates with points to hits with reasons: ranked first, made when they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.fusion import Candidates, with_reason
from corpus.types import Hit, Reason

Scored = tuple[int, float, Reason | None]
"""Which candidate, its score, and what its tokens gave it."""


def scored(
    best: Sequence[int], points: Mapping[str, Sequence[float]], late: Sequence[Reason]
) -> list[Scored]:
    """The candidates in ``best``, best first, with their scores: the sum of ``points`` and of what
    the tokens gave, ``late``, which has one reason for each of them or none at all."""
    columns = list(points.values())
    scores = [sum([column[n] for column in columns]) for n in best]
    if not late:
        return [(n, score, None) for n, score in zip(best, scores, strict=True)]
    scored = [
        (n, score + reason.points, reason)
        for n, score, reason in zip(best, scores, late, strict=True)
    ]
    return sorted(scored, key=lambda each: -each[1])  # equal scores keep their order


def made_hit(
    found: Candidates,
    points: Mapping[str, Sequence[float]],
    n: int,
    score: float,
    late: Reason | None,
) -> Hit:
    """The hit of candidate ``n``, with what each of ``points`` gives to it as a reason."""
    passage, document_id, metadata = found.passages[n]
    arms = {arm: s[passage.id] for arm, s in found.arms.items() if passage.id in s}
    why = [
        Reason(name, values[n], arms.get(name))
        for name, values in points.items()
        if values[n] or name in arms
    ]
    if late is not None:
        why.append(late)
    return Hit(passage, document_id, metadata, score, arms, tuple(why))


def together(whole: Sequence[Hit], parts: Sequence[Sequence[Hit]], points: float) -> list[Hit]:
    """One ranking: each passage where it stands best, with ``points`` for what a part found."""
    lowered = Reason("part", points)
    best: dict[str, Hit] = {}
    for hit in (*whole, *(with_reason(hit, lowered) for part in parts for hit in part)):
        known = best.get(hit.passage.id)
        if known is None or hit.score > known.score:
            best[hit.passage.id] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.passage.id))
