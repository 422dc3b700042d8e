from __future__ import annotations

from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.live_glossary import LOOK_EVERY_S, LiveGlossary

ONE = '[[group]]\nsay = ["karretje"]\nmeans = ["fiets"]\n'
TWO = '[[group]]\nsay = ["karretje", "op de pedalen"]\nmeans = ["wagen"]\n'


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "woorden.toml"
    path.write_text(ONE, encoding="utf-8")
    return path


def save(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_what_is_saved_counts_a_moment_later(
    path: Path, clock: Clock, analyser: DutchAnalyser
) -> None:
    live = LiveGlossary(lambda: path, analyser, clock)
    stem = analyser.stem
    assert live.meanings(stem("karretje")) == (stem("fiets"),)
    before = live.reading
    save(path, TWO)
    assert live.meanings(stem("karretje")) == (stem("fiets"),)
    clock.now += LOOK_EVERY_S
    assert live.meanings(stem("karretje")) == (stem("wagen"),)
    assert live.reading != before
    assert "pedalen" in live.phrase_words
    assert live.phrases_in("zit je op de pedalen?")[0].means == (stem("wagen"),)
    assert live.written[stem("wagen")] == "wagen"


def test_another_file_may_begin_to_count(
    path: Path, clock: Clock, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    own = tmp_path / "eigen.toml"
    live = LiveGlossary(lambda: own if own.is_file() else path, analyser, clock)
    save(own, TWO)
    clock.now += LOOK_EVERY_S
    assert live.meanings(analyser.stem("karretje")) == (analyser.stem("wagen"),)


@pytest.mark.parametrize("text", ["geen toml =", '[[group]]\nsay = ["a"]\n'])
def test_a_wrong_file_leaves_it_as_it_was(
    path: Path,
    clock: Clock,
    analyser: DutchAnalyser,
    text: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    live = LiveGlossary(lambda: path, analyser, clock)
    save(path, text)
    clock.now += LOOK_EVERY_S
    assert live.meanings(analyser.stem("karretje")) == (analyser.stem("fiets"),)
    assert "stays as it was" in caplog.text
    save(path, TWO)
    clock.now += LOOK_EVERY_S
    assert live.meanings(analyser.stem("karretje")) == (analyser.stem("wagen"),)


def test_a_file_that_goes_leaves_it_as_it_was(
    path: Path, clock: Clock, analyser: DutchAnalyser
) -> None:
    live = LiveGlossary(lambda: path, analyser, clock)
    path.unlink()
    clock.now += LOOK_EVERY_S
    assert live.meanings(analyser.stem("karretje")) == (analyser.stem("fiets"),)


def test_it_does_not_begin_with_a_wrong_file(path: Path, analyser: DutchAnalyser) -> None:
    save(path, "geen toml =")
    with pytest.raises(BadInputError, match="geen geldige TOML"):
        LiveGlossary(lambda: path, analyser)
    path.unlink()
    with pytest.raises(BadInputError, match="niet te openen"):
        LiveGlossary(lambda: path, analyser)
