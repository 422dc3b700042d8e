from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.staff.conftest import SCRIPT, Desk, words_of
from web.staff.trial import comma

PAGE = "/beheer/zoekproef"


def test_without_a_question_there_is_only_the_form(desk: Desk) -> None:
    page = desk.page(PAGE)
    assert 'name="vraag"' in page
    assert "Gevonden passages" not in page


def test_an_answer_comes_with_what_led_to_it(desk: Desk) -> None:
    page = desk.page(f"{PAGE}?vraag=Hoeveel+kost+een+leenfiets?&doelgroep=bedrijf")
    text = words_of(page)
    assert "Een leenfiets kost het bedrijf 450 euro per jaar" in text
    assert "Begrepen als Hoeveel kost een leenfiets?" in text
    assert "woorden van de vraag" in text
    assert "aangehaald" in text
    assert "genoeg om te antwoorden" in text
    assert " ms (begrijpen" in text
    assert "<option selected>bedrijf" in page


def test_every_bar_has_its_number_beside_it(desk: Desk) -> None:
    page = desk.page(f"{PAGE}?vraag=Hoeveel+kost+een+leenfiets?")
    rows = [row for row in page.split("<tr>") if "<svg" in row]
    assert rows
    assert all(re.search(r'number-cell">−?\d+,\d\d<', row) for row in rows)
    assert page.count("<svg") == page.count('aria-hidden="true" focusable="false"')


def test_a_refusal_says_why(desk: Desk) -> None:
    text = words_of(desk.page(f"{PAGE}?vraag=Hallo!"))
    assert "Het is een groet of een bedankje" in text


def test_a_follow_up_is_read_with_the_question_before_it(desk: Desk) -> None:
    text = words_of(desk.page(f"{PAGE}?vraag=En+de+stalling?&ervoor=Hoeveel+kost+een+leenfiets?"))
    assert "leenfiets" in text.split("Begrepen als")[1].split("Gevraagd is")[0]


def test_what_is_typed_is_shown_as_text(desk: Desk) -> None:
    page = desk.client.get(PAGE, params={"vraag": SCRIPT, "ervoor": SCRIPT}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_question_that_cannot_be_asked_is_told(desk: Desk) -> None:
    long = desk.client.get(PAGE, params={"vraag": "x" * 2_500})
    assert long.status_code == 400
    assert "Maak hem korter" in long.text


def test_a_trial_is_not_kept(desk: Desk) -> None:
    desk.page(f"{PAGE}?vraag=Hoe+snel+loopt+een+zebra?")
    assert desk.parts.questions.questions() == []
    assert desk.parts.questions.counts() == []


def test_only_staff_may_try(desk: Desk) -> None:
    stranger = TestClient(desk.client.app, base_url="https://testserver")
    turned = stranger.get(f"{PAGE}?vraag=x", follow_redirects=False)
    assert turned.status_code == 303
    assert "inloggen" in turned.headers["location"]


@pytest.mark.parametrize(("number", "told"), [(1.5, "1,50"), (-0.25, "−0,25"), (1e-7, "0,00")])
def test_numbers_have_a_decimal_comma(number: float, told: str) -> None:
    assert comma(number) == told
