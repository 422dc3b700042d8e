"""What a change of the glossary would do to a question: before and after, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.question_reader import QuestionReader
from assistant.try_words import Tried, try_words
from corpus.glossary import Lexicon
from corpus.types import Hit
from web.staff.desk import Desk

_TOP = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A passage among the best, and where it stood before."""

    hit: Hit
    moved: str
    """In words; empty where nothing was compared."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with the glossary as it is, and with the change."""

    before: Tried
    after: Tried
    found: tuple[Found, ...]
    """The best after the change."""

    @property
    def same(self) -> bool:
        """Whether the change does nothing to this question."""
        return (
            self.before.query == self.after.query
            and self.before.words == self.after.words
            and _ids(self.before) == _ids(self.after)
        )


def trial(question: str, changed: Lexicon, desk: Desk) -> Trial:
    """Ask a question both ways. Raises what `assistant.try_words.try_words` raises."""
    before, after = (_tried(question, each, desk) for each in (desk.glossary, changed))
    places = {hit.passage.id: place for place, hit in enumerate(before.hits, start=1)}
    found = [
        Found(hit, _moved(places.get(hit.passage.id), place))
        for place, hit in enumerate(after.hits, start=1)
    ]
    return Trial(before, after, tuple(found))


def _tried(question: str, glossary: Lexicon, desk: Desk) -> Tried:
    speller = desk.speller.with_glossary(glossary)
    reader = QuestionReader(desk.library, desk.analyser, speller, desk.settings.max_question_chars)
    retriever = desk.retriever.with_glossary(glossary)
    return try_words(question, glossary, reader, retriever, desk.analyser, _TOP)


def _ids(tried: Tried) -> list[str]:
    return [hit.passage.id for hit in tried.hits]


def _moved(before: int | None, after: int) -> str:
    if before is None:
        return "nieuw"
    if before == after:
        return "gelijk"
    return f"was {before}"
