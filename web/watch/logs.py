"""Logs: lines of JSON for machines, or lines for a person at a terminal.

No line holds a question, an address, a cookie, or the message of an exception, which may quote
one: of an exception it tells the kind and the place in the code.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO, cast

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

from corpus.settings import Settings
from corpus.trace_id import current_trace_id

OWN = ("assistant", "cli", "corpus", "eval", "ingest", "web")
"""Loggers of this program. Of others only warnings are shown: what they say is not known here."""
_MAX_CAUSES = 5

Event = MutableMapping[str, Any]


def set_up_logs(settings: Settings, stream: TextIO | None = None) -> logging.Handler:
    """Let this process log to ``stream`` (by default standard error). For entry points only: it
    sets up ``logging`` for the whole process. The handler comes back; what this set up before, by
    the same process, is put aside."""
    out = stream or sys.stderr
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not out.isatty())
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter(as_json=as_json))
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, ProcessorFormatter)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OWN:
        logging.getLogger(name).setLevel(settings.log_level.upper())
    return handler


def formatter(*, as_json: bool) -> logging.Formatter:
    """Writes a record, of structlog or of ``logging``, as one line."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        renderer = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False)
    return ProcessorFormatter(
        processors=[_described, ProcessorFormatter.remove_processors_meta, renderer]
    )


def logger(name: str) -> BoundLogger:
    """A structlog logger over ``logging``; nothing is shown before the logs are set up."""
    wrapped = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=BoundLogger,
    )
    return cast(BoundLogger, wrapped)


def _described(_logger: Any, _method: str, event: Event) -> Event:
    """When, how bad, by whom, for which request; then what was said."""
    record: logging.LogRecord = event["_record"]
    about: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": event.pop("event"),
        "logger": record.name,
    }
    trace_id = current_trace_id()
    if trace_id is not None:
        about["trace_id"] = trace_id
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    if exc_info and exc_info[1] is not None:
        event["error"] = failure(exc_info[1])
    event.pop("stack_info", None)
    return {**about, **event}


def failure(error: BaseException) -> list[Mapping[str, Any]]:
    """An exception and what caused it: kind and place of each, without their messages."""
    told: list[Mapping[str, Any]] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < _MAX_CAUSES:
        frames = traceback.extract_tb(cause.__traceback__)
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        told.append({"kind": type(cause).__name__, "at": places, **_number(cause)})
        cause = cause.__cause__ or cause.__context__
    return told


def _number(error: BaseException) -> dict[str, str]:
    """What the system says of a file or a connection: that is never a reader's text."""
    return {"why": error.strerror} if isinstance(error, OSError) and error.strerror else {}


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-2:])
