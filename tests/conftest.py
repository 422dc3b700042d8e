"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.dutch import DutchAnalyser
from tests.builders import SmallCorpus, open_corpus

# No deadline: examples are timed by the clock, and a machine may be busy with something else.
settings.register_profile("routewijzer", deadline=None)
settings.load_profile("routewijzer")


@pytest.fixture(scope="session")
def analyser() -> DutchAnalyser:
    """Word frequencies take a quarter of a second to load: once is enough."""
    return DutchAnalyser()


@pytest.fixture
def small_corpus(tmp_path: Path, analyser: DutchAnalyser) -> Iterator[SmallCorpus]:
    """An empty corpus in a folder of its own."""
    corpus = open_corpus(tmp_path / "var", analyser)
    yield corpus
    corpus.registry.engine.dispose()
