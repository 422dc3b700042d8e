from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.fusion import RetrievalWeights
from assistant.retrieve import Retrieved, Retriever
from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError, NotReadyError
from corpus.glossary import Glossary
from corpus.types import Audience, Version
from tests.assistant.conftest import query_of
from tests.builders import SmallCorpus, make_version

BIKE = make_version("fiets", ["De leenfiets staat in de schuur.", "Een band plakken kost tijd."])
SOUP = make_version("soep", ["De kantine kookt soep.", "Brood is er ook."])
NOTHING_SAID = Glossary(words={}, phrases={})


def search(
    corpus: SmallCorpus,
    analyser: DutchAnalyser,
    text: str,
    *,
    audience: Audience | None = None,
    weights: RetrievalWeights | None = None,
    k: int = 20,
    edition: int | None = None,
    parts: tuple[str, ...] = (),
) -> Retrieved:
    retriever = Retriever(corpus.library, corpus.embedder, analyser, NOTHING_SAID, weights)
    return retriever.search(replace(query_of(text, audience=audience), parts=parts), k, edition)


def documents(retrieved: Retrieved) -> list[str]:
    return [hit.document_id for hit in retrieved.hits]


def changed(version: Version, **fields: object) -> Version:
    return replace(version, metadata=replace(version.metadata, **fields))  # type: ignore[arg-type]


def test_the_passage_with_the_words_comes_first(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(BIKE, SOUP)
    found = search(small_corpus, analyser, "Waar staat de leenfiets?")
    assert found.hits[0].passage.text == "De leenfiets staat in de schuur."
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert found.hits[0].arms.keys() == {"dense", "sentence", "lexical"}
    assert len(search(small_corpus, analyser, "Waar staat de leenfiets?", k=1).hits) == 1


def test_every_arm_can_be_left_out(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> None:
    small_corpus.publish(BIKE, SOUP)
    only_words = RetrievalWeights(dense=0, sentence=0)
    found = search(small_corpus, analyser, "soep in de kantine", weights=only_words)
    assert set(documents(found)) == {"soep"}
    only_meaning = RetrievalWeights(sentence=0, lexical=0)
    found = search(small_corpus, analyser, "soep in de kantine", weights=only_meaning)
    assert set(documents(found)) == {"soep", "fiets"}


def test_words_that_nobody_wrote_find_by_meaning_only(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(BIKE, SOUP)
    for text in ("xyzzy", "学生", "en de het"):
        found = search(small_corpus, analyser, text)
        assert len(found.hits) == 4
        assert found.best_lexical > 0
        assert not found.arms["lexical"]


def test_what_is_past_its_date_is_not_found_and_makes_nobody_sure(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    today = date.today()
    past = changed(BIKE, valid_until=today - timedelta(days=1))
    last_day = changed(SOUP, valid_until=today)
    small_corpus.publish(past, last_day)
    found = search(small_corpus, analyser, "Waar staat de leenfiets?")
    assert set(documents(found)) == {"soep"}
    left = {p.id for p in last_day.passages}
    assert all(set(scores) <= left for scores in found.arms.values())


def test_what_is_past_does_not_hide_what_counts_today(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    said = [f"De leenfiets nummer {number} staat in schuur {number}." for number in range(400)]
    past = changed(make_version("oud", said), valid_until=date(2020, 1, 1))
    small_corpus.publish(past, make_version("nieuw", ["Een leenfiets staat nu bij de poort."]))
    found = search(small_corpus, analyser, "In welke schuur staat de leenfiets nummer 7?")
    assert documents(found) == ["nieuw"]


def test_when_all_is_past_nothing_is_found(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(changed(BIKE, valid_until=date(2020, 1, 1)))
    assert search(small_corpus, analyser, "Waar staat de leenfiets?").hits == ()


def test_the_audience_is_a_preference_and_no_wall(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    one, other = ["De leenfiets staat in de schuur."], ["In de schuur staat de leenfiets."]
    small_corpus.publish(
        changed(make_version("a", one, title="Gids"), audiences=("bedrijf",)),
        changed(make_version("b", other, title="Gids"), audiences=("hogeschool",)),
        SOUP,
    )
    first: tuple[tuple[Audience, str], ...] = (("bedrijf", "a"), ("hogeschool", "b"))
    for audience, wanted in first:
        found = search(small_corpus, analyser, "leenfiets in de schuur", audience=audience)
        assert documents(found)[:2] == [wanted, *({"a", "b"} - {wanted})]
    found = search(small_corpus, analyser, "leenfiets in de schuur", audience="beleid")
    assert set(documents(found)[:2]) == {"a", "b"}


def test_the_published_edition_is_searched_unless_another_is_named(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    with pytest.raises(NotReadyError):
        search(small_corpus, analyser, "leenfiets")
    first = small_corpus.publish(BIKE)
    second = small_corpus.publish(SOUP)
    assert search(small_corpus, analyser, "leenfiets").index.number == second
    found = search(small_corpus, analyser, "leenfiets", edition=first)
    assert (found.index.number, set(documents(found))) == (first, {"fiets"})
    with pytest.raises(BadInputError):
        search(small_corpus, analyser, "leenfiets", edition=99)


def test_the_same_question_finds_the_same(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(BIKE, SOUP)
    one, other = (search(small_corpus, analyser, "fiets of soep?") for _ in range(2))
    assert one.hits == other.hits


def test_every_hit_says_why_it_stands_where_it_stands(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(BIKE, SOUP)
    hits = search(small_corpus, analyser, "leenfiets in de schuur", audience="bedrijf").hits
    for hit in hits:
        assert sum(reason.points for reason in hit.why) == pytest.approx(hit.score)
    raw = {reason.name: reason.raw for reason in hits[0].why if reason.raw is not None}
    assert raw == hits[0].arms
    assert {"dense", "sentence", "lexical", "met"} <= {reason.name for reason in hits[0].why}


def test_each_part_of_a_double_question_brings_its_passages(
    small_corpus: SmallCorpus, analyser: DutchAnalyser
) -> None:
    small_corpus.publish(BIKE, SOUP)
    whole = search(small_corpus, analyser, "Waar staat de leenfiets en wie kookt de soep?").hits
    parts = search(
        small_corpus,
        analyser,
        "Waar staat de leenfiets en wie kookt de soep?",
        parts=("Waar staat de leenfiets?", "Wie kookt de soep?"),
    ).hits
    scores = {hit.passage.id: hit.score for hit in whole}
    assert all(hit.score >= scores[hit.passage.id] for hit in parts if hit.passage.id in scores)
    for hit in parts:
        assert sum(reason.points for reason in hit.why) == pytest.approx(hit.score)
    assert {hit.document_id for hit in parts[:2]} == {BIKE.document_id, SOUP.document_id}
