"""What was weighed when it was decided whether to answer, as far as the gate's reason tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.gate import GateSettings

LABELS = {
    "covered": "woorden van de vraag in één zin",
    "meaning": "betekenis van die zin",
    "names": "namen en getallen in de vraag",
    "words": "lengte van de vraag",
    "unknown": "woord dat in geen document staat",
    "lead": "voorsprong van de beste passage",
}
"""Each signal in plain Dutch."""
_SUM = re.compile(r"sum (-?[\d.]+) of Signals\((.*)\)")
_PAIR = re.compile(r"(\w+)=(?:np\.float\d+\()?(-?\d+(?:\.\d+)?(?:e-?\d+)?)")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One signal: what was measured, and the points that it gave."""

    label: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """All signals of a question, or of a part of one. It is answered from ``bar`` points on."""

    signals: tuple[Weighed, ...]
    base: float
    """Points to begin with, the same for every question."""
    total: float
    bar: float

    @property
    def enough(self) -> bool:
        """Whether that is enough to answer."""
        return self.total >= self.bar


def weighings(reason: str, settings: GateSettings | None = None) -> list[Weighing]:
    """The weighings in a reason of the gate, one for each part of a question that no rule
    decided."""
    settings = settings or GateSettings()
    found = (_SUM.fullmatch(part) for part in reason.split("; "))
    return [_weighing(match[1], match[2], settings) for match in found if match]


def _weighing(total: str, told: str, settings: GateSettings) -> Weighing:
    values = {name: float(value) for name, value in _PAIR.findall(told)}
    signals = tuple(
        Weighed(label, values[name], getattr(settings, name) * values[name])
        for name, label in LABELS.items()
        if name in values
    )
    return Weighing(signals, settings.offset, float(total), settings.bar)
