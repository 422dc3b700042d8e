"""What the web application asks of the rest, as Protocols: tests plug in pure fakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from corpus.shared_answers import SharedAnswer
from corpus.types import Audience, Document, Language, Outcome, Spoken


class Answering(Protocol):
    """Answers one question."""

    def answer(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Outcome:
        """Answer ``question``; ``history`` holds the earlier questions, oldest first.

        Raises BadInputError when the question is empty or too long, and NotReadyError when no
        edition is published. Must be safe to call from several threads.
        """

    def stream(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Iterator[Spoken | Outcome]:
        """The same, statement by statement as each is verified; the outcome comes last and may
        say something else, when too little was left of what was said before it."""


class Library(Protocol):
    """Reads the documents that readers may see."""

    def documents(self) -> Sequence[Document]:
        """All documents; readers see those with ``state == "published"``."""

    def text(self, document_id: str) -> str:
        """Canonical text of the published version. Raises BadInputError when unknown."""

    def current_edition(self) -> int | None:
        """Number of the published edition, or None when nothing is published yet."""


class Recorder(Protocol):
    """Keeps what the documents did not answer, and what readers thought of an answer."""

    @property
    def days(self) -> int:
        """Days that a question is kept; 0 when nothing is kept at all."""

    def answered(self, outcome: Outcome) -> None:
        """Take note of an answer that was given. Must not fail when it cannot be kept."""

    def feedback(
        self,
        trace_id: str,
        helpful: bool,
        edition: int,
        *,
        question: str = "",
        language: Language = "nl",
        word: str = "",
    ) -> bool:
        """Take note of a reader's opinion; True when something was kept."""


class SharedStore(Protocol):
    """Keeps answers that readers share: ``corpus.shared_answers.SharedAnswers``."""

    @property
    def days(self) -> int:
        """Days that a shared answer is kept; 0 when nothing is kept."""

    def put(self, outcome: Outcome, asked: str) -> str:
        """Keep an answer; its id comes back. Raises BadInputError or BusyError when it cannot."""

    def get(self, shared_id: str) -> SharedAnswer | None:
        """A shared answer, or None when it is not there or not any more."""
