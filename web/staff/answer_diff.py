"""Lays an old and a new answer side by side, with what differs marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.types import StatementKind
from eval.evaluation import Cited, Result, Said
from eval.sides import Sides

_ALIKE = 0.5
"""Share of the words that two statements have in common, from which they are shown as one that
was changed; below it the one is gone and the other is new."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a statement, and whether the other answer lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One statement."""

    pieces: tuple[Piece, ...]
    kind: StatementKind
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers."""

    status: str
    quality: float
    lines: tuple[Line, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with both answers."""

    sides: Sides
    before: Side
    after: Side
    gained: tuple[str, ...]
    """Vital facts that only the new answer holds."""
    lost: tuple[str, ...]
    """Vital facts that only the old answer holds."""

    @property
    def question(self) -> str:
        """The question, or its id when the words were not kept."""
        return self.sides.after.question or self.sides.after.id


def row(sides: Sides) -> Row:
    """Both answers of a question, ready to be shown."""
    before, after = sides.before, sides.after
    old, new = marked(_said(before), _said(after))
    return Row(
        sides=sides,
        before=Side(before.status, sides.change.quality_before, old, before.cited),
        after=Side(after.status, sides.change.quality_after, new, after.cited),
        gained=tuple(f for f in after.facts_said if f not in before.facts_said),
        lost=tuple(f for f in before.facts_said if f not in after.facts_said),
    )


def marked(
    before: Sequence[Said], after: Sequence[Said]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The statements of both, with what the other lacks marked. A statement that only stands in
    another place is not marked."""
    texts_before, texts_after = {s.text for s in before}, {s.text for s in after}
    gone = [s.text for s in before if s.text not in texts_after]
    come = [s.text for s in after if s.text not in texts_before]
    pairs = dict(_pairs(gone, come))
    origins = {new: old for old, new in pairs.items()}
    return (
        tuple(_line(s, texts_after, pairs.get(s.text)) for s in before),
        tuple(_line(s, texts_before, origins.get(s.text)) for s in after),
    )


# --- steps -----------------------------------------------------------------------------------


def _said(result: Result) -> tuple[Said, ...]:
    """The statements; of an answer without any its text, such as "not found"."""
    if result.statements or not result.answer:
        return result.statements
    return (Said(text=result.answer, citations=(), kind="sentence"),)


def _pairs(gone: Sequence[str], come: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Old and new statements that are much alike, the most alike first; each at most once."""
    ratios = sorted(
        ((_ratio(old, new), old, new) for old in set(gone) for new in set(come)), reverse=True
    )
    taken: set[str] = set()
    for ratio, old, new in ratios:
        if ratio >= _ALIKE and not taken & {old, new}:
            taken |= {old, new}
            yield old, new


def _line(said: Said, others: set[str], twin: str | None) -> Line:
    if said.text in others:
        pieces: tuple[Piece, ...] = (Piece(said.text, False),)
    elif twin is None:
        pieces = (Piece(said.text, True),)
    else:
        pieces = tuple(_pieces(said.text, twin))
    return Line(pieces, said.kind, said.citations)


def _pieces(text: str, other: str) -> Iterable[Piece]:
    """``text`` in pieces that ``other`` has and has not, word by word."""
    words = _words(text)
    for tag, start, end, _, _ in _matcher(words, _words(other)).get_opcodes():
        if start < end:
            yield Piece("".join(words[start:end]), tag != "equal")


def _ratio(one: str, other: str) -> float:
    return _matcher(_words(one), _words(other)).ratio()


def _matcher(one: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def _words(text: str) -> list[str]:
    """Words and the space between them, which together are the text again."""
    return re.findall(r"\s+|\S+", text)
