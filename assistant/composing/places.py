"""Where statements stand in their documents, and in which order they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.told import Told
from assistant.sentence_form import points_back

ListPlace = tuple[str, tuple[int, int]]
"""Version, and the span of the sentence that introduces the list."""


def place(told: Told) -> tuple[str, int]:
    """Version and offset of a statement."""
    return told.evidence.hit.passage.version_id, told.sentence.start


def list_of(told: Told) -> ListPlace | None:
    """The list that a statement introduces or is an item of; None when it is in no list."""
    version, sentence = told.evidence.hit.passage.version_id, told.sentence
    if told.kind == "lead":
        return version, (sentence.start, sentence.end)
    return (version, sentence.lead) if sentence.lead is not None else None


def insert(told: list[Told], more: Sequence[Told]) -> list[Told]:
    """Beside what comes from the same passage, in the document's order; else at the end. The
    answer starts with what it started with: the best sentence is what people came for, unless it
    points back ("volgens dat bedrijf")."""
    passage_id = more[0].evidence.hit.passage.id
    same = [t for t in told if t.evidence.hit.passage.id == passage_id]
    if not same:
        return [*told, *more]
    at, opening = told.index(same[0]), told[0].sentence
    earlier = at == 0 and opening.kind == "sentence" and not points_back(opening.text)

    def rank(one: Told) -> tuple[bool, int]:
        return earlier and one.sentence.start < opening.start, one.sentence.start

    group = sorted([*same, *more], key=rank)
    rest_after = [t for t in told[at:] if t not in same]
    return [*told[:at], *group, *rest_after]


def beside_last(answer: Sequence[Told], told: Sequence[Told]) -> list[Told]:
    """``told`` with what is no part of ``answer``, nor of a list in it, marked and at the end."""
    places = {place(t) for t in answer}
    lists = {list_of(t) for t in answer if t.kind != "sentence"}
    first, last = [], []
    for one in told:
        if place(one) in places or list_of(one) in lists:
            first.append(one)
        else:
            last.append(replace(one, beside=True))
    return [*first, *last]
