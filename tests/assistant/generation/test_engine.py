"""What the engine promises whatever a model says; single faults are in test_faults.py."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.engine import Limits
from assistant.generation.types import FALLBACKS, Report, Written
from tests.assistant.conftest import query_of
from tests.assistant.generation.scripted import (
    Pause,
    ScriptedModel,
    StrictChecker,
    engine_of,
    guide,
    line,
    ranked,
    told,
)

VERSION = guide()
RANKED = ranked(VERSION)
QUOTES = [e.sentence.text for e in RANKED]


@st.composite
def corrupted(draw: st.DrawFn) -> str:
    """A sentence of the document, or one with words left out, doubled or from elsewhere."""
    words = draw(st.sampled_from(QUOTES)).split()
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words) - 1))
        other = draw(st.sampled_from([*" ".join(QUOTES).split(), "niet", "7", "twintig"]))
        words = [*words[:at], *([other] if draw(st.booleans()) else []), *words[at + 1 :], other]
    return " ".join(words)


STATEMENTS = st.builds(
    lambda text, numbers: line(text, *numbers),
    corrupted(),
    st.lists(st.integers(1, len(QUOTES)), min_size=1, max_size=3),
)
REPLIES = st.tuples(
    st.lists(STATEMENTS, min_size=1, max_size=6),
    st.lists(
        st.one_of(
            STATEMENTS, st.text(max_size=30), st.just(line("Een zin.", 99)), st.just(OSError())
        ),
        max_size=2,
    ),
).map(lambda both: [*both[0], *both[1]])


@dataclass(frozen=True)
class Piece:
    text: str


class PlainModel:
    """As little as a chat model can be: LangChain's own takes ten times as long."""

    def __init__(self, reply: Sequence[str | Exception]) -> None:
        self._reply = reply

    def stream(self, input: list[tuple[str, str]], /) -> Iterator[Piece]:  # noqa: A002
        for step in self._reply:
            if isinstance(step, Exception):
                raise step
            yield Piece(step)


@given(REPLIES, st.integers(1, 8))
def test_whatever_a_model_says_only_what_holds_is_shown(
    reply: list[str | Exception], best: int
) -> None:
    engine = engine_of(PlainModel(reply), limits=Limits(best=best))
    written, report = engine.write(query_of("Hoe zit het?"), [RANKED])
    for one in written:
        assert one.cited
        for evidence in one.cited:
            sentence = evidence.sentence
            assert VERSION.text[sentence.start : sentence.end] == sentence.text
        quotes = [e.sentence.text for e in one.cited]
        if one.quoted:
            assert quotes == [one.text]
        else:
            assert StrictChecker().check(one.text, quotes) is None
    assert report.accepted == sum(not w.quoted for w in written)
    assert report.fallback is not None or report.accepted > 0


def test_the_report_is_the_last_event_and_measures_from_the_question() -> None:
    model = ScriptedModel(script=(line("Het bedrijf heeft minstens tien medewerkers.", 5),))
    events = list(engine_of(model).stream(query_of("Hoeveel?"), [RANKED]))
    assert [type(e) for e in events] == [Written, Report]
    report = events[-1]
    assert isinstance(report, Report)
    assert report.model == "proef:klein"
    assert report.first_line_ms is not None
    assert report.first_statement_ms is not None
    assert 0 <= report.first_line_ms <= report.first_statement_ms <= report.total_ms


def test_without_evidence_no_model_is_asked() -> None:
    model = ScriptedModel(script=("x",))
    written, report = engine_of(model).write(query_of("Hoeveel?"), [[]])
    assert (written, report.fallback) == ([], "no evidence")
    assert model.asked == []


def test_the_checker_gets_the_headings_too() -> None:
    class Watching(StrictChecker):
        seen: Sequence[str] = ()

        def check(
            self, statement: str, quotes: Sequence[str], context: Sequence[str] = ()
        ) -> str | None:
            self.seen = context
            return None

    checker = Watching()
    told([line("Een zin die geldt.", 1)], rankings=[RANKED], checker=checker)
    assert checker.seen == ("Gids voor bedrijven", "Werkweek")


def test_what_goes_wrong_in_the_checker_is_not_hidden() -> None:
    class Broken(StrictChecker):
        def check(self, statement: str, quotes: object, context: object = ()) -> str | None:
            raise LookupError("kapot")

    with pytest.raises(LookupError, match="kapot"):
        told([line("Een zin die geldt.", 1)], checker=Broken())


def test_a_model_that_failed_twice_is_left_alone_and_then_tried_again() -> None:
    model = ScriptedModel(script=(OSError("weg"),))
    engine = engine_of(model, limits=Limits(rest_s=0.5))
    ends = [engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback for _ in range(3)]
    assert ends == ["model failed", "model failed", "resting"]
    assert len(model.asked) == 2
    time.sleep(0.6)
    assert engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback == "model failed"
    assert engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback == "resting"


def test_one_failure_is_no_reason_to_leave_it_alone() -> None:
    model = ScriptedModel(script=(OSError("weg"),))
    engine = engine_of(model)
    engine.write(query_of("Hoe vaak?"), [RANKED])
    model.script = (line("Het bedrijf heeft minstens tien medewerkers.", 5),)
    engine.write(query_of("Hoe vaak?"), [RANKED])
    model.script = (OSError("weg"),)
    assert engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback == "model failed"
    assert engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback == "model failed"
    assert engine.write(query_of("Hoe vaak?"), [RANKED])[1].fallback == "resting"


def test_every_fallback_has_words() -> None:
    shown = {
        told(script, rankings=[RANKED], timeout_s=seconds)[1].fallback
        for script, seconds in scripts_that_fail()
    }
    assert shown | {"no evidence", "resting"} == set(FALLBACKS)


def scripts_that_fail() -> Iterator[tuple[list[object], float]]:
    yield [" "], 20
    yield [ValueError()], 20
    yield ['{"text": "Een'], 20
    yield [line("Een zin van niemand.", 1)], 20
    yield [Pause(1)], 0.05


def test_langchain_is_not_loaded_with_the_engine() -> None:
    check = (
        "import sys, assistant.chat_model, assistant.generation.engine\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('langchain', 'langchain_core', 'openai', 'wordfreq')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", check],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
