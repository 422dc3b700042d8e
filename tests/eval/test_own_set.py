from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.own_set import (
    add_case,
    answerable_case,
    gold_of,
    load_own_set,
    own_set_path,
    refused_case,
)
from eval.questions import Gold, Question, load_set
from tests.builders import make_version
from tests.eval.fakes import BIKES, VERSIONS
from tests.eval.gap_fakes import kept
from tests.fakes import HashEmbedder

TEXTS = {d: v.text for d, v in VERSIONS.items()}
PRICE = Gold(document="fietsen", quote="betaalt 450 euro")


def case(number: int = 3, fact: str = "450 euro | vierhonderdvijftig") -> Question:
    asked = kept(number, "Hoeveel kost een fiets?", audience="bedrijf", language="en")
    return answerable_case(asked, asked.text, "money", [PRICE], [fact])


def test_a_case_can_be_read_back_as_a_set(tmp_path: Path) -> None:
    path = own_set_path(tmp_path)
    assert load_own_set(path).questions == ()
    add_case(path, case(), TEXTS)
    refused = kept(4, "Hoe hoog is de Eiffeltoren?")
    add_case(path, refused_case(refused, "Hoe hoog is een toren?", "off_topic"), TEXTS)
    found = load_set(path)
    assert found.set.documents == ("fietsen",)
    first, second = found.questions
    assert first == case()
    assert (first.id, first.part, first.kind) == ("lezer-3", "tune", ("number", "english"))
    assert first.facts[0].any == ("450 euro", "vierhonderdvijftig")
    assert (second.question, second.unanswerable) == ("Hoe hoog is een toren?", "off_topic")
    assert "Hoeveel kost een fiets?" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (case(fact="99 euro"), "feit '99 euro' staat niet bij het gold"),
        (case().model_copy(update={"gold": ()}), "geen gold"),
        (
            case().model_copy(update={"gold": (Gold(document="fietsen", quote="bestaat niet"),)}),
            "gold staat niet in fietsen",
        ),
    ],
)
def test_a_case_that_is_not_sound_changes_nothing(
    tmp_path: Path, made: Question, said: str
) -> None:
    path = own_set_path(tmp_path)
    with pytest.raises(BadInputError, match=said):
        add_case(path, made, TEXTS)
    assert not path.exists()


def test_a_case_may_come_instead_of_the_one_with_its_id(tmp_path: Path) -> None:
    path = own_set_path(tmp_path)
    add_case(path, case(), TEXTS)
    changed = case().model_copy(update={"question": "Wat nu?"})
    add_case(path, changed, TEXTS, instead=True)
    assert load_own_set(path).questions == (changed,)


def test_the_same_question_makes_one_case(tmp_path: Path) -> None:
    path = own_set_path(tmp_path)
    add_case(path, case(), TEXTS)
    before = path.read_bytes()
    with pytest.raises(BadInputError, match="lezer-3"):
        add_case(path, case(), TEXTS)
    with pytest.raises(BadInputError, match="vraagt hetzelfde als lezer-3"):
        add_case(path, case(8), TEXTS)
    assert path.read_bytes() == before


def test_gold_is_the_sentence_that_holds_the_fact() -> None:
    passage = BIKES.passages[0]
    gold = gold_of(passage, BIKES, "wie betaalt", ["de student betaalt"], HashEmbedder())
    assert gold == Gold(document="fietsen", quote="De student betaalt niets.")


def test_without_the_fact_gold_is_the_nearest_sentence() -> None:
    question = "Een leenfiets is een fiets van het bedrijf"
    gold = gold_of(BIKES.passages[0], BIKES, question, ["onbekend"], HashEmbedder())
    assert gold.quote.startswith("Een leenfiets is een fiets")


def test_a_quote_is_as_long_as_it_takes_to_say_which_place() -> None:
    start = "Een twee drie vier vijf"
    version = make_version("tellen", [f"{start} zes zeven acht.", f"{start} zes negen tien."])
    gold = gold_of(version.passages[1], version, "tellen", ["negen"], HashEmbedder())
    assert gold.quote == f"{start} zes negen"
