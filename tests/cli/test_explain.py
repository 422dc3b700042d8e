"""`ask --explain`: everything is shown, on any width, and as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.trace import (
    AddedWords,
    Role,
    Trace,
    TracedDecision,
    TracedHit,
    TracedQuestion,
    TracedReason,
    TracedSource,
    TracedStep,
)
from cli import output
from cli.explain import show_trace
from corpus.types import Answer
from tests.cli.conftest import Cli

LABEL = st.text(st.characters(categories=["Ll", "Nd", "Pd", "Zs"]), max_size=30)


def source(name: str, score: float) -> TracedSource:
    return TracedSource(
        passage_id=f"{name}:0",
        document_id=name,
        title=f"Gids [{name}]",
        section="Geld > Wat kost het?",
        page=4,
        published="2021-07",
        score=score,
    )


def traced(rank: int, role: Role = "outside", *reasons: tuple[str, float]) -> TracedHit:
    return TracedHit(
        rank=rank,
        source=source(f"d{rank}", 9.0 - rank),
        excerpt=f"Eerste woorden van passage {rank}.",
        role=role,
        reasons=tuple(
            TracedReason(name=name, label=name, points=points, raw=0.875)
            for name, points in reasons
        ),
        folded=(source("kopie", 1.5),) if rank == 1 else (),
    )


def trace(*hits: TracedHit, **fields: Any) -> Trace:
    question = TracedQuestion(
        typed="wat kost et \x1b boek",
        understood="Wat kost het boek?",
        parts=("Wat kost het?", "Wie betaalt?"),
        corrected=(("et", "het"),),
        asks="money",
        asks_label="een bedrag",
        language="nl",
        language_label="Nederlands",
        audience="bedrijf",
        years=("2021",),
        added=(AddedWords(word="boek", stems=("leermiddel",)),),
    )
    decision = TracedDecision(
        status="answered", label="beantwoord", reason="sum 1", explained="zekerheid 1,00"
    )
    made = Trace(
        trace_id="abc",
        edition=7,
        question=question,
        decision=decision,
        hits=hits,
        steps=(TracedStep(name="zoeken", ms=4.25),),
        latency_ms=12.4,
    )
    return made.model_copy(update=fields)


def shown(
    made: Trace, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setattr(output, "_width", lambda: width)
    show_trace(made)
    return capsys.readouterr().out


def test_everything_about_the_question_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(trace(), 120, monkeypatch, capsys)
    for told in (
        "wat kost et boek",
        "Wat kost het boek?",
        "et → het",
        "Wat kost het? / Wie betaalt?",
        "boek: leermiddel",
        "een bedrag, in het Nederlands, voor: bedrijf",
        "beantwoord: zekerheid 1,00",
        "12 ms (zoeken 4.2)",
        "Er is niets gevonden.",
    ):
        assert told in out, told


def test_a_hit_shows_place_points_bars_and_what_it_stands_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(trace(traced(1, "cited", ("veel", 4.0), ("min", -1.0))), 80, monkeypatch, capsys)
    lines = out.splitlines()
    assert any(
        "Gids [d1] > Geld > Wat kost het?, blz. 4, 2021-07  [aangehaald]" in x for x in lines
    )
    assert any("hetzelfde staat in: Gids [kopie]" in line for line in lines)
    (more,) = (line for line in lines if "veel" in line)
    (less,) = (line for line in lines if "min " in line)
    assert "+4,00 " + "█" * 16 in more
    assert "-1,00 " + "░" * 4 in less
    assert "░" * 5 not in less
    assert "(0,875)" in more


def test_what_fell_outside_is_brief(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hits = [traced(n, "cited" if n == 8 else "outside", ("dense", 1.0)) for n in range(1, 10)]
    out = shown(trace(*hits), 100, monkeypatch, capsys)
    assert out.count("dense") == 6  # the first five, and the one that is cited
    assert all(f"Eerste woorden van passage {n}." in out for n in range(1, 10))
    assert "0,00" in out  # the score of the last


@given(
    width=st.integers(30, 160),
    reasons=st.lists(st.tuples(LABEL, st.floats(-9, 9)), max_size=6),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_no_line_is_wider_than_the_terminal(
    width: int,
    reasons: list[tuple[str, float]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = shown(trace(traced(1, "read", *reasons), traced(7)), width, monkeypatch, capsys)
    assert max(map(len, out.split("\n"))) <= width


def test_explain_shows_the_answer_and_the_trace(published: Cli) -> None:
    ran = published("ask", "Wat is een leenfiets?", "--explain")
    assert ran.code == 0
    assert "\nBronnen\n" in ran.out
    assert "Besluit" in ran.out
    assert "Gevonden passages" in ran.out
    assert "Fietsen naar het werk > Wat is een leenfiets?" in ran.out


def test_json_alone_is_the_answer_and_with_explain_answer_and_trace(published: Cli) -> None:
    question = "Wat is een leenfiets?"
    plain = Answer.model_validate(published("ask", question, "--json").json)
    both = published("ask", question, "--json", "--explain").json
    assert both.keys() == {"answer", "trace"}
    answer, made = Answer.model_validate(both["answer"]), Trace.model_validate(both["trace"])
    assert answer.model_copy(update={"trace_id": plain.trace_id}) == plain
    assert made.trace_id == answer.trace_id
    assert made.hits[0].role == "cited"
    assert [hit.rank for hit in made.hits] == list(range(1, len(made.hits) + 1))
