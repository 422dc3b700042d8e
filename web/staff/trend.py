"""How often something happened, week by week, as a few bars beside a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WEEKS = 8
_HALF = WEEKS // 2
_BAR, _GAP, _HEIGHT = 6, 2, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: place and size in its units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts of the last ``WEEKS`` weeks, the oldest first."""

    weeks: tuple[int, ...]

    @property
    def before(self) -> int:
        """In the older half."""
        return sum(self.weeks[:_HALF])

    @property
    def lately(self) -> int:
        """In the newer half."""
        return sum(self.weeks[_HALF:])

    @property
    def word(self) -> str:
        """Where it goes, in a word."""
        if self.lately == self.before:
            return "gelijk" if self.lately else "stil"
        return "meer" if self.lately > self.before else "minder"

    @property
    def told(self) -> str:
        """The same in a sentence, for who does not see the bars."""
        return f"{self.lately} in de laatste {_HALF} weken, {self.before} in de {_HALF} ervoor"

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars; a week without any has a line."""
        most = max((*self.weeks, 1))
        tall = [max(1.0, count / most * _HEIGHT) for count in self.weeks]
        return tuple(
            Bar(place * (_BAR + _GAP), round(_HEIGHT - height, 1), _BAR, round(height, 1))
            for place, height in enumerate(tall)
        )


def trend(days: Iterable[date], today: date) -> Trend:
    """The trend of what happened on these days; what is older than ``WEEKS`` weeks is left out."""
    weeks = [0] * WEEKS
    for day in days:
        ago = (today - day).days // 7
        if 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago] += 1
    return Trend(tuple(weeks))
