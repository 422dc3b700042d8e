"""Statements in other words against their quotes: what is carried passes, what is not is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support.checker import SupportChecker
from assistant.support.signals import Signals, SupportSettings, Weights
from corpus.cross_encoder import CrossEncoderReranker
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from tests.fakes import TokenHashEmbedder
from tests.tiny_models import save_cross_encoder

PAID = "In 2022 kregen 15 van de 25 studenten een vergoeding van de werkgever."
CHEAP = "Een student is geen goedkope arbeidskracht, maar moet worden opgeleid."
MAY = "Een bedrijf kan in het contract een terugbetalingsregeling opnemen."
WEEK = "Een begeleider besteedde gemiddeld iets minder dan twee uur per week aan de student."
ANNA = "Anna de Vries zit in het team voor het UWV."
BERT = "Bert Bos zit in het team voor de gemeente Zwolle."
USUAL = "Het bedrijf betaalt meestal het collegegeld van de student."
PERMANENT = "Van de 42 studenten hadden er 29 een vast contract."
DATE = "Het rapport verscheen op 21 juli 2022, na een onderzoek van acht routes."
MAIL = "Voor vragen is er projectleider Leonie Blom: l.blom@voorbeeld.nl."
LOWEST = "Docenten waren het minst tevreden over de studietijd en het meest over de motivatie."

OPEN = SupportSettings(Weights(), Weights(), Weights())
"""Nothing but the rules."""


@pytest.fixture(scope="module")
def checker(analyser: DutchAnalyser) -> SupportChecker:
    return SupportChecker(analyser, Glossary(words={}, phrases={}), None, OPEN)


@pytest.mark.parametrize(
    ("statement", "quotes"),
    [
        ("Van de 25 studenten kregen er vijftien een vergoeding van de werkgever.", [PAID]),
        ("Fifteen of the 25 students got it in 2022.", [PAID]),
        ("Een student is geen goedkope arbeidskracht.", [CHEAP]),
        ("Een student moet worden opgeleid.", [CHEAP]),
        ("Een bedrijf kan een terugbetalingsregeling opnemen in het contract.", [MAY]),
        ("Een begeleider besteedde iets minder dan 2 uur per week aan de student.", [WEEK]),
        ("Anna de Vries zit er voor het UWV en Bert Bos voor de gemeente Zwolle.", [ANNA, BERT]),
        ("Meestal betaalt het bedrijf het collegegeld van de student.", [USUAL]),
        ("Van de studenten hadden 29 van de 42 een vast contract.", [PERMANENT]),
        ("On 21 July 2022 the report came out.", [DATE]),
        ("Leonie Blom is projectleider (l.blom@voorbeeld.nl).", [MAIL]),
        ("Over de studietijd waren docenten het minst tevreden.", [LOWEST]),
        (PAID, [PAID, CHEAP]),
        (f"« {PAID} »", [PAID]),
    ],
)
def test_what_the_quotes_carry_passes(
    checker: SupportChecker, statement: str, quotes: list[str]
) -> None:
    assert checker.check(statement, quotes) is None


@pytest.mark.parametrize(
    ("statement", "quotes", "why"),
    [
        ("In 2022 kregen 18 van de 25 studenten een vergoeding.", [PAID], "number 18"),
        ("In 2022 kregen 25 van de 15 studenten een vergoeding.", [PAID], "25 of 15"),
        ("In 2021 kregen 15 van de 25 studenten een vergoeding.", [PAID], "2021"),
        ("In 2022 kregen 15 van de 25 docenten een vergoeding.", [PAID], "docenten"),
        ("Een student is een goedkope arbeidskracht.", [CHEAP], "left out"),
        ("Een student moet niet worden opgeleid.", [CHEAP], "negation"),
        ("Een bedrijf moet een terugbetalingsregeling opnemen.", [MAY], "obligation"),
        ("Een bedrijf neemt in het contract een terugbetalingsregeling op.", [MAY], "may"),
        ("Een begeleider besteedde iets meer dan twee uur per week.", [WEEK], "opposite"),
        ("Een begeleider besteedde iets minder dan twee uur per maand.", [WEEK], "month"),
        ("Een begeleider besteedde iets minder dan twee dagen per week.", [WEEK], "unit"),
        ("A mentor spent two days a week.", [WEEK], "unit"),
        ("Anna de Vries zit in het team voor de gemeente Zwolle.", [ANNA, BERT], "together"),
        ("Anna Bos zit in het team voor het UWV.", [ANNA], "Bos"),
        ("Het bedrijf betaalt altijd het collegegeld van de student.", [USUAL], "always"),
        ("Het bedrijf betaalt het collegegeld van de student.", [USUAL], "mostly"),
        ("De student betaalt meestal het collegegeld van het bedrijf.", [USUAL], "changed places"),
        ("Het ministerie betaalt meestal het collegegeld.", [USUAL], "ministerie"),
        ("Van de 42 studenten hadden er 29 een tijdelijk contract.", [PERMANENT], "opposite"),
        ("Het rapport verscheen op 21 juni 2022.", [DATE], "juni"),
        ("The report came out on 12 July 2022.", [DATE], "12"),
        ("Mail naar leonie@voorbeeld.nl.", [MAIL], "leonie@voorbeeld.nl"),
        ("Bel projectleider Leonie Blom op 050 595 1234.", [MAIL], "050 595 1234"),
        ("Over de studietijd waren docenten het meest tevreden.", [LOWEST], "opposite"),
        ("Dat is zo.", [], "no citation"),
        ("...", [PAID], "nothing"),
    ],
)
def test_what_the_quotes_do_not_carry_is_named(
    checker: SupportChecker, statement: str, quotes: list[str], why: str
) -> None:
    reason = checker.check(statement, quotes)
    assert reason is not None
    assert why in reason


@given(st.text(min_size=1, max_size=200))
def test_any_quote_carries_itself(text: str) -> None:
    checker = SupportChecker(_ANALYSER, Glossary(words={}, phrases={}), None, OPEN)
    assert checker.check(text, [text]) is None
    assert checker.check(f"  {text}\n", ["iets anders", text]) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_any_texts_can_be_judged(text: str, quotes: list[str]) -> None:
    checker = SupportChecker(_ANALYSER, Glossary(words={}, phrases={}), TokenHashEmbedder())
    judgement = checker.judge(text, quotes, ["kop"])
    assert 0.0 <= judgement.score <= 1.0
    assert (judgement.reason is None) == (judgement.score >= 0.5)


_ANALYSER = DutchAnalyser()


def test_the_score_counts_what_the_settings_weigh(analyser: DutchAnalyser) -> None:
    glossary = Glossary(words={}, phrases={})
    strict = SupportSettings(words_only=Weights(together=1.0, offset=-0.9))
    checker = SupportChecker(analyser, glossary, None, strict)
    assert checker.check("De studenten kregen een vergoeding.", [PAID]) is None
    judgement = checker.judge("De studenten kregen een fiets.", [PAID])
    assert judgement.reason is not None
    assert "support" in judgement.reason
    assert not judgement.rule


def test_headings_carry_half(analyser: DutchAnalyser) -> None:
    checker = SupportChecker(analyser, Glossary(words={}, phrases={}), None, OPEN)
    without = checker.judge("De fiets kost geld.", ["Hij kost geld."]).signals
    with_heading = checker.judge("De fiets kost geld.", ["Hij kost geld."], ["De fiets"]).signals
    assert without is not None
    assert with_heading is not None
    assert with_heading.one > without.one


class Grounding:
    """A model for grounding that knows what it was told."""

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = scores

    def score(self, query: str, passages: Sequence[str]) -> np.ndarray:
        return np.array([self.scores.get(query, 0.0) for _ in passages], np.float32)


def test_a_model_for_grounding_joins_in(analyser: DutchAnalyser) -> None:
    glossary = Glossary(words={}, phrases={})
    settings = SupportSettings(words_only=Weights(entails=1.0, offset=-0.5))
    told = "Studenten kregen een vergoeding."
    for score, carried in ((1.0, True), (0.1, False)):
        checker = SupportChecker(analyser, glossary, None, settings, Grounding({PAID: score}))
        assert (checker.check(told, [PAID]) is None) == carried
    signals = SupportChecker(analyser, glossary, None, settings).judge(told, [PAID]).signals
    assert signals is not None
    assert signals.entails == 0.0


def test_a_real_cross_encoder_can_be_that_model(analyser: DutchAnalyser, tmp_path: Path) -> None:
    model = CrossEncoderReranker(str(save_cross_encoder(tmp_path / "model")))
    settings = SupportSettings(words_only=Weights(entails=1.0, offset=-5.5))
    checker = SupportChecker(analyser, Glossary(words={}, phrases={}), None, settings, model)
    assert checker.check("mentor loon contract", ["mentor loon", "tafel stoel fiets"]) is None
    assert checker.check("fiets regen zomer", ["fiets water brood boom lamp boek"]) is not None


def test_weights_and_signals_name_the_same_things() -> None:
    signals = Signals(one=1.0, swap=2.0)
    weights = replace(Weights(), one=3.0, swap=-1.0, offset=0.5)
    assert weights.sum(signals) == pytest.approx(1.5)
    assert 0.0 < Weights(offset=-1e9).score(signals) < 0.5 < Weights(offset=1e9).score(signals)
