from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.sets import (
    SETS,
    default_set,
    find_floors,
    find_set,
    fitting_sets,
    missing_documents,
    sets_of,
)

STARTER, SEEDS = find_set("starter").set.documents, find_set("seeds").set.documents


@pytest.mark.parametrize(
    ("documents", "chosen"),
    [
        (STARTER, "starter"),
        (SEEDS, "seeds"),
        ((*STARTER, *SEEDS), "starter"),
        ((*STARTER[1:], *SEEDS), "seeds"),  # no longer all of the starter pages
        (SEEDS[:1], "seeds"),
    ],
)
def test_the_set_follows_the_documents(documents: tuple[str, ...], chosen: str) -> None:
    assert default_set(documents).set.name == chosen


def test_an_edition_without_a_set_asks_for_one() -> None:
    with pytest.raises(BadInputError, match="--set"):
        default_set(["iets-anders"])


def test_a_set_is_found_by_name_and_by_file(tmp_path: Path) -> None:
    assert find_set(str(SETS / "seeds.yaml")) == find_set("seeds")
    with pytest.raises(BadInputError, match="starter, seeds"):
        find_set("weg")
    for content, said in (("set: [", "geldige YAML"), ("set: {}", "klopt niet bij")):
        (tmp_path / "fout.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(BadInputError, match=said):
            find_set(str(tmp_path / "fout.yaml"))


def test_missing_documents_and_floors() -> None:
    assert missing_documents(find_set("seeds"), SEEDS[1:]) == [SEEDS[0]]
    assert find_floors("weg") is None
    floors = find_floors("seeds")
    assert floors is not None
    assert floors.floors


def test_sets_of_staff_go_before_those_of_the_project(tmp_path: Path) -> None:
    own = tmp_path / "sets"
    own.mkdir()
    text = (
        "set: {name: starter, language: nl, description: eigen, documents: [a, b]}\nquestions: []\n"
    )
    (own / "x.yaml").write_text(text, encoding="utf-8")
    sets = sets_of(tmp_path)
    assert [s.set.description for s in sets if s.set.name == "starter"] == ["eigen"]
    assert {s.set.name for s in sets} >= {"starter", "seeds"}
    assert [s.set.name for s in fitting_sets(sets, ["a"])] == ["starter"]
    assert fitting_sets(sets, ["c"]) == []


def test_the_everyday_questions_are_halved_and_about_the_seeds() -> None:
    everyday = find_set(str(SETS / "more" / "everyday.yaml"))
    assert everyday.set.documents == SEEDS
    assert (len(everyday.part("tune")), len(everyday.part("final"))) == (60, 60)
    assert all(q.gold for q in everyday.questions)
