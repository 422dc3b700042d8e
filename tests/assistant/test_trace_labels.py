from __future__ import annotations

from typing import get_args

import pytest

from assistant.trace_labels import ASKS, LANGUAGES, STATUSES, explained, reason_label
from corpus.types import AnswerType, Language, Status


def test_every_kind_has_a_label() -> None:
    assert ASKS.keys() == set(get_args(AnswerType))
    assert LANGUAGES.keys() == set(get_args(Language))
    assert STATUSES.keys() == set(get_args(Status))


def test_a_reason_without_a_label_keeps_its_name() -> None:
    assert reason_label("lexical") == "woorden van de vraag"
    assert reason_label("iets_nieuws") == "iets_nieuws"


@pytest.mark.parametrize(
    ("reason", "dutch"),
    [
        ("a greeting", "het is een groet of een bedankje"),
        ("no evidence for 2031", "er is niets gevonden over 2031"),
        ("no money in the evidence", "gevraagd is een bedrag, en dat staat er niet in"),
        (
            "sum -1.25 of Signals(covered=0.861, iets_nieuws=True, lead=1e-05)",
            "zekerheid -1,25 (woorden van de vraag in één zin 0,86; iets_nieuws ja; "
            "voorsprong van de beste passage 1e-05)",
        ),
        (
            "no money in the evidence; sum 1.94 of Signals(covered=0.5)",
            "gevraagd is een bedrag, en dat staat er niet in; "
            "zekerheid 1,94 (woorden van de vraag in één zin 0,50)",
        ),
        (
            "the evidence speaks of another side: opposite, neither",
            "wat er staat, gaat over de andere kant ervan",
        ),
        ("something new", "something new"),
    ],
)
def test_the_reason_of_the_gate_is_told_in_dutch(reason: str, dutch: str) -> None:
    assert explained(reason) == dutch
