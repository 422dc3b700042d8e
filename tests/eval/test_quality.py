from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus.errors import BadInputError, NotReadyError
from corpus.questions_log import Count
from eval.evaluation import Place, Result, write_evaluation
from eval.quality import (
    Installation,
    Quality,
    Refusals,
    Theme,
    Use,
    latest_evaluation,
    quality,
    quality_page,
)
from tests.eval.fakes import evaluation, result

WHERE = Installation(
    published_edition=7,
    model="model@1",
    titles={"fietsen": "Fietsen & meer", "kantine": "Eten"},
    owner="Voorbeeldschool",
    contact="vragen@voorbeeld.nl",
    questions_days=90,
)


def refusal(name: str, status: str, **fields: object) -> Result:
    return result(
        name,
        answerable=False,
        unanswerable="missing",
        status=status,
        gold=(),
        gold_rank=None,
        figures={},
        **fields,
    )


def measured() -> Quality:
    canteen = (Place(document_id="kantine", quote_hash="q", passages=("p",)),)
    return quality(
        evaluation(
            result("a"),
            result("b", figures={"cited_right": 0.0}, part="final"),
            result("c", status="not_found", figures={"cited_right": 0.0}),
            result("d", status="partial", gold=canteen),
            refusal("e", "not_found"),
            refusal("f", "answered"),
            refusal("g", "out_of_scope"),
        ),
        [
            Count(date(2026, 1, 3), 7, "answered", 5),
            Count(date(2026, 1, 2), 6, "answered", 4),
            Count(date(2026, 1, 9), 7, "not_found", 2),
            Count(date(2026, 1, 4), 7, "helpful", 3),
        ],
        WHERE,
    )


def test_figures_per_theme_are_counts_of_questions() -> None:
    found = measured()
    assert found.themes == (
        Theme(name="Fietsen & meer", questions=3, answered=2, cited_right=1, refused=1),
        Theme(name="Eten", questions=1, answered=1, cited_right=1, refused=0),
    )
    assert found.overall == Theme(
        name="Alle onderwerpen", questions=4, answered=3, cited_right=2, refused=1
    )
    assert found.unseen is not None
    assert (found.unseen.questions, found.unseen.cited_right) == (1, 0)
    assert found.refusals == (
        Refusals(name="Staat niet in de documenten", questions=3, refused=2, answered=1),
    )
    assert (found.measured_on, found.edition) == (date(2026, 1, 2), 7)


def test_themes_add_up_to_the_whole() -> None:
    found = measured()
    assert sum(t.questions for t in found.themes) == found.overall.questions
    assert sum(t.answered + t.refused for t in found.themes) == found.overall.questions
    assert sum(r.questions for r in found.refusals) == found.refusals_overall.questions


def test_daily_counts_are_added_up() -> None:
    use = measured().use
    assert use == Use(
        first_day=date(2026, 1, 2),
        last_day=date(2026, 1, 9),
        answered=9,
        partial=0,
        not_found=2,
        out_of_scope=0,
        helpful=3,
        unhelpful=0,
    )
    assert use.questions == 11


def test_the_figures_come_back_from_json() -> None:
    found = measured()
    assert Quality.model_validate_json(found.model_dump_json()) == found


class Text(HTMLParser):
    """The words of a page, outside style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def test_the_page_says_date_edition_set_model_and_who_answers_for_it() -> None:
    page = Text(quality_page(measured()))
    for said in (
        "Gemeten op 2 januari 2026, met editie 7",
        "vragenset ‘proef’ (7 vragen)",
        "75%",
        "3 van 4",
        "Fietsen & meer",
        "model@1",
        "Voorbeeldschool",
        "vragen@voorbeeld.nl",
        "bewaren we hem 90 dagen",
        "stelden lezers 11 vragen",
        "Er schrijft geen taalmodel mee",
        "Wat doen mensen?",
        "Wat kan het niet?",
    ):
        assert said in page.text
    assert not [t for t, a in page.tags if t in ("script", "link", "img") or "src" in a]
    assert "Lezers zien nu" not in page.text


def test_a_percentage_of_few_questions_is_left_out() -> None:
    assert "2 van 3 (67%)" not in Text(quality_page(measured())).text


def test_the_page_tells_what_differs_here() -> None:
    found = quality(
        evaluation(result("a"), engines=("llm:x",)),
        [],
        replace(WHERE, published_edition=8, questions_days=0, owner="<b>Evil</b>"),
    )
    assert found.use is None
    page = quality_page(found)
    assert "<b>Evil" not in page
    text = Text(page).text
    assert "Lezers zien nu editie 8" in text
    assert "Vragen worden niet bewaard." in text
    assert "Antwoorden zijn gemaakt met: llm:x." in text
    assert "nog geen vragen van lezers" in text
    assert "–" in text  # no questions without an answer: no percentage of nothing


def test_the_last_evaluation_of_the_published_edition_counts(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="eval run"):
        latest_evaluation(tmp_path, 7)
    runs = {
        "1": evaluation(result("a"), made_at="2026-01-01T00:00:00+00:00"),
        "2": evaluation(result("b"), made_at="2026-01-02T00:00:00+00:00"),
        "3": evaluation(result("c"), made_at="2026-01-03T00:00:00+00:00", edition=8),
        "4": evaluation(result("d"), made_at="2026-01-04T00:00:00+00:00", set="own"),
    }
    for name, run in runs.items():
        write_evaluation(run, tmp_path / "eval" / name / "evaluation.json")
    assert latest_evaluation(tmp_path, 7).results[0].id == "b"
    assert latest_evaluation(tmp_path, None).results[0].id == "c"
    (tmp_path / "eval" / "5").mkdir()
    (tmp_path / "eval" / "5" / "evaluation.json").write_text("{")
    with pytest.raises(BadInputError, match=r"5/evaluation\.json"):
        latest_evaluation(tmp_path, 7)
