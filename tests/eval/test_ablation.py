from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.retrieve import RetrievalWeights
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from corpus.progress import no_progress
from corpus.spelling import Corrected
from corpus.types import Query
from eval import ablation
from eval.ablation import VARIANTS, Setup, Variant, Workshop, open_search, variants
from tests.builders import SmallCorpus, make_version
from tests.eval.fakes import question

WORK = make_version(
    "werk",
    ["De praktijkbegeleider helpt de student.", "Fietsen kosten 450 euro.", "Anna kookt soep."],
)
HELP, BIKES, SOUP = WORK.passages


@pytest.fixture
def setup(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> Setup:
    small_corpus.publish(WORK)
    return Setup(
        library=small_corpus.library,
        embedder=small_corpus.embedder,
        analyser=analyser,
        read_glossary=lambda a: Glossary({a.stem("tweewieler"): (a.stem("fietsen"),)}, {}),
        max_question_chars=200,
    )


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "elders", [WORK], no_progress)


def found(setup: Setup, text: str, *history: str) -> list[str]:
    """Ids of the passages that hold a word of the question."""
    retrieved = open_search(setup)(question("v", question=text, history=history))
    return list(retrieved.arms.get("lexical", {}))


def changed(name: str, setup: Setup, workshop: Workshop) -> Setup:
    variant = next(v for v in VARIANTS if v.name == name)
    result = variant.change(setup, workshop)
    assert result is not None
    return result


def dispose(setup: Setup) -> None:
    setup.library.registry.engine.dispose()


def test_names_say_what_is_missing_and_differ() -> None:
    names = [v.name for v in VARIANTS]
    assert len(set(names)) == len(names)
    assert all(name.startswith("zonder ") for name in names)


def test_every_part_can_be_switched_off_and_the_search_still_finds(
    setup: Setup, workshop: Workshop
) -> None:
    asked = question("v", question="Wie helpt de student?")
    seen = []
    for name, changed_setup in variants(setup, workshop):
        assert open_search(changed_setup)(asked).hits, name
        seen.append(name)
    assert set(seen) <= {v.name for v in VARIANTS}
    assert {"zonder woordenlijst", "zonder betekenis van passages"} <= set(seen)


def test_without_the_glossary_other_words_are_not_found(setup: Setup, workshop: Workshop) -> None:
    assert found(setup, "tweewieler") == [BIKES.id]
    assert found(changed("zonder woordenlijst", setup, workshop), "tweewieler") == []


def test_without_parts_of_compounds_a_part_is_not_found(setup: Setup, workshop: Workshop) -> None:
    assert found(setup, "begeleider in praktijk") == [HELP.id]
    whole = changed("zonder delen van samenstellingen", setup, workshop)
    assert found(whole, "begeleider in praktijk") == []
    assert found(whole, "praktijkbegeleider") == [HELP.id]
    dispose(whole)


def test_without_stems_only_the_same_form_is_found(setup: Setup, workshop: Workshop) -> None:
    assert found(setup, "studenten") == [HELP.id]
    bare = changed("zonder stammen van woorden", setup, workshop)
    assert (found(bare, "studenten"), found(bare, "student")) == ([], [HELP.id])
    dispose(bare)


def test_without_follow_ups_a_question_stands_alone(setup: Setup, workshop: Workshop) -> None:
    asked = ("En wie dan?", "Wie kookt de soep?")
    assert found(setup, *asked) == [SOUP.id]
    assert found(changed("zonder aanvullen van vervolgvragen", setup, workshop), *asked) == []


@pytest.mark.parametrize(
    ("name", "arm"),
    [
        ("zonder betekenis van passages", "dense"),
        ("zonder betekenis van zinnen", "sentence"),
        ("zonder woorden (BM25)", "lexical"),
    ],
)
def test_without_an_arm_it_says_nothing(
    setup: Setup, workshop: Workshop, name: str, arm: str
) -> None:
    asked = question("v", question="Wie kookt de soep?")
    assert arm in open_search(setup)(asked).arms
    assert arm not in open_search(changed(name, setup, workshop))(asked).arms


def test_without_correction_a_typing_error_stays(setup: Setup, workshop: Workshop) -> None:
    name = "zonder verbeteren van tikfouten"
    assert name not in dict(variants(setup, workshop))
    mended = replace(setup, correct=lambda text: Corrected(text.replace("sooep", "soep")))
    assert found(mended, "sooep") == [SOUP.id]
    assert found(changed(name, mended, workshop), "sooep") == []


def test_without_folding_what_says_the_same_stands_apart(
    small_corpus: SmallCorpus, setup: Setup, workshop: Workshop
) -> None:
    long = "De praktijkbegeleider van het bedrijf helpt de student elke week met het werk daar."
    small_corpus.publish(make_version("een", [long]), make_version("twee", [long]))
    asked = question("v", question="Wie helpt de student elke week?")
    folded = open_search(setup)(asked).hits
    apart = open_search(changed("zonder samenvouwen", setup, workshop))(asked).hits
    assert sum(len(h.also) for h in folded) == 1
    assert sorted(h.document_id for h in apart) == ["een", "twee", *["werk"] * 3]
    assert len(apart) == len(folded) + 1
    assert not any(h.also for h in apart)


def test_the_question_can_be_put_in_another_way(setup: Setup, workshop: Workshop) -> None:
    def put(query: Query) -> Query:
        return replace(query, text="Wie kookt de soep?")

    assert found(replace(setup, put=put), "fietsen") == [SOUP.id]


def test_a_part_that_the_search_does_not_have_is_left_out(
    setup: Setup, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ablation,
        "VARIANTS",
        (
            Variant("zonder iets", ablation._weigh(something=0.0)),
            Variant("zonder iets erin", ablation._weigh(pool__something=0.0)),
            Variant("zonder delen", ablation._weigh(terms__part=0.0)),
        ),
    )
    left = dict(variants(setup, workshop))
    assert list(left) == ["zonder delen"]
    assert left["zonder delen"].weights == replace(
        RetrievalWeights(), terms=replace(RetrievalWeights().terms, part=0.0)
    )


def test_what_readers_use_is_left_alone(
    setup: Setup, workshop: Workshop, small_corpus: SmallCorpus
) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        for path in sorted((small_corpus.data_dir / "editions").rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()

    before = list(files())
    for _ in variants(setup, workshop):
        pass
    assert list(files()) == before
    assert small_corpus.ledger.current() == 1
