"""Attacks on the whole site, each with the answer that it gets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI

from cli.protocol import BoundedHttp
from tests.web.attacks import Attack, Target
from tests.web.attacks_fetch import FETCHES
from tests.web.attacks_sign_in import SIGN_INS
from tests.web.attacks_web import WEBS
from tests.web.whole import CHEAP, whole_site

pytestmark = [pytest.mark.embedded, pytest.mark.allow_hosts(["127.0.0.1"])]
ATTACKS: tuple[Attack, ...] = (*SIGN_INS, *FETCHES, *WEBS)


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """The port on which a real server serves ``app``."""
    line = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=BoundedHttp, log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield line.getsockname()[1]
    server.should_exit = True
    thread.join()
    line.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("QUESTIONS", "NOTES", "ACTS"):
            patch.setenv(f"ROUTEWIJZER_{kind}_PER_MINUTE", "0")
        patch.setattr("corpus.staff.PasswordHasher", CHEAP)
        with whole_site(tmp_path_factory) as whole, served(whole.app) as port:
            yield Target(whole, port)


@pytest.fixture
def target(site: Target) -> Iterator[Target]:
    """Whoever guessed too often may try again in the next attack."""
    yield site
    with site.whole.parts.registry.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sign_in_failure")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what.replace(" ", "-"))
def test_an_attack_gets_its_answer(target: Target, attack: Attack) -> None:
    attack.attempt(target)
    assert target.browser().get("/healthz").json() == {"status": "ok"}


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(ATTACKS) >= 30
    assert len({attack.what for attack in ATTACKS}) == len(ATTACKS)
