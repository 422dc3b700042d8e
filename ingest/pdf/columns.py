"""Reading order: a page cut into columns, each read from top to bottom.

A gutter is a place that no line crosses over some height, with lines beside one another on both
sides of it. What does cross it (a heading over both columns, a wide table) parts the height into
bands, which are read one after another. Two columns of text and two columns of a table look
alike; the order of the file, the form of the lines and what they share tell them apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pdf.lines import Line, rows
from ingest.pdf.pieces import Panel, Piece, Shelf, Table
from ingest.pdf.sides import Row, are_columns

_EDGE = 3.0  # points: lines that start nearer than this start at one place
_MAX_CANDIDATES = 16
_CROSSING = 0.1
_FEW = 3  # rows beside one another
_MANY = 1500  # pieces
_MAX_DEPTH = 6
_NARROW = 0.62
_OTHER_SIZE = 0.05
_LARGE = 1.12
_MAX_LARGE = 20


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces that are read from top to bottom. ``aside``: apart from the running text."""

    pieces: tuple[Piece, ...]
    aside: bool = False


def columns(pieces: Sequence[Piece], depth: int = 0) -> list[Column]:
    """``pieces`` of a page (or of a part of it) as columns in reading order."""
    gutter = _best_gutter(pieces) if depth < _MAX_DEPTH and len(pieces) > 3 else None
    if gutter is None:
        return [Column(tuple(pieces))] if pieces else []
    found: list[Column] = []
    flat: list[Piece] = []
    floating: list[Piece] = []
    for band in _bands(pieces, gutter):
        if not _is_columned(band, _text_rows(band.left), _text_rows(band.right)):
            flat += [*band.left, *band.right]
        else:
            if flat:
                found += columns(flat, depth + 1)
                flat = []
            found += _side_by_side(band, depth)
        flat += band.below
        floating += band.floating
    found += columns(flat, depth + 1) if flat else []
    return found + ([Column(tuple(floating), aside=True)] if floating else [])


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands left and right of a gutter, the pieces ``below`` that cross it, and those that
    stand in its way: a quotation set in the middle of two columns."""

    left: list[Piece]
    right: list[Piece]
    below: list[Piece]
    floating: list[Piece]


def _best_gutter(pieces: Sequence[Piece]) -> float | None:
    best: tuple[float, float] | None = None
    for x in _candidates(pieces):
        rows_beside = 0
        crossing = 0
        for band in _bands(pieces, x):
            crossing += len(band.below)
            left, right = _text_rows(band.left), _text_rows(band.right)
            if _is_columned(band, left, right):
                beside = len(right) + _others(band.right)
                rows_beside += min(len(left) + _others(band.left), 3 * beside) + beside
        score = rows_beside - _CROSSING * crossing
        if rows_beside > _FEW and (best is None or score > best[0]):
            best = (score, x)
    return best[1] if best else None


def _candidates(pieces: Sequence[Piece]) -> list[float]:
    """Where pieces start that have others left of them, the most usual places first."""
    starts: Counter[int] = Counter()
    for piece in pieces:
        starts[round(piece.x0 / _EDGE)] += _lines_in(piece)
    leftmost = min(piece.x0 for piece in pieces)
    found: list[tuple[int, float]] = []
    for place in starts:
        count = starts[place] + starts[place - 1] + starts[place + 1]
        first = min(piece.x0 for piece in pieces if abs(round(piece.x0 / _EDGE) - place) <= 1)
        if count >= 2 and first > leftmost + 4 * _EDGE:
            found.append((count, first))
    most = _MAX_CANDIDATES if len(pieces) < _MANY else _MAX_CANDIDATES // 4
    return [x for _, x in sorted(found, key=lambda each: (-each[0], each[1]))[:most]]


def _bands(pieces: Sequence[Piece], gutter: float) -> list[_Band]:
    left = [p for p in pieces if p.x1 < gutter - _EDGE]
    right = [p for p in pieces if p.x0 >= gutter - _EDGE]
    sides = {id(p) for p in left} | {id(p) for p in right}
    crossing = [p for p in pieces if id(p) not in sides]
    floating = [p for p in crossing if _floats(p, left, right)]
    gone = {id(p) for p in floating}
    crossing = [p for p in crossing if id(p) not in gone]
    usual = median([p.size for p in left if isinstance(p, Line)] or [0.0])
    large = [p for p in left if isinstance(p, Line) and p.size >= _LARGE * usual]
    spanning = [p for p in large[:_MAX_LARGE] if _spans(p, left, right)]
    over = {id(p) for p in spanning}
    walls = sorted([*crossing, *spanning], key=lambda p: (p.top + p.bottom) / 2)
    heights = [(wall.top + wall.bottom) / 2 for wall in walls]
    bands = [_Band([], [], [], []) for _ in range(len(walls) + 1)]
    for index, wall in enumerate(walls):
        bands[index].below.append(wall)
    for piece in [*left, *right]:
        if id(piece) not in over:
            _assign(piece, piece.x1 < gutter - _EDGE, walls, heights, bands)
    bands[-1].floating.extend(floating)
    return _without_empty(bands)


def _assign(
    piece: Piece,
    is_left: bool,
    walls: Sequence[Piece],
    heights: Sequence[float],
    bands: Sequence[_Band],
) -> None:
    middle = (piece.top + piece.bottom) / 2
    place = bisect_left(heights, middle)
    for near in (place - 1, place):
        if 0 <= near < len(walls) and _share_row(piece, walls[near]):
            bands[near].below.append(piece)
            return
    (bands[place].left if is_left else bands[place].right).append(piece)


def _share_row(piece: Piece, wall: Piece) -> bool:
    return (
        isinstance(piece, Line)
        and isinstance(wall, Line)
        and abs(piece.base - wall.base) <= 0.35 * min(piece.size, wall.size)
    )


def _without_empty(bands: Sequence[_Band]) -> list[_Band]:
    """``bands`` with those between walls that follow one another straight away left out."""
    found: list[_Band] = []
    for band in bands:
        if found and not band.left and not band.right and not band.floating:
            found[-1].below.extend(band.below)
        else:
            found.append(band)
    return found


def _floats(piece: Piece, left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether ``piece``, which is set otherwise, has text on both sides of it."""
    if not isinstance(piece, Line | Panel) or min(len(left), len(right)) < 4:
        return False
    beside = [
        [p for p in side if p.top < piece.bottom and p.bottom > piece.top] for side in (left, right)
    ]
    if not all(beside):
        return False
    if isinstance(piece, Panel):
        return True
    near = [p for side in beside for p in side if isinstance(p, Line)]
    if not near:
        return False
    usual = median(line.size for line in near)
    return abs(piece.size - usual) > 0.12 * usual or piece.bold > all(p.bold for p in near)


def _spans(piece: Line, left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether ``piece``, a large line, is a short heading over both columns: with nothing beside
    it and text of both columns above and below it."""
    upper = [p.bottom for p in right if p.bottom <= piece.top + 0.3 * piece.size]
    lower = [p.top for p in right if p.top >= piece.bottom - 0.3 * piece.size]
    if len(upper) < 2 or len(lower) < 2 or len(upper) + len(lower) < len(right):
        return False
    above = sum(1 for p in left if p.bottom <= piece.top + 0.3 * piece.size)
    below = sum(1 for p in left if p.top >= piece.bottom - 0.3 * piece.size)
    return above > 1 and below > 1 and min(lower) - max(upper) > 1.6 * piece.size


def _is_columned(band: _Band, left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides, their rows ``left`` and ``right``, are columns of text, and not cells
    of a table."""
    if not band.left or not band.right or _overlap(band) < 0.3:
        return False
    if not left or not right:  # a panel or table beside text, or beside another
        return _overlap(band) >= 0.5
    return are_columns(left, right, _switches(band))


def _text_rows(pieces: Sequence[Piece]) -> list[Row]:
    return rows([piece for piece in pieces if isinstance(piece, Line)])


def _overlap(band: _Band) -> float:
    """Share of the height of the lower side beside which the other side stands."""
    tops = [min(p.top for p in side) for side in (band.left, band.right)]
    bottoms = [max(p.bottom for p in side) for side in (band.left, band.right)]
    shared = min(bottoms) - max(tops)
    return shared / max(1.0, min(bottoms[0] - tops[0], bottoms[1] - tops[1]))


def _switches(band: _Band) -> int:
    """How often the file goes from one side to the other."""
    sides = sorted(
        [(p.order, 0) for p in band.left] + [(p.order, 1) for p in band.right],
    )
    return sum(1 for a, b in pairwise(sides) if a[1] != b[1])


def _side_by_side(band: _Band, depth: int) -> list[Column]:
    """The columns of both sides; a narrow one that is set otherwise comes last."""
    left, right = columns(band.left, depth + 1), columns(band.right, depth + 1)
    widths = [max(p.x1 for p in side) - min(p.x0 for p in side) for side in (band.left, band.right)]
    sizes = [_usual_size(side) for side in (band.left, band.right)]
    other = abs(sizes[0] - sizes[1]) > _OTHER_SIZE * max(sizes)
    if other and widths[0] < _NARROW * widths[1]:
        return right + [Column(column.pieces, aside=True) for column in left]
    if other and widths[1] < _NARROW * widths[0]:
        return left + [Column(column.pieces, aside=True) for column in right]
    return left + right


def _usual_size(pieces: Sequence[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        for line in [piece] if isinstance(piece, Line) else []:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lines_in(piece: Piece) -> int:
    if isinstance(piece, Line):
        return 1
    if isinstance(piece, Shelf):
        return max(len(panel.lines) for panel in piece.panels)
    return len(piece.rows) if isinstance(piece, Table) else max(1, len(piece.lines))


def _others(pieces: Sequence[Piece]) -> int:
    """How many rows the pieces that are no lines have."""
    return sum(_lines_in(piece) for piece in pieces if not isinstance(piece, Line))
