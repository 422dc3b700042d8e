"""Starting the web site: its checks, and what each web worker runs."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable

from fastapi import FastAPI

from assistant.read_ahead import read_ahead
from cli import output
from cli.health import check_watching, counting, watching
from cli.parts import Parts, open_parts
from cli.workers import counting_together
from corpus.errors import BadInputError
from corpus.freed_memory import give_back, keep_little
from corpus.read_only import is_read_only
from corpus.vector_home import VectorsAwayError
from web.app import create_app
from web.staff.sign_in_settings import check_sign_in
from web.watch.logs import set_up_logs

log = logging.getLogger(__name__)

_ASKED = "Wat is de Mkb-route?"
_NOT_FOUND = "Wat verdient een student bruto per maand?"


def application() -> FastAPI:
    """The application, warmed up: the first answer waits for nothing that can be read before."""
    keep_little()
    parts = open_parts()
    set_up_logs(parts.settings)
    watch, store = watching(parts), counting(parts.settings)
    if parts.library.current_edition() is not None:
        _warmed(_warm, parts)
        give_back()
    if not is_read_only(parts.data_dir):
        parts.questions.clean()
        parts.shared_answers.clean()
    app = create_app(
        parts.assistant,
        parts.library,
        parts.settings,
        parts.questions,
        parts.checklists,
        desk=parts,
        shared=parts.shared_answers,
        sources=parts.sources,
        watching=watch,
        counting=store,
    )
    if parts.library.current_edition() is not None:
        # Last, so that it does not hold up the rest.
        more = threading.Thread(target=_warmed, args=(_warm_more, parts), name="warm", daemon=True)
        more.start()
    return app


def _warmed(step: Callable[[Parts], None], parts: Parts) -> None:
    """Do ``step``. A Chroma server that is away may come back; /readyz tells of it meanwhile."""
    try:
        step(parts)
    except VectorsAwayError as error:
        log.warning("Started without being warmed up: %s", error)


def _warm(parts: Parts) -> None:
    """Read what every answer needs; what takes as long as a hundred questions is read meanwhile."""
    parts.library.open_edition().warm()
    parts.question_reader.warm()
    if parts.writer is not None:
        parts.writer.warm()
    parts.retriever.search(parts.question_reader.read(_ASKED))


def _warm_more(parts: Parts) -> None:
    """What takes seconds for a large corpus: whom to ask, questions to go on with, and what every
    passage says."""
    parts.assistant.answer(_ASKED)
    parts.assistant.answer(_NOT_FOUND)
    parts.suggester.warm()
    read_ahead(parts.library, parts.selector)


def run(parts: Parts, host: str, port: int, workers: int) -> None:
    """Serve until Ctrl+C. What is wrong is told here, once, and not by every worker.

    Raises BadInputError when the address cannot be used, NotReadyError when the model is not
    set up or the published edition was made with another one.
    """
    import uvicorn

    from cli.protocol import BoundedHttp

    parts.check_model()
    check_watching(parts.settings)
    parts.home_of(parts.settings.data_dir)  # raises when the address of its server is wrong
    check_sign_in(parts.settings)
    _check_address(host, port)
    shown = f"[{host}]" if ":" in host else host
    output.say(f"Routewijzer staat op http://{shown}:{port}/ (stoppen: Ctrl+C)")
    sys.stdout.flush()
    with counting_together(parts.settings, workers):
        uvicorn.run(
            "cli.serve:application",
            factory=True,
            http=BoundedHttp,
            host=host,
            port=port,
            workers=workers,
            forwarded_allow_ips=list(parts.settings.trusted_proxies),
            # A worker that starts on a busy machine is not one that hangs.
            timeout_worker_healthcheck=30,
            log_config=None,  # the application sets up its own
            log_level="warning",
            access_log=False,  # it would hold the questions of readers
        )


def _check_address(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise BadInputError(
            f"Op {host} poort {port} is niet te luisteren ({error.strerror}). "
            "Kies een andere met --port of --host."
        ) from None
