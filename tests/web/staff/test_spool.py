"""Files that were sent lie on disk until they are read, and no longer."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus.errors import NotReadyError
from web.staff.spool import FOLDER, Spool


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


def test_what_a_dead_process_left_is_removed(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=hold, args=(tmp_path, there))
    process.start()
    assert here.recv() == "held"
    Spool(tmp_path).clean()
    assert any(path.name == "0" for path in left(tmp_path))  # it is still being read
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    Spool(tmp_path).clean()
    assert left(tmp_path) == []


def hold(data_dir: Path, there: Connection) -> None:
    """Keep a file until this process is killed."""
    load = Spool(data_dir).open()
    load.add("plan.pdf", io.BytesIO(b"half"))
    there.send("held")
    signal.pause()


def test_cleaning_leaves_what_this_process_reads(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    load = spool.open()
    load.add("plan.pdf", io.BytesIO(b"heel"))
    spool.clean()
    assert load.files[0].path.read_bytes() == b"heel"
    load.close()


def test_cleaning_an_empty_folder_is_nothing(tmp_path: Path) -> None:
    Spool(tmp_path).clean()
    assert left(tmp_path) == []


def test_no_room_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    load = Spool(tmp_path).open()
    monkeypatch.setattr("web.staff.spool.shutil.copyfileobj", full)
    with pytest.raises(NotReadyError, match=r"plan\.pdf is niet te bewaren"):
        load.add("plan.pdf", io.BytesIO(b"x"))
    load.close()
    assert left(tmp_path) == []
