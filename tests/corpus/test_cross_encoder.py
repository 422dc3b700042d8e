"""The cross-encoder: a tiny real one that counts shared words, loaded as any other is."""

from __future__ import annotations

import json
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cross_encoder import MAX_TOKENS, CrossEncoderReranker
from corpus.errors import NotReadyError
from tests.tiny_models import WORDS, save_cross_encoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("model") / "klein")


@pytest.fixture(scope="module")
def model(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(folder))


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """The model's folder, to break."""
    return Path(shutil.copytree(folder, tmp_path / "kopie"))


def refused(name: str) -> str:
    """The one line that is said of a model that cannot be used."""
    with pytest.raises(NotReadyError) as caught:
        CrossEncoderReranker(name)
    said = str(caught.value)
    assert "\n" not in said
    assert "ROUTEWIJZER_RERANKER" in said
    return said


# --- what it scores --------------------------------------------------------------------------


def test_the_more_words_of_the_question_a_passage_holds_the_higher_it_scores(
    model: CrossEncoderReranker,
) -> None:
    dice = random.Random(5)
    for _ in range(20):
        question = dice.sample(WORDS, 3)
        other = [word for word in WORDS if word not in question]
        passages = [
            " ".join(dice.sample([*question[:shared], *dice.sample(other, 6 - shared)], 6))
            for shared in (0, 3, 1, 2)
        ]
        none, three, one, two = model.score(" ".join(question), passages)
        assert none < one < two < three


def test_a_passage_scores_the_same_whatever_stands_beside_it(model: CrossEncoderReranker) -> None:
    passages = ["mentor stage", "school stage werk bedrijf loon route", "boek", ""]
    together = model.score("mentor stage", passages)
    assert together.shape == (4,)
    assert together.dtype == np.float32
    alone = np.concatenate([model.score("mentor stage", [p]) for p in passages])
    assert np.allclose(together, alone, atol=1e-4)
    assert list(np.argsort(-together, kind="stable"))[:2] == [0, 1]


def test_scores_are_raw_not_squeezed(model: CrossEncoderReranker) -> None:
    scores = model.score("mentor stage loon", ["mentor stage loon", "route plan"])
    assert scores.max() > 1 or scores.min() < 0


def test_no_passages_no_scores(model: CrossEncoderReranker) -> None:
    assert model.score("mentor", []).shape == (0,)


def test_what_comes_after_the_limit_in_tokens_does_not_count(model: CrossEncoderReranker) -> None:
    long = "loon " * (2 * MAX_TOKENS)
    scores = model.score("mentor", [long, long + "mentor", "mentor " + long])
    assert scores[0] == pytest.approx(scores[1], abs=1e-5)
    assert scores[2] > scores[0] + 1e-3


@settings(max_examples=25)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_no_text_breaks_it(model: CrossEncoderReranker, query: str, passages: list[str]) -> None:
    scores = model.score(query, passages)
    assert scores.shape == (len(passages),)
    assert np.isfinite(scores).all()


def test_lone_surrogates_and_control_characters_are_read(model: CrossEncoderReranker) -> None:
    assert np.isfinite(model.score("\ud800 wie?\x00", ["\udfff", "\x1b[31m"])).all()


def test_many_threads_get_what_one_gets(model: CrossEncoderReranker) -> None:
    def ask(at: int) -> list[float]:
        passages = [" ".join(WORDS[(at + n) % len(WORDS)] for n in range(k)) for k in (2, 9, 40)]
        return [float(score) for score in model.score(WORDS[at % len(WORDS)], passages)]

    alone = [ask(at) for at in range(24)]
    with ThreadPoolExecutor(8) as pool:
        assert np.allclose(list(pool.map(ask, range(24))), alone, atol=1e-4)


# --- models that cannot be used ---------------------------------------------------------------


def test_a_folder_that_is_not_there_is_named() -> None:
    said = refused("/ergens/een-model")
    assert "'/ergens/een-model'" in said
    assert "model.safetensors" in said


def test_a_hub_name_that_is_not_in_the_cache_is_named() -> None:
    assert "'iemand/bestaat-niet'" in refused("iemand/bestaat-niet")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert str(tmp_path) in refused(str(tmp_path))


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_model_that_lacks_a_file_or_holds_a_broken_one_is_refused(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"{kapot")
    assert str(copy) in refused(str(copy))
    (copy / name).unlink()
    assert str(copy) in refused(str(copy))


def test_weights_that_were_cut_off_are_refused(copy: Path) -> None:
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    assert str(copy) in refused(str(copy))


def test_an_embedding_model_is_refused_not_given_a_random_head(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"architectures": ["BertModel"]}))
    assert "BertModel" in refused(str(copy))


def test_a_model_with_several_scores_per_pair_is_refused(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path / "drie", labels=3)
    assert "3 scores" in refused(str(folder))


def test_a_model_that_gives_no_number_is_refused(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path / "leeg", bias=float("nan"))
    assert "geen getal" in refused(str(folder))
