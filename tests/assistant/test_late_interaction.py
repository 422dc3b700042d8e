"""Tokens that meet bring a passage up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.fusion import with_reason
from assistant.late_interaction import TOKENS, LateInteraction, open_late_interaction
from corpus.embedding import embed_versions
from corpus.progress import no_progress
from corpus.token_vectors import open_token_vectors
from corpus.tokens import Tokens
from corpus.types import Hit, Reason
from tests.assistant.conftest import hit_of
from tests.builders import SmallCorpus, make_version
from tests.fakes import HashEmbedder, TokenHashEmbedder

SAID = [
    "De kantine verkoopt soep.",
    "De student krijgt loon.",
    "De mentor van de student heet Jan.",
    "De fiets staat buiten.",
]
VERSION = make_version("a", SAID)
EMBEDDER = TokenHashEmbedder(dimension=64)


@pytest.fixture
def late(small_corpus: SmallCorpus) -> LateInteraction:
    return made(small_corpus)


def made(corpus: SmallCorpus, weight: float = 1.0, best: int = 30) -> LateInteraction:
    embed_versions([VERSION], corpus.registry, EMBEDDER, no_progress)
    corpus.registry.store_draft(VERSION)
    store = open_token_vectors(corpus.registry.engine, EMBEDDER)
    assert store is not None
    return LateInteraction(store, weight, best)


def asked(text: str) -> Tokens:
    return EMBEDDER.embed_query_tokens([text])[1][0]


def hits(*scores: float) -> list[Hit]:
    return [
        replace(hit_of(VERSION, passage, score), why=(Reason("dense", score, 0.8),))
        for passage, score in zip(VERSION.passages, scores, strict=True)
    ]


def rerank(late: LateInteraction, question: Tokens, found: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with what their tokens gave them, best first, as a search makes of it."""
    reasons = late.reasons(question, [hit.passage.id for hit in found])
    if not reasons:
        return tuple(found)
    changed = map(with_reason, found, reasons)
    return tuple(sorted(changed, key=lambda hit: -hit.score))


def order(found: Sequence[Hit]) -> list[int]:
    return [hit.passage.ordinal for hit in found]


def test_the_passage_that_holds_the_words_comes_first(late: LateInteraction) -> None:
    found = rerank(late, asked("loon student"), hits(1.3, 1.2, 1.1, 1.0))
    assert order(found)[:2] == [1, 2]
    assert found[0].why[-1].name == TOKENS
    assert found[0].why[-1].raw == pytest.approx(1.0, abs=0.02)
    for hit in found:
        assert hit.score == pytest.approx(sum(reason.points for reason in hit.why))


def test_a_clear_lead_of_the_search_stays(late: LateInteraction) -> None:
    assert order(rerank(late, asked("loon"), hits(9.0, 1.2, 1.1, 1.0)))[0] == 0


def test_only_the_best_are_compared(small_corpus: SmallCorpus) -> None:
    late = made(small_corpus, weight=9.0, best=2)
    found = rerank(late, asked("fiets loon"), hits(1.3, 1.2, 1.1, 1.0))
    assert order(found) == [1, 0, 2, 3]
    assert [hit.why[-1].raw is None for hit in found] == [False, False, True, True]


def test_hits_of_which_no_tokens_were_kept_stay_as_they_are(late: LateInteraction) -> None:
    other = make_version("b", ["Een document van vroeger."])
    mixed = [*hits(1.3, 1.2, 1.1, 1.0), hit_of(other, other.passages[0], 0.9)]
    assert rerank(late, asked("loon"), mixed) == tuple(mixed)


def test_a_question_without_a_token_that_tells_anything_changes_nothing(
    late: LateInteraction,
) -> None:
    given = hits(1.3, 1.2, 1.1, 1.0)
    none = Tokens(np.empty((0, 64), np.float32), np.empty(0, np.float32))
    unknown = Tokens(asked("loon").vectors, np.zeros(1, np.float32))
    for question in (none, unknown):
        assert rerank(late, question, given) == tuple(given)
    assert rerank(late, asked("loon"), []) == ()


def test_it_is_there_when_the_model_gives_tokens_and_they_count(small_corpus: SmallCorpus) -> None:
    registry = small_corpus.registry
    assert open_late_interaction(registry, EMBEDDER, 1.0) is not None
    assert open_late_interaction(registry, EMBEDDER, 0.0) is None
    assert open_late_interaction(registry, HashEmbedder(), 1.0) is None
