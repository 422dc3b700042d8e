"""Another embedding model than the index was made with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import BIKES, Cli, in_process, refused
from tests.fakes import HashEmbedder

REINDEX = "routewijzer corpus reindex"
QUESTION = "Wat is een leenfiets?"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Switches to a fake model with this id."""

    def switch(model_id: str) -> None:
        monkeypatch.setattr(
            "corpus.embedder.open_embedder", lambda _settings: HashEmbedder(model_id)
        )

    return switch


def test_everything_that_would_mix_models_is_refused(
    published: Cli, files: Path, use: Callable[[str], None]
) -> None:
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    use("woorden-2")
    commands: list[list[str | Path]] = [
        ["ask", QUESTION],
        ["ingest", files],
        ["ingest", files, "--publish"],
        ["corpus", "withdraw", "eten-in-de-kantine"],
        ["corpus", "verify"],
        ["serve"],
    ]
    before = published("corpus", "list", "--json").json
    for command in commands:
        refused(published(*command), "woorden-1", "woorden-2", REINDEX)
    assert published("corpus", "list", "--json").json == before
    assert published("corpus", "reindex").out == "Editie 2 gepubliceerd.\n"
    assert published("ask", QUESTION).code == 0
    assert published("corpus", "verify").code == 0
    assert published("ingest", files, "--publish").code == 0


def test_reindex_takes_the_drafts_along(
    published: Cli, files: Path, use: Callable[[str], None]
) -> None:
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    assert published("ingest", files).code == 0
    use("woorden-2")
    assert published("corpus", "reindex").code == 0
    assert published("corpus", "publish").out.startswith("Editie 3 gepubliceerd.\n")


def test_drafts_alone_can_be_reindexed(cli: Cli, files: Path, use: Callable[[str], None]) -> None:
    assert cli("ingest", files).code == 0
    use("woorden-2")
    refused(cli("corpus", "publish"), REINDEX)
    assert "Publiceren: routewijzer corpus publish" in cli("corpus", "reindex").out
    assert cli("corpus", "publish").out.startswith("Editie 2 gepubliceerd.\n")


def test_an_edition_of_the_other_model_can_be_rolled_back_to(
    published: Cli, files: Path, use: Callable[[str], None]
) -> None:
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    assert published("ingest", files, "--publish").code == 0
    use("woorden-2")
    assert published("corpus", "reindex").code == 0
    assert published("corpus", "rollback", "1").out.startswith("Editie 4 gepubliceerd.\n")
    assert published("ask", QUESTION).code == 0


def test_a_real_sentence_transformers_model(
    own_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli = in_process(monkeypatch, capsys)
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(own_copy))
    monkeypatch.setenv("ROUTEWIJZER_EMBEDDING_MODEL", str(tiny_model(tmp_path)))
    refused(cli("ask", QUESTION), "tiny@", "multilingual-e5-small@", REINDEX)
    assert cli("corpus", "reindex").out == "Editie 2 gepubliceerd.\n"
    assert cli("ask", QUESTION, "--json").json["edition"] == 2
    monkeypatch.delenv("ROUTEWIJZER_EMBEDDING_MODEL")
    refused(cli("ask", QUESTION), "tiny@", "multilingual-e5-small@", REINDEX)


def tiny_model(folder: Path) -> Path:
    """A random BERT of 16 numbers and one layer, saved as sentence-transformers does."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = {"[PAD]": 0, "[UNK]": 1, "een": 2, "is": 3, "leenfiets": 4, "met": 5}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    plain = folder / "plain"
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
    BertModel(config).save_pretrained(plain)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(plain)
    parts = [Transformer(str(plain)), Pooling(16, "mean")]
    SentenceTransformer(modules=parts, device="cpu").save(
        str(folder / "tiny"), create_model_card=False
    )
    return folder / "tiny"
