from __future__ import annotations

import pytest

from assistant.understanding.signs import is_fragment, signs_in
from corpus.dutch import DutchAnalyser

ANALYSER = DutchAnalyser()


@pytest.mark.parametrize(
    ("folded", "fragment"),
    [
        ("en bij een bachelor?", True),
        ("en docenten?", True),
        ("bij een bachelor?", True),
        ("en waarom?", False),
        ("en mag dat ook?", False),
        ("en hoeveel studenten?", False),
        ("wat kost dat?", False),
    ],
)
def test_a_fragment_asks_nothing_itself(folded: str, fragment: bool) -> None:
    assert is_fragment(folded) is fragment


def test_counts_words_that_say_something() -> None:
    signs = signs_in("en werden de uren van de student ook doorbetaald?", [], ANALYSER)
    assert signs.words == 3  # uren, student, doorbetaald
    assert signs.opens_on
    assert not signs.points_back


@pytest.mark.parametrize(
    ("folded", "history", "back"),
    [
        ("hoe lang duurt dat nog?", [], True),
        ("de pilot die bijna klaar was?", [], False),  # about the word before it
        ("waren die bedrijven tevreden over alles?", ["Hoeveel bedrijven?"], True),
        ("waren die bedrijven tevreden over alles?", ["Hoeveel studenten?"], False),
        ("studenten willen leren, wat krijgen ze?", [], False),
        ("wat vinden bedrijven van hun student?", [], False),
        ("wat vinden ze van de student?", [], True),
    ],
)
def test_what_points_back(folded: str, history: list[str], back: bool) -> None:
    assert signs_in(folded, history, ANALYSER).points_back is back


def test_a_comparison_hints_at_nothing() -> None:
    assert not signs_in("duurt het langer dan een bachelor?", [], ANALYSER).hints
    assert signs_in("hoe moet het dan verder?", [], ANALYSER).hints
