"""The programme's own documents, by structure; they are not part of the project."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.types import Passage, Sentence, Version
from ingest.arrive.manifest import read_manifest
from ingest.reader import read_source

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MANIFEST = SEEDS / "manifest.toml"

pytestmark = pytest.mark.skipif(
    not MANIFEST.is_file(), reason="de documenten van het programma staan niet naast dit project"
)


@pytest.fixture(scope="module")
def versions() -> dict[str, Version]:
    settings = Settings()
    read = (read_source(source, settings) for source in read_manifest(MANIFEST, settings))
    return {version.source_name[:3]: version for version in read}


def passage_with(version: Version, fragment: str, kind: str) -> Passage:
    found = [p for p in version.passages if fragment in p.text and p.kind == kind]
    assert len(found) == 1
    return found[0]


def listed(passage: Passage) -> list[Sentence]:
    """The introducing sentence of the passage's one list or table, with what it introduces."""
    (lead,) = (sentence for sentence in passage.sentences if sentence.kind == "lead")
    return [lead, *(s for s in passage.sentences if s.lead == (lead.start, lead.end))]


def kinds(passage: Passage) -> list[str]:
    return [sentence.kind for sentence in passage.sentences]


@pytest.mark.parametrize("section", ["Samenvatting", "1.1."])
def test_the_criteria_are_one_list_with_its_lead(
    versions: dict[str, Version], section: str
) -> None:
    criteria = [p for p in versions["004"].passages if "tripartiete overeenkomst wordt" in p.text]
    (found,) = (p for p in criteria if p.section[-1].startswith(section))
    assert found.kind == "list"
    lead, *items = listed(found)
    assert lead.text.endswith("zijn als:")
    assert [item.kind for item in items] == ["item"] * 5
    assert all(item.lead == (lead.start, lead.end) for item in items)


def test_the_seven_tips_are_one_passage(versions: dict[str, Version]) -> None:
    tips = passage_with(versions["002"], "Tip 1:", "list")
    starts = [s.text[:5] for s in tips.sentences if s.text.startswith("Tip ")]
    assert starts == [f"Tip {number}" for number in range(1, 8)]
    assert tips.sentences[0].kind == "lead"
    assert tips.section == ("Tips voor het opzetten van een Mkb-route",)


def test_the_first_table_is_one_passage_with_its_caption(versions: dict[str, Version]) -> None:
    table = passage_with(versions["004"], "Tabel 1:", "table")
    _, *rows = listed(table)
    assert [row.kind for row in rows] == ["row"] * 4
    assert rows[0].text.startswith("uitgevallen uit de opleiding: 7")


def test_the_eight_routes_are_one_list_that_says_what_it_lists(
    versions: dict[str, Version],
) -> None:
    routes = passage_with(versions["004"], "Mobiliteitsexpert", "list")
    lead, *items = listed(routes)
    assert "8 Mkb-routes" in lead.text
    assert [item.kind for item in items] == ["item"] * 8


def test_the_variants_and_the_ways_to_companies_are_lists(versions: dict[str, Version]) -> None:
    assert kinds(passage_with(versions["002"], "Eerst leren, dan", "list")).count("item") >= 4
    assert "lead" in kinds(passage_with(versions["002"], "Geef een presentatie", "list"))


def test_words_broken_over_lines_are_whole(versions: dict[str, Version]) -> None:
    text = versions["003"].text
    for word in ("onderzoeksagenda", "maatwerkondersteuning", "hbo-diploma", "hbo-deeltijdstudie"):
        assert word in text
    assert "-\n" not in text
    assert "\t" not in text
    assert "mkb- bedrijf" not in versions["004"].text


def test_the_seven_pilots_are_sections(versions: dict[str, Version]) -> None:
    pilots = {p.section for p in versions["003"].passages if len(p.section) == 2}
    assert sorted(section[1][0] for section in pilots) == list("1234567")
    assert {section[0] for section in pilots} == {"Dit zijn de 7 pilots"}


def test_chapters_hold_their_sections(versions: dict[str, Version]) -> None:
    sections = {p.section for p in versions["004"].passages}
    for section in sections:
        for outer, inner in pairwise(section):
            if outer[0].isdigit() and inner[0].isdigit():
                assert inner.startswith(outer.split()[0])
    assert "Werven van studenten" in {section[2] for section in sections if len(section) == 3}


def test_furniture_and_markup_are_gone(versions: dict[str, Version]) -> None:
    for version in versions.values():
        for mark in ("**", "<b>", "<sup>", "](", "decoratief element", "openingsbeeld", "....."):
            assert mark not in version.text
        assert not any(line.strip().isdigit() for line in version.text.split("\n"))


def test_what_is_no_answer_is_kept_apart(versions: dict[str, Version]) -> None:
    apart = {p.section[:1] for p in versions["004"].passages if p.kind == "reference"}
    assert {("Colofon",), ("Inhoudsopgave",), ("Literatuur",)} <= apart
    assert any(p.kind == "reference" for p in versions["001"].passages)


def test_passages_have_a_size_that_can_be_embedded(versions: dict[str, Version]) -> None:
    for version in versions.values():
        for passage in version.passages:
            assert len(passage.text) <= 1800
            assert passage.sentences


def test_the_large_report_is_read_in_well_under_a_second(versions: dict[str, Version]) -> None:
    settings = Settings()
    source = next(s for s in read_manifest(MANIFEST, settings) if s.name.startswith("004"))
    started = time.perf_counter()
    again = read_source(source, settings)
    assert time.perf_counter() - started < 1
    assert again == versions["004"]
