from __future__ import annotations

import pytest

from assistant.question_reader import QuestionReader
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, NotReadyError
from corpus.glossary import Glossary
from corpus.spelling import Speller
from tests.builders import SmallCorpus, make_version

GUIDANCE = make_version("a", ["De begeleiding van de student is goed."])
HUT = make_version("b", ["In de berghut is geen verwarming."])


@pytest.fixture
def reader(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> QuestionReader:
    speller = Speller(analyser, Glossary(words={}, phrases={}))
    return QuestionReader(small_corpus.library, analyser, speller, 100)


def test_typing_errors_are_mended_by_the_words_of_the_edition(
    small_corpus: SmallCorpus, reader: QuestionReader
) -> None:
    first = small_corpus.publish(GUIDANCE)
    query = reader.read("Hoe gaat de begeleidng?")
    assert (query.text, query.original) == ("Hoe gaat de begeleiding?", "Hoe gaat de begeleidng?")
    assert query.corrected == (("begeleidng", "begeleiding"),)
    small_corpus.publish(HUT)
    small_corpus.editions.withdraw(["a"], "ik")
    assert reader.read("Hoe gaat de begeleidng?").corrected == ()
    assert reader.read("Hoe gaat de begeleidng?", edition=first).corrected == query.corrected


def test_words_come_and_go_with_the_documents(
    small_corpus: SmallCorpus, reader: QuestionReader
) -> None:
    small_corpus.publish(GUIDANCE)
    small_corpus.publish(HUT)
    assert reader.read("Is er verwarmng?").corrected == (("verwarmng", "verwarming"),)
    small_corpus.editions.withdraw(["b"], "ik")
    assert reader.read("Is er verwarmng?").corrected == ()


def test_what_is_wrong_with_a_question_is_told_before_anything_is_opened(
    reader: QuestionReader,
) -> None:
    with pytest.raises(BadInputError, match="leeg"):
        reader.read(" ")
    with pytest.raises(BadInputError, match="tekens"):
        reader.read("x" * 101)
    with pytest.raises(NotReadyError, match="nog geen editie"):
        reader.read("Hoe gaat het?")
    with pytest.raises(NotReadyError, match="nog geen editie"):
        reader.warm()
