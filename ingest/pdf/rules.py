"""What is drawn on a page, as rules that meet: the grids of tables and the frames of panels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pages import Box, PdfPage

_THIN = 3.0  # points: anything thicker is an area
_SHORT = 5.0
_NEAR = 3.0
_DASH = 4.0
_MAX_RULES = 2500  # of a page: a chart or a drawing has more


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line: ``at`` is its height or its place from the left."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that touch one another."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        """The box around them."""
        xs = [rule.at for rule in self.upright]
        xs += [x for rule in self.level for x in (rule.start, rule.end)]
        ys = [rule.at for rule in self.level]
        ys += [y for rule in self.upright for y in (rule.start, rule.end)]
        return Box(min(xs), min(ys), max(xs), max(ys))


def level_rules(drawn: Iterable[Box]) -> list[Rule]:
    """The level rules among ``drawn``, the parts of a broken line as one."""
    thin = (box for box in drawn if box.bottom - box.top <= _THIN and box.x1 - box.x0 > _SHORT)
    return _merged(Rule((box.top + box.bottom) / 2, box.x0, box.x1) for box in thin)


def upright_rules(drawn: Iterable[Box]) -> list[Rule]:
    """The upright rules among ``drawn``, the parts of a broken line as one."""
    thin = (box for box in drawn if box.x1 - box.x0 <= _THIN and box.bottom - box.top > _SHORT)
    return _merged(Rule((box.x0 + box.x1) / 2, box.top, box.bottom) for box in thin)


def areas(page: PdfPage) -> list[Box]:
    """The filled areas of ``page``, but for its ground."""
    most = 0.8 * page.width * page.height
    return [
        box
        for box in page.drawn
        if box.x1 - box.x0 > 3 * _SHORT
        and box.bottom - box.top > 1.5 * _SHORT
        and (box.x1 - box.x0) * (box.bottom - box.top) < most
    ]


@dataclass(frozen=True, slots=True)
class Ground:
    """What may part the rows of a table: the level ``rules`` of a page, its filled ``areas``, and
    both their upper and lower ``edges``."""

    rules: tuple[Rule, ...]
    areas: tuple[Box, ...]
    edges: tuple[Rule, ...]


def ground_of(page: PdfPage) -> Ground:
    """The rules and areas of ``page``; none of a page with a drawing on it."""
    if len(page.drawn) > _MAX_RULES:
        return Ground((), (), ())
    rules, filled = level_rules(page.drawn), areas(page)
    sides = [Rule(y, box.x0, box.x1) for box in filled for y in (box.top, box.bottom)]
    return Ground(tuple(rules), tuple(filled), tuple(_merged([*rules, *sides])))


def meeting(page: PdfPage) -> list[Rules]:
    """The rules of ``page`` by which of them touch."""
    if len(page.drawn) > _MAX_RULES:
        return []
    level, upright = level_rules(page.drawn), upright_rules(page.drawn)
    groups = _Groups(len(level) + len(upright))
    for i, across in enumerate(level):
        for j, down in enumerate(upright):
            if _touch(across, down):
                groups.join(i, len(level) + j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate(level):
        found[groups.of(i)][0].append(rule)
    for j, rule in enumerate(upright):
        found[groups.of(len(level) + j)][1].append(rule)
    return [Rules(tuple(a), tuple(b)) for a, b in found.values() if a and b]


def places(values: Iterable[float]) -> list[float]:
    """``values`` in rising order, those near one another as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][0] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def covers(rules: Sequence[Rule], at: float, point: float) -> bool:
    """Whether one of ``rules`` at ``at`` passes ``point``."""
    return any(
        abs(rule.at - at) <= 1.5 * _NEAR and rule.start - _NEAR <= point <= rule.end + _NEAR
        for rule in rules
    )


def _touch(across: Rule, down: Rule) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    found: list[Rule] = []
    by_place: dict[int, list[int]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: (rule.start, rule.at)):
        place = round(rule.at)
        for index in (i for near in (-1, 0, 1) for i in by_place[place + near]):
            other = found[index]
            if abs(other.at - rule.at) <= 1 and rule.start <= other.end + _DASH:
                found[index] = Rule(other.at, other.start, max(other.end, rule.end))
                break
        else:
            by_place[place].append(len(found))
            found.append(rule)
    return found


class _Groups:
    """Numbers that belong together (union-find; Tarjan 1975)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def of(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, first: int, second: int) -> None:
        self._parents[self.of(first)] = self.of(second)
