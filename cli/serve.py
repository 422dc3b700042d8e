"""Starting the web site: its checks, and what each web worker runs."""

from __future__ import annotations

import socket
import sys
import threading

from fastapi import FastAPI

from cli import output
from cli.parts import Parts, open_parts
from corpus.errors import BadInputError
from web.app import create_app


def application() -> FastAPI:
    """The application, warmed up: the first answer is as fast as the tenth."""
    parts = open_parts()
    if parts.library.current_edition() is not None:
        parts.library.open_edition().warm()
        parts.question_reader.warm()
        if parts.writer is not None:
            parts.writer.warm()
        parts.assistant.answer("Wat is de Mkb-route?")
        # Takes as long as a hundred questions: readers need not wait for it.
        threading.Thread(target=parts.suggester.warm, name="suggestions", daemon=True).start()
    parts.questions.clean()
    return create_app(
        parts.assistant,
        parts.library,
        parts.settings,
        parts.questions,
        parts.checklists,
        desk=parts,
    )


def run(parts: Parts, host: str, port: int, workers: int) -> None:
    """Serve until Ctrl+C. What is wrong is told here, once, and not by every worker.

    Raises BadInputError when the address cannot be used, NotReadyError when the model is not
    set up or the published edition was made with another one.
    """
    import uvicorn

    parts.check_model()
    _check_address(host, port)
    shown = f"[{host}]" if ":" in host else host
    output.say(f"Routewijzer staat op http://{shown}:{port}/ (stoppen: Ctrl+C)")
    sys.stdout.flush()
    uvicorn.run(
        "cli.serve:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
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
