"""A disk that fails is one clear line, and the published edition goes on answering."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from cli.parts import Parts
from corpus.settings import Settings
from tests.cli.conftest import Cli, refused

pytestmark = pytest.mark.fault

NEW = "# Lopen\n\n## Wie loopt er?\n\nIn de lunchpauze loopt Karel een rondje om het gebouw.\n"


def broken(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def by_sqlite(text: str) -> OperationalError:
    return OperationalError("INSERT", {}, sqlite3.OperationalError(text))


def answering(data_dir: Path) -> int:
    """The edition that answers, opened and searched as a process that starts now does. Beside it
    lies nothing that takes up room."""
    parts = Parts(Settings(data_dir=data_dir, model_dir=data_dir / "geen-model"))
    found = parts.library.open_edition()
    assert found.vectors.count("passages") == len(found.lexical) > 0
    assert parts.editions.leftovers() == []
    parts.registry.engine.dispose()
    return found.number


FULL, READ_ONLY = broken(errno.ENOSPC), broken(errno.EROFS)


@pytest.mark.parametrize(
    ("place", "error", "said"),
    [
        ("corpus.index.write_lexical", ValueError("os error 28"), "De schijf is vol"),
        ("corpus.words.write_words", FULL, "De schijf is vol"),
        ("corpus.index.write_vectors", FULL, "De schijf is vol"),
        ("corpus.index.sync_tree", READ_ONLY, "alleen te lezen"),
        ("corpus.ledger.Ledger.begin_edition", by_sqlite("disk is full"), "De schijf is vol"),
        ("corpus.ledger.Ledger.publish", by_sqlite("disk I/O error"), "geeft fouten"),
        ("corpus.stored_vectors.StoredVectors.put", by_sqlite("readonly database"), "te lezen"),
        ("corpus.registry.Registry.store_draft", broken(errno.EACCES), "Pas de rechten aan"),
    ],
)
def test_a_disk_that_fails_while_publishing(
    published: Cli, data_dir: Path, tmp_path: Path, place: str, error: Exception, said: str
) -> None:
    def fails(*_given: object, **_more: object) -> None:
        raise error

    path = tmp_path / "lopen.md"
    path.write_text(NEW, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, fails)
        ran = published("ingest", path, "--publish")
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err.splitlines()[-1]
    assert answering(data_dir) == 1
    assert published("ingest", path, "--publish").code == 0  # once there is room again
    assert answering(data_dir) > 1
    assert published("corpus", "verify").code == 0


@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_a_disk_that_really_has_no_room(
    published: Cli, data_dir: Path, tmp_path: Path, room: int
) -> None:
    path = tmp_path / "lopen.md"
    path.write_text(NEW, encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        ran = published("ingest", path, "--publish")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err
    assert answering(data_dir) == 1
    assert published("ingest", path, "--publish").code == 0
    assert answering(data_dir) > 1


@pytest.mark.parametrize("file", ["vectors/segments.json", "lexical/meta.json", "passages.f32"])
def test_a_damaged_index_at_the_start(published: Cli, data_dir: Path, file: str) -> None:
    (path,) = (data_dir / "editions" / "000001").rglob(file)
    path.write_bytes(path.read_bytes()[:30])
    refused(published("ask", "Wie kookt er?"), "niet te lezen", "corpus verify --repair")
    assert published("corpus", "verify", "--repair").code == 0
    assert published("ask", "Wie kookt er?").code == 0


def test_an_index_that_is_gone_at_the_start(published: Cli, data_dir: Path) -> None:
    shutil.rmtree(data_dir / "editions")
    refused(published("ask", "Wie kookt er?"), "ontbreekt")
