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
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Else numpy takes memory for each core when it is loaded, and memory is counted."""

_CHUNK = 1 << 16
_LONGEST_LINE = 80_000_000
BYTES_PER_CHAR = 100
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
    job = job_of(form, name, settings, settings.read_seconds)
    received = Received(job.max_chars)
    with messages_from(
        job, data, settings.read_seconds, BYTES_PER_CHAR * job.max_chars
    ) as messages:
        for message in messages:
            try:
                done_of = received.take(message)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
                raise broken(name) from None
            if done_of is not None:
                progress(*done_of)
    return received.read()


def draw_in_child(
    data: bytes, name: str, pages: tuple[int, ...], settings: Settings, seconds: float
) -> Iterator[tuple[int, bytes]]:
    """(number, picture as a PGM file) of each of ``pages`` of a PDF, drawn in a process of its
    own. Raises BadInputError as `read_in_child` does; ``seconds`` is the limit of time."""
    job = replace(job_of("pictures", name, settings, int(seconds) + 1), pages=pages)
    with messages_from(job, data, seconds, _LONGEST_LINE * len(pages)) as messages:
        for message in messages:
            try:
                yield int(message["number"]), base64.b64decode(message["picture"], validate=True)
            except (TypeError, ValueError, KeyError):
                raise broken(name) from None


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
    plain = job_of("views", name, settings, int(seconds) + 1)
    job = replace(plain, pages=pages, width=width)
    with messages_from(job, data, seconds, _LONGEST_LINE * len(pages)) as messages:
        for message in messages:
            try:
                yield viewed(message, job.max_chars)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
                raise broken(name) from None


def job_of(form: str, name: str, settings: Settings, seconds: int) -> Job:
    """What a process is asked to do within the limits of ``settings``."""
    return Job(
        form=form,
        name=name,
        memory_mb=settings.read_memory_mb,
        cpu_seconds=seconds,
        max_pages=settings.max_pages,
        max_chars=settings.max_text_mb * 1_000_000,
    )


@contextmanager
def messages_from(
    job: Job,
    data: bytes,
    seconds: float,
    most_bytes: int,
    name: Callable[[], str] | None = None,
) -> Iterator[Iterator[Message]]:
    """What the process says of its work, up to its end. It is gone when the context ends,
    however that comes about. ``name`` tells what it is at, when that is not all ``job.name``."""
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
            env={
                **{key: os.environ[key] for key in ENVIRONMENT if key in os.environ},
                **_ONE_THREAD,
            },
        )
    try:
        with cast(IO[bytes], process.stdout) as stdout:
            about = name or (lambda: job.name)
            lines = _lines(stdout, job, seconds, most_bytes, about)
            yield _conversation(process, lines, job, about)
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
    process: subprocess.Popen[bytes], lines: Iterator[bytes], job: Job, name: Callable[[], str]
) -> Iterator[Message]:
    """The messages in ``lines`` between "ready" and "done"; what else ends it is an error."""
    ready = False
    for line in lines:
        message = _parsed(line, name())
        if message.get("done"):
            return
        if message.get("ready"):
            ready = True
        elif "error" in message:
            raise BadInputError(" ".join(str(message["error"])[:500].split()))
        elif "failed" in message:
            out_of_memory = message["failed"] == "memory"
            raise _too_much_memory(name(), job) if out_of_memory else broken(name())
        else:
            yield message
    # It said its last word. If it has ended by now, it keeps the code that it ended with.
    kill_group(process)
    if process.returncode == -signal.SIGXCPU:
        raise _too_long(name(), job.cpu_seconds)
    if not ready:
        what = "pdf" if job.pages else job.form
        raise NotReadyError(
            f"Het proces dat {what}-bestanden leest start niet. Installeer Routewijzer opnieuw."
        )
    raise broken(name())


def _parsed(line: bytes, name: str) -> Message:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise broken(name) from None
    if not isinstance(message, dict):
        raise broken(name)
    return message


def _lines(
    stdout: IO[bytes], job: Job, seconds: float, most_bytes: int, name: Callable[[], str]
) -> Iterator[bytes]:
    """Each line as it comes, until the end, or an error when it comes too late or too long."""
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    total = length = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _too_long(name(), seconds)
            chunk = os.read(stdout.fileno(), _CHUNK)
            if not chunk:
                return
            total, length = total + len(chunk), length + len(chunk)
            if total > most_bytes or length > _LONGEST_LINE:
                raise _too_much_text(name(), job)
            *ends, rest = chunk.split(b"\n")
            for end in ends:
                yield b"".join([*parts, end])
                parts = []
            parts.append(rest)
            length = length if not ends else len(rest)


def _too_long(name: str, seconds: float) -> BadInputError:
    return BadInputError(
        f"{name} lezen duurt langer dan {seconds:g} seconden. "
        "Splits het document, of bewaar het opnieuw."
    )


def _too_much_memory(name: str, job: Job) -> BadInputError:
    return BadInputError(
        f"{name} lezen vraagt te veel geheugen (meer dan {job.memory_mb} MB). "
        "Splits het document, of bewaar het opnieuw."
    )


def _too_much_text(name: str, job: Job) -> BadInputError:
    return BadInputError(
        f"{name} bevat te veel tekst (meer dan {job.max_chars / 1_000_000:g} miljoen tekens). "
        "Splits het document."
    )


def broken(name: str) -> BadInputError:
    """What is said of a file on which its process breaks."""
    return BadInputError(
        f"{name} is beschadigd of zo bijzonder opgebouwd dat lezen niet lukt. "
        "Open het en bewaar het opnieuw."
    )
