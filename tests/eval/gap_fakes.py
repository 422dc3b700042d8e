"""Kept questions and groups in memory, as the database keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.gap_groups import GapGroup
from corpus.questions_log import KeptQuestion


def kept(number: int, text: str, **fields: Any) -> KeptQuestion:
    """A question that was not found; ``fields`` say what is different."""
    values: dict[str, Any] = {
        "id": number,
        "day": date(2026, 1, 2),
        "text": text,
        "language": "nl",
        "audience": None,
        "status": "not_found",
        "reason": "sum",
        "edition": 7,
        "helpful": None,
        "word": "",
        "group_id": None,
    }
    return KeptQuestion(**{**values, **fields})


class FakeStore:
    """Both Protocols of `eval.gaps` in one."""

    def __init__(self, *questions: KeptQuestion) -> None:
        self.kept = {q.id: q for q in questions}
        self.known: dict[int, GapGroup] = {}

    def questions(self) -> list[KeptQuestion]:
        return [self.kept[i] for i in sorted(self.kept)]

    def groups(self) -> list[GapGroup]:
        return list(self.known.values())

    def put(self, joined: Mapping[int, int], new: Sequence[Sequence[int]]) -> None:
        for question_id, group_id in joined.items():
            self._join(question_id, group_id)
        for members in new:
            number = len(self.known) + 1
            self.known[number] = GapGroup(number, "", members[0], "", "open", "")
            for question_id in members:
                self._join(question_id, number)

    def set_central(self, centrals: Mapping[int, int]) -> None:
        for group_id, question_id in centrals.items():
            self.known[group_id] = replace(self.known[group_id], central_id=question_id)

    def add(self, *questions: KeptQuestion) -> None:
        self.kept.update((q.id, q) for q in questions)

    def change(self, group_id: int, **fields: Any) -> None:
        self.known[group_id] = replace(self.known[group_id], **fields)

    def members(self) -> dict[int, int | None]:
        return {q.id: q.group_id for q in self.questions()}

    def _join(self, question_id: int, group_id: int) -> None:
        self.kept[question_id] = replace(self.kept[question_id], group_id=group_id)
