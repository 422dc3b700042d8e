from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dutch import DutchAnalyser
from corpus.phrases import PhraseFinder

STEM = DutchAnalyser().stem


def found(phrase: str, text: str) -> bool:
    return bool(PhraseFinder({phrase: ("doel",)}, STEM).find(text))


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("kleine  bedrijven ", "Kunnen kleine bedrijven meedoen?", True),
        ("kleine bedrijven", "KLEINE BEDRIJVEN", True),
        ("kleine bedrijven", "Een klein bedrijf", True),
        ("kleine bedrijven", "Onkleine bedrijven", False),
        ("kleine bedrijven", "kleine bedrijvengids", False),
        ("kleine bedrijven", "bedrijven die klein zijn", False),
        ("kleine bedrijven", "", False),
        ("drop-out", "een drop out, of een Drop-out", True),
        ("drop out", "de drop-outs", True),
        ("o&o", "een O&O-fonds", True),
        ("o&o", "een o en een o", False),
        ("midden- en kleinbedrijf", "het midden- en kleinbedrijf", True),
        ("z'n drieen", "moet het met z'n drieën", True),
        ("voor de klas", "wie komt er vóór de klassen", True),
        # Dots: other words between, at most one or at most six, and never past a sentence.
        ("geld ... terug", "krijg ik mijn geld terug", True),
        ("geld ... terug", "krijg ik mijn geld dan ook weer eens een keer terug", True),
        ("geld ... terug", "krijg ik mijn geld dan ook weer eens een keer helemaal terug", False),
        ("geld ... terug", "Ik heb geld. Wie komt er terug?", False),
        ("geld ... terug", "Ik heb geld\nWie komt er terug", False),
        ("kleine bedrijven", "Is dat klein? Bedrijven denken van niet.", False),
        ("aan .. nemen", "durf ik hem aan te nemen", True),
        ("aan .. nemen", "aan nemen doen we niet", True),
        ("aan .. nemen", "aan wie te nemen", False),
        # The loose part of a verb is no preposition.
        ("neem ... aan", "neem ik hem aan", True),
        ("neem ... aan", "neem ik volgend jaar een student aan in september", True),
        ("neem ... aan", "neem ik hem aan de hand mee", False),
        ("neem ... aan", "neem ik hem aan het eind aan", True),
    ],
)
def test_a_phrase_is_found_in_its_forms(phrase: str, text: str, wanted: bool) -> None:
    assert found(phrase, text) is wanted


def test_what_is_found_tells_which_words_it_took() -> None:
    finder = PhraseFinder({"geld ... terug": ("betaal",), "kleine bedrijven": ("mkb",)}, STEM)
    first, second = finder.find("Krijgen kleine bedrijven hun geld dan terug?")
    assert (first.stems, first.means) == ((STEM("kleine"), STEM("bedrijven")), ("mkb",))
    assert (second.stems, second.means) == ((STEM("geld"), STEM("terug")), ("betaal",))


def test_a_phrase_within_a_longer_one_is_left_out() -> None:
    finder = PhraseFinder({"raad van advies": ("rva",), "van advies": ("tip",)}, STEM)
    assert [each.means for each in finder.find("De raad van advies")] == [("rva",)]
    assert [each.means for each in finder.find("De prijs van advies")] == [("tip",)]


@pytest.mark.parametrize("phrase", ["", "...", "!!"])
def test_a_phrase_without_words_is_never_found(phrase: str) -> None:
    assert not found(phrase, "Wat is dat? ... !!")


def test_many_phrases_cost_little() -> None:
    phrases = {f"woord{n} nummer{n} ... eind": ("doel",) for n in range(2000)}
    finder = PhraseFinder(phrases, STEM)
    text = "Krijgen kleine bedrijven hun geld dan terug van woord7 nummer7 tot het eind? " * 2
    start = time.process_time()
    for _ in range(20):
        assert len(finder.find(text)) == 2
    assert (time.process_time() - start) / 20 < 0.01  # about 0.1 ms


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_phrase_and_any_text_will_do(phrase: str, text: str) -> None:
    for each in PhraseFinder({phrase: ("doel",)}, STEM).find(text):
        assert each.means == ("doel",)
        assert each.stems
