"""What tests run in another process while a backup is made or put back."""

from __future__ import annotations

import itertools
import time
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.archive import read_archive
from corpus.backup import make_backup
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.restore import restore_backup
from tests.builders import make_version, open_corpus


def publish_for_ever(data_dir: Path) -> None:
    """Publish one version of a document after another until the process is killed."""
    corpus = open_corpus(data_dir, DutchAnalyser())
    for number in itertools.count():
        corpus.publish(make_version("b", [f"De student leert les {number}. Dat kost tijd."]))


def back_up(data_dir: Path, target: Path, started: Connection) -> None:
    started.send("started")
    make_backup(data_dir, target, "1", no_progress)


def hang_in_backup(data_dir: Path, target: Path, started: Connection) -> None:
    """Begin a backup and stay in it."""

    def hang(_step: str, _done: int, _total: int) -> None:
        started.send("started")
        time.sleep(60)

    make_backup(data_dir, target, "1", hang)


def put_back(path: Path, data_dir: Path, started: Connection) -> None:
    analyser = DutchAnalyser()
    started.send("started")
    restore_backup(path, data_dir, analyser, True, no_progress)


def read_back(path: Path) -> None:
    """Raises when a backup is not whole."""
    read_archive(path, None, no_progress)
