"""How the lines of a column and of a document are set: sides, and steps from line to line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.lines import Line

_STEP = 1.28
_NOISY_STEP = 1.45
_ENOUGH_STEPS = 6
"""Fewer steps, all of them wide, do not show that lines are set wide."""
_IN_LINE = 4.0  # points


@dataclass(frozen=True, slots=True)
class Pace:
    """The usual step from line to line by size (in tenths of a point), for a document."""

    steps: dict[int, float]
    slack: float = _STEP
    """How many usual steps a step may be before it is a space between paragraphs."""

    def of(self, size: float) -> float:
        """The usual step between lines of ``size``, in points."""
        return self.steps.get(round(size * 2), 1.25 * size)

    def is_wide(self, step: float, size: float) -> bool:
        """Whether ``step`` between lines of ``size`` sets them apart."""
        return step > self.slack * self.of(size) + 0.6


def pace_of(columns: Sequence[Sequence[Line]], noisy: bool = False) -> Pace:
    """The steps that most lines of a document keep, for each size; in a ``noisy`` one (a scan)
    they vary."""
    counts: dict[int, Counter[float]] = defaultdict(Counter)
    for lines in columns:
        for above, below in pairwise(lines):
            step = below.base - above.base
            if abs(above.size - below.size) < 0.3 and 0.9 <= step / above.size <= 2.6:
                counts[round(above.size * 2)][round(step * 2) / 2] += 1
    usual = {
        size: _lowest_usual(steps)
        for size, steps in counts.items()
        if steps.total() >= _ENOUGH_STEPS or min(steps) < 0.75 * size
    }
    return Pace(usual, _NOISY_STEP if noisy else _STEP)


def _lowest_usual(steps: Counter[float]) -> float:
    """The smallest step that is usual: half a point of spread is no other step."""
    total = steps.total()
    for step in sorted(steps):
        if steps[step] + steps[step + 0.5] >= 0.2 * total:
            return step + (0.5 if steps[step + 0.5] > steps[step] else 0.0)
    return steps.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Measure:
    """Sides of a column, and whether its lines are set to end at the right side."""

    left: float
    right: float
    justified: bool


def measure_of(lines: Sequence[Line]) -> Measure:
    """The sides of the column that ``lines`` (at least one) fill."""
    lefts: Counter[int] = Counter(round(line.x0 / 2) for line in lines)
    enough = max(1, len(lines) // 8)
    usual = [p for p in lefts if lefts[p - 1] + lefts[p] + lefts[p + 1] >= enough]
    left = 2.0 * min(usual or lefts)
    left = min((line.x0 for line in lines if abs(line.x0 - left) < 4), default=left)
    ends = sorted(line.x1 for line in lines)
    right = ends[-1 - len(ends) // 20]
    flush = sum(1 for end in ends if abs(end - right) < 2)
    return Measure(left, right, len(lines) > 4 and flush >= 0.45 * len(lines))


def rights_of(lines: Sequence[Line], measure: Measure) -> list[float]:
    """How far to the right each line could go: less far than the column where lines around it
    end at one place, as beside a picture."""
    rights = []
    for index in range(len(lines)):
        near = [line.x1 for line in lines[max(0, index - 2) : index + 3]]
        flush = [x for x in near if sum(abs(x - y) < _IN_LINE for y in near) >= 3]
        enough = flush and max(near) - max(flush) < _IN_LINE
        rights.append(max(flush) if enough else measure.right)
    return rights
