from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence import EvidenceSelector, EvidenceWeights
from assistant.retrieve import Retrieved, Retriever
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from corpus.types import Evidence, Query
from tests.assistant.conftest import query_of, read
from tests.builders import SmallCorpus

GUIDE = read(
    "# Gids\n\n## Leenfiets\n\nDe leenfiets staat in de schuur. Dit kost 25 euro per jaar. "
    "De sleutel ligt bij Anna.\n\n## Winter\n\nBij sneeuw mag je deze dingen lenen:\n\n"
    "- Een slee.\n- Een schep.\n"
)
MEANS = Glossary(words={DutchAnalyser().stem("rijwiel"): (DutchAnalyser().stem("leenfiets"),)},
                 phrases={})  # fmt: skip


@pytest.fixture
def corpus(small_corpus: SmallCorpus) -> SmallCorpus:
    small_corpus.publish(GUIDE)
    return small_corpus


def select(
    corpus: SmallCorpus, query: Query, weights: EvidenceWeights | None = None, hits: int = 20
) -> list[Evidence]:
    analyser = DutchAnalyser()
    retriever = Retriever(corpus.library, corpus.embedder, analyser, MEANS)
    retrieved: Retrieved = retriever.search(query)
    retrieved = replace(retrieved, hits=retrieved.hits[:hits])
    model_id = corpus.embedder.model_id
    selector = EvidenceSelector(corpus.registry, analyser, MEANS, model_id, weights)
    return selector.select(query, retrieved)


def by_words(ranked: list[Evidence], words: str) -> Evidence:
    return next(e for e in ranked if words in e.sentence.text)


def test_every_sentence_of_the_passages_found_is_judged_best_first(corpus: SmallCorpus) -> None:
    ranked = select(corpus, query_of("Waar staat de leenfiets?"))
    assert {e.sentence.text for e in ranked} == {
        s.text for p in GUIDE.passages for s in p.sentences
    }
    assert [e.score for e in ranked] == sorted((e.score for e in ranked), reverse=True)
    assert ranked[0].sentence.text == "De leenfiets staat in de schuur."
    for e in ranked:
        assert 0 <= e.coverage <= 1
        assert -1.01 <= e.semantic <= 1.01


def test_without_hits_there_is_no_evidence(corpus: SmallCorpus) -> None:
    assert select(corpus, query_of("Waar staat de leenfiets?"), hits=0) == []


def test_only_as_many_passages_as_set_are_looked_at(corpus: SmallCorpus) -> None:
    ranked = select(corpus, query_of("leenfiets"), EvidenceWeights(passages=1))
    assert len({e.hit.passage.id for e in ranked}) == 1


def test_what_is_asked_for_counts(corpus: SmallCorpus) -> None:
    money = select(corpus, query_of("Hoeveel euro kost de leenfiets?", asks="money"))
    assert money[0].sentence.text == "Dit kost 25 euro per jaar."
    assert [e.sentence.text for e in money if e.fits] == ["Dit kost 25 euro per jaar."]
    plain = select(corpus, query_of("Hoeveel euro kost de leenfiets?"))
    assert all(e.fits for e in plain)

    def ahead(ranked: list[Evidence]) -> float:
        return by_words(ranked, "25 euro").score - by_words(ranked, "in de schuur").score

    assert ahead(money) > ahead(plain)


def test_own_words_cover_more_than_the_words_around(corpus: SmallCorpus) -> None:
    ranked = select(corpus, query_of("Waar is de leenfiets?"))
    own = by_words(ranked, "in de schuur").coverage
    around = by_words(ranked, "sleutel").coverage  # the heading names the bike
    elsewhere = by_words(ranked, "slee").coverage
    assert own == 1
    assert own > around > elsewhere == 0


def test_an_item_is_covered_by_its_lead(corpus: SmallCorpus) -> None:
    ranked = select(corpus, query_of("Mag je bij sneeuw iets lenen?"))
    assert by_words(ranked, "schep").coverage > 0


def test_another_word_of_the_glossary_covers_too_but_less(corpus: SmallCorpus) -> None:
    said = by_words(select(corpus, query_of("rijwiel")), "in de schuur").coverage
    assert 0 < said < by_words(select(corpus, query_of("leenfiets")), "in de schuur").coverage


def test_a_question_for_a_list_prefers_one(corpus: SmallCorpus) -> None:
    text = "Welke dingen leen je bij sneeuw en de leenfiets?"
    listed = select(corpus, query_of(text, asks="list"))
    plain = select(corpus, query_of(text))

    def lead_over(ranked: list[Evidence]) -> float:
        return by_words(ranked, "slee").score - by_words(ranked, "in de schuur").score

    assert lead_over(listed) > lead_over(plain)


def test_words_that_nobody_wrote_cover_nothing(corpus: SmallCorpus) -> None:
    for text in ("xyzzy", "en de het", "学生"):
        assert {e.coverage for e in select(corpus, query_of(text))} == {0.0}


def test_the_heading_that_asks_the_same_and_what_says_what_it_is_count(
    small_corpus: SmallCorpus,
) -> None:
    small_corpus.publish(
        read(
            "# Boek\n\n## Van wie is de bakfiets?\n\nDe bakfiets is volgens Anna van de bakker.\n\n"
            "## Wat is een bakfiets?\n\nEen bakfiets is een fiets met een bak. De bakfiets rijdt.\n"
        )
    )
    ranked = select(small_corpus, query_of("Wat is een bakfiets?", asks="definition"))
    assert ranked[0].sentence.text == "Een bakfiets is een fiets met een bak."
    plain = EvidenceWeights(heading=0.0, is_a=0.0, defines=0.0)
    without = select(small_corpus, query_of("Wat is een bakfiets?", asks="definition"), plain)

    def ahead(evidence: list[Evidence]) -> float:
        return by_words(evidence, "met een bak").score - by_words(evidence, "volgens Anna").score

    assert ahead(ranked) > ahead(without)


def test_a_word_that_decides_counts_when_a_yes_or_no_is_asked(corpus: SmallCorpus) -> None:
    asked = query_of("Mag je bij sneeuw een leenfiets lenen?", asks="yesno")
    text = "mag je deze dingen"
    with_form = by_words(select(corpus, asked), text).score
    without = by_words(select(corpus, asked, EvidenceWeights(form=0.0)), text).score
    assert with_form > without


def test_vectors_that_were_read_are_kept(corpus: SmallCorpus) -> None:
    analyser = DutchAnalyser()
    retriever = Retriever(corpus.library, corpus.embedder, analyser, MEANS)
    query = query_of("leenfiets")
    retrieved = retriever.search(query)
    selector = EvidenceSelector(corpus.registry, analyser, MEANS, corpus.embedder.model_id)
    first = selector.select(query, retrieved)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus.registry, "vectors", None)
        assert selector.select(query, retrieved) == first


def test_names_come_first_when_names_are_asked_for(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(
        read(
            "# Scholen\n\n## Hogescholen\n\nHogescholen kunnen altijd meedoen. "
            "Nu doet Hogeschool Westerveen mee.\n\n## Fietsen\n\nDe fiets is rood.\n\n"
            "## Winter\n\nHet sneeuwt vaak.\n\n## Zomer\n\nDe zon schijnt.\n\n"
            "## Herfst\n\nHet blad valt.\n\n## Lente\n\nHet gras groeit.\n"
        )
    )
    asked = query_of("Welke hogescholen doen mee?", asks="list")
    ranked = select(small_corpus, asked)
    assert "Westerveen" in ranked[0].sentence.text
    assert [e.fits for e in ranked].count(True) == 1
    flat = select(small_corpus, asked, EvidenceWeights(names=0.0))
    assert by_words(flat, "Westerveen").score < ranked[0].score


def test_the_opposite_of_what_is_asked_comes_last(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(
        read("# Fiets\n\nEen voordeel van de fiets is rust. Een nadeel van de fiets is regen.\n")
    )
    ranked = select(small_corpus, query_of("Wat zijn nadelen van de fiets?", asks="list"))
    assert "regen" in ranked[0].sentence.text
    w = EvidenceWeights()
    flat = select(
        small_corpus,
        query_of("Wat zijn nadelen van de fiets?", asks="list"),
        EvidenceWeights(side=0.0, opposite=0.0),
    )
    for words, points in (("regen", w.side), ("rust", w.opposite)):
        gained = by_words(ranked, words).score - by_words(flat, words).score
        assert gained == pytest.approx(points)
