"""Footnotes: small print at the foot of a column, each note opened by its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.lines import Line, merge
from ingest.pdf.rules import Rule

Row = list[Line]

_MARK = re.compile(r"(?:\[?\(?(\d{1,3})[\]).]?|([*†‡]{1,3}))\s+(?=\S)")
_SMALL = 0.94
_NEARLY = 1.01
_SHORT_RULE = 0.62  # of the width of the column
_WIDTH = 200.0  # points: a column is hardly narrower, even where its lines are short
_LOWER = 0.3  # of the height of the page, from the top


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """A footnote: its lines, the first of them from character ``skip`` on. Without ``mark`` it
    goes on from the page before."""

    page: int
    mark: str
    skip: int
    lines: tuple[Line, ...]


def split_notes(
    found: Sequence[Row],
    rules: Sequence[Rule],
    body: float,
    height: float,
    referred: frozenset[str],
) -> tuple[list[Row], list[Note]]:
    """(the rows of a column that are no notes, the notes at its foot).

    ``body`` is the size of running text, ``height`` that of the page in points, ``referred`` the
    note marks that its text holds.
    """
    start = _start(found, rules, body, height, referred)
    if start is None:
        return list(found), []
    return list(found[:start]), _notes(found[start:], referred)


def _start(
    found: Sequence[Row],
    rules: Sequence[Rule],
    body: float,
    height: float,
    referred: frozenset[str],
) -> int | None:
    """Index of the first row of notes."""
    small = len(found)
    while small and all(line.size <= _SMALL * body for line in found[small - 1]):
        small -= 1
    under = _under_rule(found, rules, height)
    if under is not None:
        is_small = under >= small
        nearly = all(line.size <= _NEARLY * body for row in found[under:] for line in row)
        if is_small or (nearly and _mark(found[under], referred)):
            return under
    for index in range(small, len(found)):
        if _mark(found[index], referred) and found[index][0].base > _LOWER * height:
            return index
    return None


def _under_rule(found: Sequence[Row], rules: Sequence[Rule], height: float) -> int | None:
    """Index of the first row under a short rule at the left, in the lower part of the page."""
    left = min((line.x0 for row in found for line in row), default=0.0)
    right = max((line.x1 for row in found for line in row), default=0.0)
    for rule in sorted(rules, key=lambda rule: -rule.at):
        length = rule.end - rule.start
        if rule.at < _LOWER * height or not 20 < length < _SHORT_RULE * max(right - left, _WIDTH):
            continue
        if not -12 < rule.start - left < 12:
            continue
        below = [i for i, row in enumerate(found) if row[0].base - row[0].size / 2 > rule.at]
        if below and below[-1] == len(found) - 1 and found[below[0]][0].base - rule.at < 40:
            underlined = below[0] > 0 and rule.at - found[below[0] - 1][0].base < 3
            if not underlined:
                return below[0]
    return None


def _mark(row: Row, referred: frozenset[str]) -> tuple[str, int] | None:
    """(the mark that opens a note, how many characters of the text it takes)."""
    if row[0].opener:
        return row[0].opener.strip("()."), 0
    text = merge(row).text
    found = _MARK.match(text)
    if found is None:
        return None
    mark = found.group(1) or found.group(2)
    return (mark, found.end()) if mark in referred else None


def _notes(found: Sequence[Row], referred: frozenset[str]) -> list[Note]:
    notes: list[Note] = []
    for row in found:
        line = merge(row)
        opened = _mark(row, referred)
        if opened is not None and (row[0].opener or _is_next(notes, opened[0])):
            notes.append(Note(line.page, opened[0], opened[1], (line,)))
        elif notes:
            last = notes[-1]
            notes[-1] = Note(last.page, last.mark, last.skip, (*last.lines, line))
        else:
            notes.append(Note(line.page, "", 0, (line,)))
    return notes


def _is_next(notes: Sequence[Note], mark: str) -> bool:
    """Whether a typed number may open the note after ``notes``: it counts on."""
    marks = [note.mark for note in notes if note.mark.isdigit()]
    return not mark.isdigit() or not marks or int(mark) == int(marks[-1]) + 1
