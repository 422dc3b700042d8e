"""Where the documents fall short: questions without a good answer, in groups that stay.

Read `regroup` and `gaps` first. A question keeps its group. A new one joins the group whose
central question is nearest, when that is near enough; the others form new groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from corpus.gap_groups import GapGroup, GapState
from corpus.progress import Progress
from corpus.questions_log import KeptQuestion
from corpus.types import Embedder, Status, Vectors
from eval.communities import communities
from eval.runner import Answers

NEAREST = 3
_CHUNK = 64
_GONE = "(de vragen zijn gewist)"


class Log(Protocol):
    """Where kept questions come from: ``corpus.questions_log.QuestionsLog``, or a fake."""

    def questions(self) -> list[KeptQuestion]:
        """Every kept question, oldest first."""


class Groups(Protocol):
    """Where groups are kept: ``corpus.gap_groups.GapGroups``, or a fake."""

    def groups(self) -> list[GapGroup]:
        """Every group, by id."""

    def put(self, joined: Mapping[int, int], new: Sequence[Sequence[int]]) -> None:
        """Put questions into groups (by question id), and begin new ones."""

    def set_central(self, centrals: Mapping[int, int]) -> None:
        """Note the central question of each group (by group id)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A group with its questions, the central one first."""

    id: int
    title: str
    owner: str
    state: GapState
    note: str
    cases: tuple[str, ...]
    questions: tuple[KeptQuestion, ...]

    @property
    def size(self) -> int:
        """How often it was asked."""
        return len(self.questions)

    @property
    def examples(self) -> tuple[str, ...]:
        """The different ways in which it was asked, the central question first."""
        return tuple(dict.fromkeys(q.text for q in self.questions))


@dataclass(frozen=True, slots=True)
class Nearest:
    """A published passage that comes near a gap."""

    passage_id: str
    document_id: str
    title: str
    section: str
    text: str


def regroup(
    log: Log, groups: Groups, embedder: Embedder, likeness: float, progress: Progress
) -> int:
    """Give every question without a group one; returns how many that were.

    ``likeness`` is the cosine from which two questions ask for the same.
    """
    questions = log.questions()
    new = [q for q in questions if q.group_id is None]
    if not new:
        return 0
    known = groups.groups()
    vectors = _embed(questions, embedder, progress)
    joined = _join(new, _centrals(known, questions), vectors, likeness)
    rest = [q for q in new if q.id not in joined]
    groups.put(joined, _new_groups(rest, vectors, likeness))
    touched = set(joined.values())
    groups.set_central(_most_like_all(log.questions(), touched, vectors))
    return len(new)


def current_gaps(
    log: Log,
    groups: Groups,
    open_embedder: Callable[[], Embedder],
    likeness: float,
    progress: Progress,
) -> list[Gap]:
    """The groups, after new questions got theirs. The model is opened only for that."""
    if waiting(log):
        regroup(log, groups, open_embedder(), likeness, progress)
    return gaps(log, groups)


def waiting(log: Log) -> int:
    """How many questions have no group yet."""
    return sum(q.group_id is None for q in log.questions())


def gaps(log: Log, groups: Groups) -> list[Gap]:
    """Every group that holds questions or that staff worked on; the largest first."""
    members: dict[int, list[KeptQuestion]] = {}
    for question in log.questions():
        if question.group_id is not None:
            members.setdefault(question.group_id, []).append(question)
    found = [_gap(g, members.get(g.id, [])) for g in groups.groups()]
    kept = [g for g in found if g.questions or g.owner or g.note or g.cases or g.state != "open"]
    return sorted(kept, key=lambda g: (-g.size, g.id))


def nearest(gap: Gap, assistant: Answers) -> tuple[Nearest, ...]:
    """The passages of the published edition that come nearest to the central question."""
    if not gap.questions:
        return ()
    first = gap.questions[0]
    outcome = assistant.answer(first.text, audience=first.audience)
    return tuple(
        Nearest(
            hit.passage.id,
            hit.document_id,
            hit.metadata.title,
            hit.passage.section_path,
            hit.passage.text,
        )
        for hit in outcome.hits[:NEAREST]
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a solved gap that was asked again."""

    gap_id: int
    text: str
    was: Status
    now: Status

    @property
    def fell_back(self) -> bool:
        """Whether the gap is not closed for this question."""
        return self.now != "answered"


def ask_again(solved: Sequence[Gap], assistant: Answers, progress: Progress) -> list[Asked]:
    """Ask every different question of the gaps again, of the published edition."""
    wanted = {(g.id, q.text): q for g in solved for q in reversed(g.questions)}
    asked = []
    for done, ((gap_id, text), question) in enumerate(sorted(wanted.items()), start=1):
        answer = assistant.answer(text, audience=question.audience).answer
        asked.append(Asked(gap_id, text, question.status, answer.status))
        progress("Vragen opnieuw stellen", done, len(wanted))
    return asked


# --- steps -----------------------------------------------------------------------------------


def _embed(
    questions: Sequence[KeptQuestion], embedder: Embedder, progress: Progress
) -> dict[str, Vectors]:
    """Vector of shape (dimension,) per different text."""
    texts = list(dict.fromkeys(q.text for q in questions))
    vectors: dict[str, Vectors] = {}
    for at in range(0, len(texts), _CHUNK):
        part = texts[at : at + _CHUNK]
        vectors.update(zip(part, embedder.embed_queries(part), strict=True))
        progress("Vragen vergelijken", at + len(part), len(texts))
    return vectors


def _centrals(groups: Sequence[GapGroup], questions: Sequence[KeptQuestion]) -> dict[int, str]:
    """Text of the central question per group id; the oldest when that one was erased."""
    texts = {q.id: q.text for q in questions}
    oldest: dict[int, str] = {}
    for q in questions:
        if q.group_id is not None:
            oldest.setdefault(q.group_id, q.text)
    return {g.id: texts.get(g.central_id or 0, oldest[g.id]) for g in groups if g.id in oldest}


def _join(
    waiting: Sequence[KeptQuestion],
    centrals: Mapping[int, str],
    vectors: Mapping[str, Vectors],
    likeness: float,
) -> dict[int, int]:
    """Group id by question id, for the questions that are near enough to a group."""
    if not centrals:
        return {}
    ids = list(centrals)
    heart = np.stack([vectors[centrals[i]] for i in ids])
    joined = {}
    for question in waiting:
        cosines = heart @ vectors[question.text]
        best = int(cosines.argmax())
        if cosines[best] >= likeness:
            joined[question.id] = ids[best]
    return joined


def _new_groups(
    questions: Sequence[KeptQuestion], vectors: Mapping[str, Vectors], likeness: float
) -> list[list[int]]:
    """Question ids per new group, the central one first."""
    asked: dict[str, list[int]] = {}
    for q in questions:
        asked.setdefault(q.text, []).append(q.id)
    if not asked:
        return []
    texts = list(asked)
    found = communities(np.stack([vectors[t] for t in texts]), likeness)
    return [[i for row in rows for i in asked[texts[row]]] for rows in found]


def _most_like_all(
    questions: Sequence[KeptQuestion], group_ids: set[int], vectors: Mapping[str, Vectors]
) -> dict[int, int]:
    """Question id with the highest mean cosine to its group, by group id."""
    members: dict[int, list[KeptQuestion]] = {}
    for q in questions:
        if q.group_id in group_ids and q.text in vectors:
            members.setdefault(q.group_id, []).append(q)
    centrals = {}
    for group_id, group in members.items():
        matrix = np.stack([vectors[q.text] for q in group])
        centrals[group_id] = group[int((matrix @ matrix.sum(axis=0)).argmax())].id
    return centrals


def _gap(group: GapGroup, members: Sequence[KeptQuestion]) -> Gap:
    questions = sorted(members, key=lambda q: (q.id != group.central_id, q.id))
    title = group.title or (questions[0].text if questions else _GONE)
    return Gap(group.id, title, group.owner, group.state, group.note, group.cases, tuple(questions))
