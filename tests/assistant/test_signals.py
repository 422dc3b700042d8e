from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from assistant.retrieve import Retrieved
from assistant.signals import SignalReader, Signals
from corpus.dutch import DutchAnalyser
from corpus.index import EditionIndex
from corpus.types import Evidence
from tests.assistant.conftest import evidence_of, hit_of, query_of, read

GUIDE = read(
    "# Gids\n\n## Begin\n\nDe student werkt bij Bakker Jansen. Hij blijft omdat het leuk is. "
    "De laptop kost 500 euro en gaat lang mee.\n"
)
WORKS = evidence_of(GUIDE, "werkt bij", semantic=0.9)
COSTS = evidence_of(GUIDE, "500 euro", semantic=0.8)


def signals(
    text: str, *ranked: Evidence, sentences: tuple[float, ...] = (0.9,), language: str = "nl"
) -> Signals:
    analyser = DutchAnalyser()
    known = set(analyser.terms(GUIDE.text))
    index = cast(EditionIndex, SimpleNamespace(lexical=SimpleNamespace(knows=known.__contains__)))
    arms = {
        "dense": {"a": 0.9},
        "sentence": {str(n): cosine for n, cosine in enumerate(sentences)},
        "lexical": {"a": 4.0, "b": 1.0},
    }
    hits = tuple(hit_of(GUIDE, p) for p in GUIDE.passages)
    retrieved = Retrieved(hits, np.ones(2, np.float32), index, arms, best_lexical=8.0, unknown=0.0)
    query = query_of(text, language=language)
    return SignalReader(analyser).read(query, retrieved, ranked or (WORKS,))


def test_only_what_holds_the_kind_asked_counts() -> None:
    found = signals("Wat kost een laptop?", WORKS, replace(COSTS, coverage=0.5))
    assert (found.covered, found.meaning) == (0.5, 0.8)
    assert signals("Wat doet een student?", WORKS, replace(COSTS, coverage=0.5)).covered == 1.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wat doet een student?", 0),
        ("Wat doet Jansen?", 1),
        ("wat doet jansen?", 1),  # the documents write it with a capital
        ("Student bij Avans in 2021?", 2),
        ("A B Fontys Avans Saxion Windesheim", 3),
        ("En dan? (over: Wat doet Jansen)", 0),
    ],
)
def test_names_and_figures_make_a_question_particular(text: str, names: int) -> None:
    assert signals(text).names == names


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Krijgt een student studiefinanciering?", 1),
        ("Waar dien ik een klacht in?", 1),
        ("Werkt een student mee?", 0),
        ("Kan een student doorwerken?", 0),  # a verb: said in other words
        ("Werkt de student meteen?", 0),  # said of anything
    ],
)
def test_a_noun_that_the_documents_do_not_hold(text: str, unknown: int) -> None:
    assert signals(text).unknown == unknown
    assert signals(text, language="en").unknown == 0


def test_the_lead_is_a_share_of_the_best() -> None:
    assert signals("Wat?").lead == 0.75


def test_every_signal_is_a_number() -> None:
    found = signals("Wat kost een laptop?")
    assert all(isinstance(getattr(found, f.name), float) for f in fields(Signals))
