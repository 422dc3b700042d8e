"""Starting the web site: its checks, and what each web worker runs."""

from __future__ import annotations

import socket
import sys
import threading

from fastapi import FastAPI

from cli import output
from cli.health import check_watching, counting, watching
from cli.parts import Parts, open_parts
from cli.workers import counting_together
from corpus.errors import BadInputError
from web.app import create_app
from web.watch.logs import set_up_logs

_ASKED = "Wat is de Mkb-route?"
_NOT_FOUND = "Hoeveel manen heeft Jupiter?"


def application() -> FastAPI:
    """The application, warmed up: the first answer waits for nothing that can be read before."""
    parts = open_parts()
    set_up_logs(parts.settings)
    watch, store = watching(parts), counting(parts.settings)
    if parts.library.current_edition() is not None:
        _warm(parts)
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
        threading.Thread(target=_warm_more, args=(parts,), name="warm", daemon=True).start()
    return app


def _warm(parts: Parts) -> None:
    """Read what every answer needs; what takes as long as a hundred questions is read meanwhile."""
    parts.library.open_edition().warm()
    parts.question_reader.warm()
    if parts.writer is not None:
        parts.writer.warm()
    parts.retriever.search(parts.question_reader.read(_ASKED))


def _warm_more(parts: Parts) -> None:
    """What takes seconds for a large corpus: whom to ask, and questions to go on with."""
    parts.assistant.answer(_ASKED)
    parts.assistant.answer(_NOT_FOUND)
    parts.suggester.warm()


def run(parts: Parts, host: str, port: int, workers: int) -> None:
    """Serve until Ctrl+C. What is wrong is told here, once, and not by every worker.

    Raises BadInputError when the address cannot be used, NotReadyError when the model is not
    set up or the published edition was made with another one.
    """
    import uvicorn

    parts.check_model()
    check_watching(parts.settings)
    _check_address(host, port)
    shown = f"[{host}]" if ":" in host else host
    output.say(f"Routewijzer staat op http://{shown}:{port}/ (stoppen: Ctrl+C)")
    sys.stdout.flush()
    with counting_together(parts.settings, workers):
        uvicorn.run(
            "cli.serve:application",
            factory=True,
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
