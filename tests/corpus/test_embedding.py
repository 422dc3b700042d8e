from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.embedding import embed_versions
from corpus.embedding_text import passage_text, sentence_text
from corpus.progress import no_progress
from corpus.token_vectors import open_token_vectors
from tests.builders import SmallCorpus, make_version
from tests.fakes import HashEmbedder, TokenHashEmbedder


def test_only_what_has_no_vector_is_embedded(small_corpus: SmallCorpus) -> None:
    registry = small_corpus.registry
    old = make_version("a", ["Zelfde zin. Oude zin.", "Zelfde alinea."])
    new = make_version("a", ["Zelfde zin. Nieuwe zin.", "Zelfde alinea."])
    first, second = HashEmbedder(), HashEmbedder()
    assert embed_versions([old], registry, first, no_progress) == len(first.embedded) == 5
    assert embed_versions([new], registry, second, no_progress) == 2
    assert sum("Nieuwe zin." in text for text in second.embedded) == 2
    assert embed_versions([old, new], registry, second, no_progress) == 0


def test_equal_text_in_two_documents_is_embedded_once(small_corpus: SmallCorpus) -> None:
    one = make_version("a", ["Zelfde zin."], title="Titel")
    other = make_version("b", ["Zelfde zin."], title="Titel")
    embedder = HashEmbedder()
    embed_versions([one, other], small_corpus.registry, embedder, no_progress)
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 2


def test_another_model_embeds_all_over(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Een zin."])
    for model in ("m1", "m2"):
        embedder = HashEmbedder(model)
        assert embed_versions([version], small_corpus.registry, embedder, no_progress) == 2


def test_a_run_that_breaks_off_goes_on_where_it_was(small_corpus: SmallCorpus) -> None:
    version = make_version("a", [f"Zin nummer {n}." for n in range(100)])

    class Breaking(HashEmbedder):
        def embed_passages(self, texts):  # type: ignore[no-untyped-def]
            if self.embedded:
                raise RuntimeError("stroom weg")
            return super().embed_passages(texts)

    first, second = Breaking(), HashEmbedder()
    with pytest.raises(RuntimeError):
        embed_versions([version], small_corpus.registry, first, no_progress)
    embed_versions([version], small_corpus.registry, second, no_progress)
    assert len(first.embedded) > 0
    assert set(first.embedded).isdisjoint(second.embedded)
    assert len(first.embedded) + len(second.embedded) == 200


def test_passages_come_with_their_tokens_and_sentences_without(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Een zin. Nog een zin.", "Zelfde alinea."])
    embedder = TokenHashEmbedder()
    assert embed_versions([version], small_corpus.registry, embedder, no_progress) == 5
    assert sorted(embedder.read) == sorted(passage_text(version, p) for p in version.passages)
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 5
    assert embed_versions([version], small_corpus.registry, embedder, no_progress) == 0


def test_what_was_embedded_before_there_were_tokens_gets_them(small_corpus: SmallCorpus) -> None:
    version = make_version("a", ["Een zin. Nog een zin.", "Zelfde alinea."])
    embed_versions([version], small_corpus.registry, HashEmbedder(), no_progress)
    embedder = TokenHashEmbedder()
    assert embed_versions([version], small_corpus.registry, embedder, no_progress) == 2
    assert len(embedder.read) == 2
    store = open_token_vectors(small_corpus.registry.engine, embedder)
    assert store is not None
    small_corpus.registry.store_draft(version)
    assert len(store.read([p.id for p in version.passages], embedder.dimension)) == 2


def test_progress_counts_up_to_the_end(small_corpus: SmallCorpus) -> None:
    steps: list[tuple[int, int]] = []
    version = make_version("a", [f"Zin nummer {n}." for n in range(100)])
    embed_versions(
        [version],
        small_corpus.registry,
        HashEmbedder(),
        lambda _step, done, total: steps.append((done, total)),
    )
    assert steps[-1] == (200, 200)
    assert steps == sorted(steps)


def test_what_is_embedded_names_title_heading_and_lead() -> None:
    version = make_version("a", ["Dit is nodig.", "een mentor"], title="Handreiking")
    passage = replace(version.passages[1], section=("Werk", "Mentor"), lead="Dit is nodig.")
    sentence = replace(passage.sentences[0], lead=(0, 13))
    assert passage_text(version, passage).split("\n") == [
        "Handreiking > Werk > Mentor",
        "Dit is nodig.",
        "een mentor",
    ]
    assert sentence_text(version, passage, sentence).split("\n") == [
        "Mentor",
        "Dit is nodig.",
        "een mentor",
    ]
    bare = replace(passage, section=(), lead="")
    assert passage_text(version, bare) == "Handreiking\neen mentor"
    assert sentence_text(version, bare, replace(sentence, lead=None)) == "Handreiking\neen mentor"
