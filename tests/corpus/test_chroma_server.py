"""A corpus with its vectors on a real Chroma server, which the tests start, kill and fill."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2
import numpy as np
import pytest

from corpus.backup import make_backup
from corpus.check import Fault, find_faults
from corpus.chroma_api import ChromaApi
from corpus.chroma_home import ChromaHome, open_home
from corpus.chroma_part import read_note
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.errors import NotReadyError
from corpus.index import EditionIndex, IndexBuilder
from corpus.progress import no_progress
from corpus.repair import Repair
from corpus.restore import restore_backup
from corpus.segments import read_segments
from corpus.settings import Settings
from corpus.types import UNITS, Vectors
from corpus.vector_home import Files, Home, Trial, on_server, server_note
from corpus.vectors import VectorIndex, open_vectors, write_vectors
from tests.builders import SmallCorpus, make_version, open_corpus
from tests.chroma_server import ChromaServer
from tests.corpus.test_vectors import QUERY, unit_vectors

pytestmark = [pytest.mark.server, pytest.mark.allow_hosts(["127.0.0.1"])]

A1 = make_version("a", ["De student leert. Het bedrijf betaalt.", "Wie helpt?"])
A2 = make_version("a", ["De student leert veel. Het bedrijf betaalt weinig."])
B1 = make_version("b", ["Een begeleider helpt."])
C1 = make_version("c", ["De school regelt de rest."])


@dataclass
class Place:
    """A data folder whose vectors are on the server."""

    server: ChromaServer
    analyser: DutchAnalyser
    data_dir: Path
    patch: pytest.MonkeyPatch

    def open(self, url: str | None = "", data_dir: Path | None = None) -> SmallCorpus:
        """The corpus in it, as another process opens it; None for no server."""
        if url is None:
            self.patch.delenv("ROUTEWIJZER_CHROMA_URL", raising=False)
        else:
            self.patch.setenv("ROUTEWIJZER_CHROMA_URL", url or self.server.url)
        return open_corpus(data_dir or self.data_dir, self.analyser)

    def names(self) -> set[str]:
        """The collections on the server."""
        return set(self.server.api.names())


@pytest.fixture
def place(
    tmp_path: Path,
    analyser: DutchAnalyser,
    chroma_server: ChromaServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Place:
    chroma_server.empty()
    return Place(chroma_server, analyser, tmp_path / "var", monkeypatch)


@pytest.fixture
def corpus(place: Place) -> SmallCorpus:
    return place.open()


def faults(corpus: SmallCorpus) -> list[Fault]:
    return find_faults(corpus.registry, corpus.ledger, corpus.editions, corpus.data_dir)


def mend(corpus: SmallCorpus) -> list[str]:
    repair = Repair(
        corpus.registry,
        corpus.ledger,
        corpus.editions,
        corpus.lock,
        corpus.data_dir,
        lambda: corpus.embedder,
    )
    return repair.mend(faults(corpus), "test", no_progress)


def assert_whole(corpus: SmallCorpus) -> None:
    """Readers find exactly what is published, and nothing lies about."""
    index = corpus.library.open_edition()
    for unit in UNITS:
        assert corpus.found_ids(unit, index) == corpus.expected_ids(unit, index.number)
    assert faults(corpus) == []


# --- the same answers --------------------------------------------------------------------------


def test_a_corpus_lives_on_the_server(place: Place, corpus: SmallCorpus) -> None:
    corpus.publish(A1, B1)
    assert_whole(corpus)
    assert list(corpus.data_dir.rglob("*.f32")) == []
    other = place.open()  # another process sees what the first publishes
    assert_whole(other)
    corpus.publish(A2, C1)
    assert_whole(other)
    corpus.editions.withdraw(["b"], "test")
    assert_whole(other)
    corpus.editions.rollback(1, "test")
    assert_whole(other)


def write(
    folder: Path, home: Home, add: dict[str, Vectors], base: Path | None, drop: tuple[str, ...]
) -> VectorIndex:
    rows = [([f"{v}:{n}" for n in range(len(x))], [v] * len(x), x) for v, x in add.items()]
    count = 2 * sum(map(len, add.values()))
    write_vectors(folder, folder.name, dict.fromkeys(UNITS, rows), count, base, drop, home)
    return open_vectors(folder, home)


def test_it_answers_as_files_do_while_versions_come_and_go(
    tmp_path: Path, chroma_server: ChromaServer
) -> None:
    homes: dict[str, Home] = {
        "files": Files(),
        "server": ChromaHome(ChromaApi(chroma_server.url), tmp_path),
    }
    same = unit_vectors(7, seed=3)  # of two versions: many cosines are equal to others
    turns: list[tuple[dict[str, Vectors], tuple[str, ...]]] = [
        ({f"v{n}": unit_vectors(300, seed=n) for n in range(4)} | {"v4": same}, ()),
        ({"v5": same, "v6": unit_vectors(20, seed=6)}, ("v1",)),
        ({"v7": unit_vectors(1_500, seed=7)}, ("v5",)),
        ({"v1": unit_vectors(300, seed=1), "v5": same}, ("v0",)),
    ]
    base: dict[str, Path | None] = dict.fromkeys(homes)
    segments = 0
    for turn, (add, drop) in enumerate(turns):
        found = {}
        for name, home in homes.items():
            folder = tmp_path / name / f"{turn}"
            found[name] = write(folder, home, add, base[name], drop)
            base[name] = folder
        segments = max(segments, len(read_segments(base["server"] or tmp_path)))
        _assert_same(found["files"], found["server"])
    assert segments > 1  # what was not merged is searched, too


def _assert_same(files: VectorIndex, server: VectorIndex) -> None:
    queries = np.concatenate([QUERY[None, :], unit_vectors(5, seed=50)])
    for unit in UNITS:
        assert files.count(unit) == server.count(unit)
        assert files.ids(unit) == server.ids(unit)
        for k in (1, 10, 200, 10_000):
            wanted, given = (index.search(unit, QUERY, k) for index in (files, server))
            assert list(given) == list(wanted)
            assert given == pytest.approx(wanted, abs=1e-6)
        assert server.neighbours(unit, queries, 8) == files.neighbours(unit, queries, 8)
        some = [*sorted(files.ids(unit))[::50], "v1:1", "weg:1"]
        assert server.cosines(unit, QUERY, some) == pytest.approx(
            files.cosines(unit, QUERY, some), abs=1e-6
        )
    assert server.sound()
    server.warm()


# --- who owns what -----------------------------------------------------------------------------


def test_what_no_index_needs_leaves_the_server(place: Place, corpus: SmallCorpus) -> None:
    for number in range(8):
        corpus.publish(make_version("a", [f"De student leert les {number}."]))
    kept = list(corpus.data_dir.glob("editions/*"))
    assert len(kept) == 3
    assert len(place.names()) == 6
    assert_whole(corpus)


def test_two_installations_share_a_server(place: Place, corpus: SmallCorpus) -> None:
    other = place.open(data_dir=place.data_dir.with_name("ander"))
    corpus.publish(A1)
    other.publish(B1)
    for number in range(4):
        other.publish(make_version("b", [f"Een begeleider helpt {number} keer."]))
    assert_whole(corpus)
    assert_whole(other)


def test_a_copy_of_the_folder_leaves_the_original_alone(place: Place, corpus: SmallCorpus) -> None:
    corpus.publish(A1)
    copied = place.data_dir.with_name("kopie")
    shutil.copytree(place.data_dir, copied)
    copy = place.open(data_dir=copied)
    assert_whole(copy)
    for number in range(5):
        copy.publish(make_version("b", [f"Een begeleider helpt {number} keer."]))
    assert_whole(copy)
    assert_whole(corpus)


@pytest.mark.parametrize("small", [0, Trial.small])
def test_a_trial_reads_the_server_and_writes_nothing_to_it(
    place: Place, corpus: SmallCorpus, small: int
) -> None:
    corpus.publish(A1, B1)
    before = place.names()
    copied = place.data_dir.with_name("proef")
    shutil.copytree(place.data_dir, copied)
    copy = place.open(data_dir=copied)
    trial = Trial(corpus.editions.home)
    trial.small = small  # with 0 the new segment is a file beside one on the server
    builder = IndexBuilder(copy.registry, place.analyser, copy.embedder.model_id, trial)
    editions = Editions(
        copy.registry, copy.ledger, builder, copy.lock, copied, copy.embedder.model_id
    )
    copy.put(C1)
    number = editions.stage("test").edition
    index = EditionIndex(number, editions.index_folder(number), trial)
    for unit in UNITS:
        assert copy.found_ids(unit, index) == copy.expected_ids(unit, number)
    segments = read_segments(editions.index_folder(number) / "vectors")
    assert [on_server(s.folder) for s in segments] == ([True, False] if not small else [False])
    trial.check(editions.index_folder(1) / "vectors")
    editions.discard("test")
    assert place.names() == before
    assert_whole(corpus)


@pytest.mark.embedded
def test_a_backup_is_put_back_on_the_server(place: Place, corpus: SmallCorpus) -> None:
    corpus.publish(A1, B1)
    archive = place.data_dir.with_name("kopie.tar.zst")
    make_backup(corpus.data_dir, archive, "1", no_progress)
    target = place.data_dir.with_name("terug")
    restored = restore_backup(
        archive,
        target,
        place.analyser,
        replace=False,
        progress=no_progress,
        home_of=lambda folder: open_home(Settings(data_dir=folder)),
    )
    assert restored.faults == ()
    again = place.open(data_dir=target)
    assert_whole(again)
    again.publish(C1)
    assert_whole(again)
    assert_whole(corpus)


@pytest.mark.parametrize("killed", [False, True])
def test_a_build_that_ended_halfway_leaves_nothing_that_counts(
    place: Place, corpus: SmallCorpus, killed: bool
) -> None:
    """Who fails tidies up at once; after who was killed, the next change or ``--repair`` does."""
    corpus.publish(A1)
    corpus.put(B1)
    add, calls = ChromaApi.add, list[str]()

    def fail(api: ChromaApi, collection: str, ids: list[str], vectors: Vectors) -> None:
        calls.append(collection)
        if len(calls) == 2:
            raise KeyboardInterrupt
        add(api, collection, ids, vectors)

    with place.patch.context() as patch:
        patch.setattr(ChromaApi, "add", fail)
        if killed:
            patch.setattr(Editions, "_clear_leftovers", lambda _: None)
        with pytest.raises(KeyboardInterrupt):
            corpus.editions.publish("test")
    left = [f.line for f in faults(corpus) if "Chroma-server" in f.line]
    assert bool(left) == killed
    index = corpus.library.open_edition()
    assert corpus.found_ids("passages", index) == corpus.expected_ids("passages", 1)
    done = mend(corpus)
    assert any("routewijzer-" in line for line in done) == killed
    assert_whole(corpus)
    corpus.editions.publish("test")
    assert_whole(corpus)


# --- what is not as it should be ---------------------------------------------------------------


@pytest.mark.embedded
def test_another_setting_asks_for_a_new_index(place: Place) -> None:
    embedded = place.open(url=None)
    embedded.publish(A1)
    with_server = place.open()
    with pytest.raises(NotReadyError, match=r"staan in de gegevensmap.*corpus reindex"):
        with_server.library.open_edition()
    assert [f.kind for f in faults(with_server)] == ["index"]
    mend(with_server)
    assert_whole(with_server)
    embedded = place.open(url=None)
    with pytest.raises(NotReadyError, match=r"staan op een Chroma-server.*corpus reindex"):
        embedded.library.open_edition()
    embedded.publish(B1)  # or the next publication
    assert_whole(embedded)


def test_vectors_that_the_server_lost_are_told_and_mended(
    place: Place, corpus: SmallCorpus
) -> None:
    corpus.publish(A1, B1)
    place.server.empty()
    place.server.kill()
    place.server.start()
    corpus = place.open()
    index = corpus.library.open_edition()
    query = corpus.embedder.embed_queries(["wie"])[0]
    with pytest.raises(NotReadyError, match=r"niet meer op de Chroma-server.*corpus reindex"):
        index.vectors.search("passages", query, 5)
    assert [f.kind for f in faults(corpus)] == ["index"]
    mend(corpus)
    assert_whole(corpus)


@pytest.mark.parametrize(
    ("act", "told"),
    [("delete", "In de index ontbreken 1 passages"), ("update", "niet die uit de database")],
)
def test_other_vectors_than_were_put_there_are_found(
    place: Place, corpus: SmallCorpus, act: str, told: str
) -> None:
    corpus.publish(A1, B1)
    segment = read_segments(corpus.editions.index_folder(1) / "vectors")[0].folder
    note = read_note(server_note(segment, "passages"))
    ids, vectors = place.server.api.page(note.id, 0, 1)
    body = {"ids": ids, "embeddings": (-vectors).tolist()} if act == "update" else {"ids": ids}
    path = f"/api/v2/tenants/default_tenant/databases/default_database/collections/{note.id}/{act}"
    httpx2.post(place.server.url + path, json=body).raise_for_status()
    corpus = place.open()
    if act == "delete":  # half an index answers nothing
        query = corpus.embedder.embed_queries(["wie"])[0]
        with pytest.raises(NotReadyError, match=r"staan .* van de .* vectoren.*corpus reindex"):
            corpus.library.open_edition().vectors.search("passages", query, 5)
    assert told in " ".join(f.line for f in faults(corpus))
    mend(corpus)
    assert_whole(corpus)


# --- faults ------------------------------------------------------------------------------------


@pytest.mark.fault
def test_the_server_is_killed_during_publishing(
    place: Place, corpus: SmallCorpus, record_property: Callable[[str, object], None]
) -> None:
    corpus.publish(A1)
    corpus.put(B1, C1)
    add, killed = ChromaApi.add, threading.Event()

    def add_and_die(api: ChromaApi, collection: str, ids: list[str], vectors: Vectors) -> None:
        add(api, collection, ids, vectors)
        if not killed.is_set():
            killed.set()
            place.server.kill()

    with place.patch.context() as patch:
        patch.setattr(ChromaApi, "add", add_and_die)
        with pytest.raises(NotReadyError, match="is niet te bereiken"):
            corpus.editions.publish("test")
    assert corpus.ledger.current() == 1
    assert {f.kind for f in faults(corpus)} == {"index"}
    began = time.monotonic()
    place.server.start()
    index = corpus.library.open_edition()
    assert corpus.found_ids("passages", index) == corpus.expected_ids("passages", 1)
    record_property("fault", "kill -9 van de Chroma-server tijdens publiceren")
    record_property("recovery_s", time.monotonic() - began)
    corpus.editions.publish("test")
    assert_whole(corpus)


@pytest.mark.fault
def test_the_server_is_killed_while_readers_search(
    place: Place, corpus: SmallCorpus, record_property: Callable[[str, object], None]
) -> None:
    corpus.publish(A1, B1)
    index = corpus.library.open_edition()
    query = corpus.embedder.embed_queries(["wie helpt"])[0]
    before = index.vectors.search("passages", query, 5)
    place.server.kill()
    asked = time.monotonic()
    with pytest.raises(NotReadyError, match=r"is niet te bereiken.*over een minuut"):
        index.vectors.search("passages", query, 5)
    assert time.monotonic() - asked < 5
    began = time.monotonic()
    place.server.start()
    assert index.vectors.search("passages", query, 5) == before
    record_property("fault", "kill -9 van de Chroma-server terwijl lezers zoeken")
    record_property("recovery_s", time.monotonic() - began)


def test_the_index_can_be_opened_while_the_server_is_away(
    place: Place, corpus: SmallCorpus
) -> None:
    corpus.publish(A1)
    place.server.kill()
    corpus = place.open()
    index: EditionIndex = corpus.library.open_edition()
    with pytest.raises(NotReadyError, match="is niet te bereiken"):
        index.warm()
    with pytest.raises(NotReadyError, match="is niet te bereiken"):
        corpus.editions.home.check(corpus.editions.index_folder(1) / "vectors")
    place.server.start()
    index.warm()
    corpus.editions.home.check(corpus.editions.index_folder(1) / "vectors")
