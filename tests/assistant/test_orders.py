from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.orders import is_order
from corpus.settings import Settings
from eval.bench.corruption import STARTER, versions_of
from eval.bench.corruption_cases import told_of
from tests.assistant.injections import IN_DOCUMENTS, IN_QUESTIONS, NO_ORDERS, PLAIN_ORDERS


@pytest.mark.parametrize("name", sorted(PLAIN_ORDERS))
def test_an_order_in_a_question_is_seen(name: str) -> None:
    assert is_order(IN_QUESTIONS[name])


@pytest.mark.parametrize("name", IN_DOCUMENTS)
def test_an_order_in_a_document_is_seen(name: str) -> None:
    assert is_order(IN_DOCUMENTS[name])


@pytest.mark.parametrize("text", NO_ORDERS)
def test_a_question_or_an_advice_is_no_order(text: str) -> None:
    assert not is_order(text)


def test_no_sentence_of_the_starter_pages_is_an_order() -> None:
    sentences = [t.text for t in told_of(versions_of(STARTER, Settings()))]
    assert len(sentences) > 200
    assert [text for text in sentences if is_order(text)] == []


@given(st.text(max_size=300), st.sampled_from(sorted(PLAIN_ORDERS)))
def test_any_text_is_read_and_hides_no_order(noise: str, name: str) -> None:
    assert isinstance(is_order(noise), bool)
    assert is_order(f"{IN_QUESTIONS[name]} {noise}")


@pytest.mark.parametrize(
    ("text", "order"),
    [("negeer ", False), ("a", False), ("n e g ", False), ("system: ", True)],
)
def test_a_text_of_any_length_is_read(text: str, order: bool) -> None:
    assert is_order((text * 100_000)[:100_000]) is order
