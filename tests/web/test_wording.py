from typing import Any

from assistant.wording import wording
from web.wording import (
    CHOICES,
    EXAMPLES,
    WHOM_TO_ASK,
    account,
    audience_of,
    beside_language,
    choice_of,
    in_dutch,
    is_greeting,
    known_choice,
    own_words,
    web_address,
    whom_to_ask,
)


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://voorbeeld.nl") == "https://voorbeeld.nl"
    for unsafe in ("javascript:alert(1)", "data:text/html,x", "//voorbeeld.nl", "", None):
        assert web_address(unsafe) is None


def test_audience_of_the_radio_buttons() -> None:
    assert [audience_of(choice.value) for choice in CHOICES] == ["bedrijf", "hogeschool", None]
    assert audience_of("onzin") is None
    assert (choice_of("hogeschool"), choice_of("beleid"), choice_of(None)) == ("hogeschool", "", "")
    assert (known_choice("anders"), known_choice("onzin")) == ("anders", "")


def test_three_examples_for_each_choice() -> None:
    assert [choice for _, choice, _ in EXAMPLES] == [choice.value for choice in CHOICES]
    assert all(len(questions) == 3 for _, _, questions in EXAMPLES)


def test_a_refusal_gives_its_own_reason_and_says_whom_to_ask(answering: Any) -> None:
    not_found = answering.answer("niets").answer
    assert own_words(not_found) == own_words(answering.answer("weer").answer)
    assert own_words(not_found) == "Daar staat niets over."
    assert whom_to_ask(not_found) == WHOM_TO_ASK
    answered = answering.answer("vraag").answer
    assert own_words(answered) == whom_to_ask(answered) == ""
    assert whom_to_ask(not_found, answered.citations) == ""


def test_only_who_asks_in_english_is_told_that_the_documents_are_dutch(answering: Any) -> None:
    answer = answering.answer("vraag").answer
    assert in_dutch(answer) == ""
    english = answer.model_copy(update={"language": "en"})
    assert "in Dutch" in in_dutch(english)
    assert in_dutch(english.model_copy(update={"statements": ()})) == ""
    assert in_dutch(english.model_copy(update={"engine": "llm:model"})) == ""


def test_the_account_tells_who_spoke(answering: Any) -> None:
    extractive = account(answering.answer("vraag").answer)
    assert "letterlijk uit de documenten" in extractive
    assert "Editie: 7" in extractive
    answering.engine = "llm:model"
    written = account(answering.answer("vraag").answer)
    assert "letterlijk" not in written
    assert "taalmodel" in written
    assert "llm:model" in written


def test_the_line_above_what_only_bears_on_it_is_known_in_both_languages() -> None:
    found = [beside_language(wording(language).beside) for language in ("nl", "en")]
    assert found == ["nl", "en"]
    assert beside_language("Leren op de werkplek, uit 2022:") is None


def test_a_greeting_is_known_by_its_words(answering: Any) -> None:
    answer = answering.answer("weer").answer
    assert not is_greeting(answer)
    for line in (wording("nl").greeting, wording("nl").thanked):
        assert is_greeting(answer.model_copy(update={"text": line}))
