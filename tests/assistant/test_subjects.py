from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.subjects import Examples, Subjects, open_subjects, read_examples, write_vectors
from corpus.embedder import OnnxEmbedder
from corpus.model_setup import ensure_model
from corpus.settings import Settings
from corpus.types import Vectors
from tests.fakes import HashEmbedder

EXAMPLES = Examples(
    here=("wat kost de opleiding", "hoe lang duurt de opleiding", "wie begeleidt de student"),
    elsewhere=("welk weer wordt het morgen", "hoe bak ik een taart", "vertel een mop"),
)


def vectors_of(*texts: str) -> Vectors:
    return HashEmbedder().embed_queries(texts)


def subjects_of(examples: Examples) -> Subjects:
    return Subjects(vectors_of(*examples.here), vectors_of(*examples.elsewhere))


def test_a_question_is_on_the_side_of_the_examples_it_is_near_to() -> None:
    subjects = subjects_of(EXAMPLES)
    weather, guidance = vectors_of("wordt het mooi weer morgen", "hoe lang duurt begeleiding")
    assert subjects.side(weather).elsewhere > 0 > subjects.side(guidance).elsewhere


def test_one_neighbour_does_not_decide() -> None:
    """As near to one example of each kind: the others of that kind tell."""
    subjects = subjects_of(Examples(("a b", "a b c", "a b d"), ("a b", "x y", "y z")))
    side = subjects.side(vectors_of("a b")[0])
    assert side.nearest == pytest.approx(1, abs=1e-5)
    assert side.elsewhere < 0


def test_what_was_kept_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    write_vectors(EXAMPLES, HashEmbedder(), path)
    kept = open_subjects(HashEmbedder().model_id, path)
    assert kept is not None
    question = vectors_of("welk weer is het in de opleiding")[0]
    fresh = subjects_of(EXAMPLES).side(question)
    assert kept.side(question).elsewhere == pytest.approx(fresh.elsewhere, abs=2e-3)


def test_with_another_model_nothing_is_told_apart() -> None:
    assert open_subjects(HashEmbedder().model_id) is None


def test_the_vectors_that_come_along_are_of_the_default_model_and_these_examples() -> None:
    examples = read_examples()
    embedder = OnnxEmbedder(ensure_model(Settings()))
    subjects = open_subjects(embedder.model_id)
    assert subjects is not None, "run: python -m eval.subjects"
    texts = [*examples.here[:2], *examples.here[-1:], *examples.elsewhere[:2]]
    vectors = embedder.embed_queries([*texts, *examples.elsewhere[-1:]])
    cosines = np.vecdot(subjects._here[[0, 1, -1]], vectors[:3])
    assert cosines == pytest.approx(np.ones(3), abs=1e-3), "run: python -m eval.subjects"
    assert [subjects.side(v).nearest > 0.999 for v in vectors] == [False] * 3 + [True] * 3
    assert [subjects.side(v).elsewhere > 0 for v in vectors] == [False] * 3 + [True] * 3
    assert len(subjects._here) == len(examples.here)
    assert len(subjects._elsewhere) == len(examples.elsewhere)


def test_no_example_is_of_both_kinds_or_said_twice() -> None:
    examples = read_examples()
    told = [text.lower() for text in (*examples.here, *examples.elsewhere)]
    assert len(told) == len(set(told)) > 350
