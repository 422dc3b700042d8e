"""The web site as readers get it: a real server on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
import uvicorn
from starlette.types import ASGIApp

from cli.serve import application

PATIENCE_S = 60


@contextmanager
def running(data_dir: Path, **settings: str) -> Iterator[str]:
    """The address of the site as ``routewijzer serve`` puts it together, on this data folder.

    ``settings`` are those of the environment, without their prefix: ``embed_origins="…"``.
    """
    with pytest.MonkeyPatch.context() as patch:
        # A hundred questions in the background: a few tests are done before that is.
        patch.setattr("assistant.suggest.Suggester.warm", lambda _self: None)
        patch.setenv("ROUTEWIJZER_DATA_DIR", str(data_dir))
        for name, value in settings.items():
            patch.setenv(f"ROUTEWIJZER_{name.upper()}", value)
        app = application()
    with serving(app) as address:
        yield address


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address at which ``app`` is served from a thread, without a slash at its end."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(
        # Web sockets are not used, and their library warns while it is imported.
        uvicorn.Config(app, log_level="warning", access_log=False, ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        _wait_for(server, thread)
        address = f"http://127.0.0.1:{port}"
        # Now, and not while a test has its own eye on warnings: the first request makes the routes.
        with urlopen(address, timeout=PATIENCE_S) as page:
            page.read()
        yield address
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        listening.close()


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE_S * 100):
        if server.started:
            return
        if not thread.is_alive():
            break
        pause.wait(0.01)
    raise RuntimeError("the server did not start")
