from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from assistant.special import Special, lead_text, only_asks, special
from corpus.dutch import DutchAnalyser
from corpus.lexical import LexicalIndex
from tests.assistant.conftest import evidence_of, query_of, read

GUIDE = read(
    "# Gids\n\n## Wie\n\nDit zijn de scholen:\n\n- Hogeschool Westerveen.\n- De derde.\n\n"
    "## Waarom\n\nRedenen om mee te doen:\n\n- Het geeft rust.\n- Een nadeel is de drukte.\n"
)
ANALYSER = DutchAnalyser()


def wishes(question: str, rarity: float = 5.0, asks: str = "list") -> Special:
    rarities = {"\0": 6.0}
    lexical = cast(LexicalIndex, SimpleNamespace(idf=lambda stem: rarities.get(stem, rarity)))
    return special(query_of(question, asks=asks), lexical, ANALYSER)


def named(found: Special, words: str) -> float:
    evidence = evidence_of(GUIDE, words)
    return found.named(evidence.sentence, evidence.hit)


def test_all_of_a_list_names_what_one_of_its_items_does() -> None:
    found = wishes("Welke hogescholen doen mee?")
    assert named(found, "Westerveen") == named(found, "De derde") == named(found, "Dit zijn") > 0
    assert named(found, "Het geeft rust") == 0


def test_a_common_word_names_nothing() -> None:
    assert named(wishes("Welke hogescholen doen mee?", rarity=0.5), "Westerveen") == 0


def test_without_such_a_wish_nothing_counts() -> None:
    found = wishes("Welke eisen zijn er?")
    evidence = evidence_of(GUIDE, "Westerveen")
    assert (found.named(evidence.sentence, evidence.hit), found.names, found.side) == (
        0,
        None,
        None,
    )
    assert found.speaks(evidence.sentence, evidence.hit) == "neither"


def test_what_says_nothing_by_itself_speaks_of_what_introduces_it() -> None:
    found = wishes("Wat zijn de nadelen?")
    for words, speaks in (("Het geeft rust", "opposite"), ("de drukte", "asked")):
        evidence = evidence_of(GUIDE, words)
        assert found.speaks(evidence.sentence, evidence.hit) == speaks


def test_the_line_before_an_item_introduces_it() -> None:
    item, lead = evidence_of(GUIDE, "Het geeft rust"), evidence_of(GUIDE, "Redenen om")
    assert lead_text(item.sentence, item.hit) == "Redenen om mee te doen:"
    assert lead_text(lead.sentence, lead.hit) == ""


def test_a_word_that_only_asks_for_names_is_not_sought() -> None:
    asked = query_of("Noem voorbeelden van hogescholen", asks="list")
    assert only_asks(asked, "voorbeelden")
    assert not only_asks(asked, "hogescholen")
    assert not only_asks(query_of("Wat zijn voorbeelden?", asks="list"), "voorbeelden")


def test_a_word_of_the_form_of_a_question_is_not_sought() -> None:
    query = query_of("Voor wie is de molen bedoeld?", asks="person")
    assert [only_asks(query, word) for word in ("bedoeld", "molen")] == [True, False]
