from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.compare import compare
from eval.verdict import Documents, Reason, Verdict, measured, read_verdict, write_verdict
from tests.eval.fakes import evaluation, result

GREEN = Verdict(
    edition=3,
    published=2,
    judged_at="2026-01-02T03:04:05+00:00",
    documents=Documents(replaced=("fietsen",)),
    sets=(),
    reasons=(),
)
RED = GREEN.model_copy(update={"reasons": (Reason(check="page", text="Blz. 3 is blz. 4."),)})


@pytest.mark.parametrize("verdict", [GREEN, RED])
def test_a_verdict_is_kept_and_read(tmp_path: Path, verdict: Verdict) -> None:
    assert read_verdict(tmp_path) is None
    write_verdict(verdict, tmp_path)
    assert read_verdict(tmp_path) == verdict
    assert verdict.green == (verdict is GREEN)


@pytest.mark.parametrize("content", ["{", "[]", '{"edition": "drie"}'])
def test_a_broken_verdict_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "verdict.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"verdict\.json .*corpus diff"):
        read_verdict(tmp_path)


def test_changes_are_sorted_by_what_they_mean() -> None:
    before = evaluation(
        result("beter", figures={"quality": 0.5}),
        result("slechter"),
        result("nieuw", status="not_found", figures={"quality": 0.0}),
        result("anders"),
        result("zelfde"),
    )
    after = evaluation(
        result("beter"),
        result("slechter", status="not_found", figures={"quality": 0.0}),
        result("nieuw"),
        result("anders", answer_hash="b"),
        result("zelfde"),
    )
    words = {r.id: f"{r.id}?" for r in after.results}
    m = measured(compare(before, after), "proef", words)
    ids = {
        name: [q.id for q in getattr(m, name)]
        for name in ("worse", "better", "answered", "unanswered", "other", "moved", "lost")
    }
    assert ids == {
        "worse": ["slechter"],
        "better": ["beter", "nieuw"],
        "answered": ["nieuw"],
        "unanswered": ["slechter"],
        "other": ["anders"],
        "moved": [],
        "lost": [],
    }
    assert m.worse[0].question == "slechter?"
