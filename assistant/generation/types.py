"""What goes into the language model engine and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.types import Evidence, StatementKind

Fallback = Literal[
    "no evidence",
    "resting",
    "time-out",
    "model failed",
    "cut off",
    "nothing written",
    "too little left",
]
"""Why the extractive answer is given instead."""
FALLBACKS: dict[Fallback, str] = {
    "no evidence": "Er waren geen passages om aan het taalmodel te geven.",
    "resting": "Het taalmodel werkte net niet en wordt even niet gevraagd.",
    "time-out": "Het taalmodel was niet op tijd klaar.",
    "model failed": "Het taalmodel werkt nu niet.",
    "cut off": "Het taalmodel hield midden in een zin op.",
    "nothing written": "Het taalmodel schreef geen bruikbare zin.",
    "too little left": "Te veel van wat het taalmodel schreef staat niet in de documenten.",
}
"""The same in plain Dutch, for people who look into it."""


class Chunk(Protocol):
    """A piece of a reply."""

    @property
    def text(self) -> str:
        """What it adds."""


class ChatModel(Protocol):
    """As much of LangChain's chat models as is used."""

    def stream(self, input: list[tuple[str, str]], /) -> Iterator[Chunk]:  # noqa: A002
        """The reply to messages (role, text), piece by piece."""


class Checker(Protocol):
    """Says whether quotes carry a statement."""

    def check(
        self, statement: str, quotes: Sequence[str], context: Sequence[str] = ()
    ) -> str | None:
        """None when the quotes carry the statement, else why they do not.

        ``context`` holds the titles and headings that the quotes stand under.
        """


@dataclass(frozen=True, slots=True)
class Written:
    """One statement that may be shown."""

    text: str
    cited: tuple[Evidence, ...]
    """What it rests on; never empty. The sentences that the model named come first."""
    kind: StatementKind
    quoted: bool = False
    """Whether it is a quote in the place of what the model said."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that the model said and that is not shown."""

    said: str
    reason: str
    replaced: bool = False
    """Whether the quote that it cites is shown in its place."""


@dataclass(frozen=True, slots=True)
class Report:
    """How it went; always the last thing that the engine gives."""

    model: str
    fallback: Fallback | None
    """Why the extractive answer must be given instead; None when what was written will do."""
    detail: str
    """What went wrong exactly, in the words of who noticed; may be empty."""
    accepted: int
    """Statements in the model's own words that passed."""
    refused: tuple[Refused, ...]
    withheld: tuple[str, ...]
    """Sentences of documents that give orders to a model: it never saw them."""
    first_line_ms: float | None
    """From the question to the end of the model's first statement, kept or not."""
    first_statement_ms: float | None
    """From the question to the first statement that may be shown."""
    total_ms: float

    @property
    def replaced(self) -> int:
        """Statements in whose place the quote stands."""
        return sum(r.replaced for r in self.refused)

    @property
    def dropped(self) -> int:
        """What is shown in no form."""
        return len(self.refused) - self.replaced
