from typing import Any

import pytest

from web.wording import (
    CHOICES,
    EXAMPLES,
    STATUS,
    WHOM_TO_ASK,
    account,
    audience_of,
    dutch_date,
    explanation,
    web_address,
)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2021", "2021"),
        ("2022-07", "juli 2022"),
        ("2022-07-21", "21 juli 2022"),
        ("2022-03-01", "1 maart 2022"),
        ("2022-13", "2022-13"),
        ("eind-2020", "eind-2020"),
        ("2022-01-02-03", "2022-01-02-03"),
        ("", ""),
    ],
)
def test_dates_are_written_in_dutch(published: str, shown: str) -> None:
    assert dutch_date(published) == shown


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://voorbeeld.nl") == "https://voorbeeld.nl"
    for unsafe in ("javascript:alert(1)", "data:text/html,x", "//voorbeeld.nl", "", None):
        assert web_address(unsafe) is None


def test_audience_of_the_radio_buttons() -> None:
    assert [audience_of(choice.value) for choice in CHOICES] == ["bedrijf", "hogeschool", None]
    assert audience_of("onzin") is None


def test_three_examples_for_each_of_the_two_audiences() -> None:
    assert [(audience, len(questions)) for _, audience, questions in EXAMPLES] == [
        ("bedrijf", 3),
        ("hogeschool", 3),
    ]


def test_a_refusal_gives_its_own_reason_and_says_whom_to_ask(answering: Any) -> None:
    not_found = answering.answer("niets").answer
    assert explanation(not_found) == f"Daar staat niets over. {WHOM_TO_ASK}"
    assert explanation(answering.answer("weer").answer) == "Daar staat niets over."
    assert explanation(answering.answer("vraag").answer) == STATUS["answered"][1]
    contact = answering.answer("vraag").answer.citations
    assert explanation(not_found, contact) == "Daar staat niets over."


def test_the_account_tells_who_spoke(answering: Any) -> None:
    extractive = account(answering.answer("vraag").answer)
    assert "letterlijk uit de documenten" in extractive
    assert "Editie: 7" in extractive
    answering.engine = "llm:model"
    written = account(answering.answer("vraag").answer)
    assert "letterlijk" not in written
    assert "taalmodel" in written
    assert "llm:model" in written
