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
from corpus.types import Citation, Evidence, Query, Statement, Status

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
    engine: str = EXTRACTIVE
    notes: tuple[str, ...] = ()
    """What a language model said and that is not shown, and why."""


def draft_answer(query: Query, parts: Sequence[Part]) -> Draft:
    """The draft of what ``parts`` (at least one) tell together."""
    words = wording(query.language)
    told = _without_repeats([t for part in parts for t in part.told])
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
        closing=tuple(_uncovered(part, words) for part in missing),
    )


def verified(query: Query, draft: Draft, text_of: Callable[[str], str]) -> Draft:
    """The draft without what its citations do not carry (promise 1).

    ``text_of`` gives the canonical text of a version by its id.
    """
    texts = {v: text_of(v) for v in {c.version_id for c in draft.citations}}
    sound = {c.number: c for c in draft.citations if check_citation(c, texts[c.version_id]) is None}
    statements = tuple(s for s in draft.statements if check_statement(s, sound) is None)
    if draft.statements and not statements:
        line = wording(query.language).not_found
        return Draft(status="not_found", uncovered=(query.text,), closing=(line,))
    used = {n for s in statements for n in s.citations}
    return replace(
        draft,
        statements=statements,
        citations=tuple(c for c in sound.values() if c.number in used),
    )


def _uncovered(part: str, words: Wording) -> str:
    """The line for a part without an answer. A figure in it is the reader's, and no quote would
    carry it: such a part is named in `Answer.uncovered` only."""
    return words.uncovered_part if re.search(r"\d", part) else words.uncovered.format(part=part)


def _without_repeats(told: Sequence[Told]) -> list[Told]:
    """Each sentence once: both parts of a question may be answered by the same words."""
    return list({t.sentence.id: t for t in reversed(told)}.values())[::-1]


def _without_answer(query: Query, part: Part, words: Wording) -> Draft:
    decision = part.decision
    if decision.status == "out_of_scope":
        line = words.greeting if decision.greeting else words.out_of_scope
        return Draft(status="out_of_scope", closing=(line,))
    line = words.not_found
    what = words.missing.get(part.query.asks)
    if decision.lacks_kind and what:
        line = words.not_found_missing.format(what=what)
    return Draft(status="not_found", uncovered=(query.text,), closing=(line,))
