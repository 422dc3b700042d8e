"""Ingesting with the real model: what a kill leaves, and what a second run costs."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import (
    COMMAND,
    FirstIngest,
    environment,
    in_process,
    timed,
    topics,
)


@pytest.mark.parametrize("moment", ["Documenten lezen", "Betekenis bepalen"])
def test_kill_9_leaves_the_published_edition_and_the_next_run_finishes(
    own_copy: Path,
    tmp_path: Path,
    moment: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(own_copy))
    cli = in_process(monkeypatch, capsys)
    before = cli("corpus", "list", "--json").json
    documents = topics(tmp_path / "nieuw", range(50, 54))
    kill_when_it_says(moment, own_copy, "ingest", documents, "--publish")

    ran = cli("ask", "Wat is een leenfiets?", "--json")
    assert (ran.json["status"], ran.json["edition"]) == ("answered", 1)
    rows = cli("corpus", "list", "--json").json
    assert [r for r in rows if r["state"] == "published"] == before

    ran = cli("ingest", documents, "--publish")
    assert ran.code == 0, ran
    rows = cli("corpus", "list", "--json").json
    assert len(rows) == len(before) + 4
    assert {r["state"] for r in rows} == {"published"}
    assert cli("corpus", "verify").out == "Alles klopt.\n"
    ran = cli("ask", "Hoeveel euro geeft werkplaats 53 uit aan glas?", "--json")
    assert "63 euro" in ran.json["text"]


def kill_when_it_says(line: str, data_dir: Path, *arguments: str | Path) -> None:
    """Start a command, and kill -9 it when a step (of which this is the line) is done."""
    running = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=environment(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with running:
        assert running.stderr is not None
        while not (said := running.stderr.readline()).startswith(line):
            assert said, "it ended before it could be killed"
        os.kill(running.pid, signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL


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
