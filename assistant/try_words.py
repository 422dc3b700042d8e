"""What a glossary makes of a question: to see what a change would do before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from assistant.terms import asked_terms
from corpus.dutch import DutchAnalyser
from corpus.glossary import Lexicon
from corpus.library import Library
from corpus.types import Hit, Query


@dataclass(frozen=True, slots=True)
class Searched:
    """A word of a question with the words that are searched for besides it."""

    word: str
    """Empty for a phrase of several words."""
    also: tuple[str, ...]
    """As the glossary writes them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A question as it is read and searched with one glossary."""

    query: Query
    words: tuple[Searched, ...]
    hits: tuple[Hit, ...]
    """Best first."""


def try_words(
    question: str,
    glossary: Lexicon,
    reader: QuestionReader,
    retriever: Retriever,
    analyser: DutchAnalyser,
    count: int,
) -> Tried:
    """Read and search a question; ``reader`` and ``retriever`` must use ``glossary``, too.

    Raises BadInputError for an empty or too long question, NotReadyError when nothing is
    published.
    """
    query = reader.read(question)
    words = []
    for term in asked_terms(query.text, analyser, glossary, query.language):
        also = term.meanings if term.word else (term.stem,)
        words.append(Searched(term.word, _written(also, glossary)))
    return Tried(query, tuple(words), retriever.search(query, count).hits)


def unknown_words(words: Sequence[str], library: Library, analyser: DutchAnalyser) -> list[str]:
    """The words that no published document holds: to search for them finds nothing.

    Raises NotReadyError when nothing is published.
    """
    lexical = library.open_edition().lexical
    return [
        word
        for word in words
        if not all(
            lexical.knows(analyser.forms(part)[0]) for part in analyser.words(word.replace("|", ""))
        )
    ]


def _written(stems: Sequence[str], glossary: Lexicon) -> tuple[str, ...]:
    return tuple(dict.fromkeys(glossary.written.get(stem, stem) for stem in stems))
