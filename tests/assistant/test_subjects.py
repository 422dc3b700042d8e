from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.subjects import Examples, Subjects, read_examples, write_vectors
from corpus.embedder import OnnxEmbedder
from corpus.model_setup import ensure_model
from corpus.settings import Settings
from tests.fakes import HashEmbedder

EXAMPLES = Examples(
    here=("wat kost de opleiding", "hoe lang duurt de opleiding", "wie begeleidt de student"),
    elsewhere=("welk weer wordt het morgen", "hoe bak ik een taart", "vertel een mop"),
)


class CountingEmbedder(HashEmbedder):
    """Knows how often it was asked for vectors."""

    asked = 0

    def embed_queries(self, texts):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().embed_queries(texts)


def weigh(subjects: Subjects, text: str) -> float:
    vector = HashEmbedder().embed_queries([text])[0]
    return subjects.elsewhere(vector / np.linalg.norm(vector))


def test_a_question_is_on_the_side_of_the_examples_it_is_near_to(tmp_path: Path) -> None:
    subjects = Subjects(EXAMPLES, HashEmbedder(), tmp_path / "none.npz")
    assert weigh(subjects, "wordt het mooi weer morgen") > 0
    assert weigh(subjects, "hoe lang duurt de begeleiding van de student") < 0


def test_one_neighbour_does_not_decide(tmp_path: Path) -> None:
    """As near to one example of each kind: the others of that kind tell."""
    examples = Examples(("a b", "a b c", "a b d"), ("a b", "x y", "y z"))
    assert weigh(Subjects(examples, HashEmbedder(), tmp_path / "none.npz"), "a b") < 0


def test_vectors_that_were_kept_are_used_and_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    write_vectors(EXAMPLES, HashEmbedder(), path)
    embedder = CountingEmbedder()
    kept = Subjects(EXAMPLES, embedder, path)
    fresh = Subjects(EXAMPLES, HashEmbedder(), tmp_path / "none.npz")
    question = "welk weer is het in de opleiding"
    assert weigh(kept, question) == pytest.approx(weigh(fresh, question), abs=2e-3)
    assert embedder.asked == 0


@pytest.mark.parametrize(
    ("examples", "embedder"),
    [
        (Examples(EXAMPLES.here, ("een ander voorbeeld",)), CountingEmbedder()),
        (EXAMPLES, CountingEmbedder("another@1")),
    ],
    ids=["other examples", "another model"],
)
def test_vectors_of_something_else_are_made_again(
    tmp_path: Path, examples: Examples, embedder: CountingEmbedder
) -> None:
    path = tmp_path / "kept.npz"
    write_vectors(EXAMPLES, HashEmbedder(), path)
    subjects = Subjects(examples, embedder, path)
    subjects.warm()
    weigh(subjects, "vertel een mop")
    assert embedder.asked == 2  # each kind once, however often it is weighed


def test_the_vectors_that_come_along_are_of_the_default_model_and_these_examples() -> None:
    examples = read_examples()
    embedder = OnnxEmbedder(ensure_model(Settings()))
    subjects = Subjects(examples, embedder)
    texts = [*examples.here[:2], *examples.elsewhere[:2]]
    weighed = [subjects.elsewhere(vector) for vector in embedder.embed_queries(texts)]
    fresh = Subjects(examples, embedder, Path("none.npz"))
    kept, made = subjects._kept(), fresh._kept()
    assert kept is not None, "run: python -m eval.subjects"
    assert made is None
    assert np.vecdot(kept[0][:2], embedder.embed_queries(texts[:2])) == pytest.approx(1, abs=1e-3)
    assert [value > 0 for value in weighed] == [False, False, True, True]


def test_no_example_is_of_both_kinds_or_said_twice() -> None:
    examples = read_examples()
    told = [text.lower() for text in (*examples.here, *examples.elsewhere)]
    assert len(told) == len(set(told)) > 250
