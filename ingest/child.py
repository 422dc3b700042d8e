"""Reads one file in a process of its own: what a hostile file breaks here breaks nothing else.

`ingest.sandbox` starts this and says what comes in and goes out. Only the reader of the form
that is asked for is imported, before the process binds its own hands.
"""

from __future__ import annotations

import base64
import gc
import importlib
import json
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from corpus.errors import BadInputError
from ingest.pages import PdfPage, Read

Message = dict[str, Any]
Reader = Callable[["Job", bytes, "Send"], Iterable[Message]]
Send = Callable[[Message], None]

_SEPARATORS = (",", ":")
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
_ALLOWED = ("socket.__new__", "socket.gethostname")  # made by libraries on import, and harmless
_PARENT_DIED = 1  # prctl(2): PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Job:
    """What the process is asked to do, as JSON on its command line."""

    form: str
    """``pdf``, ``docx``, ``odt`` or ``pptx`` for reading; ``parse`` for the passages of texts and
    of what was read; ``pictures`` for pages of a PDF as text recognition takes them, ``views``
    for pages as people look at them."""
    name: str
    memory_mb: int
    cpu_seconds: int
    max_pages: int
    max_chars: int
    pages: tuple[int, ...] = ()
    """Which pages to draw, for ``pictures`` and ``views``."""
    width: int = 0
    """In pixels, for ``views``."""


def main(arguments: Sequence[str], stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Do the job that ``arguments`` name with the bytes on ``stdin``; write JSON lines."""
    given = json.loads(arguments[0])
    job = Job(**{**given, "pages": tuple(given["pages"])})
    send = _sender(stdout)
    reader = _reader(job.form)
    bind(job)
    send({"ready": True})
    send(_last_word(reader, job, stdin, send))


def _last_word(reader: Reader, job: Job, stdin: BinaryIO, send: Send) -> Message:
    """Send what is read; how that ended. What was read is let go before that is said: else there
    may be no memory to say it."""
    try:
        for message in reader(job, stdin.read(), send):
            send(message)
    except BadInputError as problem:
        return {"error": str(problem)}
    except MemoryError:
        return {"failed": "memory"}
    except RecursionError:
        return {"failed": "deep"}
    return {"done": True}


def bind(job: Job) -> None:
    """Give up memory, time, files, programs and the network, as far as the system can hold a
    process to it. The network and programs are closed to Python code; there is no other code
    that uses them."""
    memory = job.memory_mb * 1_000_000
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, 0, 0)
    _limit(resource.RLIMIT_CPU, job.cpu_seconds, job.cpu_seconds + 1)
    _limit(resource.RLIMIT_AS, memory, memory)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _die_with_parent()
    sys.addaudithook(_refuse)
    gc.freeze()


def _limit(kind: int, soft: int, hard: int) -> None:
    """Set a limit, unless a lower one holds already."""
    known = resource.getrlimit(kind)[1]
    if known != resource.RLIM_INFINITY:
        soft, hard = min(soft, known), min(hard, known)
    resource.setrlimit(kind, (soft, hard))


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN) and event not in _ALLOWED:
        raise PermissionError(f"{event} is not allowed here")


def _die_with_parent() -> None:
    """On Linux; elsewhere a process that is left over ends by its limits."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PARENT_DIED, int(signal.SIGKILL), 0, 0, 0)


def _sender(stdout: BinaryIO) -> Send:
    def send(message: Message) -> None:
        stdout.write(json.dumps(message, separators=_SEPARATORS).encode("ascii") + b"\n")
        stdout.flush()

    return send


def _reader(form: str) -> Reader:
    """What reads ``form``, imported now."""
    if form == "pictures":
        return _picture_reader()
    if form == "views":
        return _view_reader()
    if form == "pdf":
        return _pdf_reader()
    if form == "parse":
        return _parser()
    module = importlib.import_module(f"ingest.office.{form}")
    read: Callable[[bytes, str], Read] = getattr(module, f"read_{form}")
    return lambda job, data, send: messages_of(read(data, job.name))


def _pdf_reader() -> Reader:
    from ingest.pdf.document import read_pdf

    def read(job: Job, data: bytes, send: Send) -> Iterable[Message]:
        def report(done: int, total: int) -> None:
            send({"progress": [done, total]})

        return messages_of(read_pdf(data, job.name, report, job.max_pages, job.max_chars))

    return read


def _picture_reader() -> Reader:
    from ingest.pdf.pictures import draw_pages

    def read(job: Job, data: bytes, send: Send) -> Iterator[Message]:
        for number, picture in draw_pages(data, job.name, job.pages, job.max_pages):
            yield {"number": number, "picture": base64.b64encode(picture).decode("ascii")}

    return read


def _view_reader() -> Reader:
    from ingest.pdf.views import view_pages

    def read(job: Job, data: bytes, send: Send) -> Iterator[Message]:
        for view in view_pages(data, job.name, job.pages, job.width, job.max_pages, job.max_chars):
            picture = base64.b64encode(view.picture).decode("ascii")
            yield {"pdf": packed(view.page), "pages": view.pages, "picture": picture}

    return read


def _parser() -> Reader:
    from ingest.loaded import Loaded, load_text
    from ingest.parse import packed, parse
    from ingest.received import Received

    def read(job: Job, data: bytes, send: Send) -> Iterator[Message]:
        start = data.index(b"\n") + 1
        for item in json.loads(data[:start]):
            own, start = data[start : start + item["size"]], start + item["size"]
            if item["form"] is None:
                loaded = load_text(item["name"], own, job.max_chars)
            else:
                received = Received(job.max_chars)
                for line in own.splitlines():
                    received.take(json.loads(line))
                loaded = Loaded(item["form"], received.read())
            yield {"parsed": packed(parse(loaded, item["title"]))}

    return read


def messages_of(read: Read) -> Iterator[Message]:
    """``read`` in messages of at most a page."""
    for page in read.pdf:
        yield {"pdf": packed(page)}
    for text in read.pages:
        yield {"page": asdict(text)}
    for bookmark in read.outline:
        yield {"bookmark": asdict(bookmark)}
    yield {"title": read.title, "warnings": read.warnings}


def packed(page: PdfPage) -> Message:
    """``page`` with its words and boxes as lists; hundredths of a point are enough."""
    return {
        "number": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "words": [
            [
                word.text,
                round(word.x0, 2),
                round(word.top, 2),
                round(word.x1, 2),
                round(word.bottom, 2),
                round(word.size, 2),
                word.bold,
                word.italic,
            ]
            for word in page.words
        ],
        "drawn": [_box(box) for box in page.drawn],
        "pictures": [_box(box) for box in page.pictures],
    }


def _box(box: Any) -> list[float]:
    return [round(each, 2) for each in (box.x0, box.top, box.x1, box.bottom)]


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
