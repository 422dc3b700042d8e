"""Lines of a column become groups: paragraphs, items of lists, headings that take several lines.

A new group starts where the type changes, where the step to the next line is larger than usual,
at a bullet or number, at an indent, and behind a line that ends a sentence with room left for
the word that follows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.pdf.bullets import Mark, is_first, mark_of, next_number
from ingest.pdf.lines import Line, on_one_row

_ENDED = re.compile(r"[.!?:;…][\"”’')\]»]*$")
_OTHER_SIZE = 0.08
_STEP = 1.28
_NOISY_STEP = 1.45
_FAR = 2.6
_ENOUGH_STEPS = 6
"""Fewer steps, all of them wide, do not show that lines are set wide."""
_INDENT = 0.7
_SAME_PLACE = 0.45
_LARGE = 1.12
_ROOM = 0.5
_SHORT = 0.75
_VERY_SHORT = 0.5
_IN_LINE = 4.0  # points


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that make up one paragraph, item or heading. ``skip`` characters of the first line
    are the mark of the item. ``indent`` is how far it stands from the left of its column, in
    points; ``gap`` the step from the line above it, in usual steps (0: nothing is above)."""

    lines: tuple[Line, ...]
    mark: Mark | None
    left: float
    right: float
    gap: float
    justified: bool
    run_in: bool = False
    """A heading that stands on the first line of its paragraph."""

    @property
    def skip(self) -> int:
        """How many characters of the first line are the mark of the item."""
        return self.mark.end if self.mark else 0

    @property
    def indent(self) -> float:
        """From the left of the column, in points."""
        return self.lines[0].x0 - self.left

    @property
    def is_full(self) -> bool:
        """Whether its last line reaches the right side of the column, or nearly."""
        last = self.lines[-1]
        return last.x1 > self.left + 0.82 * (self.right - self.left)


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


def groups_of(
    lines: Sequence[Line], measure: Measure, pace: Pace, letters: frozenset[str], body: float
) -> list[Group]:
    """The groups of lines that follow one another in a column with the sides ``measure``.
    ``letters`` are single letters that are bullets; ``body`` is the size of running text."""
    grouped: list[list[Line]] = []
    marks: list[Mark | None] = []
    last_number: dict[int, str] = {}
    rights = _rights(lines, measure)
    for index, line in enumerate(lines):
        here = replace(measure, right=rights[max(0, index - 1)])
        mark = mark_of(line, letters)
        group = grouped[-1] if grouped else []
        after = lines[index + 1] if index + 1 < len(lines) else None
        if mark is not None and not _is_item(mark, line, group, last_number, here, after):
            mark = None
        fresh = (
            not group
            or mark is not None
            or _is_new(group, line, after, marks[-1], pace, here, body)
        )
        if mark is not None and mark.text != "-":
            last_number[round(line.x0 / 6)] = mark.text
        if fresh:
            grouped.append([line])
            marks.append(mark)
        else:
            group.append(line)
    return _finished(grouped, marks, measure, pace)


def _finished(
    grouped: Sequence[list[Line]], marks: Sequence[Mark | None], measure: Measure, pace: Pace
) -> list[Group]:
    found = []
    above: Line | None = None
    for lines, mark in zip(grouped, marks, strict=True):
        step = lines[0].base - above.base if above else 0.0
        usual = pace.of(min(lines[0].size, above.size) if above else lines[0].size)
        found.append(
            Group(tuple(lines), mark, measure.left, measure.right, step / usual, measure.justified)
        )
        above = lines[-1]
    return found


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


def _rights(lines: Sequence[Line], measure: Measure) -> list[float]:
    """How far to the right each line could go: less far than the column where lines around it
    end at one place, as beside a picture."""
    rights = []
    for index in range(len(lines)):
        near = [line.x1 for line in lines[max(0, index - 2) : index + 3]]
        flush = [x for x in near if sum(abs(x - y) < _IN_LINE for y in near) >= 3]
        enough = flush and max(near) - max(flush) < _IN_LINE
        rights.append(max(flush) if enough else measure.right)
    return rights


def _is_item(
    mark: Mark,
    line: Line,
    group: Sequence[Line],
    numbers: dict[int, str],
    measure: Measure,
    after: Line | None,
) -> bool:
    """Whether ``mark`` is one: a number or dash at the start of a line may be part of a
    sentence."""
    is_dash = mark.glyph in {"-", "–", "—", "‒", "―", "−", "*", "+"}
    if mark.text == "-" and not is_dash:
        return True
    above = group[-1] if group else None
    wide = len(line.words) > 1 and mark.hang - line.words[0].x1 > _SAME_PLACE * line.size
    hangs = after is not None and abs(after.x0 - mark.hang) < _SAME_PLACE * line.size
    ended = (
        above is None or _ENDED.search(above.text) is not None or _has_room(above, line, measure)
    )
    apart = above is not None and line.base - above.base > 1.6 * line.size
    indented = above is not None and line.x0 > above.x0 + _INDENT * line.size
    if is_dash:
        return ended or apart or (hangs and wide) or indented
    before = numbers.get(round(line.x0 / 6)) or numbers.get(round(line.x0 / 6) + 1)
    follows = before is not None and next_number(before, mark.text)
    if mark.text.strip("().").isupper():
        return (follows or is_first(mark.text)) and (ended or apart)
    return (follows or is_first(mark.text) or wide or hangs) and (ended or apart or wide)


def _is_new(
    group: Sequence[Line],
    line: Line,
    after: Line | None,
    mark: Mark | None,
    pace: Pace,
    measure: Measure,
    body: float,
) -> bool:
    """Whether ``line`` starts a new group behind ``group``."""
    above = group[-1]
    if on_one_row(above, line) or line.base < above.base:
        return True
    if line.opener:
        return True
    if _other_type(above, line, measure):
        return True
    step = line.base - above.base
    unended = _ENDED.search(above.text) is None and not _has_room(above, line, measure)
    if unended and line.text[:1].islower():  # also around a picture, or past it
        return step > _FAR * pace.of(line.size)
    if pace.is_wide(step, line.size):
        return True
    if above.text.endswith(("-", "\u00ad")) and line.text[:1].islower():
        return False
    if line.size > _LARGE * body:
        return False
    if mark is not None:
        return _leaves_item(group, line, mark, measure)
    if _indents(group, line, after, pace, measure):
        return True
    return _ends_short(above, line, measure)


def _other_type(above: Line, line: Line, measure: Measure) -> bool:
    """Whether two lines are set in another size or weight."""
    if abs(above.size - line.size) > _OTHER_SIZE * max(above.size, line.size):
        return True
    if above.bold == line.bold:
        return False
    # a sentence in bold may end in the middle of a line
    runs_on = not _has_room(above, line, measure) and line.text[:1].islower()
    mixed = line.words and above.words and line.words[0].bold == above.words[-1].bold
    return not (runs_on or (mixed and not _has_room(above, line, measure)))


def _has_room(above: Line, line: Line, measure: Measure) -> bool:
    """Whether the first word of ``line`` would have fitted behind ``above``."""
    if not line.words:
        return False
    first = line.words[0]
    needed = first.x1 - first.x0 + 0.25 * line.size
    slack = _ROOM * line.size if measure.justified else _ROOM * 2 * line.size
    return above.x1 + needed + slack < measure.right


def _leaves_item(group: Sequence[Line], line: Line, mark: Mark, measure: Measure) -> bool:
    first = group[0]
    near = _SAME_PLACE * line.size
    if line.x0 < first.x0 - near:
        return True
    if len(group) > 1 and group[-1].x0 - line.x0 > 2 * near:
        return True
    if abs(line.x0 - mark.hang) <= 2 * near and mark.hang - first.x0 > near:
        return False
    return _ends_short(group[-1], line, measure)


def _indents(
    group: Sequence[Line], line: Line, after: Line | None, pace: Pace, measure: Measure
) -> bool:
    """Whether ``line`` starts a paragraph by its indent, or by going back from one."""
    above = group[-1]
    indent = _INDENT * line.size
    if line.x0 - above.x0 > indent:
        goes_on = (
            after is not None
            and abs(after.x0 - line.x0) < indent / 2
            and not pace.is_wide(after.base - line.base, line.size)
        )
        unended = _ENDED.search(above.text) is None or not _has_room(above, line, measure)
        hanging = goes_on and len(group) == 1 and unended
        return not hanging and not _is_centred(above, line)
    if above.x0 - line.x0 > indent and len(group) > 1:
        return not _is_centred(above, line)
    return False


def _is_centred(above: Line, line: Line) -> bool:
    middles = (above.x0 + above.x1) / 2, (line.x0 + line.x1) / 2
    return abs(middles[0] - middles[1]) < 0.4 * line.size


def _ends_short(above: Line, line: Line, measure: Measure) -> bool:
    """Whether ``above`` ends a paragraph by leaving room for the first word of ``line``."""
    if not _has_room(above, line, measure):
        return False
    if _ENDED.search(above.text):
        return not line.text[:1].islower() or above.text[-1] in ":;"
    if _is_centred(above, line):
        return False
    share = (above.x1 - measure.left) / max(1.0, measure.right - measure.left)
    return share < (_VERY_SHORT if line.text[:1].islower() else _SHORT)
