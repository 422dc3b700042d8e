"""In what order people read the boxes on a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_OVERLAP = 0.03
"""Share of the slide by which two boxes may overlap and still stand beside each other."""
_MAX_BOXES = 300
_MAX_CUTS = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on a slide, in any unit, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def reading_order(spots: Sequence[Spot], width: float, height: float) -> list[int]:
    """The places (in ``spots``) in reading order, on a slide of ``width`` by ``height``.

    The slide is cut in two along its widest gap, and so on for each part: the upper or left part
    comes first. Source: the recursive X-Y cut of Nagy and Seth (1984).
    """
    places = list(range(len(spots)))
    if len(places) > _MAX_BOXES:
        return sorted(places, key=lambda place: (spots[place].top, spots[place].left))
    return _ordered(spots, places, (width * _OVERLAP, height * _OVERLAP), 0)


def _ordered(
    spots: Sequence[Spot], places: list[int], slack: tuple[float, float], cuts: int
) -> list[int]:
    if len(places) < 2:
        return places
    rows = _widest_gap([(spots[p].top, spots[p].bottom, p) for p in places], slack[1])
    columns = _widest_gap([(spots[p].left, spots[p].right, p) for p in places], slack[0])
    options = [option for option in (rows, columns) if option is not None]
    if not options or cuts > _MAX_CUTS:
        return sorted(places, key=lambda place: (spots[place].top, spots[place].left))
    _, first = max(options, key=lambda option: option[0])
    rest = [place for place in places if place not in first]
    return [
        *_ordered(spots, first, slack, cuts + 1),
        *_ordered(spots, rest, slack, cuts + 1),
    ]


def _widest_gap(
    spans: list[tuple[float, float, int]], slack: float
) -> tuple[float, list[int]] | None:
    """The widest gap between spans, with the places before it; None when they all overlap."""
    spans.sort()
    best: tuple[float, list[int]] | None = None
    reach = spans[0][1]
    for index in range(1, len(spans)):
        gap = spans[index][0] - reach
        if gap >= -slack and (best is None or gap > best[0]):
            best = (gap, [place for _, _, place in spans[:index]])
        reach = max(reach, spans[index][1])
    return best
