"""A real disk that is full, or that can only be read: nothing is lost, nothing is half, and
questions are answered all along."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cli.parts import open_parts
from tests.cli.conftest import Cli, Ran, refused
from tests.small_disk import SmallDisk, small_disk
from web.app import create_app

pytestmark = pytest.mark.fault

QUESTION = "Hoeveel kost een leenfiets?"
NEW = "# Lopen\n\n## Wie loopt er?\n\nIn de lunchpauze loopt Karel een rondje om het gebouw.\n"
Record = Callable[[str, object], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "schijf", megabytes=24) as made:
        yield made


@pytest.fixture
def data_dir(disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """On that disk."""
    folder = disk.folder / "gegevens"
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(folder))
    monkeypatch.setenv("ROUTEWIJZER_MIN_FREE_MB", "0")
    return folder


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "lopen.md"
    path.write_text(NEW, encoding="utf-8")
    return path


def edition(cli: Cli) -> int:
    """The edition that answers, as a process that starts now finds it."""
    ran = cli("ask", QUESTION, "--json")
    assert ran.code == 0, ran
    assert "450 euro" in ran.json["text"]
    number: int = ran.json["edition"]
    return number


def failed(ran: Ran, said: str) -> None:
    """Assert that a command said at the end what was wrong; steps may stand before it."""
    assert (ran.code, ran.out) == (1, ""), ran
    assert said in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err


def recovered(record: Record, fault: str, again: Callable[[], None]) -> None:
    began = time.monotonic()
    again()
    record("fault", fault)
    record("recovery_s", round(time.monotonic() - began, 2))


@pytest.mark.parametrize("left", [0, 30_000, 100_000, 300_000])
def test_a_full_disk_while_reading_a_document_in(
    published: Cli, disk: SmallDisk, new: Path, left: int, record_property: Record
) -> None:
    disk.fill(left)
    ran = published("ingest", new)
    if ran.code:
        failed(ran, "De schijf is vol. Maak ruimte")
    assert edition(published) == 1
    disk.empty()

    def again() -> None:
        assert published("ingest", new, "--publish").code == 0
        assert edition(published) == 2

    recovered(record_property, f"schijf vol bij inlezen ({left // 1000} kB vrij)", again)
    assert published("corpus", "verify").code == 0


@pytest.mark.parametrize("left", [0, 10_000, 40_000, 100_000])
def test_a_full_disk_while_publishing(
    published: Cli, disk: SmallDisk, new: Path, left: int, record_property: Record
) -> None:
    assert published("ingest", new).code == 0
    disk.fill(left)
    failed(published("corpus", "publish"), "De schijf is vol. Maak ruimte")
    assert edition(published) == 1
    disk.empty()

    def again() -> None:
        assert published("corpus", "publish").code == 0
        assert edition(published) > 1

    recovered(record_property, f"schijf vol bij publiceren ({left // 1000} kB vrij)", again)
    published("corpus", "verify", "--repair")
    assert published("corpus", "verify").code == 0


@pytest.mark.parametrize("left", [0, 100_000])
def test_a_full_disk_while_making_a_backup(
    published: Cli, disk: SmallDisk, tmp_path: Path, left: int, record_property: Record
) -> None:
    target = disk.folder / "kopie.tar.zst"
    disk.fill(left)
    refused(published("backup", target), "niet te schrijven", "Maak ruimte")
    assert not list(disk.folder.glob("*kopie*")), "half a backup was left"
    assert edition(published) == 1
    disk.empty()

    def again() -> None:
        assert published("backup", target).code == 0

    recovered(record_property, f"schijf vol bij reservekopie ({left // 1000} kB vrij)", again)


def test_a_disk_that_can_only_be_read(
    published: Cli, disk: SmallDisk, new: Path, tmp_path: Path, record_property: Record
) -> None:
    disk.read_only()
    assert edition(published) == 1
    assert published("corpus", "list").code == 0
    assert published("corpus", "verify").out == "Alles klopt.\n"
    for command in (["ingest", new], ["corpus", "publish"], ["corpus", "rollback", "1"]):
        refused(published(*command), "alleen te lezen", "Zorg dat er in te schrijven is", code=1)
    assert published("backup", tmp_path / "kopie.tar.zst").code == 0
    disk.read_only(False)

    def again() -> None:
        assert published("ingest", new, "--publish").code == 0
        assert edition(published) == 2

    recovered(record_property, "schijf alleen te lezen", again)


@pytest.fixture
def site(published: Cli, disk: SmallDisk) -> Callable[[], TestClient]:
    """The web site, opened when it is called."""

    def opened() -> TestClient:
        parts = open_parts()
        app = create_app(
            parts.assistant,
            parts.library,
            parts.settings,
            parts.questions,
            parts.checklists,
            desk=parts,
            shared=parts.shared_answers,
            sources=parts.sources,
        )
        return TestClient(app, base_url="http://localhost")

    return opened


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_readers_get_their_answers_all_along(
    site: Callable[[], TestClient], disk: SmallDisk, trouble: str
) -> None:
    if trouble == "full":
        client = site()
        disk.fill()
    else:
        disk.read_only()
        client = site()
    for question in (QUESTION, "Wie kookt er?", "Hoeveel manen heeft Jupiter?"):
        given = client.post("/api/chat", json={"question": question})
        assert (given.status_code, given.json()["edition"]) == (200, 1)
    assert "450 euro" in client.get("/", params={"vraag": QUESTION}).text
    signing_in = client.post(
        "/beheer/inloggen",
        data={"name": "jan", "password": "een wachtwoord"},
        headers={"Origin": "http://localhost"},
    )
    assert signing_in.status_code == 503
    said = "De schijf is vol" if trouble == "full" else "alleen te lezen"
    assert said in signing_in.text


def test_a_log_that_a_killed_process_left_is_read_along(
    published: Cli, disk: SmallDisk, data_dir: Path
) -> None:
    """What stands only in the write-ahead log counts, too."""
    database = data_dir / "routewijzer.sqlite3"
    beside = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    engine = open_parts().registry.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE audit SET who = 'uit het logboek'")
        connection.commit()
        left = [path.read_bytes() for path in (database, *beside)]
    engine.dispose()  # which would write the log into the database
    for path, content in zip((database, *beside), left, strict=True):
        path.write_bytes(content)
    disk.read_only()
    assert edition(published) == 1
    assert "uit het logboek" in published("corpus", "history").out
