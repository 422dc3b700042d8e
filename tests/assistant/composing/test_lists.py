from __future__ import annotations

from dataclasses import replace

from assistant.composing.lists import best_rows, counts, lead_of, whole_list
from assistant.composing.told import Told, words_in
from corpus.types import Evidence, Passage, Version
from tests.assistant.conftest import evidence_of, find, hit_of, read

LIST = read(
    "# Gids\n\n## Mee\n\nNeem deze drie dingen mee:\n\n- Een tas. Die mag klein zijn.\n"
    "- Een jas.\n- Een hoed.\n"
)
TABLE = read(
    "# Gids\n\n## Prijzen\n\n| Plaats | Prijs |\n|---|---|\n| Assen | 10 euro |\n"
    "| Breda | 20 euro |\n| Coevorden | 30 euro |\n"
)


def texts(told: list[Told]) -> list[str]:
    return [t.sentence.text for t in told]


def cut_in_two(version: Version) -> tuple[Passage, Passage]:
    """The passage of a version as two, its list cut behind the first item."""
    (whole,) = version.passages
    place = next(n for n, s in enumerate(whole.sentences) if "jas" in s.text)
    start = whole.sentences[place].start
    first = replace(
        whole,
        id=f"{whole.id}a",
        end=start,
        text=version.text[whole.start : start],
        sentences=whole.sentences[:place],
    )
    second = replace(
        whole,
        id=f"{whole.id}b",
        start=start,
        text=version.text[start : whole.end],
        sentences=whole.sentences[place:],
        lead=whole.sentences[0].text,
    )
    return first, second


ALL = ["Neem deze drie dingen mee:", "Een tas. Die mag klein zijn.", "Een jas.", "Een hoed."]


def test_a_list_is_its_lead_and_every_item_whole() -> None:
    told = whole_list(evidence_of(LIST, "jas"), [])
    assert texts(told) == ALL
    assert [t.kind for t in told] == ["lead", "item", "item", "item"]
    assert counts(told)
    assert words_in(told) == sum(len(text.split()) for text in ALL)


def test_a_list_that_was_cut_is_joined_again() -> None:
    first, second = cut_in_two(LIST)
    hits = [hit_of(LIST, second), hit_of(LIST, first)]
    sentence = second.sentences[0]
    told = whole_list(Evidence(sentence, hits[0], 1.0, 0.9, 1.0, True), hits)
    assert texts(told) == ALL
    for t in told:  # what is quoted stands in the passage that is cited
        passage = t.evidence.hit.passage
        assert passage.start <= t.sentence.start < t.sentence.end <= passage.end


def test_the_list_of_another_document_is_not_joined() -> None:
    first, second = cut_in_two(LIST)
    stranger = replace(first, version_id="anders")
    hits = [hit_of(LIST, second), hit_of(LIST, stranger)]
    told = whole_list(Evidence(second.sentences[0], hits[0], 1.0, 0.9, 1.0, True), hits)
    assert texts(told) == ["Een jas.", "Een hoed."]
    assert not counts(told)


def test_a_sentence_outside_of_a_list_has_none() -> None:
    story = read("# Gids\n\n## Weg\n\nDe weg is lang. De zon schijnt.\n")
    assert whole_list(evidence_of(story, "zon"), []) == []


def test_of_a_table_only_the_rows_that_were_asked_for_are_told() -> None:
    best = evidence_of(TABLE, "Breda", 5.0)
    others = [evidence_of(TABLE, "Assen", 1.0), evidence_of(TABLE, "Coevorden", 4.5)]
    told = best_rows(best, [best, *others], [])
    said = " ".join(texts(told))
    assert "Breda" in said
    assert "Coevorden" in said
    assert "Assen" not in said
    assert told[0].kind == "lead"


def test_the_lead_of_a_sentence() -> None:
    passage, item = find(LIST, "hoed")
    lead = lead_of(passage, item)
    assert lead is not None
    assert lead.text == ALL[0]
    assert lead_of(passage, lead) is None


FEW = read("# Gids\n\n## Mee\n\nNeem dit mee:\n\n- Een tas.\n- Een jas.\n- Een hoed.\n")


def test_the_lead_of_a_list_that_goes_on_stands_in_the_passage_before() -> None:
    _, second = cut_in_two(FEW)
    lead = lead_of(second, second.sentences[0])
    assert lead is not None
    assert FEW.text[lead.start : lead.end] == lead.text == "Neem dit mee:"
    alone = [hit_of(FEW, second)]
    told = whole_list(Evidence(second.sentences[0], alone[0], 1.0, 0.9, 1.0, True), alone)
    assert texts(told) == ["Neem dit mee:", "Een jas.", "Een hoed."]


def test_a_lead_that_says_that_these_are_all_counts_them() -> None:
    for lead, said in (("Het team bestaat uit:", True), ("Dat zijn:", True), ("Denk aan:", False)):
        version = read(f"# Gids\n\n## Team\n\n{lead}\n\n- Anna.\n- Kees.\n")
        assert counts(whole_list(evidence_of(version, "Anna"), [])) is said
