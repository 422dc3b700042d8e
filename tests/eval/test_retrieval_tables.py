from __future__ import annotations

import pytest

from eval.evaluation import Estimate
from eval.questions import KINDS
from eval.retrieval import Ranked, Report, Role, System, measure, system
from eval.retrieval_tables import headline, markdown, signed_interval, tables
from tests.eval.fakes import question

QUESTIONS = [
    question(
        str(n),
        kind=(KINDS[n % len(KINDS)],),
        part="final" if n % 2 else "tune",
        audience="bedrijf" if n % 3 else None,
    )
    for n in range(60)
]


def searched(name: str, role: Role, wrong: int) -> System:
    """A system that fails every ``wrong``-th question; the whole fails none."""
    figures = measure(
        {
            q.id: Ranked(("b",) if wrong and n % wrong == 0 else ("a",), frozenset("a"))
            for n, q in enumerate(QUESTIONS)
        }
    )
    perfect = measure({q.id: Ranked(("a",), frozenset("a")) for q in QUESTIONS})
    return system(name, role, QUESTIONS, figures, perfect if role != "whole" else None)


@pytest.fixture(scope="module")
def report() -> Report:
    """Made when a test asks for it: it takes long for something that every worker would do."""
    return Report(
        set="proef",
        part=None,
        edition=3,
        model="model@1",
        made_at="2026-11-22T10:00:00+00:00",
        systems=(
            searched("Routewijzer", "whole", 0),
            searched("zonder stammen", "without", 3),
            searched("zonder niets", "without", 0),
            searched("tutorial", "beside", 2),
        ),
    )


def test_every_table_fits_in_100_columns(report: Report) -> None:
    for table in tables(report):
        cells = [table.columns, *table.rows]
        widths = [max(len(row[n]) for row in cells) for n in range(len(table.columns))]
        assert sum(widths) + 2 * (len(widths) - 1) <= 100, table.title
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_each_group_is_a_row_with_dutch_names(report: Report) -> None:
    hits, ranks, *_ = tables(report)
    names = [row[0] for row in hits.rows]
    assert names[:3] == ["alle vragen", "deel tune", "deel final"]
    assert {"bedrijf", "niet opgegeven", "tikfouten", "vervolgvraag", "tabel"} <= set(names)
    assert [row[0] for row in ranks.rows] == names
    assert hits.rows[0] == ("alle vragen", "60", *["100 (100–100)"] * 4)


def test_a_part_that_matters_has_a_mark(report: Report) -> None:
    without = next(t for t in tables(report) if t.columns[0] == "zonder")
    assert [row[0] for row in without.rows] == ["stammen", "niets"]
    assert without.rows[0][1].startswith("−33,3 (−")
    assert without.rows[0][1].endswith("*")
    assert without.rows[1][1] == "0,0 (0,0; 0,0)"


def test_a_report_without_ablation_has_no_table_for_it(report: Report) -> None:
    bare = report.model_copy(update={"systems": report.systems[:1]})
    assert all(t.columns[0] != "zonder" for t in tables(bare))


def test_the_markdown_holds_every_row(report: Report) -> None:
    text = markdown(report)
    assert text.startswith(f"# Zoeken: {headline(report)}\n")
    for table in tables(report):
        assert f"## {table.title}" in text
        for row in table.rows:
            assert "| " + " | ".join(row) + " |" in text


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((0.0123, 0.001, 0.02), "+1,2 (+0,1; +2,0)*"),
        ((-0.05, -0.1, 0.0001), "−5,0 (−10,0; 0,0)"),
        ((None, None, None), "–"),
    ],
)
def test_a_difference_is_signed(values: tuple[float | None, ...], shown: str) -> None:
    value, low, high = values
    assert signed_interval(Estimate(value=value, low=low, high=high)) == shown
