"""Answers as they are, counted."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.types import Audience, Outcome, Spoken
from web.ports import Answering
from web.watch.metrics import Metrics
from web.watch.request import answered, notes


class WatchedAnswering:
    """Wraps the part that answers; what it says and raises stays the same."""

    def __init__(self, answering: Answering, metrics: Metrics) -> None:
        self._answering = answering
        self._metrics = metrics

    def answer(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Outcome:
        """Answer ``question``. Raises what the wrapped part raises."""
        began_ns = time.time_ns()
        try:
            outcome = self._answering.answer(question, audience=audience, history=history)
        except Exception as error:
            self._metrics.not_answered(what_failed(error))
            raise
        self._note(outcome, began_ns)
        return outcome

    def stream(
        self, question: str, *, audience: Audience | None = None, history: Sequence[str] = ()
    ) -> Iterator[Spoken | Outcome]:
        """The same, piece by piece."""
        began_ns = time.time_ns()
        try:
            for piece in self._answering.stream(question, audience=audience, history=history):
                if isinstance(piece, Outcome):
                    self._note(piece, began_ns)
                yield piece
        except Exception as error:
            self._metrics.not_answered(what_failed(error))
            raise

    def _note(self, outcome: Outcome, began_ns: int) -> None:
        self._metrics.answered(outcome)
        notes().answered.append(answered(outcome, began_ns))


def what_failed(error: Exception) -> str:
    """What came of a question that was not answered, as a label."""
    if isinstance(error, BadInputError):
        return "bad_input"
    return "not_ready" if isinstance(error, NotReadyError | BusyError) else "failed"
