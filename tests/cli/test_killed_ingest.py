"""What is left of ingesting that was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, environment, in_process
from tests.cli.test_serve import QUESTION
from tests.cli.topics import topics


@pytest.mark.parametrize("moment", ["Documenten lezen", "Betekenis bepalen"])
def test_kill_9_leaves_the_published_edition_and_the_next_run_finishes(
    tiny_published: Path,
    tmp_path: Path,
    moment: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    own_copy = Path(shutil.copytree(tiny_published, tmp_path / "kopie"))
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(own_copy))
    cli = in_process(monkeypatch, capsys)
    before = cli("corpus", "list", "--json").json
    documents = topics(tmp_path / "nieuw", range(6, 8))
    kill_when_it_says(moment, own_copy, "ingest", documents, "--publish")

    ran = cli("ask", QUESTION, "--json")
    assert (ran.json["status"], ran.json["edition"]) == ("answered", 1)
    rows = cli("corpus", "list", "--json").json
    assert [r for r in rows if r["state"] == "published"] == before

    ran = cli("ingest", documents, "--publish")
    assert ran.code == 0, ran
    rows = cli("corpus", "list", "--json").json
    assert len(rows) == len(before) + 2
    assert {r["state"] for r in rows} == {"published"}
    assert cli("corpus", "verify").out == "Alles klopt.\n"
    assert "17 euro" in cli("corpus", "text", "werkplaats-7").out
    ran = cli("ask", QUESTION, "--json")
    assert ran.json["status"] == "answered"
    assert ran.json["edition"] > 1  # the killed run may have used up a number


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
