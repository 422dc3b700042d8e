"""Reads files of foreign formats in a process of its own, bound in memory and time.

The process (`ingest.child`) gets the file on its standard input and writes lines of JSON. It may
have been taken over by what it reads, so its lines are data to be checked: no pickle, no length
or number is taken on trust, and no more is read than a document can hold.
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, cast

import ingest
from corpus.errors import BadInputError, NotReadyError
from corpus.settings import Settings
from ingest.child import Job, Message
from ingest.pages import Read
from ingest.received import Received, Viewed, viewed

_ROOT = str(Path(ingest.__file__).resolve().parent.parent)
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from ingest.child import main; main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)"
)
"""Isolated Python (-I) looks neither in the working folder nor in PYTHONPATH, so that nothing
lying about there is run; our own code it is told where to find."""

ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
"""Of the environment; the rest, such as keys, is not for a process that may be taken over."""

_CHUNK = 1 << 16
_LONGEST_LINE = 80_000_000
_BYTES_PER_CHAR = 100
"""A word of one letter with its place takes about this many bytes of JSON."""

Progress = Callable[[int, int], None]


def read_in_child(
    form: str, data: bytes, name: str, settings: Settings, progress: Progress
) -> Read:
    """``data`` as the reader of ``form`` (pdf, docx, odt or pptx) reads it, in a process of its
    own. ``progress(done, total)`` counts the pages of a PDF.

    Raises BadInputError, besides what the reader itself refuses, when reading takes longer than
    ``settings.read_seconds`` or more than ``settings.read_memory_mb``, yields more than
    ``settings.max_text_mb`` million characters, or when the process dies.
    """
    job = _job(form, name, settings, settings.read_seconds)
    received = Received(job.max_chars)
    with _messages(job, data, settings.read_seconds, _BYTES_PER_CHAR * job.max_chars) as messages:
        for message in messages:
            try:
                done_of = received.take(message)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
                raise _broken(name) from None
            if done_of is not None:
                progress(*done_of)
    return received.read()


def draw_in_child(
    data: bytes, name: str, pages: tuple[int, ...], settings: Settings, seconds: float
) -> Iterator[tuple[int, bytes]]:
    """(number, picture as a PGM file) of each of ``pages`` of a PDF, drawn in a process of its
    own. Raises BadInputError as `read_in_child` does; ``seconds`` is the limit of time."""
    job = replace(_job("pictures", name, settings, int(seconds) + 1), pages=pages)
    with _messages(job, data, seconds, _LONGEST_LINE * len(pages)) as messages:
        for message in messages:
            try:
                yield int(message["number"]), base64.b64decode(message["picture"], validate=True)
            except (TypeError, ValueError, KeyError):
                raise _broken(name) from None


def view_in_child(
    data: bytes,
    name: str,
    pages: tuple[int, ...],
    width: int,
    settings: Settings,
    seconds: float,
) -> Iterator[Viewed]:
    """Each of ``pages`` of a PDF, ``width`` pixels wide, with its words; drawn in a process of
    its own. Raises BadInputError as `read_in_child` does; ``seconds`` is the limit of time."""
    plain = _job("views", name, settings, int(seconds) + 1)
    job = replace(plain, pages=pages, width=width)
    with _messages(job, data, seconds, _LONGEST_LINE * len(pages)) as messages:
        for message in messages:
            try:
                yield viewed(message, job.max_chars)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
                raise _broken(name) from None


def _job(form: str, name: str, settings: Settings, seconds: int) -> Job:
    return Job(
        form=form,
        name=name,
        memory_mb=settings.read_memory_mb,
        cpu_seconds=seconds,
        max_pages=settings.max_pages,
        max_chars=settings.max_text_mb * 1_000_000,
    )


@contextmanager
def _messages(
    job: Job, data: bytes, seconds: float, most_bytes: int
) -> Iterator[Iterator[Message]]:
    """What the process says of its work, up to its end. It is gone when the context ends,
    however that comes about."""
    with tempfile.TemporaryFile() as file:
        # A file and no pipe: neither side then waits for the other to read on.
        file.write(data)
        file.seek(0)
        # Our own interpreter and code.
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", _START, _ROOT, json.dumps(asdict(job))],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={key: value for key, value in os.environ.items() if key in ENVIRONMENT},
        )
    try:
        with cast(IO[bytes], process.stdout) as stdout:
            yield _conversation(process, _lines(stdout, job, seconds, most_bytes), job)
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End ``process`` (the leader of a session) and all that it started, unless it has ended and
    been seen off: its number may by then be someone else's."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _conversation(
    process: subprocess.Popen[bytes], lines: Iterator[bytes], job: Job
) -> Iterator[Message]:
    """The messages in ``lines`` between "ready" and "done"; what else ends it is an error."""
    ready = False
    for line in lines:
        message = _parsed(line, job)
        if message.get("done"):
            return
        if message.get("ready"):
            ready = True
        elif "error" in message:
            raise BadInputError(" ".join(str(message["error"])[:500].split()))
        elif "failed" in message:
            raise _too_much_memory(job) if message["failed"] == "memory" else _broken(job.name)
        else:
            yield message
    # It said its last word. If it has ended by now, it keeps the code that it ended with.
    kill_group(process)
    if process.returncode == -signal.SIGXCPU:
        raise _too_long(job, job.cpu_seconds)
    if not ready:
        what = "pdf" if job.pages else job.form
        raise NotReadyError(
            f"Het proces dat {what}-bestanden leest start niet. Installeer Routewijzer opnieuw."
        )
    raise _broken(job.name)


def _parsed(line: bytes, job: Job) -> Message:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise _broken(job.name) from None
    if not isinstance(message, dict):
        raise _broken(job.name)
    return message


def _lines(stdout: IO[bytes], job: Job, seconds: float, most_bytes: int) -> Iterator[bytes]:
    """Each line as it comes, until the end, or an error when it comes too late or too long."""
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    total = length = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _too_long(job, seconds)
            chunk = os.read(stdout.fileno(), _CHUNK)
            if not chunk:
                return
            total, length = total + len(chunk), length + len(chunk)
            if total > most_bytes or length > _LONGEST_LINE:
                raise _too_much_text(job)
            *ends, rest = chunk.split(b"\n")
            for end in ends:
                yield b"".join([*parts, end])
                parts = []
            parts.append(rest)
            length = length if not ends else len(rest)


def _too_long(job: Job, seconds: float) -> BadInputError:
    return BadInputError(
        f"{job.name} lezen duurt langer dan {seconds:g} seconden. "
        "Splits het document, of bewaar het opnieuw."
    )


def _too_much_memory(job: Job) -> BadInputError:
    return BadInputError(
        f"{job.name} lezen vraagt te veel geheugen (meer dan {job.memory_mb} MB). "
        "Splits het document, of bewaar het opnieuw."
    )


def _too_much_text(job: Job) -> BadInputError:
    return BadInputError(
        f"{job.name} bevat te veel tekst (meer dan {job.max_chars / 1_000_000:g} miljoen tekens). "
        "Splits het document."
    )


def _broken(name: str) -> BadInputError:
    return BadInputError(
        f"{name} is beschadigd of zo bijzonder opgebouwd dat lezen niet lukt. "
        "Open het en bewaar het opnieuw."
    )
