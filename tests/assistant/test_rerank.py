"""A model puts hits in a better order: what it says counts, and it never takes too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.rerank import RERANK, HitReranker, RerankLimits, rescored, shown
from corpus.cross_encoder import CrossEncoderReranker
from corpus.types import Hit, Reason, Version
from tests.assistant.conftest import hit_of, query_of, read
from tests.tiny_models import save_cross_encoder

QUERY = query_of("mentor stage loon")


class Table:
    """Knows a score for each text by a word that it holds, and takes ``cost`` seconds for each."""

    def __init__(self, scores: dict[str, float], cost: float = 0.0) -> None:
        self.now = 0.0
        self.read: list[list[str]] = []
        self._scores = scores
        self._cost = cost

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.now += self._cost * len(passages)
        self.read.append(list(passages))
        return np.array(
            [next(s for word, s in self._scores.items() if word in p) for p in passages], np.float32
        )


@cache
def version(words: str) -> Version:
    return read(f"# Gids\n\n## Begin\n\nHier staat {words} in een hele zin.\n")


def hit(words: str, score: float) -> Hit:
    made = hit_of(version(words), version(words).passages[0], score)
    return replace(made, why=(Reason("dense", score, 0.8),))


def order(hits: Sequence[Hit]) -> list[str]:
    return [h.passage.text.split("staat ")[1].split()[0] for h in hits]


def numbered(count: int) -> list[Hit]:
    return [hit(f"n{n:02d}", 10.0 - n / 10) for n in range(count)]


def rising(count: int) -> dict[str, float]:
    """Scores that turn the order of ``numbered`` round."""
    return {f"n{n:02d}": float(n) for n in range(count)}


# --- the order -------------------------------------------------------------------------------


def test_what_the_model_prefers_comes_first_with_the_reason_why() -> None:
    hits = [hit("appel", 2.0), hit("peer", 1.9), hit("kers", 1.8)]
    model = Table({"appel": -1.0, "peer": 3.0, "kers": 1.0})
    found = HitReranker(model).rerank(QUERY, hits)
    assert order(found) == ["peer", "kers", "appel"]
    reason = found[0].why[-1]
    assert (reason.name, reason.raw) == (RERANK, 3.0)
    assert reason.points == pytest.approx((3.0 - 1.0) / np.std([-1.0, 3.0, 1.0]))
    for each in found:
        assert each.score == pytest.approx(sum(r.points for r in each.why))


def test_a_clear_lead_of_the_search_stays() -> None:
    hits = [hit("appel", 9.0), hit("peer", 1.9)]
    assert order(HitReranker(Table({"appel": 0.0, "peer": 1.0})).rerank(QUERY, hits)) == [
        "appel",
        "peer",
    ]


def test_weight_says_how_much_the_model_counts() -> None:
    hits = [hit("appel", 2.0), hit("peer", 1.0)]
    model = Table({"appel": 0.0, "peer": 1.0})
    for weight, first in ((0.0, "appel"), (0.4, "appel"), (0.6, "peer")):
        found = HitReranker(model, RerankLimits(weight=weight)).rerank(QUERY, hits)
        assert order(found)[0] == first


def test_a_model_that_finds_all_the_same_changes_nothing() -> None:
    hits = numbered(5)
    found = HitReranker(Table({"n": 0.25})).rerank(QUERY, hits)
    assert [h.score for h in found] == [h.score for h in hits]
    assert order(found) == order(hits)


def test_only_the_best_are_read_and_the_rest_stays_behind_in_its_order() -> None:
    hits = numbered(8)
    model = Table(rising(8))
    found = HitReranker(model, RerankLimits(best=4, weight=5.0)).rerank(QUERY, hits)
    assert order(found) == ["n03", "n02", "n01", "n00", "n04", "n05", "n06", "n07"]
    assert sum(map(len, model.read)) == 4
    assert found[-1].why[-1].raw is None


def test_nothing_found_stays_nothing() -> None:
    assert HitReranker(Table({})).rerank(QUERY, []) == ()


def test_one_hit_keeps_its_score() -> None:
    assert HitReranker(Table({"peer": 7.0})).rerank(QUERY, [hit("peer", 2.0)])[0].score == 2.0


Scored = st.lists(st.tuples(st.floats(-5, 5), st.floats(-50, 50)), min_size=1, max_size=12).flatmap(
    lambda rows: st.tuples(st.just(rows), st.integers(0, len(rows)))
)


@given(Scored, st.floats(0, 4))
def test_what_was_not_scored_passes_nothing_that_stood_before_it(
    drawn: tuple[list[tuple[float, float]], int], weight: float
) -> None:
    rows, known = drawn
    scores = sorted((score for score, _ in rows), reverse=True)
    hits = [hit(f"n{n:02d}", score) for n, score in enumerate(scores)]
    raw = np.array([r for _, r in rows[:known]], np.float32)
    found = rescored(hits, raw, weight, RERANK)
    assert sorted(order(found)) == order(hits)
    assert all(a.score >= b.score for a, b in pairwise(found))
    assert order(found)[known:] == order(hits)[known:]


# --- what is read -----------------------------------------------------------------------------


def test_the_model_reads_title_headings_lead_and_text() -> None:
    found = hit("peer", 1.0)
    passage = replace(found.passage, section=("Fruit", "Soorten"), lead="Dit zijn ze:")
    text = shown(replace(found, passage=passage))
    assert text == f"Gids > Fruit > Soorten\nDit zijn ze:\n{passage.text}"


def test_the_model_gets_the_standalone_question() -> None:
    asked: list[str] = []

    class Listening(Table):
        def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
            asked.append(query)
            return super().score(query, passages)

    query = replace(QUERY, original="en dan?", text="en dan (over: loon)?")
    HitReranker(Listening({"peer": 1.0})).rerank(query, [hit("peer", 1.0)])
    assert asked == ["en dan (over: loon)?"]


# --- time -------------------------------------------------------------------------------------


def timed(cost: float, seconds: float, batch: int = 8) -> tuple[Table, list[str]]:
    model = Table(rising(30), cost)
    limits = RerankLimits(seconds=seconds, batch=batch, weight=9.0)
    found = HitReranker(model, limits, clock=lambda: model.now).rerank(QUERY, numbered(30))
    return model, order(found)


def test_a_fast_model_reads_everything_in_growing_batches() -> None:
    model, found = timed(cost=0.01, seconds=2.0)
    assert [len(batch) for batch in model.read] == [1, 2, 4, 8, 8, 7]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("cost", [0.07, 0.1, 0.3, 0.9])
def test_a_slow_model_stops_before_the_time_is_up(cost: float) -> None:
    model, found = timed(cost, seconds=2.0)
    read = sum(map(len, model.read))
    assert 0 < read < 30
    assert model.now <= 2.0
    assert found[:read] == [f"n{n:02d}" for n in reversed(range(read))]
    assert found[read:] == [f"n{n:02d}" for n in range(read, 30)]


def test_a_model_that_takes_longer_than_the_limit_reads_one_passage() -> None:
    model, found = timed(cost=5.0, seconds=2.0)
    assert [len(batch) for batch in model.read] == [1]
    assert found == sorted(found)


# --- a real model -----------------------------------------------------------------------------


def with_words(words: Sequence[str], scores: Sequence[float]) -> list[Hit]:
    return [hit(word, score) for word, score in zip(words, scores, strict=True)]


def test_a_real_cross_encoder_brings_the_passage_with_the_words_up(tmp_path: Path) -> None:
    model = CrossEncoderReranker(str(save_cross_encoder(tmp_path / "model")))
    hits = with_words(
        ["fiets boom huis", "mentor stage loon", "regen zomer stage", "tafel stoel lamp"],
        [2.0, 1.9, 1.8, 1.7],
    )
    found = HitReranker(model).rerank(QUERY, hits)
    assert order(found)[:2] == ["mentor", "regen"]
    assert order(found) != order(hits)
    other = HitReranker(model).rerank(query_of("tafel lamp stoel"), hits)
    assert order(other)[0] == "tafel"
