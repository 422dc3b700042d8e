"""Ingesting with the real model: what a second run costs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import (
    COMMAND,
    FirstIngest,
    environment,
    in_process,
    timed,
)


def test_a_second_ingest_does_nothing_and_is_fast(first_ingest: FirstIngest) -> None:
    data_dir, documents = first_ingest.data_dir, first_ingest.documents
    before = sorted(p.name for p in (data_dir / "editions").iterdir())
    ran, seconds = timed(data_dir, "ingest", documents, "--publish")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Er is niets veranderd ({first_ingest.count} documenten).\n"
    assert sorted(p.name for p in (data_dir / "editions").iterdir()) == before
    # Starting is all that is left of it; to embed the texts again takes more than that.
    assert seconds < first_ingest.seconds / 2


def test_a_second_ingest_loads_no_model(
    own_copy: Path,
    first_ingest: FirstIngest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def forbidden(_settings: object) -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("corpus.embedder.open_embedder", forbidden)
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(own_copy))
    ran = in_process(monkeypatch, capsys)("ingest", first_ingest.documents, "--publish")
    assert (ran.code, ran.out[:22]) == (0, "Er is niets veranderd ")


def test_a_reader_who_has_enough_is_no_trouble(small_published: Path) -> None:
    running = subprocess.Popen(
        [*COMMAND, "corpus", "passages", "werkplaats-1"],
        env=environment(small_published),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
