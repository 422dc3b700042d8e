from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.compare import compare
from eval.sides import both_sides, read_sides, write_sides
from tests.eval.fakes import evaluation, result


def test_both_answers_are_kept_in_the_order_of_the_comparison(tmp_path: Path) -> None:
    before = evaluation(result("a"), result("b"), result("c"))
    after = evaluation(
        result("a"),
        result("b", answer_hash="anders"),
        result("c", answer_hash="anders", figures={"quality": 0.0}),
    )
    sides = both_sides(compare(before, after), before, after)
    assert [(s.before.id, s.after.id, s.change.direction) for s in sides] == [
        ("c", "c", "worse"),
        ("b", "b", "other"),
    ]
    write_sides(sides, tmp_path, "proef")
    assert read_sides(tmp_path, "proef") == sides
    assert [p.name for p in tmp_path.iterdir()] == ["changes-proef.json"]


def test_a_verdict_of_an_earlier_release_has_none(tmp_path: Path) -> None:
    assert read_sides(tmp_path, "proef") is None


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "changes-proef.json").write_text("[{", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"changes-proef\.json"):
        read_sides(tmp_path, "proef")
