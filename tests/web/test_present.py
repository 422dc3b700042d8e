from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Statement
from web.present import blocks, nearest, present, question_link, source_link

statements = st.lists(
    st.builds(
        Statement,
        text=st.text(max_size=5),
        citations=st.just((1,)),
        kind=st.sampled_from(["lead", "item", "sentence"]),
    )
)


@given(statements)
def test_blocks_keep_every_statement_in_order(given_statements: list[Statement]) -> None:
    found = blocks(given_statements)
    assert [s for block in found for s in block.statements] == given_statements
    for block in found:
        assert all((s.kind == "item") == (block.kind == "list") for s in block.statements)
    assert not any(a.kind == b.kind == "list" for a, b in pairwise(found))


@given(statements, st.sets(st.integers(0, 8)))
def test_a_heading_stands_above_the_statement_that_it_is_for(
    given_statements: list[Statement], places: set[int]
) -> None:
    headings = [(place, f"kop {place}") for place in sorted(places)]
    found = blocks(given_statements, headings)
    assert [s for block in found for s in block.statements] == given_statements
    place, shown = 0, []
    for block in found:
        if block.heading:
            shown.append((place, block.heading))
        place += len(block.statements)
    assert shown == [(p, line) for p, line in headings if p < len(given_statements)]


def test_citations_are_gathered_by_document(answering: Any, library: Any) -> None:
    view = present(answering.answer("vraag"), "vraag", library.documents())
    assert [(s.title, [c.number for c in s.citations]) for s in view.sources] == [
        ("Leren op de werkplek", [1, 2, 3]),
        ("Over de route", [4]),
    ]
    assert view.sources[0].publisher == "Voorbeeldschool"


def test_a_source_that_has_left_the_library_has_no_publisher(answering: Any) -> None:
    assert present(answering.answer("vraag"), "vraag", []).sources[0].publisher == ""


def test_the_standalone_question_is_shown_when_it_differs(answering: Any) -> None:
    alone = present(answering.answer("een vraag"), " een\n vraag ", [])
    assert (alone.typed, alone.understood) == ("een vraag", None)
    follow_up = present(answering.answer("En dan?", history=["Eerst?"]), "En dan?", [])
    assert follow_up.understood == "En dan? (Eerst?)"


@pytest.mark.parametrize(("question", "count"), [("niets", 3), ("vraag", 0), ("weer", 0)])
def test_nearest_passages_only_when_nothing_was_found(
    answering: Any, question: str, count: int
) -> None:
    assert len(nearest(answering.answer(question))) == count


def test_a_source_link_leads_to_exactly_the_quote(answering: Any, library: Any) -> None:
    citation = answering.answer("vraag").answer.citations[1]
    link = urlsplit(source_link(citation))
    query = parse_qs(link.query)
    start, end = int(query["start"][0]), int(query["end"][0])
    assert link.path == "/bron/werkplek"
    assert link.fragment == "citaat"
    assert query["versie"] == [citation.version_id]
    assert library.text("werkplek")[start:end] == citation.quote


@given(st.text(alphabet=st.characters(codec="utf-8")), st.sampled_from(["", "bedrijf"]))
def test_a_question_survives_its_link(question: str, choice: str) -> None:
    fields = parse_qs(urlsplit(question_link(question, choice)).query, keep_blank_values=True)
    assert fields["vraag"] == [question]
    assert fields.get("doelgroep", [""]) == [choice]


def test_the_lines_at_the_end_belong_to_an_answer_that_says_something(answering: Any) -> None:
    lines = ("Meer hierover staat onder “Kosten” [1].",)
    answered = replace(answering.answer("vraag"), closing=lines)
    assert present(answered, "vraag", []).closing == lines
    nothing = replace(answering.answer("niets"), closing=lines)
    assert present(nothing, "niets", []).closing == ()
