from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.own_set import own_set_path
from eval.questions import load_set
from tests.web.staff.conftest import SCRIPT, Desk, words_of

PAGE = "/beheer/vragenset"
FORM = f"{PAGE}/vraag"
SMALL = """
set: {name: klein, language: nl, description: Een kleine set., documents: [leenfietsen]}
questions:
- {id: k1, question: Wat kost een leenfiets?, language: nl, kind: [number],
   part: tune, answerable: true,
   gold: [{document: leenfietsen, quote: Een leenfiets kost het bedrijf}],
   facts: [{any: [450 euro], weight: vital}], unanswerable: null}
- {id: k2, question: Geheim van het eind?, language: nl, kind: [], part: final, answerable: false,
   gold: [], facts: [], unanswerable: missing}
- {id: k3, question: Hoe heet de maan?, language: nl, kind: [], part: tune, answerable: false,
   gold: [], facts: [], unanswerable: off_topic}
"""


@pytest.fixture
def small(desk: Desk, data_dir: Path) -> Desk:
    folder = data_dir / "sets"
    folder.mkdir(exist_ok=True)
    (folder / "klein.yaml").write_text(SMALL, encoding="utf-8")
    return desk


def sentence_with(page: str, words: str) -> str:
    found = re.findall(r'name="zin" value="([^"]+)"[^>]*> <span>([^<]+)</span>', page)
    return next(i for i, text in found if words in text)


def make(desk: Desk, **fields: str) -> str:
    """Keep a question that is answered by the price; the page of the set after that."""
    listed = desk.post(f"{FORM}/zoek", vraag="Wat kost een leenfiets?", zoek="leenfiets kost").text
    given = {
        "vraag": "Wat kost een leenfiets?",
        "zin": sentence_with(listed, "450 euro"),
        "feiten": "450 euro|€ 450",
    }
    done = desk.post(FORM, **(given | fields))
    assert done.status_code == 303, words_of(done.text)
    return desk.page(done.headers["location"])


# --- looking ---------------------------------------------------------------------------------


def test_an_empty_own_set_says_how_to_begin(desk: Desk) -> None:
    assert "De eigen set is nog leeg" in desk.page(PAGE)


def test_questions_for_the_end_are_not_shown_by_themselves(small: Desk) -> None:
    page = words_of(small.page(f"{PAGE}?naam=klein"))
    assert "2 van 3 vragen" in page
    assert "1 vraag staat hier niet" in page
    assert "Geheim" not in page
    assert "Geheim" in small.page(f"{PAGE}?naam=klein&laatste=ja")
    assert small.client.get(f"{PAGE}/proef?naam=klein&nummer=k2").status_code == 404
    assert small.client.get(f"{PAGE}/proef?naam=klein&nummer=k2&laatste=ja").status_code == 200


@pytest.mark.parametrize(
    ("filter_", "shown"),
    [
        ("antwoord=ja", "leenfiets"),
        ("antwoord=nee", "maan"),
        ("soort=number", "leenfiets"),
        ("zoek=MAAN+heet", "maan"),
    ],
)
def test_a_filter_keeps_what_fits(small: Desk, filter_: str, shown: str) -> None:
    page = words_of(small.page(f"{PAGE}?naam=klein&{filter_}"))
    assert "1 van 3 vragen" in page
    assert shown in page


def test_a_set_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.client.get(f"{PAGE}?naam=onzin").status_code == 404


def test_a_question_is_tried_on_what_readers_see(small: Desk) -> None:
    page = words_of(small.page(f"{PAGE}/proef?naam=klein&nummer=k1"))
    assert "Goed: goed beantwoord" in page
    assert "Een leenfiets kost het bedrijf 450 euro per jaar." in page
    refused = words_of(small.page(f"{PAGE}/proef?naam=klein&nummer=k3"))
    assert "Geen antwoord. Het gaat over iets anders" in refused


# --- the own set -----------------------------------------------------------------------------


def test_a_question_of_ones_own_has_its_gold_picked(desk: Desk, data_dir: Path) -> None:
    page = make(desk, doelgroep="bedrijf")
    assert "De vraag is bewaard" in page
    (question,) = load_set(own_set_path(data_dir)).questions
    assert (question.id, question.audience, question.part) == ("eigen-1", "bedrijf", "tune")
    assert question.gold[0].quote.startswith("Een leenfiets kost")
    assert question.facts[0].any == ("450 euro", "€ 450")
    assert "Goed: goed beantwoord" in words_of(desk.page(f"{PAGE}/proef?naam=own&nummer=eigen-1"))
    assert "case change" in desk.acts()


def test_a_question_is_changed_in_its_place(desk: Desk, data_dir: Path) -> None:
    make(desk)
    make(desk, vraag="Hoeveel euro is een leenfiets?")
    page = desk.page(f"{FORM}?nummer=eigen-1")
    assert "450 euro|€ 450</textarea>" in page
    assert "checked" in page
    make(desk, id="eigen-1", vraag="Wat is de prijs van een leenfiets?")
    questions = load_set(own_set_path(data_dir)).questions
    assert [q.id for q in questions] == ["eigen-1", "eigen-2"]
    assert questions[0].question == "Wat is de prijs van een leenfiets?"


def test_a_choice_stays_while_something_else_is_looked_for(desk: Desk) -> None:
    listed = desk.post(f"{FORM}/zoek", vraag="x", zoek="leenfiets kost").text
    chosen = sentence_with(listed, "450 euro")
    page = desk.post(f"{FORM}/zoek", vraag="x", zoek="Hallo!", zin=chosen).text
    assert re.search(rf'value="{chosen}" checked', page)


def test_refusing_may_be_right(desk: Desk, data_dir: Path) -> None:
    done = desk.post(FORM, vraag="Hoe heet de maan?", reden="off_topic", taal="en")
    assert done.status_code == 303
    (question,) = load_set(own_set_path(data_dir)).questions
    assert (question.answerable, question.unanswerable) == (False, "off_topic")
    assert question.kind == ("english",)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"feiten": "450 euro"}, "Kies de zin"),
        ({"zin": "v:1:1", "feiten": "450"}, "niet (meer) in wat lezers zien"),
        ({"zin": "v:1:1", "feiten": "|"}, "Kies de zin"),
        ({"vraag": " ", "reden": "missing"}, "de vraag is leeg"),
        ({"reden": "saai"}, "Kies de zin"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_saved(
    desk: Desk, data_dir: Path, fields: dict[str, str], said: str
) -> None:
    refused = desk.post(FORM, **({"vraag": f"Mijn vraag {SCRIPT}"} | fields))
    assert refused.status_code == 400
    assert said in refused.text
    assert "<script>alert" not in refused.text
    assert not own_set_path(data_dir).exists()


def test_the_same_question_twice_is_refused(desk: Desk, data_dir: Path) -> None:
    make(desk)
    again = desk.post(FORM, vraag="Wat kost een leenfiets?", reden="missing")
    assert again.status_code == 400
    assert "vraagt hetzelfde als eigen-1" in again.text
    assert len(load_set(own_set_path(data_dir)).questions) == 1


def test_what_staff_typed_is_shown_as_text(desk: Desk) -> None:
    desk.post(FORM, vraag=f"Maan? {SCRIPT}", reden="off_topic")
    for address in (PAGE, f"{PAGE}/proef?naam=own&nummer=eigen-1", f"{FORM}?nummer=eigen-1"):
        page = desk.page(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_question_goes(desk: Desk, data_dir: Path) -> None:
    make(desk)
    assert desk.post(f"{FORM}/weg", nummer="eigen-9").status_code == 404
    done = desk.post(f"{FORM}/weg", nummer="eigen-1")
    assert done.status_code == 303
    assert load_set(own_set_path(data_dir)).questions == ()
    assert "case remove" in desk.acts()


@pytest.mark.parametrize("way", ["", "/zoek", "/weg"])
def test_a_form_without_its_token_is_refused(desk: Desk, data_dir: Path, way: str) -> None:
    fields = {"vraag": "x", "reden": "missing", "nummer": "eigen-1"}
    assert desk.client.post(f"{FORM}{way}", data=fields).status_code == 403
    assert not own_set_path(data_dir).exists()
