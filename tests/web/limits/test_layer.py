"""The limits around the whole application."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.settings import Settings
from web.app import create_app
from web.limits.layer import TOO_BUSY, TOO_MANY, TOO_SLOW
from web.limits.store import SqliteStore
from web.watch.watching import Watching

PATIENT = {"kenmerk": "spoor-1", "nuttig": "ja"}
Start = Callable[..., TestClient]


class Time:
    def __init__(self) -> None:
        self.at = time.time()

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with closing(SqliteStore()) as opened:
        yield opened


@pytest.fixture
def start(answering: Any, library: Any, store: SqliteStore) -> Start:
    def begin(address: str = "192.0.2.1", **settings: Any) -> TestClient:
        given = Settings(**settings)
        app = create_app(answering, library, given, watching=Watching(), counting=store)
        return TestClient(app, client=(address, 1234))

    return begin


def sample(client: TestClient, line: str) -> float:
    metrics = TestClient(client.app, "http://localhost", client=("127.0.0.1", 1)).get("/metrics")
    found = [text.rsplit(" ", 1)[1] for text in metrics.text.splitlines() if text.startswith(line)]
    return float(found[0]) if found else 0.0


def test_too_many_questions_are_refused_with_a_time_to_wait(start: Start, answering: Any) -> None:
    client = start(questions_per_minute=2)
    for _ in range(2):
        assert client.post("/api/chat", json={"question": "wat"}).status_code == 200
    refused = client.post("/api/chat", json={"question": "wat"})
    assert (refused.status_code, refused.json()) == (429, {"error": TOO_MANY})
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert len(answering.asked) == 2
    assert sample(client, 'routewijzer_refused_total{kind="questions",reason="rate"}') == 1


def test_the_ways_to_ask_are_counted_together(start: Start) -> None:
    client = start(questions_per_minute=2)
    assert client.get("/?vraag=wat").status_code == 200
    assert client.post("/gesprek", json={"vraag": "wat", "eerder": []}).status_code == 200
    stream = client.post("/gesprek", json={"vraag": "wat", "eerder": []})
    assert stream.status_code == 429
    assert stream.json() == {"error": TOO_MANY}
    page = client.get("/?vraag=wat")
    assert page.status_code == 429
    assert "text/html" in page.headers["content-type"]
    assert TOO_MANY in page.text
    assert client.get("/").status_code == 200
    assert client.get("/api/documents").status_code == 200


def test_opinions_are_counted_apart(start: Start) -> None:
    client = start(questions_per_minute=1, notes_per_minute=1)
    assert client.get("/?vraag=wat").status_code == 200
    assert client.post("/mening", data=PATIENT).status_code == 200
    assert client.post("/mening", data=PATIENT).status_code == 429
    given = {"trace_id": "spoor-1", "helpful": True}
    assert client.post("/api/feedback", json=given).status_code == 429


def test_another_address_is_another_visitor_and_this_machine_is_not_counted(start: Start) -> None:
    for address, codes in (
        ("192.0.2.1", [200, 429]),
        ("192.0.2.2", [200, 429]),
        ("2001:db8:1:2::1", [200, 429]),
        ("2001:db8:1:2::ffff", [429, 429]),
        ("127.0.0.1", [200, 200]),
    ):
        client = start(address, questions_per_minute=1, limits_secret="één en hetzelfde")
        assert [client.get("/?vraag=wat").status_code for _ in range(2)] == codes


def test_nought_sets_no_limit(start: Start) -> None:
    client = start(questions_per_minute=0, answers_at_once=0, answer_seconds=0)
    assert {client.get("/?vraag=wat").status_code for _ in range(20)} == {200}


def test_when_counting_fails_readers_get_their_answer(start: Start, store: SqliteStore) -> None:
    client = start(questions_per_minute=1)
    store.close()
    assert {client.get("/?vraag=wat").status_code for _ in range(3)} == {200}
    assert sample(client, "routewijzer_limits_not_counted_total") == 3


@pytest.fixture
def slow(answering: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Answers wait until this event is set."""
    go_on, give = threading.Event(), answering.answer

    def waits(*asked: Any, **how: Any) -> Any:
        assert go_on.wait(10)
        return give(*asked, **how)

    monkeypatch.setattr(answering, "answer", waits)
    yield go_on
    go_on.set()


def test_what_is_too_much_at_once_is_refused_quickly(start: Start, slow: threading.Event) -> None:
    client = start(answers_at_once=1, answers_waiting=1, answer_wait_s=0.2)
    with client, ThreadPoolExecutor(3) as pool:
        began = time.monotonic()
        asked = [pool.submit(client.post, "/api/chat", json={"question": "wat"}) for _ in range(3)]
        refused = [r for r in (_soon(future) for future in asked) if r is not None]
        assert time.monotonic() - began < 3
        assert [r.status_code for r in refused] == [503, 503]
        assert all(r.json() == {"error": TOO_BUSY} for r in refused)
        assert all(r.headers["retry-after"] == "1" for r in refused)
        slow.set()
        codes = sorted(future.result().status_code for future in asked)
    assert codes == [200, 503, 503]
    assert sample(client, 'routewijzer_refused_total{kind="questions",reason="busy"}') == 2
    assert sample(client, "routewijzer_answers_in_progress") == 0


def _soon(future: Any) -> Any:
    try:
        return future.result(timeout=1)
    except TimeoutError:
        return None


def test_an_answer_that_takes_too_long(start: Start, slow: threading.Event) -> None:
    client = start(answer_seconds=0.05, answers_at_once=1, answers_waiting=0)
    with client:
        late = client.post("/gesprek", json={"vraag": "wat", "eerder": []})
        assert (late.status_code, late.json()) == (503, {"error": TOO_SLOW})
        assert int(late.headers["retry-after"]) > 0
        # The thread is still at it, so its place is not free.
        assert client.get("/?vraag=wat").status_code == 503
        slow.set()
        for _ in range(100):
            if client.get("/?vraag=nu").status_code == 200:
                return
            time.sleep(0.02)
        pytest.fail("the place did not come free")


def test_nothing_of_this_for_other_connections(start: Start) -> None:
    with start() as client:  # the lifespan passes through every layer
        assert client.get("/healthz").status_code == 200
