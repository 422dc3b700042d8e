from __future__ import annotations

import pytest

from assistant.held import holder
from assistant.terms import asked_terms
from assistant.understanding.asks import answer_type
from corpus.dutch import DutchAnalyser, fold
from corpus.glossary import Glossary
from corpus.types import Sentence, SentenceKind
from tests.assistant.conftest import query_of

ANALYSER = DutchAnalyser()
NO_GLOSSARY = Glossary({}, {})


def held(question: str, text: str, kind: SentenceKind = "sentence") -> bool:
    query = query_of(question, asks=answer_type(fold(question)))
    test = holder(query, asked_terms(question, ANALYSER, NO_GLOSSARY, "nl"), ANALYSER)
    return test(Sentence("s", 0, len(text), text, kind, None))


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("Hoeveel hogescholen doen mee?", "Er doen acht hogescholen mee.", True),
        ("Hoeveel hogescholen doen mee?", "Hogescholen hebben twee uitdagingen.", False),
        ("Hoeveel hogescholen doen mee?", "Er doen veel hogescholen mee.", False),
        ("Hoeveel studenten zijn er?", "Er zijn 180 hbo-studenten.", True),
        ("Hoeveel studenten zijn er?", "Studenten werken vier dagen.", False),
        ("Hoeveel dagen werkt een student?", "De student werkt vier dagen per week.", True),
        ("Hoeveel dagen werkt een student?", "De begeleider heeft twee uur.", False),
        ("Hoe lang duurt het?", "Het duurt vier jaar.", True),
        ("Hoe lang duurt het?", "Er zijn vier scholen.", False),
        ("Hoeveel euro kost het per maand?", "Dat kost € 300.", True),
        ("Hoeveel euro kost het per maand?", "Dat kost drie dagen.", False),
    ],
)
def test_only_what_was_asked_for_counts(question: str, text: str, holds: bool) -> None:
    assert held(question, text) is holds


def test_in_a_table_the_header_says_what_is_counted() -> None:
    assert held("Hoeveel studenten zijn gestopt?", "gestopt: 7", "row")
    assert not held("Hoeveel studenten zijn gestopt?", "gestopt: onbekend", "row")


def test_a_question_that_asks_for_nothing_special_is_met_by_every_sentence() -> None:
    assert held("Waarom doet een bedrijf mee?", "Dat is goed voor iedereen.")
