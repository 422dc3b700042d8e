"""An answer on its way: what it says, the words around it, and the check before it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.compose import Told
from assistant.gate import Decision
from assistant.present import number_citations
from assistant.understanding.followup import alone
from assistant.verify import check_citation, check_statement
from assistant.wording import Wording, wording
from corpus.dutch import fold
from corpus.types import Citation, Evidence, Query, Statement, Status

_THANKS = re.compile(r"\b(?:bedankt|dank|dankjewel|dankuwel|thanks|thank|top|oke?)\b")
EXTRACTIVE = "extractive"
"""Name of the engine that tells the documents' own sentences."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question, or one part of a double one, with what was found and decided for it."""

    query: Query
    ranked: tuple[Evidence, ...]
    """Best first."""
    decision: Decision
    told: tuple[Told, ...]
    """What answers it; empty when nothing does."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answer says, and the words around it."""

    status: Status
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    uncovered: tuple[str, ...] = ()
    frame: str = ""
    closing: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    """The line above each statement, mostly empty; as many as there are statements, or none."""
    engine: str = EXTRACTIVE
    notes: tuple[str, ...] = ()
    """What a language model said and that is not shown, and why."""


def draft_answer(query: Query, parts: Sequence[Part]) -> Draft:
    """The draft of what ``parts`` (at least one) tell together."""
    words = wording(query.language)
    told = _without_repeats([t for part in parts for t in part.told])
    told = _beside_last(told, words.beside)
    if not told:
        return _without_answer(query, parts[0], words)
    statements, citations = number_citations(told)
    missing = tuple(alone(part.query.text) for part in parts if not part.told)
    return Draft(
        status="partial" if missing else "answered",
        statements=tuple(statements),
        citations=tuple(citations),
        uncovered=missing,
        frame=words.foreign_frame,
        above=tuple(t.above for t in told),
        closing=(
            *(_uncovered(part, words) for part in missing),
            *_said_of_age(parts, words),
        ),
    )


def verified(query: Query, draft: Draft, text_of: Callable[[str], str]) -> Draft:
    """The draft without what its citations do not carry (promise 1).

    ``text_of`` gives the canonical text of a version by its id.
    """
    texts = {v: text_of(v) for v in {c.version_id for c in draft.citations}}
    sound = {c.number: c for c in draft.citations if check_citation(c, texts[c.version_id]) is None}
    holds = [check_statement(s, sound) is None for s in draft.statements]
    statements = tuple(s for s, ok in zip(draft.statements, holds, strict=True) if ok)
    if draft.statements and not statements:
        line = wording(query.language).not_found
        return Draft(status="not_found", uncovered=(query.text,), closing=(line,))
    used = {n for s in statements for n in s.citations}
    return replace(
        draft,
        statements=statements,
        citations=tuple(c for c in sound.values() if c.number in used),
        above=_lines_left(draft.above, holds, wording(query.language).beside),
    )


def _lines_left(above: Sequence[str], holds: Sequence[bool], beside: str) -> tuple[str, ...]:
    """The line above each statement that ``holds``. ``beside`` is there for all that come after it:
    when the first of these goes, it stands above the next; and never above what comes first."""
    left: list[str] = []
    waiting = ""
    for line, ok in zip(above, holds, strict=bool(above)):
        if ok:
            shown = line or waiting
            left.append(shown if left or shown != beside else "")
            waiting = ""
        elif line == beside:
            waiting = beside
    return tuple(left)


def _uncovered(part: str, words: Wording) -> str:
    """The line for a part without an answer. A figure in it is the reader's, and no quote would
    carry it: such a part is named in `Answer.uncovered` only."""
    return words.uncovered_part if re.search(r"\d", part) else words.uncovered.format(part=part)


def _without_repeats(told: Sequence[Told]) -> list[Told]:
    """Each sentence once: both parts of a question may be answered by the same words."""
    return list({t.sentence.id: t for t in reversed(told)}.values())[::-1]


def _beside_last(told: Sequence[Told], line: str) -> list[Told]:
    """What answers, and under ``line`` what bears on the same subject. The line above a figure
    that says whose it is stays."""
    answer, beside = ([t for t in told if t.beside is is_beside] for is_beside in (False, True))
    if answer and beside:
        beside[0] = replace(beside[0], above=beside[0].above or line)
    return [*answer, *beside]


def _without_answer(query: Query, part: Part, words: Wording) -> Draft:
    decision = part.decision
    if decision.status == "out_of_scope":
        return Draft(status="out_of_scope", closing=(_friendly(query, decision, words),))
    line = words.vague if decision.vague else words.not_found
    if decision.missing in words.missing:
        line = words.not_found_missing.format(what=words.missing[decision.missing])
    return Draft(status="not_found", uncovered=(query.text,), closing=(line,))


def _friendly(query: Query, decision: Decision, words: Wording) -> str:
    """The line for what is no question about the programme."""
    if decision.greeting:
        return words.thanked if _THANKS.search(fold(query.original)) else words.greeting
    return words.abused if decision.abuse else words.out_of_scope


def _said_of_age(parts: Sequence[Part], words: Wording) -> tuple[str, ...]:
    """The line that says that the documents are older than the present that is asked for. Of when
    they are stands with the sources."""
    return (words.dated,) if any(p.told and p.decision.dated for p in parts) else ()
