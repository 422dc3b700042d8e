from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import Told
from assistant.present import number_citations, read_on, spoken, write_out
from assistant.wording import wording
from corpus.types import Statement, Version
from tests.assistant.conftest import evidence_of, read

ONE = read(
    "---\nurl: https://voorbeeld.nl/gids\npublished: 2021\n---\n# Gids\n\n## Wat kost het?\n\n"
    "De zaak betaalt\nhet boek. De school geeft les. Een student leert veel.\n"
)
TWO = read("# Wijzer\n\n## Wie betaalt?\n\nDe zaak betaalt het boek. Niemand klaagt.\n", "b.md")
SENTENCES = [(v, s.text) for v in (ONE, TWO) for p in v.passages for s in p.sentences]
WORDS = wording("nl")


def told(version: Version, words: str, *also: tuple[Version, str]) -> Told:
    evidence = evidence_of(version, words)
    others = tuple(evidence_of(v, w) for v, w in also)
    return Told(evidence.sentence, evidence, "sentence", others)


def test_a_citation_says_where_its_words_stand() -> None:
    _, (citation,) = number_citations([told(ONE, "De zaak")])
    assert ONE.text[citation.start : citation.end] == citation.quote
    assert (citation.document_id, citation.version_id) == (ONE.document_id, ONE.id)
    assert (citation.title, citation.section) == ("Gids", "Wat kost het?")
    assert (citation.url, citation.published) == ("https://voorbeeld.nl/gids", "2021")


def test_a_statement_is_one_line() -> None:
    (statement,), _ = number_citations([told(ONE, "De zaak")])
    assert statement.text == "De zaak betaalt het boek."


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.lists(st.sampled_from(SENTENCES)))))
def test_numbers_run_from_1_in_order_of_appearance_one_per_span(
    chosen: list[tuple[tuple[Version, str], list[tuple[Version, str]]]],
) -> None:
    statements, citations = number_citations([told(v, t, *also) for (v, t), also in chosen])
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    seen = list(dict.fromkeys(n for s in statements for n in s.citations))
    assert seen == [c.number for c in citations]
    assert len({(c.version_id, c.start, c.end) for c in citations}) == len(citations)
    text = write_out(statements, "", ())
    assert all(f"[{n}]" in text for n in seen)


def test_the_text_holds_frame_statements_marks_and_closing_in_order() -> None:
    statements, _ = number_citations([told(ONE, "De zaak", (TWO, "De zaak")), told(ONE, "leert")])
    items = [statements[0], statements[1].model_copy(update={"kind": "item"})]
    assert write_out(items, "Kader:", ("Slot.",)).split("\n") == [
        "Kader:",
        "De zaak betaalt het boek. [1] [2]",
        "- Een student leert veel. [3]",
        "Slot.",
    ]
    assert write_out((), "", ("Niets.",)) == "Niets."


def test_a_line_stands_above_the_statement_that_it_is_for() -> None:
    statements, _ = number_citations([told(ONE, "De zaak"), told(ONE, "leert")])
    assert write_out(statements, "", (), ("", "De gids, uit 2021:")).split("\n") == [
        "De zaak betaalt het boek. [1]",
        "De gids, uit 2021:",
        "Een student leert veel. [2]",
    ]


def test_a_line_is_spoken_with_the_statement_that_it_is_for() -> None:
    said = [
        Statement(text=text, citations=(1,), kind="sentence") for text in ("Eerst.", "Dan.", "Ook.")
    ]
    assert [s.heading for s in spoken(said, [], ("", "Verder:", ""))] == ["", "Verder:", ""]
    assert [s.heading for s in spoken(said, [])] == [""] * 3


def test_the_last_line_says_where_to_read_on() -> None:
    statements, citations = number_citations([told(TWO, "Niemand"), told(ONE, "De zaak")])
    assert read_on(statements, citations, WORDS) == "Meer hierover staat onder “Wie betaalt?” [1]."


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        ("Deel een > 4.2. Werven van studenten", "Werven van studenten"),
        ("3 Werven", "Werven"),
        ("Cijfers van 2022", ""),
        ("", ""),
        ("4.2.", ""),
    ],
)
def test_a_heading_with_a_figure_is_not_named(section: str, heading: str) -> None:
    statements, (citation,) = number_citations([told(ONE, "De zaak")])
    line = read_on(statements, [citation.model_copy(update={"section": section})], WORDS)
    assert (heading in line) if heading else line == ""
    assert read_on([], [], WORDS) == ""
