"""The starter pages with the real model: a Chroma server gives the answers that files give."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cli.parts import Parts
from corpus.chroma_home import ChromaHome
from corpus.types import Unit
from eval.sets import find_set
from tests.chroma_server import ChromaServer, move_in
from tests.starter import published_starter

pytestmark = [
    pytest.mark.server,
    pytest.mark.embedded,  # it makes both shapes itself
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
QUESTIONS = [q for q in find_set("starter").questions if not q.history]
ASKED = 20
POOLS: tuple[tuple[Unit, int], ...] = (("passages", 60), ("sentences", 300))
"""How many are looked for with each question."""


@dataclass(frozen=True)
class Both:
    """The same published corpus in both shapes, with one model."""

    files: Parts
    server: Parts


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, chroma_server: ChromaServer) -> Both:
    folder = tmp_path_factory.mktemp("antwoorden")
    settings = published_starter(tmp_path_factory, folder)
    files = Parts(settings)
    data_dir = folder / "server"
    shutil.copytree(settings.data_dir, data_dir)
    wanted = {"data_dir": data_dir, "chroma_url": chroma_server.url}
    server = Parts(settings.model_copy(update=wanted))
    assert isinstance(server.home, ChromaHome)
    for vectors in data_dir.glob("editions/*/vectors"):
        move_in(vectors, server.home)
    server.model_id, server.embedder = files.model_id, files.embedder
    return Both(files, server)


def test_the_same_is_found(both: Both, record_property: Callable[[str, object], None]) -> None:
    asked = both.files.embedder.embed_queries([q.question for q in QUESTIONS])
    one, other = (parts.library.open_edition().vectors for parts in (both.files, both.server))
    missed = total = 0
    for unit, pool in POOLS:
        for vector in asked:
            wanted, given = (index.search(unit, vector, pool) for index in (one, other))
            assert len(given) == len(wanted)
            assert list(given.values()) == pytest.approx(list(wanted.values()), abs=1e-2)
            both_found = wanted.keys() & given.keys()
            for key in both_found:  # a cosine is exact, whatever is missed
                assert given[key] == pytest.approx(wanted[key], abs=1e-6)
            missed += len(wanted) - len(both_found)
            total += len(wanted)
    record_property("missed", f"{missed} of {total}")
    assert missed <= total / 1000


def test_the_same_is_answered(both: Both) -> None:
    for question in QUESTIONS[:: len(QUESTIONS) // ASKED]:
        one, other = (
            parts.assistant.answer(question.question, audience=question.audience).answer
            for parts in (both.files, both.server)
        )
        assert other.model_copy(update={"trace_id": one.trace_id}) == one
