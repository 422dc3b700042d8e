"""What readers asked, week by week, as rows of a table and bars of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.questions_log import Count, Counted

STATUSES: dict[Counted, str] = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "buiten het onderwerp",
}
"""How a question may end, in the order of the bars."""
OPINIONS: dict[Counted, str] = {"helpful": "hielp", "unhelpful": "hielp niet"}
WIDTH, HEIGHT = 720, 200
_TOP, _BOTTOM, _LEFT = 16, 24, 32


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from its Monday."""

    monday: date
    counts: Counter[Counted]
    editions: tuple[int, ...]
    """Editions that answered their first question in it."""

    def total(self, kinds: Sequence[Counted]) -> int:
        """How many of these kinds there were."""
        return sum(self.counts[kind] for kind in kinds)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar: its kind, place and size."""

    kind: Counted
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar for every week, in pieces, with lines to read them by."""

    parts: tuple[Part, ...]
    lines: tuple[tuple[int, float], ...]
    """(number, height at which it lies)"""
    dates: tuple[tuple[date, float], ...]
    """(Monday, place of its bar)"""
    editions: tuple[tuple[int, float], ...]
    """(edition, place of the week in which it began)"""
    left: int = _LEFT
    bottom: int = HEIGHT - _BOTTOM
    top: int = _TOP


def weeks_of(counts: Sequence[Count], today: date, number: int) -> list[Week]:
    """The last ``number`` weeks, the oldest first, with those in which nothing was asked; fewer
    when the first count is of later."""
    if not counts:
        return []
    began: dict[int, date] = {}
    for count in counts:
        began[count.edition] = min(began.get(count.edition, count.day), count.day)
    first = min(count.day for count in counts)
    start = max(_monday(first), _monday(today) - timedelta(weeks=number - 1))
    weeks = []
    for monday in (start + timedelta(weeks=n) for n in range(number)):
        if monday > today:
            break
        held: Counter[Counted] = Counter()
        for count in counts:
            if _monday(count.day) == monday:
                held[count.what] += count.count
        editions = tuple(sorted(e for e, day in began.items() if _monday(day) == monday))
        weeks.append(Week(monday, held, editions))
    return weeks


def picture(weeks: Sequence[Week], kinds: Sequence[Counted]) -> Picture:
    """The weeks as bars that stand on each other, a piece for each of ``kinds``."""
    most = max((week.total(kinds) for week in weeks), default=0) or 1
    step = (WIDTH - _LEFT) / max(len(weeks), 1)
    tall = HEIGHT - _TOP - _BOTTOM
    parts = []
    for place, week in enumerate(weeks):
        y = float(HEIGHT - _BOTTOM)
        for kind in kinds:
            height = week.counts[kind] / most * tall
            y -= height
            if height:
                width = max(1.0, min(step - 2, 40))
                x = _LEFT + place * step
                parts.append(
                    Part(kind, round(x, 1), round(y, 1), round(width, 1), round(height, 1))
                )
    every = max(1, -(-len(weeks) // 6))
    places = [_LEFT + n * step for n in range(len(weeks))]
    return Picture(
        tuple(parts),
        tuple((n, round(HEIGHT - _BOTTOM - n / most * tall, 1)) for n in _round_numbers(most)),
        tuple((w.monday, round(x, 1)) for w, x in list(zip(weeks, places, strict=True))[::every]),
        tuple((e, round(x, 1)) for w, x in zip(weeks, places, strict=True) for e in w.editions),
    )


def percent(part: int, whole: int) -> str:
    """A share in whole percents; a dash when there is nothing to take it of."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


# --- steps -----------------------------------------------------------------------------------


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _round_numbers(most: int) -> list[int]:
    """Two or three round numbers up to ``most``."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most // step <= 3:
                return [n * step for n in range(1, most // step + 1)]
        power *= 10
