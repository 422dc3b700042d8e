"""Files that were sent lie on disk until their job has ended, and no longer."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus.database import open_database
from corpus.errors import BadInputError, NotReadyError
from corpus.jobs import Jobs
from web.staff.spool import FOLDER, Spool


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    engine = open_database(tmp_path)
    yield Jobs(engine)
    engine.dispose()


def left(data_dir: Path) -> list[Path]:
    return list((data_dir / FOLDER).rglob("*"))


def test_files_are_kept_under_names_of_our_own(tmp_path: Path) -> None:
    load = Spool(tmp_path).open()
    load.add("../../weg.pdf", io.BytesIO(b"een"))
    load.add("../../weg.pdf", io.BytesIO(b"twee"))
    assert [kept.name for kept in load.files] == ["../../weg.pdf"] * 2
    assert [kept.path.read_bytes() for kept in load.files] == [b"een", b"twee"]
    assert all(tmp_path / FOLDER in kept.path.parents for kept in load.files)
    load.close()
    assert left(tmp_path) == []


def test_who_does_the_job_finds_them(tmp_path: Path) -> None:
    load = Spool(tmp_path).open()
    for name, data in (("a.md", b"een"), ("b.md", b"twee")):
        load.add(name, io.BytesIO(data))
    load.release()
    spool = Spool(tmp_path)  # of another process
    assert spool.find(load.id, ["a.md", "b.md"]) == load.files
    for _ in range(2):  # a job may be ended twice
        spool.remove(load.id)
    assert left(tmp_path) == []
    with pytest.raises(BadInputError, match="stuur ze opnieuw"):
        spool.find(load.id, ["a.md", "b.md"])


def test_removing_nothing_removes_nothing(tmp_path: Path) -> None:
    load = Spool(tmp_path).open()
    Spool(tmp_path).remove("")
    assert left(tmp_path) != []
    load.close()


def test_what_a_dead_process_left_is_removed(tmp_path: Path, jobs: Jobs) -> None:
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=hold, args=(tmp_path, there))
    process.start()
    assert here.recv() == "held"
    Spool(tmp_path).clean(jobs)
    assert any(path.name == "0" for path in left(tmp_path))  # it is still coming in
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    Spool(tmp_path).clean(jobs)
    assert left(tmp_path) == []


def hold(data_dir: Path, there: Connection) -> None:
    """Keep a file until this process is killed."""
    load = Spool(data_dir).open()
    load.add("plan.pdf", io.BytesIO(b"half"))
    there.send("held")
    signal.pause()


def test_cleaning_leaves_what_comes_in(tmp_path: Path, jobs: Jobs) -> None:
    spool = Spool(tmp_path)
    load = spool.open()
    load.add("plan.pdf", io.BytesIO(b"heel"))
    spool.clean(jobs)
    assert load.files[0].path.read_bytes() == b"heel"
    load.close()


def test_cleaning_leaves_what_a_job_waits_for(tmp_path: Path, jobs: Jobs) -> None:
    spool = Spool(tmp_path)
    load = spool.open()
    load.add("plan.pdf", io.BytesIO(b"heel"))
    job_id = jobs.add("ingest", "Inlezen", "anja", {"load": load.id})
    load.release()
    spool.clean(jobs)
    assert load.files[0].path.read_bytes() == b"heel"
    jobs.cancel(job_id, "anja")
    spool.clean(jobs)
    assert left(tmp_path) == []


def test_cleaning_an_empty_folder_is_nothing(tmp_path: Path, jobs: Jobs) -> None:
    Spool(tmp_path).clean(jobs)
    assert left(tmp_path) == []


def test_no_room_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    load = Spool(tmp_path).open()
    monkeypatch.setattr("web.staff.spool.shutil.copyfileobj", full)
    with pytest.raises(NotReadyError, match=r"plan\.pdf is niet te bewaren\. De schijf is vol\."):
        load.add("plan.pdf", io.BytesIO(b"x"))
    load.close()
    assert left(tmp_path) == []
