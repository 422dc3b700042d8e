"""What tests run in another process, so that it can hold a lock, publish, or be killed.

A server that has the slow imports done forks each process: real processes at a tenth of a second.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import sqlalchemy.event
from pydantic import SecretStr
from wordfreq import get_frequency_dict

from corpus import database
from corpus.database import open_database, open_server
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from ingest.source import Source
from tests.builders import make_version, open_corpus
from tests.chroma_server import follow_chroma_marks
from tests.fakes import HashEmbedder
from tests.postgres import follow_marks

DIED = 9

follow_marks()
follow_chroma_marks()
get_frequency_dict("nl", "best")  # kept by the library: the server has the words, too


def start(job: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """A process that runs ``job``; wait for it with ``join`` and see its ``exitcode``."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=job, args=arguments)
    process.start()
    return process


def open_new_folder(data_dir: Path) -> None:
    open_database(data_dir).dispose()


def open_new_server(address: str) -> None:
    open_server(SecretStr(address)).dispose()


def die_while_migrating(data_dir: Path, tables: int) -> None:
    """Stop dead before the table with this number is made, as kill -9 would."""
    _die_before_table(tables)
    database.open_database(data_dir)


def die_while_migrating_server(address: str, tables: int) -> None:
    """The same on PostgreSQL."""
    _die_before_table(tables)
    open_server(SecretStr(address))


def _die_before_table(tables: int) -> None:
    made = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal made
        made += statement.strip().startswith("CREATE TABLE")
        if made > tables:
            os._exit(DIED)

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", count)


def hold_lock(data_dir: Path, ready: Connection) -> None:
    """Hold the write lock until the process is killed."""
    corpus = open_corpus(data_dir, DutchAnalyser())
    with corpus.lock.held():
        ready.send("held")
        ready.recv()


def publish_text(data_dir: Path, document_id: str, text: str) -> None:
    open_corpus(data_dir, DutchAnalyser()).publish(make_version(document_id, [text]))


def ingest_and_publish(data_dir: Path, sources: list[Source], started: Connection) -> None:
    """What `routewijzer ingest --publish` does, with a slow and small model."""
    corpus = open_corpus(data_dir, DutchAnalyser(), HashEmbedder(wait_s=0.02))
    started.send("started")
    corpus.pipeline.ingest(sources, no_progress)
    corpus.editions.publish("test")


def publish(data_dir: Path, started: Connection) -> None:
    """What `routewijzer corpus publish` does, without its judgement."""
    corpus = open_corpus(data_dir, DutchAnalyser())
    started.send("started")
    corpus.editions.publish("test")
