"""Passages that say the same, found while editions are made."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import delete, func, select

from corpus import schema
from corpus.duplicates import said_in
from corpus.progress import no_progress
from corpus.twins import Twin
from corpus.types import Version
from tests.builders import SmallCorpus, make_version

CRITERIA = (
    "Een werkplaats is erkend als een meester tijd heeft voor leerlingen, als het gereedschap "
    "veilig is en als de school twee keer per jaar langskomt."
)
CRITERIA_AGAIN = CRITERIA.replace(", als", "; als").replace("Een", "EEN").rstrip(".") + ":"
WITHIN = f"Niet elke werkplaats mag meedoen. {CRITERIA} Dat staat in de wet van vorig jaar."
IN_OTHER_WORDS = (
    "Erkend wordt een werkplaats waar de meester tijd voor zijn leerlingen heeft, het gereedschap "
    "veilig is en twee keer in een jaar de school langs komt."
)
# What else there is, so that a word in two of them is rare.
OTHERS = make_version(
    "rest",
    [
        "De kantine verkoopt soep en brood voor weinig geld. Vrijdag is het feest.",
        "Met de trein ben je sneller dan met de auto. De bus gaat ieder kwartier.",
        "Verlof vraag je aan bij de leiding. Doe dat een maand van tevoren.",
        "De sleutel ligt achter de balie. Breng hem na gebruik terug naar de portier.",
        "Op het dak liggen zonnepanelen. Zij leveren stroom voor alle machines.",
        "Wie ziek is belt voor negen uur. Daarna is niemand meer bereikbaar.",
    ],
)


def twins(corpus: SmallCorpus, version: Version, place: int = 0) -> tuple[Twin, ...]:
    passage_id = f"{version.id}:{place}"
    return corpus.library.twins_of([passage_id]).get(passage_id, ())


def kinds(corpus: SmallCorpus, version: Version, place: int = 0) -> dict[str, str]:
    return {t.passage_id: t.kind for t in twins(corpus, version, place)}


# --- what is found -----------------------------------------------------------------------------


def test_a_copy_is_known_in_both_documents(small_corpus: SmallCorpus) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", ["Kort.", CRITERIA_AGAIN])
    small_corpus.publish(one, other, OTHERS)
    assert twins(small_corpus, one) == (Twin(f"{other.id}:1", "same", 1.0, False),)
    assert twins(small_corpus, other, 1) == (Twin(f"{one.id}:0", "same", 1.0, False),)
    assert twins(small_corpus, other) == ()


def test_a_copy_in_the_same_document_is_known(small_corpus: SmallCorpus) -> None:
    version = make_version("een", [CRITERIA, *[p.text for p in OTHERS.passages], CRITERIA])
    small_corpus.publish(version)
    assert kinds(small_corpus, version) == {f"{version.id}:7": "same"}


def test_a_list_within_a_longer_passage_is_near(small_corpus: SmallCorpus) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [WITHIN])
    small_corpus.publish(one, other, OTHERS)
    (twin,) = twins(small_corpus, one)
    assert (twin.kind, twin.other_numbers) == ("near", False)
    assert twin.likeness == 1.0


def test_other_numbers_are_noted(small_corpus: SmallCorpus) -> None:
    one = make_version("een", [CRITERIA.replace("twee", "drie")])
    other = make_version("twee", [CRITERIA])
    small_corpus.publish(one, other, OTHERS)
    (twin,) = twins(small_corpus, one)
    assert (twin.kind, twin.other_numbers) == ("near", True)


def test_the_same_in_other_words_is_alike(small_corpus: SmallCorpus) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [IN_OTHER_WORDS])
    small_corpus.publish(one, other, OTHERS)
    assert kinds(small_corpus, one) == {f"{other.id}:0": "alike"}
    assert kinds(small_corpus, other) == {f"{one.id}:0": "alike"}


def test_the_same_subject_is_not_the_same_statement(small_corpus: SmallCorpus) -> None:
    one = make_version("een", [CRITERIA])
    other = make_version(
        "twee",
        ["De meester laat leerlingen zien hoe gereedschap werkt, en de school betaalt de reis."],
    )
    small_corpus.publish(one, other, OTHERS)
    assert twins(small_corpus, one) == ()


def test_a_text_that_goes_on_is_not_alike(small_corpus: SmallCorpus) -> None:
    version = make_version("een", [CRITERIA, IN_OTHER_WORDS, *[p.text for p in OTHERS.passages]])
    small_corpus.publish(version)
    assert twins(small_corpus, version) == ()


def test_the_same_about_other_numbers_is_not_alike(small_corpus: SmallCorpus) -> None:
    old = IN_OTHER_WORDS + " Dat telt voor 14 meesters, 25 leerlingen en 60 scholen."
    new = CRITERIA + " Dat geldt voor 8 meesters, 13 leerlingen en 90 scholen."
    one, other = make_version("een", [new]), make_version("twee", [old])
    small_corpus.publish(one, other, OTHERS)
    assert twins(small_corpus, one) == ()


def test_the_most_alike_comes_first(small_corpus: SmallCorpus) -> None:
    one = make_version("een", [CRITERIA])
    others = [
        make_version("twee", [IN_OTHER_WORDS]),
        make_version("drie", [WITHIN]),
        make_version("vier", [CRITERIA]),
    ]
    small_corpus.publish(one, *others, OTHERS)
    assert [t.kind for t in twins(small_corpus, one)] == ["same", "near", "alike"]


def test_what_is_not_searched_is_not_compared(small_corpus: SmallCorpus) -> None:
    one = make_version("een", [CRITERIA])
    other = make_version("twee", [CRITERIA, "Iets anders."], kinds={0: "reference"})
    small_corpus.publish(one, other)
    assert twins(small_corpus, one) == ()


def test_headings_are_no_part_of_what_a_passage_says() -> None:
    version = make_version("een", ["Eerste zin. Tweede zin."])
    assert said_in(version.passages[0]) == "Eerste zin. Tweede zin."


# --- editions ----------------------------------------------------------------------------------


def test_only_what_is_new_is_compared(small_corpus: SmallCorpus) -> None:
    small_corpus.publish(make_version("een", [CRITERIA]), OTHERS)
    new = make_version("twee", [WITHIN, "Nog iets."])
    small_corpus.put(new)
    reports: list[tuple[int, int]] = []

    def progress(step: str, done: int, total: int) -> None:
        if step == "Dubbele passages zoeken":
            reports.append((done, total))

    small_corpus.editions.publish("ik", progress)
    assert reports == [(2, 2)]
    assert len(twins(small_corpus, new)) == 1


def test_readers_hear_only_of_their_own_edition(small_corpus: SmallCorpus) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [WITHIN])
    first = small_corpus.publish(one, OTHERS)
    small_corpus.put(other)
    staged = small_corpus.editions.stage("ik").edition
    assert twins(small_corpus, one) == ()
    assert set(small_corpus.library.twins_of([f"{one.id}:0"], staged)) == {f"{one.id}:0"}
    small_corpus.editions.publish("ik")
    assert len(twins(small_corpus, one)) == 1
    small_corpus.editions.rollback(first, "ik")
    assert twins(small_corpus, one) == ()


@pytest.mark.parametrize("text", [CRITERIA_AGAIN, WITHIN, IN_OTHER_WORDS])
def test_what_came_while_a_document_was_away_is_compared_on_its_return(
    small_corpus: SmallCorpus, text: str
) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [text])
    small_corpus.publish(one, OTHERS)
    small_corpus.editions.withdraw(["een"], "ik")
    small_corpus.publish(other)
    small_corpus.publish(one)
    assert list(kinds(small_corpus, one)) == [f"{other.id}:0"]


def test_a_new_version_has_the_twins_of_the_old_one(small_corpus: SmallCorpus) -> None:
    other = make_version("twee", [WITHIN])
    small_corpus.publish(make_version("een", [CRITERIA, "Oud slot."]), other, OTHERS)
    new = make_version("een", ["Nieuw begin.", CRITERIA])
    small_corpus.publish(new)
    assert kinds(small_corpus, new, 1) == {f"{other.id}:0": "near"}
    assert kinds(small_corpus, other) == {f"{new.id}:1": "near"}


def test_the_order_in_which_copies_come_in_makes_no_difference(small_corpus: SmallCorpus) -> None:
    versions = [make_version(f"d{n}", [text]) for n, text in enumerate((CRITERIA, WITHIN) * 2)]
    for version in (*versions, OTHERS):
        small_corpus.publish(version)
    grown = _all(small_corpus, versions)
    _forget(small_corpus)
    small_corpus.editions.reindex("ik")
    assert _all(small_corpus, versions) == grown
    assert [len(found) for found in grown.values()] == [3] * 4


def test_an_edition_of_an_earlier_release_is_compared_with_the_next(
    small_corpus: SmallCorpus,
) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [WITHIN])
    small_corpus.publish(one, other, OTHERS)
    _forget(small_corpus)
    assert twins(small_corpus, one) == ()
    small_corpus.publish(make_version("drie", ["Iets nieuws onder de zon."]))
    assert len(twins(small_corpus, one)) == 1


def test_a_search_that_is_cut_off_is_done_over(small_corpus: SmallCorpus) -> None:
    one, other = make_version("een", [CRITERIA]), make_version("twee", [WITHIN])
    small_corpus.put(one, other, OTHERS)

    def stop(step: str, _done: int, _total: int) -> None:
        if step == "Dubbele passages zoeken":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small_corpus.editions.publish("ik", stop)
    with small_corpus.registry.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.content)) == 0
    small_corpus.editions.publish("ik", no_progress)
    assert len(twins(small_corpus, one)) == 1


def _all(corpus: SmallCorpus, versions: list[Version]) -> Mapping[str, tuple[Twin, ...]]:
    return corpus.library.twins_of([p.id for v in versions for p in v.passages])


def _forget(corpus: SmallCorpus) -> None:
    with corpus.registry.engine.begin() as connection:
        for table in (schema.twin, schema.passage_content, schema.content):
            connection.execute(delete(table))
