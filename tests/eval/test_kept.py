from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from eval.kept import Kept, code_release
from tests.eval.fakes import BIKES, VERSIONS, evaluation, question, question_set, result

TODAY = date(2026, 5, 1)
SET = question_set(question("a"))
MEASURED = evaluation(result("a"))


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "nieuw", "1")
    assert kept.read(SET, VERSIONS, TODAY) is None
    kept.write(MEASURED, SET, VERSIONS, TODAY)
    assert kept.read(SET, VERSIONS, TODAY) == MEASURED
    assert kept.read(SET, VERSIONS, date(2027, 1, 1)) == MEASURED  # nothing is past its date


def test_other_code_questions_documents_or_validity_are_measured_again(tmp_path: Path) -> None:
    until = replace(BIKES, metadata=replace(BIKES.metadata, valid_until=TODAY))
    versions = {**VERSIONS, "fietsen": until}
    kept = Kept(tmp_path, "1")
    kept.write(MEASURED, SET, versions, TODAY)
    assert kept.read(SET, versions, TODAY) == MEASURED
    assert Kept(tmp_path, "2").read(SET, versions, TODAY) is None
    assert kept.read(question_set(question("b")), versions, TODAY) is None
    assert kept.read(SET, {"fietsen": until}, TODAY) is None
    assert kept.read(SET, versions, date(2026, 5, 2)) is None


def test_a_newer_one_takes_the_place_of_the_older(tmp_path: Path) -> None:
    Kept(tmp_path, "1").write(MEASURED, SET, VERSIONS, TODAY)
    Kept(tmp_path, "2").write(MEASURED, SET, VERSIONS, TODAY)
    assert len(list(tmp_path.iterdir())) == 1
    assert Kept(tmp_path, "1").read(SET, VERSIONS, TODAY) is None


def test_a_file_that_was_cut_short_is_measured_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "1")
    kept.write(MEASURED, SET, VERSIONS, TODAY)
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text(encoding="utf-8")[:50], encoding="utf-8")
    assert kept.read(SET, VERSIONS, TODAY) is None


def test_the_release_follows_what_answers_depend_on() -> None:
    assert code_release() == code_release()
    assert len({code_release(), code_release(["model a"]), code_release(["model b"])}) == 3
