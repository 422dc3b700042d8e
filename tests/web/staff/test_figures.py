from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from corpus import question_tables
from corpus.progress import no_progress
from corpus.questions_log import Count, today
from eval.evaluation import write_evaluation
from eval.own_set import load_own_set, own_set_path
from eval.questions import Question, QuestionSet
from eval.runner import evaluate
from eval.shelf import EditionShelf
from tests.web.staff.conftest import SCRIPT, Desk, words_of
from web.staff.weeks import HEIGHT, STATUSES, percent, picture, weeks_of

PAGE = "/beheer/cijfers"
SUNDAY = date(2026, 3, 1)


# --- weeks -----------------------------------------------------------------------------------


def test_days_are_counted_in_weeks_from_monday() -> None:
    counts = [
        Count(date(2026, 2, 16), 1, "answered", 2),
        Count(date(2026, 2, 22), 1, "answered", 3),
        Count(date(2026, 2, 23), 2, "answered", 4),
        Count(SUNDAY, 2, "helpful", 1),
    ]
    weeks = weeks_of(counts, SUNDAY, 26)
    assert [week.monday for week in weeks] == [date(2026, 2, 16), date(2026, 2, 23)]
    assert [week.counts["answered"] for week in weeks] == [5, 4]
    assert [week.editions for week in weeks] == [(1,), (2,)]
    assert weeks[1].total(["answered", "helpful"]) == 5


def test_a_quiet_week_is_there_and_older_ones_are_not() -> None:
    counts = [Count(SUNDAY - timedelta(weeks=n), 1, "answered", 1) for n in (0, 2, 30)]
    weeks = weeks_of(counts, SUNDAY, 13)
    assert len(weeks) == 13
    assert [week.counts["answered"] for week in weeks[-3:]] == [1, 0, 1]
    assert all(week.editions == () for week in weeks)
    assert weeks_of([], SUNDAY, 13) == []


def test_pieces_of_a_bar_stand_on_each_other() -> None:
    counts = [Count(SUNDAY, 1, "answered", 3), Count(SUNDAY, 1, "not_found", 1)]
    drawn = picture(weeks_of(counts, SUNDAY, 13), list(STATUSES))
    first, second = drawn.parts
    assert (first.kind, second.kind) == ("answered", "not_found")
    assert first.height == pytest.approx(3 * second.height, abs=0.2)
    assert first.y + first.height == pytest.approx(drawn.bottom, abs=0.1)
    assert second.y + second.height == pytest.approx(first.y, abs=0.1)
    assert second.y == pytest.approx(drawn.top, abs=0.1)
    assert all(0 < y < HEIGHT for _, y in drawn.lines)


@pytest.mark.parametrize("most", [1, 3, 4, 19, 250, 7_777])
def test_lines_lie_at_few_round_numbers(most: int) -> None:
    drawn = picture(weeks_of([Count(SUNDAY, 1, "answered", most)], SUNDAY, 1), ["answered"])
    numbers = [number for number, _ in drawn.lines]
    assert 1 <= len(numbers) <= 3
    assert max(numbers) <= most
    assert all(
        str(n).rstrip("0") in ("1", "2", "3", "4", "5", "6", "15") or n < 10 for n in numbers
    )


def test_a_share_of_nothing_is_a_dash() -> None:
    assert [percent(1, 3), percent(0, 0)] == ["33%", "–"]


# --- the page --------------------------------------------------------------------------------


def count(desk: Desk, **counts: int) -> None:
    with desk.parts.registry.engine.begin() as connection:
        for what, number in counts.items():
            row = {"day": today(), "edition": 1, "what": what, "count": number}
            connection.execute(insert(question_tables.daily_count).values(**row))


def test_without_questions_the_page_says_what_will_come(desk: Desk) -> None:
    assert "Er is nog niets gevraagd" in desk.page(PAGE)


def test_each_picture_has_a_text_and_a_table(desk: Desk) -> None:
    count(desk, answered=6, partial=1, not_found=2, out_of_scope=1, helpful=3, unhelpful=1)
    page = desk.page(PAGE)
    text = words_of(page)
    assert "Vragen 10" in text
    assert "Beantwoord 60%" in text
    assert "Hielp, van wie dat zei 75%" in text
    labels = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert len(labels) == 2
    assert labels[0].startswith("Vragen per week: samen 10, waarvan 6 beantwoord")
    assert "6 1 2 1 10 editie 1" in text
    assert "3 1 4 editie 1" in text


def test_a_wrong_span_is_no_reason_to_fail(desk: Desk) -> None:
    count(desk, answered=1)
    assert "selected>een half jaar" in desk.page(f"{PAGE}?weken=7")
    assert "selected>een kwartaal" in desk.page(f"{PAGE}?weken=13")


def test_groups_without_an_answer_are_named_as_text(desk: Desk) -> None:
    desk.parts.questions.feedback("spoor", False, 1, question=f"Hoe hoog? {SCRIPT}")
    desk.work("/beheer/open-vragen/indelen")
    page = desk.page(PAGE)
    assert "<script>alert" not in page
    assert "Hoe hoog? &lt;script&gt;" in page


def measure(desk: Desk, folder: Path) -> None:
    """An evaluation with one question that is rightly refused."""
    question = Question(
        id="zebra",
        question="Hoe snel loopt een zebra?",
        language="nl",
        kind=(),
        part="tune",
        answerable=False,
        gold=(),
        facts=(),
        unanswerable="off_topic",
    )
    header = load_own_set(own_set_path(folder)).set.model_copy(update={"name": "proef"})
    shelf = EditionShelf(desk.parts.registry, desk.parts.ledger)
    part = QuestionSet(set=header, questions=(question,))
    evaluation = evaluate(desk.parts.assistant, shelf, part, None, no_progress)
    folder.mkdir(parents=True)
    write_evaluation(evaluation, folder / "evaluation.json")


def test_measured_quality_is_shown_and_can_be_taken_along(desk: Desk, data_dir: Path) -> None:
    assert "nog niet gemeten" in desk.page(PAGE)
    assert desk.client.get(f"{PAGE}/kwaliteit.html").status_code == 503
    measure(desk, data_dir / "eval" / "een")
    broken = data_dir / "eval" / "twee" / "evaluation.json"
    broken.parent.mkdir()
    broken.write_text("{}", encoding="utf-8")
    try:
        text = words_of(desk.page(PAGE))
        assert "proef" in text
        assert re.search(r"\d van 1 \(\d+%\)", text)
        assert "1 meting is van een andere versie" in text
        broken.unlink()
        taken = desk.client.get(f"{PAGE}/kwaliteit.html")
        assert taken.headers["content-disposition"] == 'attachment; filename="kwaliteit.html"'
        assert "Hoe goed is Routewijzer?" in taken.text
    finally:
        broken.unlink(missing_ok=True)
        (data_dir / "eval" / "een" / "evaluation.json").unlink()


def test_nothing_is_counted_twice(desk: Desk) -> None:
    count(desk, answered=2)
    weeks = weeks_of(desk.parts.questions.counts(), today(), 13)
    assert sum((week.counts for week in weeks), Counter()) == Counter(answered=2)
