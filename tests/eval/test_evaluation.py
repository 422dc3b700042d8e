from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.evaluation import compact, hashed, read_evaluation, write_evaluation
from eval.runner import evaluate
from tests.eval.fakes import FakeAssistant, FakeShelf, evaluation, result
from tests.eval.test_runner import OUTCOMES, SET, measured


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    for found in (measured()[0], compact(measured()[0]), evaluation(result("a"), part="tune")):
        path = tmp_path / "map" / "meting.json"
        write_evaluation(found, path)
        assert read_evaluation(path) == found


def test_a_bare_evaluation_holds_no_word_of_the_documents_or_questions(tmp_path: Path) -> None:
    path = tmp_path / "kaal.json"
    write_evaluation(compact(measured()[0]), path)
    written = path.read_text(encoding="utf-8")
    for word in ("leenfiets", "450", "betaalt", "Wat kost", "Deel", "omdat"):
        assert word not in written
    assert '"fietsen"' in written
    assert written.count("\n") > len(SET.questions)


def test_a_hash_depends_on_words_not_on_spacing() -> None:
    assert hashed("een  zin\n") == hashed("een zin") != hashed("eenzin")


@pytest.mark.parametrize("content", ["geen json", "{}", '{"format": 2}', b"\xff\xfe\xff"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "ander.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInputError, match=r"ander\.json"):
        read_evaluation(path)
    with pytest.raises(BadInputError, match="niet te lezen"):
        read_evaluation(tmp_path / "weg.json")


def test_figures_of_the_bare_one_equal_those_of_the_full_one() -> None:
    assistant = FakeAssistant({q.question: OUTCOMES[q.id] for q in SET.questions})
    full = evaluate(assistant, FakeShelf(), SET, None, lambda *_: None)
    bare = compact(full)
    assert bare.summary == full.summary
    for a, b in zip(full.results, bare.results, strict=True):
        assert b.figures == pytest.approx(a.figures, abs=1e-4)
        assert (a.id, a.status, a.gold_rank, a.answer_hash) == (
            b.id,
            b.status,
            b.gold_rank,
            b.answer_hash,
        )
