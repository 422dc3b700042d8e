from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.compare import compare
from eval.evaluation import Evaluation
from eval.gate import Floors, failures, read_floors
from eval.sets import BASELINES
from tests.eval.fakes import evaluation, result

NAMES = [str(n) for n in range(40)]
GOOD = evaluation(*(result(n) for n in NAMES))


def worse(count: int) -> Evaluation:
    return evaluation(
        *(
            result(n, figures={"quality": 0.0 if place < count else 1.0})
            for place, n in enumerate(NAMES)
        )
    )


def test_what_is_below_a_floor_is_stopped_and_what_is_on_it_is_not() -> None:
    floors = Floors(set="proef", floors={"quality": 1.0, "ndcg_10": 0.9})
    assert failures(GOOD, floors, None) == []

    assert failures(worse(20), floors, None) == ["Kwaliteit: 50 % is lager dan de drempel 100 %."]


def test_a_slow_edition_is_stopped() -> None:
    slow = evaluation(*(result(n, figures={"latency_ms": 900.0}) for n in NAMES))
    floors = Floors(set="proef", latency_p95_ms=500)
    assert failures(GOOD, floors, None) == []
    assert failures(slow, floors, None) == ["Tijd per vraag (p95): 900 ms is meer dan 500 ms."]


@pytest.mark.parametrize(
    ("dropped", "margin", "stopped"),
    [
        (0, 0.0, False),
        (2, 0.0, False),  # two questions may be chance
        (10, 0.02, True),
        (10, 0.3, False),  # sure, but let through
    ],
)
def test_a_drop_is_stopped_when_it_is_sure_and_beyond_the_margin(
    dropped: int, margin: float, stopped: bool
) -> None:
    after = worse(dropped)
    found = failures(
        after,
        Floors(set="proef", margin=margin),
        compare(GOOD, after),
    )
    assert [line.startswith("Kwaliteit: van 100 % naar ") for line in found] == [True] * stopped


def test_a_gain_is_let_through() -> None:
    bad = worse(30)
    assert failures(GOOD, None, compare(bad, GOOD)) == []


def test_every_floors_file_of_the_project_can_be_read_and_belongs_to_its_set() -> None:
    paths = sorted(BASELINES.glob("*.yaml"))
    assert paths
    for path in paths:
        assert read_floors(path).set == path.stem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("set: [", "geldige YAML"),
        ("floors: {}", "set"),
        ("set: a\nvloer: 1", "vloer"),
        ("set: a\nfloors: {kwaliteit: 1}", "kwaliteit"),
    ],
)
def test_a_wrong_floors_file_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "drempels.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=said):
        read_floors(path)
    with pytest.raises(BadInputError, match="niet te lezen"):
        read_floors(tmp_path / "weg.yaml")
