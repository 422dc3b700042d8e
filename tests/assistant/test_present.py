from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import Told
from assistant.present import number_citations, read_on, suggest, write_out
from assistant.wording import wording
from corpus.types import Version
from tests.assistant.conftest import evidence_of, hit_of, read

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


def test_a_next_question_is_a_heading_that_was_found_but_not_used() -> None:
    hits = [hit_of(v, p) for v in (ONE, TWO) for p in v.passages]
    cited = [evidence_of(ONE, "De zaak")]
    assert suggest(hits, cited, "Wie?", WORDS) == ("Wie betaalt?",)
    assert "Wie betaalt?" not in suggest(hits, cited, "Wie betaalt?", WORDS)


def test_what_was_folded_into_what_is_used_is_used_too() -> None:
    used, folded = evidence_of(ONE, "De zaak"), hit_of(TWO, TWO.passages[0])
    cited = [replace(used, hit=replace(used.hit, also=(folded,)))]
    assert "Wie betaalt?" not in suggest([folded], cited, "Wie?", WORDS)


def test_without_such_headings_there_still_is_a_next_question() -> None:
    for language in ("nl", "en"):
        assert suggest([], [], "Wat?", wording(language)) == wording(language).suggestions
        assert len(wording(language).suggestions) > 0


def test_next_questions_are_few_and_each_once() -> None:
    many = "# G\n\n" + "\n\n".join(
        f"## Vraag {n}?\n\nZin {n}.\n\n## Nog {n}\n\nX." for n in range(9)
    )
    hits = [hit_of(version, p) for version in [read(many)] * 2 for p in version.passages]
    suggested = suggest(hits, [], "Wat?", WORDS)
    assert 1 < len(suggested) <= 5
    assert len(set(suggested)) == len(suggested)
    assert all(s.endswith("?") for s in suggested)


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
