"""Next questions that the published documents really answer.

Nearest first: what stands beside the answer in its own document, then what was found and not
used, then what most readers want to know. A question of our own making is put to the search before
it is offered: its own passage must come first, and the gate must let it through. A heading is
found by its own words (98 of the 100 on the starter pages), so that it counts as answered until
`Suggester.warm` has found otherwise. What was found out is kept for the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from assistant.composing.told import Told
from assistant.evidence import EvidenceSelector
from assistant.fold import unfolded
from assistant.gate import Gate
from assistant.next_questions import NextQuestion, next_questions, suits
from assistant.per_edition import PerEdition
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retrieved, Retriever
from corpus.dutch import DutchAnalyser
from corpus.library import Library
from corpus.types import Audience, Evidence, Hit, Query

_PLACES = 3
_PLACES_OUT_OF_SCOPE = 2
_TRIED = 1
"""Questions that are put to the search for one answer, which takes as long as a search; the others
wait for the next."""
_SAME = 0.7
"""Share of terms that two questions have in common when they ask the same."""
_ENGLISH: tuple[tuple[str, tuple[Audience, ...]], ...] = (
    ("What is the Mkb-route in het hbo?", ("bedrijf", "hogeschool", "beleid")),
    ("How do I set up a learning workplace?", ("bedrijf",)),
    ("Which criteria must a programme meet?", ("hogeschool", "beleid")),
    ("What are the benefits for a company?", ("bedrijf",)),
    ("How do we get in touch with companies?", ("hogeschool",)),
    ("Who are the members of the advisory board?", ("beleid",)),
)
"""The documents hold no English to make questions from. These are put to the search as well."""
_FIRST = ("Wat is", "Voor wie", "Hoe", "Welke", "Wat")
"""What most readers ask first."""

Answers = Callable[[str, NextQuestion | None], bool]
"""Whether the documents answer a question, from its own passage where it has one."""


class Answerable:
    """Puts a question to search and gate, as if a reader had asked it."""

    def __init__(
        self,
        reader: QuestionReader,
        retriever: Retriever,
        selector: EvidenceSelector,
        gate: Gate,
    ) -> None:
        self._reader = reader
        self._retriever = retriever
        self._selector = selector
        self._gate = gate

    def __call__(self, text: str, question: NextQuestion | None) -> bool:
        """Whether ``text`` is answered; the section of ``question`` must be found first."""
        query = self._reader.read(text, None, (), None)
        retrieved = self._retriever.search(query)
        if not retrieved.hits or not _is_first(question, retrieved.hits):
            return False
        ranked = self._selector.select(query, retrieved)
        if self._gate.decide(query, retrieved, ranked).status != "answered":
            return False
        return question is None or _is_from(question, ranked, retrieved)


@dataclass(slots=True)
class _Known:
    """What an edition offers, and what was found out about it."""

    general: list[NextQuestion]
    """All questions, what most readers ask first, one of every document in turn."""
    by_document: dict[str, list[NextQuestion]]
    by_place: dict[tuple[str, tuple[str, ...]], NextQuestion]
    answered: dict[str, bool] = field(default_factory=dict)


class Suggester:
    """Offers next questions. Several threads may use it."""

    def __init__(self, library: Library, analyser: DutchAnalyser, answers: Answers) -> None:
        self._known = PerEdition(library, _read)
        self._analyser = analyser
        self._answers = answers

    def suggest(
        self, query: Query, told: Sequence[Told], hits: Sequence[Hit], *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """At most three questions to go on with (two when ``query`` was out of scope): never the
        one just asked, and none that the answer just told. None at all while another thread reads
        what there is to ask: an answer does not wait for that."""
        known = self._known.get(wait=False)
        if known is None:
            return ()
        wanted = _PLACES_OUT_OF_SCOPE if out_of_scope else _PLACES
        if query.language == "en":
            return self._english(known, query, wanted)
        near = [] if out_of_scope else [*_beside(known, told), *_found(known, hits)]
        offered = (q for q in chain(near, known.general) if suits(q, query.audience))
        return self._checked(known, query, told, offered, wanted)

    def warm(self, most: int = 200) -> None:
        """Find out about the first ``most`` questions of the edition beforehand."""
        known = self._known.get()
        if known is None:
            return
        for question in known.general[:most]:
            self._is_answered(known, question.text, question)

    def _checked(
        self,
        known: _Known,
        query: Query,
        told: Sequence[Told],
        offered: Iterator[NextQuestion],
        wanted: int,
    ) -> tuple[str, ...]:
        used = {_place(hit) for t in told for hit in unfolded((t.evidence.hit,))}
        said = [self._terms(query.text), *(self._terms(part) for part in query.parts)]
        found: list[str] = []
        tried = 0
        for question in offered:
            terms = self._terms(question.text)
            if question.place in used or any(_same(terms, other) for other in said):
                continue
            answered = known.answered.get(question.text, True if question.is_heading else None)
            if answered is None and tried < _TRIED:
                tried += 1
                answered = self._is_answered(known, question.text, question)
            if answered:
                found.append(question.text)
                said.append(terms)
            if len(found) == wanted:
                break
        return tuple(found)

    def _english(self, known: _Known, query: Query, wanted: int) -> tuple[str, ...]:
        asked = self._terms(query.text)
        texts = [
            text
            for text, audiences in _ENGLISH
            if query.audience is None or query.audience in audiences
        ]
        fresh = (text for text in texts if not _same(self._terms(text), asked))
        return tuple(text for text in fresh if self._is_answered(known, text, None))[:wanted]

    def _is_answered(self, known: _Known, text: str, question: NextQuestion | None) -> bool:
        if text not in known.answered:
            known.answered[text] = self._answers(text, question)
        return known.answered[text]

    def _terms(self, text: str) -> frozenset[str]:
        return frozenset(self._analyser.forms(word)[0] for word in self._analyser.words(text))


# --- steps -----------------------------------------------------------------------------------


def _read(hits: Iterable[Hit]) -> _Known:
    questions = next_questions(hits)
    by_document: dict[str, list[NextQuestion]] = {}
    for question in questions:
        by_document.setdefault(question.hit.document_id, []).append(question)
    return _Known(_general(questions), by_document, {q.place: q for q in questions})


def _beside(known: _Known, told: Sequence[Told]) -> list[NextQuestion]:
    """The questions of the document that the answer opens with: what follows, then what precedes
    it, nearest first."""
    if not told:
        return []
    hit = told[0].evidence.hit
    here = hit.passage.ordinal
    of_document = known.by_document.get(hit.document_id, [])
    after = [q for q in of_document if q.hit.passage.ordinal > here]
    before = [q for q in of_document if q.hit.passage.ordinal < here]
    return [*after[:2], *before[:-3:-1]]


def _found(known: _Known, hits: Sequence[Hit]) -> list[NextQuestion]:
    """The questions of what was found, best first."""
    places = dict.fromkeys(_place(hit) for hit in unfolded(hits))
    return [known.by_place[place] for place in places if place in known.by_place]


def _general(questions: Iterable[NextQuestion]) -> list[NextQuestion]:
    """What most readers ask first, one of every document in turn."""

    def rank(question: NextQuestion) -> int:
        openings = (n for n, words in enumerate(_FIRST) if question.text.startswith(words))
        return next(openings, len(_FIRST))

    return sorted(questions, key=lambda q: (rank(q), q.hit.passage.ordinal))


def _place(hit: Hit) -> tuple[str, tuple[str, ...]]:
    return hit.passage.version_id, hit.passage.section


def _is_first(question: NextQuestion | None, hits: Sequence[Hit]) -> bool:
    return question is None or question.place in {_place(hit) for hit in unfolded(hits[:1])}


def _is_from(question: NextQuestion, ranked: Sequence[Evidence], retrieved: Retrieved) -> bool:
    """Whether the best sentence stands where the question does, or where the same is said."""
    first = {_place(hit) for hit in unfolded(retrieved.hits[:1])}
    return bool(ranked) and _place(ranked[0].hit) in first | {question.place}


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _SAME * min(len(one), len(other) or 1)
