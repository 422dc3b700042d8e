"""Reads a typed question with the words of the edition at hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.understand import understand
from corpus.dutch import DutchAnalyser
from corpus.library import Library
from corpus.spelling import Corrected, Speller
from corpus.types import Audience, Query
from corpus.words import EditionWords


class QuestionReader:
    """Understands questions; typing errors are mended by the words that an edition holds."""

    def __init__(
        self, library: Library, analyser: DutchAnalyser, speller: Speller, max_chars: int
    ) -> None:
        """``max_chars`` is the length of the longest question that is taken."""
        self._library = library
        self._analyser = analyser
        self._speller = speller
        self._max_chars = max_chars

    def read(
        self,
        question: str,
        audience: Audience | None = None,
        history: Sequence[str] = (),
        edition: int | None = None,
    ) -> Query:
        """The question as understood; ``history`` holds the questions before it, oldest first.

        Raises BadInputError for an empty or too long question, NotReadyError when there is no
        edition (by default the published one).
        """

        @cache  # when the first text is corrected: what cannot be read needs no edition
        def words() -> EditionWords:
            return self._library.open_edition(edition).words

        @cache  # mostly the same text comes by twice: as it was typed, and as it was completed
        def correct(text: str) -> Corrected:
            return self._speller.correct(text, words())

        return understand(
            question, audience, history, self._analyser, self._max_chars, correct=correct
        )

    def warm(self) -> None:
        """Load the word lists now, so that the first question need not wait for them.

        Raises NotReadyError when nothing is published.
        """
        self._speller.warm(self._library.open_edition().words)
