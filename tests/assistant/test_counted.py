import pytest

from assistant.counted import counted_in
from assistant.terms import asked_terms
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary

NO_GLOSSARY = Glossary({}, {})


@pytest.mark.parametrize(
    ("question", "head", "narrowed"),
    [
        ("Hoeveel mkb-routes zijn er?", "routes", []),
        ("hoeveel studenten hebben een diploma", "stud", ["diploma"]),
        ("aantal bedrijven", "bedrijf", []),
        ("hoeveel routes zijn er nou, ik lees overal iets anders", "routes", []),
    ],
)
def test_what_a_question_counts(
    question: str, head: str, narrowed: list[str], analyser: DutchAnalyser
) -> None:
    counted = counted_in(question, asked_terms(question, analyser, NO_GLOSSARY), analyser)
    assert counted is not None
    assert counted.heads[0] == head
    assert [term.word for term in counted.narrowed] == narrowed


@pytest.mark.parametrize("question", ["Hoe oud zijn de studenten?", "Wie doet mee?", "hoeveel?"])
def test_other_questions_count_nothing(question: str, analyser: DutchAnalyser) -> None:
    assert counted_in(question, asked_terms(question, analyser, NO_GLOSSARY), analyser) is None
