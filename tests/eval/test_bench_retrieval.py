from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.settings import Settings
from corpus.token_vectors import open_token_vectors
from corpus.types import Passage, Sentence
from eval.bench.made_corpus import PASSAGES, SENTENCES, MadeUp, store
from eval.bench.retrieval import _LABELS, main
from tests.builders import SmallCorpus
from tests.fakes import HashEmbedder, TokenHashEmbedder


@pytest.fixture(scope="module")
def made() -> MadeUp:
    return MadeUp(Settings(), HashEmbedder())


def test_made_up_documents_have_exact_spans(made: MadeUp) -> None:
    version = made.version(3)
    assert len(version.passages) == PASSAGES
    for passage in version.passages:
        assert len(passage.sentences) == SENTENCES
        parts: list[Passage | Sentence] = [passage, *passage.sentences]
        for part in parts:
            assert version.text[part.start : part.end] == part.text
    assert made.version(4).id != version.id


def test_made_up_vectors_have_length_one_and_differ(made: MadeUp) -> None:
    vectors = made.vectors(50)
    assert vectors.shape == (50, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(50), abs=1e-5)
    assert len(np.unique(vectors, axis=0)) == 50


def test_made_up_passages_have_tokens_where_the_model_gives_them(
    small_corpus: SmallCorpus,
) -> None:
    embedder, registry = TokenHashEmbedder(), small_corpus.registry
    giving = MadeUp(Settings(), embedder)
    store(giving, 0, 1, registry, embedder.model_id, compared=False)
    passages = registry.version(giving.version(0).id).passages
    kept = open_token_vectors(registry.engine, embedder)
    assert kept is not None
    found = kept.read([p.id for p in passages], embedder.dimension)
    for passage in passages:
        words = len(passage.text.split())
        assert words < len(found[passage.id]) < 2 * words


def test_every_figure_is_measured_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bench.json"
    fake = "tests.eval.bench_embedder:open_fake"
    assert main(["--sizes", "16", "24", "--out", str(out), "--embedder", fake]) == 0
    kept = json.loads(out.read_text("utf-8"))
    assert kept["sizes"].keys() == {"16", "24"}
    for found in kept["sizes"].values():
        assert found.keys() == _LABELS.keys()
        assert found["recall_60"] == found["recall_300"] == 1.0
        assert found["add_s"] > 0
    printed = capsys.readouterr().out
    assert all(label in printed for label, _ in _LABELS.values())
    assert "24 passages" in printed
