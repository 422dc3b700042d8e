"""The language model engine. Read `LanguageModelEngine.stream` from top to bottom."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.generation import tongue
from assistant.generation.listen import ModelFailedError, TimeIsUpError, listen
from assistant.generation.passages import MAX_CHARS, QUOTABLE, Numbered, number_passages
from assistant.generation.prompt import messages
from assistant.generation.rest import Rest
from assistant.generation.statements import Said, StatementReader, Unreadable
from assistant.generation.trial import Trial
from assistant.generation.types import (
    ChatModel,
    Checker,
    Fallback,
    Refused,
    Report,
    Written,
)
from corpus.types import Evidence, Query


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read and told. A model that does not stop is not listened to any longer."""

    passage_chars: int = MAX_CHARS
    """Of the passages that the model gets."""
    best: int = QUOTABLE
    asked: int = 6
    """Statements that the model is asked for."""
    shown: int = 12
    """Statements that are shown at most."""
    heard: int = 30
    """Statements that are read at most, good or bad."""
    reply_chars: int = 20_000
    rest_s: float = 30.0
    """How long a model is left alone that failed or was too slow twice in a row."""


class LanguageModelEngine:
    """Writes an answer with a chat model and gives only what the checker lets through."""

    def __init__(
        self,
        model: ChatModel,
        name: str,
        checker: Checker,
        timeout_s: float,
        limits: Limits | None = None,
    ) -> None:
        """``timeout_s`` is for the whole reply. ``name`` is shown behind ``llm:``."""
        self._model = model
        self.name = name
        self._checker = checker
        self._timeout_s = timeout_s
        self._limits = limits or Limits()
        self._rest = Rest(self._limits.rest_s)

    def warm(self) -> None:
        """Load what checking a statement needs, so that the first need not wait for it."""
        tongue.warm()
        for text in ("De student werkt bij een bedrijf.", "The student works at a company."):
            self._checker.check(text, ["Een student werkt bij een klein bedrijf."])

    def stream(
        self, query: Query, rankings: Sequence[Sequence[Evidence]]
    ) -> Generator[Written | Report, None, None]:
        """Each statement as soon as it is known to hold; the report comes last. Closing it ends
        the request.

        ``rankings`` holds the evidence for each part of the question, best first. Nothing is
        raised for what a model does wrong: the report says why the extractive answer must be
        given (``fallback``), also when statements were given before that.
        """
        run = _Run(self.name)
        passages = number_passages(rankings, self._limits.passage_chars, self._limits.best)
        if not passages.evidence:
            yield run.report(passages, "no evidence")
            return
        if self._rest.is_resting():
            yield run.report(passages, "resting")
            return
        fallback: Fallback | None = None
        try:
            yield from self._statements(query, passages, run)
        except TimeIsUpError:
            fallback, run.detail = "time-out", f"{run.heard_chars} characters were heard"
        except ModelFailedError as error:
            fallback, run.detail = "model failed", str(error)
        self._rest.note(failed=fallback is not None)
        yield run.report(passages, fallback or run.shortfall())

    def write(
        self, query: Query, rankings: Sequence[Sequence[Evidence]]
    ) -> tuple[list[Written], Report]:
        """All statements at once, and the report."""
        written: list[Written] = []
        for event in self.stream(query, rankings):
            if isinstance(event, Report):
                return written, event
            written.append(event)
        raise AssertionError("the report is the last event")  # stream() always gives one

    def _statements(self, query: Query, passages: Numbered, run: _Run) -> Iterator[Written]:
        reader = StatementReader()
        trial = Trial(passages, self._checker, query)
        asked = messages(query, passages, self._limits.asked)
        with closing(listen(self._model, asked, run.began + self._timeout_s)) as pieces:
            for piece in pieces:
                run.heard_chars += len(piece)
                for said in reader.feed(piece):
                    yield from run.tried(said, trial)
                    if self._is_enough(run):
                        return
                if run.heard_chars > self._limits.reply_chars:
                    return
        run.is_cut_off = reader.is_inside_statement
        for rest in reader.end():
            yield from run.tried(rest, trial)

    def _is_enough(self, run: _Run) -> bool:
        return run.shown >= self._limits.shown or run.heard >= self._limits.heard


class _Run:
    """Keeps the tally of one reply."""

    def __init__(self, model: str) -> None:
        self.began = time.monotonic()
        self.detail = ""
        self.heard = self.shown = self.heard_chars = 0
        self.is_cut_off = False
        self._model = model
        self._accepted = self._wrong = 0
        self._refused: list[Refused] = []
        self._first_line: float | None = None
        self._first_statement: float | None = None

    def tried(self, said: Said | Unreadable, trial: Trial) -> Iterator[Written]:
        """What may be shown of it; the tally is kept."""
        if isinstance(said, Unreadable):
            self._refused.append(Refused(said.text, said.reason))
            self.heard += not said.chatter
            self._wrong += not said.chatter
            return
        self.heard += 1
        if self._first_line is None:
            self._first_line = self._ms()
        written, refused = trial.try_(said)
        if refused is not None:
            self._refused.append(refused)
            self._wrong += 1
        else:
            self._accepted += 1
        for one in written:
            if self._first_statement is None:
                self._first_statement = self._ms()
            self.shown += 1
            yield one

    def shortfall(self) -> Fallback | None:
        """Why what was written will not do; None when it will."""
        if self.is_cut_off:
            return "cut off"
        if not self.heard:
            return "nothing written"
        # Where most went wrong, the quotes in its place are a worse choice than the extractive one.
        if not self._accepted or self._accepted < self._wrong:
            return "too little left"
        return None

    def report(self, passages: Numbered, fallback: Fallback | None) -> Report:
        """The tally, closed."""
        return Report(
            model=self._model,
            fallback=fallback,
            detail=self.detail,
            accepted=self._accepted,
            refused=tuple(self._refused),
            withheld=passages.withheld,
            first_line_ms=self._first_line,
            first_statement_ms=self._first_statement,
            total_ms=self._ms(),
        )

    def _ms(self) -> float:
        return round((time.monotonic() - self.began) * 1000, 2)
