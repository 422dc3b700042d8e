"""What is asked: one typed question becomes a Query. Read `understand` from top to bottom.

No model is needed for any of it. The steps are in `assistant.understanding`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.understanding.asks import answer_type
from assistant.understanding.clean import clean
from assistant.understanding.double import split_double
from assistant.understanding.followup import (
    completed,
    leans,
    opened,
    topic_of,
)
from assistant.understanding.language import language_of
from assistant.understanding.signs import is_fragment
from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError
from corpus.spelling import Corrected
from corpus.types import AnswerType, Audience, Query

__all__ = ["Correct", "answer_type", "language_of", "questions_in", "understand"]

Correct = Callable[[str], Corrected]
"""Mends typing errors: ``corpus.spelling.Speller.correct`` for the edition that is searched."""

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_LOOKED_BACK = 8
_SHORT = 600
"""Characters of a question; of a letter that is longer the end is read, where people ask."""
_FAR_TOO_LONG = 10  # times as long as may be: not worth reading


def understand(
    question: str,
    audience: Audience | None,
    history: Sequence[str],
    analyser: DutchAnalyser,
    max_chars: int,
    correct: Correct = Corrected,
) -> Query:
    """The question as a Query; ``history`` holds the questions before it, oldest first.

    ``correct`` mends typing errors; without it none are. A question without a letter or digit is
    a Query, too: nothing answers it. Raises BadInputError when it is empty or too long.
    """
    said = correct(_readable(question, max_chars))
    text, is_new_subject = opened(said.text)
    earlier = [] if is_new_subject else _readable_history(history, max_chars)
    typed_parts = split_double(text, analyser) if len(text) <= _SHORT else ()
    # Corrected once more: the topic comes from questions as they were typed.
    whole = correct(completed(text, earlier, analyser))
    parts = [correct(part) for part in _standalone(typed_parts, earlier, analyser)]
    changed = [pair for each in (said, whole, *parts) for pair in each.words]
    return Query(
        original=question,
        text=whole.text,
        language=language_of(text[-_SHORT:]),
        audience=audience,
        asks=_asks(typed_parts[0] if typed_parts else text, earlier, analyser),
        years=_years(text) or _years(whole.text),
        parts=tuple(part.text for part in parts),
        corrected=tuple(dict.fromkeys(changed)),
    )


def questions_in(query: Query) -> tuple[Query, ...]:
    """The parts of a double question as questions of their own; the question itself when it is
    one."""
    if not query.parts:
        return (query,)
    return tuple(
        replace(query, text=part, parts=(), asks=answer_type(fold(part)), years=_years(part))
        for part in query.parts
    )


# --- steps -----------------------------------------------------------------------------------


def _readable(question: str, max_chars: int) -> str:
    """What can be read of a question. Raises BadInputError when that is nothing, or too much."""
    # What is far too long is not even cleaned: that would take as long as it is.
    text = clean(question) if len(question) <= _FAR_TOO_LONG * max_chars else question
    if not text:
        raise BadInputError("De vraag is leeg. Typ een vraag in gewone woorden.")
    if len(text) > max_chars:
        raise BadInputError(
            f"De vraag telt {len(text)} tekens; er kunnen er {max_chars} in. Maak hem korter."
        )
    return text


def _readable_history(history: Sequence[str], max_chars: int) -> list[str]:
    latest = [clean(h[: 2 * max_chars])[:max_chars] for h in history[-_LOOKED_BACK:]]
    return [opened(h)[0] for h in latest if h]


def _standalone(parts: Sequence[str], earlier: Sequence[str], analyser: DutchAnalyser) -> list[str]:
    """Each part of a double question with what it needs of the parts and questions before it."""
    return [
        completed(part, [*earlier, *parts[:place]], analyser, goes_on=place > 0)
        for place, part in enumerate(parts)
    ]


def _asks(text: str, earlier: Sequence[str], analyser: DutchAnalyser) -> AnswerType:
    """The kind of answer; "En bij een bachelor?" asks for the same kind as what it leans on."""
    folded = fold(text[-_SHORT:])
    asks = answer_type(folded)
    if asks == "open" and is_fragment(folded) and leans(text, earlier, analyser):
        return answer_type(fold(topic_of(earlier, analyser)))
    return asks


def _years(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_YEAR.findall(text)))
