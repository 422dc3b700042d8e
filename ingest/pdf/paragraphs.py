"""Lines of a column become groups: paragraphs, items of lists, headings that take several lines.

A new group starts where the type changes, where the step to the next line is larger than usual,
at a bullet or number, at an indent, and behind a line that ends a sentence with room left for
the word that follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.pdf.bullets import Mark, is_first, mark_of, next_number
from ingest.pdf.lines import Line, on_one_row
from ingest.pdf.measures import Measure, Pace, rights_of

_ENDED = re.compile(r"[.!?:;…][\"”’')\]»]*$")
_OTHER_SIZE = 0.08
_FAR = 2.6
_INDENT = 0.7
_SAME_PLACE = 0.45
_LARGE = 1.12
_ROOM = 0.5
_SHORT = 0.75
_VERY_SHORT = 0.5


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


def groups_of(
    lines: Sequence[Line], measure: Measure, pace: Pace, letters: frozenset[str], body: float
) -> list[Group]:
    """The groups of lines that follow one another in a column with the sides ``measure``.
    ``letters`` are single letters that are bullets; ``body`` is the size of running text."""
    grouped: list[list[Line]] = []
    marks: list[Mark | None] = []
    last_number: dict[int, str] = {}
    rights = rights_of(lines, measure)
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
