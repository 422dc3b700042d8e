"""Large first letters and drawn bullets, which belong to lines but stand apart from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.pages import Box, PdfPage, Word
from ingest.pdf.lines import DROP_CAP, Line, lines_of_words

_DOT = (1.2, 8.0)  # points


def page_lines(page: PdfPage, names: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of ``page`` as `lines_of_words` finds them, with a bullet before those that have
    one drawn, and a large first letter joined to its word."""
    return _with_drop_caps(_with_drawn_bullets(lines_of_words(page, names), page.drawn))


def _with_drawn_bullets(lines: list[Line], drawn: Sequence[Box]) -> list[Line]:
    """``lines`` with a bullet before those that have a small dot or square drawn before them, at
    least twice at one distance."""
    found = [
        (index, dot, round((lines[index].x0 - dot.x0) / 2))
        for dot in drawn
        if _DOT[0] <= dot.x1 - dot.x0 <= _DOT[1] and abs(_height(dot) - (dot.x1 - dot.x0)) <= 1.5
        for index in _beside(lines, dot)
    ]
    distances = Counter(distance for _, _, distance in found)
    changed = list(lines)
    for index, dot, distance in found:
        line = lines[index]
        if distances[distance] < 2 or changed[index] is not line:
            continue
        size = line.size
        word = Word("•", dot.x0, line.base - 0.75 * size, dot.x1, line.base + size / 4, size)
        text = f"• {line.text}"
        changed[index] = replace(line, words=(word, *line.words), text=text, x0=dot.x0)
    return changed


def _height(box: Box) -> float:
    return box.bottom - box.top


def _beside(lines: Sequence[Line], dot: Box) -> list[int]:
    """The line that ``dot`` stands before, at the height of its small letters."""
    middle = (dot.top + dot.bottom) / 2
    return [
        index
        for index, line in enumerate(lines)
        if line.base - 0.75 * line.size < middle < line.base + 0.1 * line.size
        and 0.15 * line.size < line.x0 - dot.x1 < 2.5 * line.size
    ][:1]


def _with_drop_caps(lines: list[Line]) -> list[Line]:
    """Large first letters that reach over several lines, joined with the word they begin."""
    caps = [
        line
        for line in lines
        if len(line.text) == 1 and line.text.isalpha() and line.text.isupper()
    ]
    for cap in caps:
        beside = [
            line
            for line in lines
            if line is not cap
            and line.size * DROP_CAP < cap.size
            and -0.3 * line.size <= line.x0 - cap.x1 < 1.2 * line.size
            and cap.base - 0.9 * cap.size < line.base <= cap.base + 0.3 * line.size
        ]
        if not beside:
            continue
        top = min(beside, key=lambda line: line.base)
        if abs((top.base - 0.7 * top.size) - (cap.base - 0.7 * cap.size)) > 0.6 * top.size:
            continue
        wide = [replace(line, x0=cap.x0) for line in beside]
        first = wide[beside.index(top)]
        glue = " " if cap.text == "U" and top.text[:1].islower() and _is_word(top) else ""
        opened = replace(
            first,
            words=cap.words + first.words,
            text=f"{cap.text}{glue}{first.text}",
            order=min(cap.order, first.order),
        )
        swapped = dict(zip(map(id, beside), wide, strict=True))
        swapped[id(top)] = opened
        lines = [swapped.get(id(line), line) for line in lines if line is not cap]
    return lines


def _is_word(line: Line) -> bool:
    """Whether a line goes on after "U" (you) with a verb: "U kunt", not "Uit"."""
    return len(line.text.split()[0]) > 2 and line.text.split()[0].endswith(("t", "n"))
