from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import Settings
from eval.lint import lint
from eval.questions import Fact, Gold
from eval.sets import SETS, find_set
from ingest.arrive.files import collect_sources
from ingest.arrive.manifest import read_manifest
from ingest.reader import read_source
from ingest.source import PartialMetadata
from tests.eval.fakes import VERSIONS, hopeless, question, question_set

REPOSITORY = Path(__file__).parents[2]
TEXTS = {d: v.text for d, v in VERSIONS.items()}


def test_a_sound_set_has_no_faults() -> None:
    assert lint(question_set(question("a"), hopeless("b")), TEXTS) == []


def test_the_starter_set_is_sound() -> None:
    sources = collect_sources([REPOSITORY / "corpus" / "starter"], PartialMetadata(), Settings())
    versions = [read_source(source, Settings()) for source in sources]
    assert lint(find_set("starter"), {v.document_id: v.text for v in versions}) == []


@pytest.mark.parametrize("name", ["seeds", "more/answers"])
def test_the_sets_on_the_programme_documents_are_sound(name: str) -> None:
    manifest = REPOSITORY.parent / "shared" / "seeds" / "manifest.toml"
    if not manifest.is_file():
        pytest.skip("the programme documents are not here (../shared/seeds)")
    versions = [read_source(s, Settings()) for s in read_manifest(manifest, Settings())]
    assert (
        lint(find_set(str(SETS / f"{name}.yaml")), {v.document_id: v.text for v in versions}) == []
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"gold": (Gold(document="fietsen", quote="500 euro"),)}, "gold staat niet in fietsen"),
        ({"gold": (Gold(document="weg", quote="450 euro"),)}, "gold staat niet in weg"),
        ({"gold": ()}, "maar geen gold"),
        ({"facts": ()}, "geen onmisbaar feit"),
        ({"facts": (Fact(any=("soep",), weight="vital"),)}, "feit 'soep' staat niet bij het gold"),
        ({"unanswerable": "missing"}, "ook een reden waarom niet"),
        ({"answerable": False}, "geen reden waarom niet"),
        ({"answerable": False, "unanswerable": "missing"}, "maar wel gold of feiten"),
        ({"kind": ("followup",)}, "vervolgvraag zonder vraag ervoor"),
        ({"question": " "}, "de vraag is leeg"),
    ],
)
def test_a_fault_is_told_with_the_question(wrong: dict[str, object], said: str) -> None:
    found = lint(question_set(question("fout", **wrong)), TEXTS)
    assert any(line.startswith("fout: ") and said in line for line in found), found


def test_a_fact_must_be_near_the_gold_not_merely_in_the_document() -> None:
    far = {"fietsen": TEXTS["fietsen"] + " woord" * 1000 + " helm", "kantine": ""}
    asked = question("a", facts=(Fact(any=("helm",), weight="vital"),))
    assert lint(question_set(asked), far) == ["a: feit 'helm' staat niet bij het gold."]


def test_doubles_are_told_but_not_the_same_words_from_another_reader() -> None:
    same = {"question": "Wat kost een fiets?"}
    first = question("a", **same)
    assert lint(question_set(first, question("b", **same)), TEXTS) == ["b: vraagt hetzelfde als a."]
    assert lint(question_set(first, question("b", audience="beleid", **same)), TEXTS) == []
    assert "a: dit id komt 2 keer voor." in lint(question_set(first, question("a")), TEXTS)


def test_halves_that_differ_much_are_told_per_group() -> None:
    skewed = [question(str(n)) for n in range(8)] + [question("f", part="final")]
    found = lint(question_set(*skewed), TEXTS)
    assert found == [
        "De helften zijn scheef voor soort number: 8 in tune, 1 in final.",
        "De helften zijn scheef voor met antwoord: 8 in tune, 1 in final.",
    ]


def test_a_set_about_a_document_that_is_not_there_is_told() -> None:
    assert lint(question_set(), {"fietsen": ""}) == ["Document kantine is er niet."]
