"""Headings and lists that were made by hand, told by their form and not by their style."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from ingest.lists import split_mark
from ingest.office.flow import Piece

_MAX_HEADING = 100
_MAX_WORDS = 14
_LARGER = 1.1
"""How many times the size of the running text a heading is at least."""
_MAX_RUN = 3
"""More short lines in bold after each other than this are an address or a box, not headings."""
_NO_HEADING_END = (".", ",", ";", ":")
_NUMBER = re.compile(r"\d+")


def by_form(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the lists and (when no style names any) the headings made by hand."""
    listed = list(_mark_items(pieces))
    return listed if any(piece.kind == "heading" for piece in listed) else _mark_headings(listed)


def _mark_items(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Two or more paragraphs in a row that open with a bullet, or count up from 1 or a."""
    lines = [line for piece in pieces for line in _lines(piece)]
    for form, group in groupby(lines, _form_of_mark):
        run = list(group)
        found = [_item(piece, place) for place, piece in enumerate(run, start=1)] if form else []
        items = [item for item in found if item is not None]
        yield from items if len(items) == len(run) > 1 else run


def _lines(piece: Piece) -> list[Piece]:
    """A paragraph apart; one whose lines are bullets as a paragraph for each line."""
    lines = [line for line in piece.text.split("\n") if line.strip()]
    marked = [line for line in lines if split_mark(line.strip())[0] == "-"]
    if piece.kind == "paragraph" and piece.level == 0 and len(marked) > 1:
        return [replace(piece, text=line.strip()) for line in lines]
    return [piece]


def _form_of_mark(piece: Piece) -> Literal["", "bullet", "number"]:
    mark = split_mark(piece.text.strip())[0] if _is_plain(piece) else ""
    return "bullet" if mark == "-" else "number" if mark else ""


def _item(piece: Piece, place: int) -> Piece | None:
    """``piece`` as item number ``place`` of a list; None when its mark says another number."""
    mark, text = split_mark(piece.text.strip())
    if mark == "-":
        return replace(piece, kind="item", text=text, level=1)
    number = _NUMBER.search(mark)
    counted = int(number.group()) if number else ord(mark.strip("(). ")[:1] or " ") - ord("a") + 1
    if counted != place:
        return None
    return replace(piece, kind="item", text=text, level=1, mark=mark, number=place)


def _is_plain(piece: Piece) -> bool:
    return piece.kind == "paragraph" and piece.level == 0


def _mark_headings(pieces: Sequence[Piece]) -> list[Piece]:
    body = _body_size(pieces)
    strong = _is_bold_rare(pieces)
    stands_out = [
        _looks_like_heading(piece) and ((piece.bold and strong) or piece.size >= body * _LARGER)
        for piece in pieces
    ]
    chosen: list[int] = []
    start = 0
    for yes, group in groupby(stands_out):
        length = len(list(group))
        end = start + length
        if yes and length <= _MAX_RUN and end < len(pieces):
            chosen += range(start, end)
        start = end
    ranks = sorted({_weight(pieces[index]) for index in chosen}, reverse=True)
    levels = {index: 1 + ranks.index(_weight(pieces[index])) for index in chosen}
    return [
        replace(piece, kind="heading", level=levels[index]) if index in levels else piece
        for index, piece in enumerate(pieces)
    ]


def _weight(piece: Piece) -> tuple[float, bool]:
    return (round(piece.size), piece.bold)


def _looks_like_heading(piece: Piece) -> bool:
    text = piece.text.strip()
    return (
        _is_plain(piece)
        and 0 < len(text) <= _MAX_HEADING
        and len(text.split()) <= _MAX_WORDS
        and "\n" not in text
        and not text.endswith(_NO_HEADING_END)
        and any(char.isalpha() for char in text)
    )


def _body_size(pieces: Sequence[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        if piece.size:
            sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else float("inf")


def _is_bold_rare(pieces: Sequence[Piece]) -> bool:
    """Whether most of the text is not bold, so that bold means something."""
    bold = sum(len(piece.text) for piece in pieces if piece.bold)
    return 2 * bold < sum(len(piece.text) for piece in pieces if piece.kind != "table")
