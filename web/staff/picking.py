"""Finds the sentences that staff may point at as the place where an answer stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import BadInputError
from corpus.types import Hit, Sentence, Version
from eval.own_set import gold_at
from eval.questions import Gold
from eval.runner import Answers

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with its sentences, to choose from."""

    title: str
    section: str
    page: int | None
    sentences: tuple[Sentence, ...]


def find_places(words: str, assistant: Answers) -> tuple[Place, ...]:
    """The passages of the published edition that come nearest to ``words``, best first.

    Raises NotReadyError when nothing is published, BadInputError for words that cannot be asked.
    """
    return tuple(map(_place, assistant.answer(words).hits[:_SHOWN]))


def find_gold(sentence_ids: Sequence[str], versions: Mapping[str, Version]) -> list[Gold]:
    """The sentences with these ids as gold; ``versions`` by document id.

    Raises BadInputError when one of them is not in the edition.
    """
    wanted = set(sentence_ids)
    known = {
        sentence.id: (sentence, version)
        for version in versions.values()
        for passage in version.passages
        for sentence in passage.sentences
        if sentence.id in wanted
    }
    if missing := [i for i in sentence_ids if i not in known]:
        raise BadInputError(
            f"De zin {missing[0][:80]} staat niet (meer) in wat lezers zien. "
            "Zoek opnieuw en kies een zin."
        )
    return [gold_at(*known[i]) for i in dict.fromkeys(sentence_ids)]


def lines_of(text: str) -> list[str]:
    """The lines of a text field, without empty ones."""
    return [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]


def _place(hit: Hit) -> Place:
    passage = hit.passage
    return Place(hit.metadata.title, passage.section_path, passage.page, passage.sentences)
