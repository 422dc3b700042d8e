"""Whether a sentence holds the thing that a question asks for: to "hoeveel hogescholen" only a
number of hogescholen is an answer, and "twee uitdagingen" is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.counted import counted_in
from assistant.figures import figures, like
from assistant.fits import fits, is_strict
from assistant.kinds import STRICT, holds, kind_of
from assistant.terms import AskedTerm
from corpus.dutch import DutchAnalyser
from corpus.types import Query, Sentence

_NUMBERS = frozenset({"count", "duration"})

Holds = Callable[[Sentence], bool]
"""Says of a sentence whether it holds what is asked."""


def holder(query: Query, asked: Sequence[AskedTerm], analyser: DutchAnalyser) -> Holds:
    """The test for the sentences that may answer ``query``, whose words are ``asked``."""
    if not is_strict(query.asks):
        return lambda s: fits(query.asks, s.text)
    kind = kind_of(query)
    counted = counted_in(query.text, asked, analyser) if kind in _NUMBERS else None
    if counted is not None:
        # In a table the header says what is counted.
        return lambda s: (
            (s.kind == "row" and fits("number", s.text)) or _counts(s.text, counted.heads, analyser)
        )
    if kind in STRICT:
        return lambda s: holds(kind, s.text)
    return lambda s: fits(query.asks, s.text)


def _counts(text: str, heads: Sequence[str], analyser: DutchAnalyser) -> bool:
    """Whether a number in ``text`` counts one of ``heads``."""
    return any(
        like(noun, head)
        for figure in figures(text, analyser)
        for noun in figure.counts
        for head in heads
    )
