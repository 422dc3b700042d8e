"""Vectors over HTTP: from a real server on this machine, which is then told to go wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from corpus.embedder import OnnxEmbedder, open_embedder
from corpus.errors import BadInputError, NotReadyError
from corpus.model_setup import model_folder, read_record
from corpus.remote_call import Caller, Patience, ServiceAwayError, ServiceWrongError
from corpus.remote_embedder import RemoteEmbedder, open_remote_embedder
from corpus.settings import Settings
from tests.embedding_server import EmbeddingService, embedding_service, seconds
from tests.fakes import HashEmbedder

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

QUESTION = ["Wie betaalt het loon?"]
TEXTS = [f"Dit is tekst {n} over werkplek {n % 7}." for n in range(70)]


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddingService]:
    with embedding_service(HashEmbedder().embed_queries) as service:
        yield service


@pytest.fixture
def service(running: EmbeddingService) -> EmbeddingService:
    running.recover()
    return running


@pytest.fixture
def opened() -> Iterator[Callable[..., RemoteEmbedder]]:
    """Opens embedders that are closed after the test."""
    found: list[RemoteEmbedder] = []

    def open_one(now: Callable[[], float] = time.monotonic, **given: Any) -> RemoteEmbedder:
        found.append(open_remote_embedder(Settings(**given), now))
        return found[-1]

    yield open_one
    for each in found:
        each.close()


@pytest.fixture(scope="module")
def both(running: EmbeddingService) -> Iterator[dict[str, RemoteEmbedder]]:
    """An embedder for each of the two ways to ask. By their clock a minute passes each time that
    they look: they never leave the service alone."""
    running.recover()
    made = {
        way: open_remote_embedder(
            Settings(**getattr(running, way)(), embedding_timeout_s=1), count(step=60).__next__
        )
        for way in ("openai", "tei")
    }
    yield made
    for each in made.values():
        each.close()


@pytest.fixture(params=["openai", "tei"])
def remote(
    both: dict[str, RemoteEmbedder], service: EmbeddingService, request: pytest.FixtureRequest
) -> RemoteEmbedder:
    return both[request.param]


def test_vectors_come_back_in_order(remote: RemoteEmbedder, service: EmbeddingService) -> None:
    local = HashEmbedder()
    expected = local.embed_queries([f"passage: {text}" for text in TEXTS])
    service.asked.clear()
    np.testing.assert_allclose(remote.embed_passages(TEXTS), expected, atol=1e-6)
    assert [len(texts) for texts in service.asked] == [32, 32, 6]
    (found,) = remote.embed_queries(QUESTION)
    np.testing.assert_allclose(found, local.embed_queries([f"query: {QUESTION[0]}"])[0], atol=1e-6)
    assert (remote.dimension, found.dtype) == (16, np.float32)
    assert remote.embed_queries([]).shape == (0, 16)


def test_vectors_are_made_of_length_1(remote: RemoteEmbedder, service: EmbeddingService) -> None:
    before = remote.embed_queries(QUESTION)
    service.fault = "long"
    np.testing.assert_allclose(remote.embed_queries(QUESTION), before, atol=1e-6)


def test_half_a_character_is_sent_as_a_question_mark(
    remote: RemoteEmbedder, service: EmbeddingService
) -> None:
    remote.embed_queries(["a\ud800b"])
    assert service.asked[-1] == ["query: a?b"]


def test_the_service_says_how_much_it_takes_at_once(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    service.most = 10
    remote = opened(**service.tei())
    service.asked.clear()
    remote.embed_passages(TEXTS[:25])
    assert [len(texts) for texts in service.asked] == [10, 10, 5]


def test_prefixes_are_settings(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    remote = opened(
        **service.openai(), embedding_query_prefix="Vraag: ", embedding_passage_prefix="geen"
    )
    remote.embed_queries(["wie"])
    remote.embed_passages(["hij"])
    assert service.asked[-2:] == [["Vraag: wie"], ["hij"]]


def test_the_key_goes_along(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    service.key = "geheim-123"
    given = service.openai()
    with pytest.raises(ServiceWrongError, match="sleutel") as refused:
        opened(**given, embedding_api_key=SecretStr("geheim-124"))
    assert "geheim" not in str(refused.value)
    opened(**given, embedding_api_key=SecretStr("geheim-123"))


# --- its name ----------------------------------------------------------------------------------


def test_the_name_says_what_the_vectors_depend_on(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    def name(**more: str) -> str:
        return opened(**{**service.tei(), **more}).model_id

    first = name()
    assert first.startswith("woorden-elders@")
    assert name() == first
    others = {
        name(embedding_query_prefix="vraag: "),
        name(embedding_passage_prefix="geen"),
        name(embedding_release="2"),
    }
    service.sha = "def"
    others.add(name())
    service.name = "woorden-2"
    others.add(name())
    assert len(others | {first}) == 6


def test_the_address_and_the_key_are_no_part_of_the_name(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    given = service.openai()
    moved = {**given, "embedding_url": f"{given['embedding_url']}/"}
    other = opened(**moved, embedding_api_key=SecretStr("sleutel"))
    assert opened(**given).model_id == other.model_id


@pytest.mark.parametrize(
    "url",
    [
        *("", "hallo", "ftp://dienst/v1", "http://", "https://naam:wachtwoord@dienst/v1"),
        *("http://dienst/v1?sleutel=geheim", "http://dienst:poort/", "http://dienst/#a"),
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(BadInputError, match="ROUTEWIJZER_EMBEDDING_URL") as refused:
        open_remote_embedder(Settings(embedding_url=url))
    assert "wachtwoord@" not in str(refused.value)
    assert "geheim" not in str(refused.value)


# --- what goes wrong ---------------------------------------------------------------------------

WRONG = {
    "401": "weigert de sleutel (HTTP 401). Controleer ROUTEWIJZER_EMBEDDING_API_KEY.",
    "403": "weigert de sleutel (HTTP 403)",
    "404": "kent dit adres of dit model niet (HTTP 404)",
    "413": "vindt de tekst te lang (HTTP 413)",
    "422": "weigert het verzoek (HTTP 422)",
    "301": "weigert het verzoek (HTTP 301)",
    "no json": "een antwoord dat geen JSON is",
    "form": "er staan geen vectoren in",
    "count": "geeft 1 vectoren voor 2 teksten",
    "dimension": "geeft vectoren van 15 getallen in plaats van 16",
    "one dimension": "geeft vectoren van 15 getallen in plaats van 16",
    "null": "geeft vectoren van 0 getallen in plaats van 16",
    "nan": "iets dat geen getal is",
    "infinite": "iets dat geen getal is",
    "zeros": "zonder richting",
    "words": "iets anders dan getallen",
}
AWAY = {
    "429": "heeft het te druk of is stuk (HTTP 429). Probeer het over een minuut nog eens.",
    "503": "heeft het te druk of is stuk (HTTP 503)",
    "500": "heeft het te druk of is stuk (HTTP 500)",
    "hang up": "is niet te bereiken",
    "half": "is niet te bereiken",
}


@pytest.mark.fault
@pytest.mark.parametrize("fault", WRONG)
@pytest.mark.parametrize("what", ["embed_queries", "embed_passages"])
def test_what_cannot_be_used_is_refused_at_once(
    remote: RemoteEmbedder, service: EmbeddingService, what: str, fault: str
) -> None:
    embed: Callable[..., object] = getattr(remote, what)
    before, service.fault = len(service.asked), fault
    with pytest.raises(ServiceWrongError) as refused:
        embed(["een", "twee"])
    said = str(refused.value)
    assert said.startswith("De embeddingdienst (instelling ROUTEWIJZER_EMBEDDING_URL) ")
    assert WRONG[fault] in said
    assert service.url not in said
    assert len(service.asked) == before + 1
    service.fault = ""
    embed(["een", "twee"])  # and it goes on, once all is well


@pytest.mark.fault
@pytest.mark.parametrize("fault", AWAY)
def test_another_try_is_made_and_not_for_ever(
    remote: RemoteEmbedder, service: EmbeddingService, fault: str
) -> None:
    expected = remote.embed_queries(QUESTION)
    service.fault, service.times = fault, 2
    assert np.array_equal(remote.embed_queries(QUESTION), expected)
    service.times, before = 1_000, len(service.asked)
    with pytest.raises(ServiceAwayError) as refused:
        remote.embed_queries(QUESTION)
    assert AWAY[fault] in str(refused.value)
    assert len(service.asked) == before + 3


@pytest.mark.fault
def test_another_model_under_the_same_address(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    remote = opened(**service.openai())
    service.fault = "other name"
    with pytest.raises(ServiceWrongError, match="iets-anders en eerder woorden-elders"):
        remote.embed_queries(QUESTION)


@pytest.mark.fault
@pytest.mark.parametrize("fault", ["silent", "slow"])
def test_a_service_that_hangs_is_left_in_time(
    service: EmbeddingService,
    opened: Callable[..., RemoteEmbedder],
    fault: str,
    record_property: Callable[[str, object], None],
) -> None:
    remote = opened(**service.openai(), embedding_timeout_s=0.3)

    def refused() -> None:
        with pytest.raises(ServiceAwayError, match=r"binnen 0\.3 seconden geen antwoord"):
            remote.embed_queries(QUESTION)

    service.fault = fault
    took = seconds(refused)
    assert 0.25 < took < 2
    before = len(service.asked)
    assert seconds(refused) < 0.2  # nobody waits again for what was not there just now
    assert len(service.asked) == before
    record_property("fault", f"embeddingdienst zwijgt ({fault}): antwoord 503 na")
    record_property("recovery_s", round(took, 2))


@pytest.mark.fault
def test_after_a_while_a_question_tries_again(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder]
) -> None:
    clock = [0.0]
    remote = opened(lambda: clock[0], **service.openai())
    service.fault = "503"
    with pytest.raises(ServiceAwayError):
        remote.embed_queries(QUESTION)
    service.fault, before = "", len(service.asked)
    with pytest.raises(ServiceAwayError, match="HTTP 503"):
        remote.embed_queries(QUESTION)
    assert len(service.asked) == before
    remote.embed_passages(["een document"])  # documents wait for it
    clock[0] = 2.1
    assert len(remote.embed_queries(QUESTION)) == 1
    clock[0] = 2.2
    assert len(remote.embed_queries(QUESTION)) == 1


@pytest.mark.fault
@pytest.mark.parametrize("way", ["openai", "tei"])
@pytest.mark.parametrize("fault", ["silent", "503", "401", "no json", "count"])
def test_a_service_that_does_not_work_at_the_start(
    service: EmbeddingService, opened: Callable[..., RemoteEmbedder], way: str, fault: str
) -> None:
    service.fault = fault
    with pytest.raises(NotReadyError, match="embeddingdienst"):
        opened(**getattr(service, way)(), embedding_timeout_s=0.2)


@pytest.mark.fault
def test_nobody_at_the_address() -> None:
    with embedding_service(HashEmbedder().embed_queries) as gone:
        given = gone.tei()
    with pytest.raises(ServiceAwayError, match="niet te bereiken"):
        open_remote_embedder(Settings(**given))


def test_something_else_at_the_address(service: EmbeddingService) -> None:
    """The address of OpenAI's way, asked in the other: its /info says nothing of use."""
    service.name = None  # type: ignore[assignment]
    with pytest.raises(ServiceWrongError, match="welk model"):
        open_remote_embedder(Settings(**service.tei()))


@pytest.mark.fault
def test_waiting_grows_and_heeds_what_the_service_asks(service: EmbeddingService) -> None:
    clock, waited = [0.0], list[float]()

    def sleep(wait: float) -> None:
        waited.append(round(wait, 3))
        clock[0] += wait

    caller = Caller(service.url, "", now=lambda: clock[0], sleep=sleep)
    service.fault = "503"
    with pytest.raises(ServiceAwayError):
        caller.ask("/embed", {"inputs": ["a"]}, Patience(10, tries=5))
    assert waited == [0.1, 0.2, 0.4, 0.8]
    waited.clear()
    with pytest.raises(ServiceAwayError):  # no longer than it was given
        caller.ask("/embed", {"inputs": ["a"]}, Patience(1, tries=50))
    assert sum(waited) < 1
    caller.close()


def test_several_threads_ask_at_once(remote: RemoteEmbedder) -> None:
    expected = {text: remote.embed_queries([text])[0] for text in TEXTS[:8]}
    found: dict[str, np.ndarray] = {}

    def ask(text: str) -> None:
        for _ in range(5):
            (found[text],) = remote.embed_queries([text])

    threads = [threading.Thread(target=ask, args=(text,)) for text in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert all(np.array_equal(found[text], vector) for text, vector in expected.items())


def test_the_real_model_elsewhere_gives_the_same_vectors() -> None:
    folder = model_folder(Settings())
    if read_record(folder) is None:
        pytest.skip("the embedding model is not set up: run `make install`")
    local = OnnxEmbedder(folder)
    with embedding_service(lambda texts: local._embed("", texts)) as service:
        for given in (service.openai(), service.tei()):
            remote = open_embedder(Settings(**given))
            assert isinstance(remote, RemoteEmbedder)
            np.testing.assert_allclose(
                remote.embed_passages(TEXTS[:8]), local.embed_passages(TEXTS[:8]), atol=1e-6
            )
            np.testing.assert_allclose(
                remote.embed_queries(QUESTION), local.embed_queries(QUESTION), atol=1e-6
            )
            assert remote.dimension == local.dimension
            remote.close()
