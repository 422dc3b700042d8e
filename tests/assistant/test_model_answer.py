from __future__ import annotations

from collections.abc import Generator, Sequence

import pytest

from assistant.compose import Told
from assistant.draft import Draft, Part, draft_answer
from assistant.gate import Decision
from assistant.generation.types import Fallback, Report, Written
from assistant.model_answer import write_answer
from corpus.types import Evidence, Query, Spoken
from tests.assistant.conftest import evidence_of, query_of, read

GUIDE = read("# Gids\n\nDe zaak betaalt 450 euro. De school geeft les. Het UWV helpt.\n")
QUERY = query_of("Wie betaalt?")
COST, SCHOOL, HELP = (evidence_of(GUIDE, words) for words in ("450 euro", "school", "UWV"))
PARTS = [
    Part(
        QUERY,
        (COST, SCHOOL, HELP),
        Decision("answered", ""),
        (Told(COST.sentence, COST, "sentence"),),
    )
]
EXTRACTED = draft_answer(QUERY, PARTS)


class Writer:
    """Gives the statements that it was made with, then a report."""

    name = "proef"

    def __init__(self, *written: Written, fallback: Fallback | None = None) -> None:
        self._written = written
        self._fallback = fallback
        self.rankings: list[Sequence[Evidence]] = []

    def stream(
        self, query: Query, rankings: Sequence[Sequence[Evidence]]
    ) -> Generator[Written | Report, None, None]:
        self.rankings = list(rankings)
        yield from self._written
        yield Report("proef", self._fallback, "stuk", len(self._written), (), (), None, None, 1.0)


def written(text: str, *cited: Evidence) -> Written:
    return Written(text, cited, "sentence")


def run(
    writer: Writer, parts: Sequence[Part] = PARTS, text: str = GUIDE.text
) -> tuple[list[Spoken], Draft]:
    stream = write_answer(writer, QUERY, parts, EXTRACTED, lambda _: text)
    given: list[Spoken] = []
    while True:
        try:
            given.append(next(stream))
        except StopIteration as end:
            return given, end.value


def test_what_holds_is_given_at_once_and_makes_the_answer() -> None:
    given, draft = run(
        Writer(written("De zaak betaalt.", COST), written("Hulp is er.", HELP, COST))
    )
    assert [s.statement.text for s in given] == ["De zaak betaalt.", "Hulp is er."]
    assert [[c.number for c in s.citations] for s in given] == [[1], [2]]
    assert given[1].statement.citations == (2, 1)
    assert draft.statements == tuple(s.statement for s in given)
    assert (draft.engine, draft.status) == ("llm:proef", "answered")
    assert all(GUIDE.text[c.start : c.end] == c.quote for c in draft.citations)


@pytest.mark.parametrize("text", ["De zaak betaalt 460 euro.", "Het COA helpt.", "Mail a@b.nl."])
def test_what_the_spans_do_not_hold_never_comes_through(text: str) -> None:
    given, draft = run(Writer(written(text, COST, HELP), written("De school geeft les.", SCHOOL)))
    assert [s.statement.text for s in given] == ["De school geeft les."]
    assert [c.number for c in draft.citations] == [1]  # no gap where the other one was
    assert text not in str(draft.statements)


def test_a_span_that_is_not_in_the_stored_text_carries_nothing() -> None:
    given, draft = run(Writer(written("De zaak betaalt.", COST)), text=GUIDE.text.upper())
    assert given == []
    assert draft.statements == EXTRACTED.statements


def test_too_little_left_means_the_sentences_themselves_whatever_was_given() -> None:
    given, draft = run(Writer(written("De school geeft les.", SCHOOL), fallback="time-out"))
    assert len(given) == 1
    assert (draft.statements, draft.engine) == (EXTRACTED.statements, "extractive")
    assert any("niet op tijd" in note and "stuk" in note for note in draft.notes)


def test_only_parts_with_an_answer_are_written_about() -> None:
    silent = Part(query_of("Waar?"), (HELP,), Decision("not_found", ""), ())
    writer = Writer(written("De zaak betaalt.", COST))
    run(writer, [*PARTS, silent])
    assert writer.rankings == [PARTS[0].ranked]
