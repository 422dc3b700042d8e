"""Words become lines: what stands next to one another on one baseline.

Every measure counts in font sizes (em) of the words at hand, so that it holds for small print,
for headings and for the uneven sizes of a scan. Words have their baseline a quarter of their
size above ``bottom``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.pages import PdfPage, Word
from ingest.pdf.marks import is_mark, is_raised, power, split_typed_mark

_GAP = 0.7
"""Widest space inside a line: wider may be a gutter, or the space between cells."""
_OVERLAP = 0.4
"""How far a word may start before the end of the word before it."""
_LEVEL = 0.25
_SMALLER = 0.85
_RAISED, _LOWERED = 0.65, 0.3
_TOUCHING = 0.12
_CELL = 8.0  # points: height of a row in the index of line ends
_MAX_GAP = 40.0  # points
_MARK = 6  # characters: what is raised or lowered is no longer
DROP_CAP = 1.8
"""Times the size of the text: a letter this large reaches over several lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right, without the note marks among them.

    ``order`` is the place of its first word in the file. ``opener`` is the raised mark that it
    starts with, as a footnote does; ``marks`` are the note marks that were taken out of it.
    """

    page: int
    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """The baseline, in points from the top of the page."""
    size: float
    bold: bool
    italic: bool
    order: int
    opener: str = ""
    marks: tuple[str, ...] = ()


def base_of(word: Word) -> float:
    """The baseline of ``word``."""
    return word.bottom - word.size / 4


def lines_of_words(page: PdfPage, names: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of ``page``, parted where the space is wider than 0.7 em: a row of a table or
    of two columns yields several. In the order of the file. ``names`` are words that end in
    raised characters which are no note marks."""
    runs: list[list[tuple[int, Word]]] = []
    for entry in enumerate(page.words):
        if runs and _follows(runs[-1][-1][1], entry[1]):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    lines = [_line(page.number, run, names) for run in _joined(runs)]
    lines.sort(key=lambda line: line.order)
    return lines


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """``lines`` as rows from top to bottom, each from left to right."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if found and on_one_row(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    for row in found:
        row.sort(key=lambda line: (line.x0, line.order))
    return found


def on_one_row(first: Line, second: Line) -> bool:
    """Whether two lines share a baseline."""
    large = max(first.size, second.size)
    return abs(first.base - second.base) <= max(_LEVEL * large, 0.35 * min(first.size, second.size))


def merge(lines: Sequence[Line]) -> Line:
    """Lines of one row, left to right, as one line."""
    first = lines[0]
    if len(lines) == 1:
        return first
    words = tuple(word for line in lines for word in line.words)
    size, bold, italic = _style(words) if words else (first.size, first.bold, first.italic)
    return Line(
        page=first.page,
        words=words,
        text=" ".join(line.text for line in lines if line.text),
        x0=min(line.x0 for line in lines),
        top=min(line.top for line in lines),
        x1=max(line.x1 for line in lines),
        bottom=max(line.bottom for line in lines),
        base=max(lines, key=lambda line: len(line.text)).base,
        size=size,
        bold=bold,
        italic=italic,
        order=min(line.order for line in lines),
        opener=first.opener,
        marks=tuple(mark for line in lines for mark in line.marks)
        + tuple(line.opener for line in lines[1:] if line.opener),
    )


def line_of(line: Line, words: Sequence[Word]) -> Line:
    """The part of ``line`` that ``words`` of it make up; marks stay with its first word."""
    first = bool(line.words) and words[0] is line.words[0]
    part = _line(line.page, [(line.order, word) for word in words])
    return replace(
        part,
        opener=line.opener if first else "",
        marks=(line.marks if first else ()) + part.marks,
    )


def _follows(before: Word, after: Word) -> bool:
    if before.size > DROP_CAP * after.size and len(before.text) == 1 and before.text.isalpha():
        return False
    small, size = sorted((before.size, after.size))
    gap = after.x0 - before.x1
    if gap > _GAP * small * 1.2:
        return False
    return -_OVERLAP * size <= gap <= min(_GAP * size, _MAX_GAP) and _level(before, after)


def _level(first: Word, second: Word) -> bool:
    """Whether two words stand on one line, one of them perhaps raised or lowered."""
    small, large = sorted((first, second), key=lambda word: word.size)
    shift = base_of(small) - base_of(large)
    if small.size >= _SMALLER * large.size:
        return abs(shift) <= _LEVEL * large.size
    if 2 * small.size < large.size or len(small.text) > _MARK:  # beside it, but no mark of it
        return abs(shift) <= _LEVEL * small.size
    return -_RAISED * large.size <= shift <= _LOWERED * large.size


def _joined(runs: list[list[tuple[int, Word]]]) -> list[list[tuple[int, Word]]]:
    """Runs that follow one another on the page but not in the file, joined.

    The ends of lines are kept in rows of ``_CELL`` points; runs come from left to right, so an
    end that lies too far left for one run does so for all that come after it.
    """
    ends: dict[int, list[list[tuple[int, Word]]]] = defaultdict(list)
    lines: list[list[tuple[int, Word]]] = []
    for run in sorted(runs, key=lambda run: run[0][1].x0):
        first = run[0][1]
        reach = int(_RAISED * first.size / _CELL) + 2
        row = int(base_of(first) // _CELL)
        target = None
        for near in range(row - reach, row + reach + 1):
            if near in ends:
                ends[near] = [end for end in ends[near] if end[-1][1].x1 > first.x0 - _MAX_GAP]
                target = target or next(
                    (end for end in ends[near] if _follows(end[-1][1], first)), None
                )
        if target is None:
            lines.append(run)
        else:
            ends[int(base_of(target[-1][1]) // _CELL)].remove(target)
            target += run
            run = target
        ends[int(base_of(run[-1][1]) // _CELL)].append(run)
    return lines


def _line(
    page: int, entries: Sequence[tuple[int, Word]], names: frozenset[str] | None = None
) -> Line:
    words = [word for _, word in entries]
    size, bold, italic = _style(words)
    plain = [word for word in words if word.size >= _SMALLER * size] or words
    bases = sorted(base_of(word) for word in plain)
    base = bases[len(bases) // 2]
    kept, text, opener, marks = _without_marks(words, size, base, names)
    return Line(
        page=page,
        words=tuple(kept),
        text=text,
        x0=words[0].x0,
        top=min(word.top for word in plain),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in plain),
        base=base,
        size=size,
        bold=bold,
        italic=italic,
        order=min(order for order, _ in entries),
        opener=opener,
        marks=tuple(marks),
    )


def _style(words: Sequence[Word]) -> tuple[float, bool, bool]:
    """(size, bold, italic) of most characters of ``words``."""
    sizes: Counter[float] = Counter()
    bold = italic = total = 0
    for word in words:
        length = len(word.text)
        sizes[round(word.size, 1)] += length
        bold += length * word.bold
        italic += length * word.italic
        total += length
    size, count = max(sizes.items(), key=lambda entry: (entry[1], entry[0]))
    if 2 * count < total:  # a scan: each word has its own size
        size = sorted(sizes.elements())[total // 2]
    return size, bold > 0.7 * total, italic > 0.7 * total


def _without_marks(
    words: Sequence[Word], size: float, base: float, names: frozenset[str] | None
) -> tuple[list[Word], str, str, list[str]]:
    """(words, their text, the mark that opens the line, other note marks taken out). Without
    ``names`` typed marks were taken out before."""
    kept: list[Word] = []
    pieces: list[str] = []
    opener = ""
    marks: list[str] = []
    before: Word | None = None
    for word in words:
        glued = before is not None and _is_glued(before, word)
        before = word
        raised = is_raised(word.size, base_of(word), size, base)
        said, typed = word.text, ""
        if names is not None and not raised:
            said, typed = split_typed_mark(word.text, names)
        if raised and is_mark(word.text, pieces[-1] if glued and pieces else ""):
            said, typed = "", word.text
        if typed and not said and not pieces and not opener and len(words) > 1:
            opener = typed
            continue
        if typed:
            marks.append(typed)
        if said:
            kept.append(replace(word, text=said) if typed else word)
            if glued and pieces:
                pieces[-1] += power(said, pieces[-1]) if raised else said
            else:
                pieces.append(said)
    return kept, " ".join(pieces), opener, marks


def _is_glued(before: Word, after: Word) -> bool:
    """Whether no space stands between two words that only their type parts."""
    size = max(before.size, after.size)
    return (
        after.x0 - before.x1 < _TOUCHING * size
        and abs(after.size - before.size) > 0.1 * size
        and abs(base_of(after) - base_of(before)) > 0.08 * size
    )
