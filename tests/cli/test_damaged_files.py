"""Files that a disk spoilt: nobody gets an answer from them, and what can be mended is mended."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cli.parts import Parts, open_parts
from corpus.errors import NotReadyError
from tests.cli.conftest import CANTEEN, Cli, refused
from web.app import create_app

pytestmark = pytest.mark.fault

QUESTION = "Hoeveel kost een leenfiets?"
Record = Callable[[str, object], None]
Damage = Callable[[bytes], bytes]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def zeroed(data: bytes) -> bytes:
    return bytes(len(data))


def flipped(data: bytes) -> bytes:
    at = len(data) * 2 // 5
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def spoil(path: Path, damage: Damage) -> bytes:
    """Put other bytes in the place of a file; what was there comes back."""
    data = path.read_bytes()
    path.unlink()  # a process that has it open keeps what it has
    path.write_bytes(damage(data))
    return data


def files_of_index(data_dir: Path, edition: int = 1) -> list[Path]:
    """All but what tantivy keeps for itself and reads only to tidy up."""
    folder = data_dir / "editions" / f"{edition:06d}"
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]


@pytest.fixture
def parts(published: Cli) -> Iterator[Parts]:
    found = open_parts()
    yield found
    found.registry.engine.dispose()


@pytest.mark.parametrize("damage", [cut, zeroed, flipped])
def test_an_index_with_any_file_damaged_is_not_answered_from(
    published: Cli, parts: Parts, data_dir: Path, damage: Damage
) -> None:
    files = files_of_index(data_dir)
    assert len(files) > 12
    for path in files:
        before = spoil(path, damage)
        parts.library._opened = None  # as a process that starts now
        with pytest.raises(NotReadyError, match="corpus verify --repair"):
            parts.library.open_edition()
        path.write_bytes(before)
        parts.library.open_edition()


def test_a_file_that_is_gone(published: Cli, parts: Parts, data_dir: Path) -> None:
    for path in files_of_index(data_dir):
        before = path.read_bytes()
        path.unlink()
        parts.library._opened = None
        if path.name != "sums.json":  # without its list an index is one of an earlier release
            with pytest.raises(NotReadyError):
                parts.library.open_edition()
        path.write_bytes(before)


def website(parts: Parts) -> Callable[[str], tuple[int, dict[str, object]]]:
    """Asks the web site."""
    client = TestClient(create_app(parts.assistant, parts.library, parts.settings))

    def ask(question: str) -> tuple[int, dict[str, object]]:
        given = client.post("/api/chat", json={"question": question})
        return given.status_code, given.json()

    return ask


def test_a_server_goes_on_with_what_it_has_and_takes_what_is_mended(
    published: Cli, parts: Parts, data_dir: Path, record_property: Record
) -> None:
    ask = website(parts)
    before = ask(QUESTION)[1]["text"]
    for path in files_of_index(data_dir):
        spoil(path, flipped)
    status, answer = ask("En hoeveel kost een leenfiets per jaar?")
    assert (status, answer["edition"]) == (200, 1)
    began = time.monotonic()
    refused(published("ask", QUESTION), "is beschadigd)", "corpus verify --repair")
    assert published("corpus", "verify", "--repair").code == 0
    status, answer = ask(QUESTION)
    assert (status, answer["edition"], answer["text"]) == (200, 2, before)
    record_property("fault", "alle bestanden van de index beschadigd; corpus verify --repair")
    record_property("recovery_s", round(time.monotonic() - began, 2))
    assert published("corpus", "verify").out == "Alles klopt.\n"


def test_a_server_that_starts_on_a_damaged_index_says_so(
    published: Cli, parts: Parts, data_dir: Path
) -> None:
    spoil(next(p for p in files_of_index(data_dir) if p.name == "passages.f32"), flipped)
    status, problem = website(parts)(QUESTION)
    assert status == 503
    assert "passages.f32 is beschadigd" in str(problem["error"])


@pytest.mark.parametrize("name", ["passages.f32", "meta.json", "words.txt", "sums.json"])
def test_nothing_is_built_upon_a_damaged_index(
    published: Cli, data_dir: Path, tmp_path: Path, name: str
) -> None:
    spoil(next(p for p in files_of_index(data_dir) if p.name == name), zeroed)
    path = tmp_path / "kantine.md"
    path.write_text(CANTEEN.replace("Anna", "Karim"), encoding="utf-8")
    assert published("ingest", path, "--publish").code == 0
    assert published("ask", QUESTION, "--json").json["edition"] == 2
    assert published("corpus", "verify").code == 0


SPOILT: dict[str, Damage] = {
    "cut": cut,
    "zeroed": zeroed,
    "its header": lambda data: bytes(100) + data[100:],
    "a part in the middle": lambda data: data[:20_000] + bytes(200_000) + data[220_000:],
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_damaged_database_comes_back_from_a_backup(
    published: Cli, data_dir: Path, tmp_path: Path, what: str, record_property: Record
) -> None:
    backup = tmp_path / "kopie.tar.zst"
    assert published("backup", backup).code == 0
    for end in ("-wal", "-shm"):
        (data_dir / f"routewijzer.sqlite3{end}").unlink(missing_ok=True)
    spoil(data_dir / "routewijzer.sqlite3", SPOILT[what])
    for command in (["ask", QUESTION], ["corpus", "list"]):
        ran = published(*command)
        assert ran.code in (1, 2), ran
        assert "reservekopie terug" in ran.err
        assert "Traceback" not in ran.err
    began = time.monotonic()
    assert published("restore", backup, "--replace").code == 0
    assert "450 euro" in published("ask", QUESTION, "--json").json["text"]
    record_property("fault", f"database beschadigd ({what}); restore")
    record_property("recovery_s", round(time.monotonic() - began, 2))
    assert published("corpus", "verify").code == 0


def test_a_server_whose_database_is_damaged_says_so(
    published: Cli, parts: Parts, data_dir: Path
) -> None:
    ask = website(parts)
    assert ask(QUESTION)[0] == 200
    parts.registry.engine.dispose()
    shutil.copy(data_dir / "routewijzer.sqlite3", data_dir / "heel")
    spoil(data_dir / "routewijzer.sqlite3", zeroed)
    status, problem = ask("Wie kookt er in de kantine?")
    assert status == 503
    assert "De database is beschadigd" in str(problem["error"])
    parts.registry.engine.dispose()
    (data_dir / "heel").replace(data_dir / "routewijzer.sqlite3")
    assert ask("Wie kookt er in de kantine?")[0] == 200
