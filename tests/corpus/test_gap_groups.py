from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.gap_groups import GapGroup, GapGroups
from corpus.questions_log import QuestionsLog
from tests.corpus.test_questions_log import given


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[QuestionsLog, GapGroups]]:
    engine = open_database(tmp_path)
    log = QuestionsLog(engine, 90)
    for number in range(1, 5):
        log.answered(given(f"vraag {number}", trace_id=str(number)))
    yield log, GapGroups(engine)
    engine.dispose()


def held(log: QuestionsLog) -> dict[int, int | None]:
    return {q.id: q.group_id for q in log.questions()}


def test_questions_join_and_begin_groups(both: tuple[QuestionsLog, GapGroups]) -> None:
    log, groups = both
    groups.put({}, [[2, 1]])
    groups.put({3: 1}, [[4]])
    assert held(log) == {1: 1, 2: 1, 3: 1, 4: 2}
    assert groups.groups() == [
        GapGroup(1, "", 2, "", "open", ""),
        GapGroup(2, "", 4, "", "open", ""),
    ]


def test_a_question_keeps_its_group(both: tuple[QuestionsLog, GapGroups]) -> None:
    log, groups = both
    groups.put({}, [[1], [2]])
    groups.put({1: 2}, [[1, 3]])
    assert held(log) == {1: 1, 2: 2, 3: 3, 4: None}


def test_what_staff_say_changes_only_what_they_name(both: tuple[QuestionsLog, GapGroups]) -> None:
    _, groups = both
    groups.put({}, [[1]])
    groups.change(1, owner="Anja", title="Subsidie")
    groups.change(1, state="wanted", note="gevraagd")
    groups.set_central({1: 7})
    groups.add_case("lezer-1", 1, 1)
    assert groups.groups() == [
        GapGroup(1, "Subsidie", 7, "Anja", "wanted", "gevraagd", ("lezer-1",))
    ]
    groups.change(1, owner="")
    assert groups.groups()[0].owner == ""


def test_an_unknown_group_is_bad_input(both: tuple[QuestionsLog, GapGroups]) -> None:
    with pytest.raises(BadInputError, match="geen groep 5"):
        both[1].change(5, state="solved")
