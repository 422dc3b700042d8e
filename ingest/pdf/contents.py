"""Tables of contents: titles with the number of their page at the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.lines import Line

_PAGE = re.compile(r"(?<![\w,])(\d{1,4}|[ivxl]{1,7})$", re.IGNORECASE)
_LEADERS = " .·…_‥\u2024"
_MIN_LEADERS = 3
_NAMES = {"inhoud", "inhoudsopgave", "contents", "table of contents", "in dit rapport"}
_FAR = 2.0  # em between a title and its page, without dots
_MAX_WRAPPED = 2
_IN_LINE = 2.5  # points
_NAME_ABOVE = 3
_NEAR = 12  # rows

Row = list[Line]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A line of a table of contents: ``text`` is the title and the page, without dots."""

    page: int
    lines: tuple[Line, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    title: str
    label: str
    number: int
    dotted: bool
    right: float
    """Where the number ends, in points from the left of the page."""
    weak: bool = False
    """It only ends in a number: an entry when it stands among entries, in line with them."""


def contents_in(found: Sequence[Row]) -> dict[int, Entry]:
    """The entries of tables of contents among the rows of a document in reading order, by the
    index of their last row. The other rows of a title that takes several have no text left: their
    index leads to an entry without lines."""
    candidates = [_candidate(row) for row in found]
    entries: dict[int, Entry] = {}
    start = 0
    while start < len(found):
        first = candidates[start]
        if first is None or first.weak:
            start += 1
            continue
        end = _end(candidates, start)
        run = [c for c in candidates[start:end] if c is not None and not c.weak]
        if _is_contents(run, found[max(0, start - _NAME_ABOVE) : start]):
            _fill(entries, found, candidates, start, end)
        start = end
    return entries


def _candidate(row: Row) -> _Candidate | None:
    text = " ".join(line.text for line in row)
    number = _PAGE.search(text)
    if number is None or len(text) > 300:
        return None
    before = text[: number.start()]
    title = before.rstrip(_LEADERS)
    leaders = before[len(title) :]
    dots = len(leaders) - leaders.count(" ") + 2 * leaders.count("…")
    if not any(char.isalpha() for char in title):
        return None
    value = int(number.group(1)) if number.group(1).isdigit() else 0
    if dots >= _MIN_LEADERS:
        return _Candidate(title, number.group(1), value, dotted=True, right=row[-1].x1)
    apart = len(row) > 1 and row[-1].text == number.group(1) and number.group(1).isdigit()
    far = apart and row[-1].x0 - row[-2].x1 > _FAR * row[-1].size and not dots
    return _Candidate(title, number.group(1), value, dotted=False, right=row[-1].x1, weak=not far)


def _end(candidates: Sequence[_Candidate | None], start: int) -> int:
    """Index behind the last of the candidates from ``start`` on, with few other rows between."""
    end = start + 1
    index = end
    while index < len(candidates) and index - end <= _MAX_WRAPPED:
        candidate = candidates[index]
        if candidate is not None and (
            not candidate.weak or _is_in_line(candidate, candidates[max(start, end - _NEAR) : end])
        ):
            end = index + 1
        index += 1
    return end


def _is_in_line(candidate: _Candidate, others: Sequence[_Candidate | None]) -> bool:
    """Whether its number ends where those of other entries do."""
    return any(
        other is not None and not other.weak and abs(other.right - candidate.right) < _IN_LINE
        for other in others
    )


def _is_contents(run: Sequence[_Candidate], above: Sequence[Row]) -> bool:
    named = any(
        " ".join(line.text for line in row).casefold().strip(" .:") in _NAMES for row in above
    )
    if len(run) < (2 if named else 3):
        return False
    dotted = sum(1 for each in run if each.dotted)
    numbers = [each.number for each in run if each.number]
    rising = sum(1 for a, b in pairwise(numbers) if a <= b)
    is_rising = rising >= 0.8 * (len(numbers) - 1)
    return is_rising and (named or 2 * dotted >= len(run) or (dotted >= 2 and len(run) >= 4))


def _fill(
    entries: dict[int, Entry],
    found: Sequence[Row],
    candidates: Sequence[_Candidate | None],
    start: int,
    end: int,
) -> None:
    waiting: list[int] = []
    for index in range(start, end):
        candidate = candidates[index]
        if candidate is None or (
            candidate.weak and not _is_in_line(candidate, candidates[start:end])
        ):
            waiting.append(index)
            continue
        titles = [" ".join(line.text for line in found[i]) for i in waiting]
        text = " ".join([*titles, candidate.title, candidate.label])
        lines = tuple(line for i in [*waiting, index] for line in found[i])
        page = found[waiting[0] if waiting else index][0].page
        for i in waiting:
            entries[i] = Entry(page, (), "")
        entries[index] = Entry(page, lines, text)
        waiting = []
