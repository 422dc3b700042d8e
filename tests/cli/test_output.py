from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli import output
from cli.progress import PlainLines, progress

CELL = st.text(st.characters(categories=["Ll", "Nd", "Pd"]), min_size=1, max_size=60)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5),
    width=st.none() | st.integers(70, 200),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_table_never_breaks_an_id(
    rows: list[tuple[str, str, str]],
    width: int | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(output, "_width", lambda: width)
    output.table(("id", "soort", "titel"), rows)
    lines = capsys.readouterr().out.split("\n")
    firsts = [line.split(" ")[0] for line in lines]
    assert [f for f in firsts if f in {r[0] for r in rows}] == [r[0] for r in rows]
    if width is None:
        assert len(lines) == len(rows) + 2  # a line for the names, and the end
    else:
        assert max(map(len, lines)) <= width


def test_prose_hangs_below_its_mark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_width", lambda: 20)
    output.prose("een twee drie vier vijf", mark="[1] ")
    output.prose("- een twee drie vier vijf\n\nzes")
    assert capsys.readouterr().out.split("\n") == [
        "[1] een twee drie",
        "    vier vijf",
        "- een twee drie vier",
        "  vijf",
        "",
        "zes",
        "",
    ]


def test_short_text_is_one_line() -> None:
    assert output.short("een\n twee", 20) == "een twee"
    assert output.short("een twee drie", 8) == "een twe…"


def test_steps_are_told_when_they_are_done() -> None:
    said: list[str] = []
    lines = PlainLines(said.append, clock=lambda: 0.0)
    lines.report("Lezen", 1, 2)
    lines.report("Lezen", 2, 2)
    assert said == []  # were this to fail now, the error would be the only line
    lines.report("Maken", 1, 3)
    assert said == ["Lezen: 2 van 2"]
    lines.finish()
    lines.finish()
    assert said == ["Lezen: 2 van 2", "Maken: 1 van 3"]


def test_a_long_step_is_told_now_and_then() -> None:
    said: list[str] = []
    now = [0.0]
    lines = PlainLines(said.append, clock=lambda: now[0])
    for done in range(1, 26):
        lines.report("Maken", done, 25)
        now[0] += 1
    lines.finish()
    assert said == ["Maken: 11 van 25", "Maken: 21 van 25", "Maken: 25 van 25"]


def test_an_error_leaves_no_line_of_progress(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with progress() as report:
            report("Lezen", 1, 1)
            raise ValueError("stuk")

    with pytest.raises(ValueError, match="stuk"):
        fail()
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal_stays_off_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress() as report:
        report("Lezen", 1, 2)
        report("Lezen", 2, 2)
    assert capsys.readouterr().out == ""
