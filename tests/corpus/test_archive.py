"""What is in a backup is believed only when every byte of it is right."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus import archive
from corpus.archive import DATABASE, About, Manifest, belongs, read_archive, write_archive
from corpus.errors import BadInputError
from corpus.progress import no_progress

ABOUT = About(
    made_at=datetime(2026, 1, 2, tzinfo=UTC), release="1", tables="0001", edition=3, counts={}
)
NOTHING: dict[str, object] = {"sha256": "x", "size": 1}


def made(folder: Path) -> tuple[Path, Manifest]:
    """A backup of two files."""
    (folder / "db").write_bytes(b"database" * 1000)
    (folder / "own").write_bytes(b"questions")
    path = folder / "a.tar.zst"
    files = [(DATABASE, folder / "db"), ("sets/eigen.yaml", folder / "own")]
    with path.open("wb") as file:
        return path, write_archive(file, files, ABOUT, no_progress)


def packed(folder: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """A file made by someone else."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for info, data in members:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    path = folder / "vreemd.tar.zst"
    path.write_bytes(zstandard.compress(raw.getvalue()))
    return path


def refused(path: Path, into: Path, said: str) -> None:
    into.mkdir(exist_ok=True)
    with pytest.raises(BadInputError, match=said) as error:
        read_archive(path, into, no_progress)
    assert "\n" not in str(error.value)
    assert {p.name for p in into.parent.iterdir()} <= {
        "vreemd.tar.zst",
        "a.tar.zst",
        "db",
        "own",
        "uit",
    }


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    path, manifest = made(tmp_path)
    assert read_archive(path, None, no_progress) == manifest
    assert read_archive(path, tmp_path / "uit", no_progress) == manifest
    assert (tmp_path / "uit" / DATABASE).read_bytes() == b"database" * 1000
    assert (tmp_path / "uit/sets/eigen.yaml").read_bytes() == b"questions"
    assert manifest.about == ABOUT


def test_a_file_that_is_gone_by_then_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"x")
    with (tmp_path / "a").open("wb") as file:
        files = [(DATABASE, tmp_path / "db"), ("reports/1/report.html", tmp_path / "weg")]
        assert set(write_archive(file, files, ABOUT, no_progress).files) == {DATABASE}


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.99])
def test_a_part_is_not_taken_for_the_whole(tmp_path: Path, share: float) -> None:
    path, _ = made(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    refused(path, tmp_path / "uit", "geen hele reservekopie")


@given(place=st.floats(0, 0.999), flip=st.integers(1, 255))
def test_no_changed_byte_goes_unseen(
    place: float, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, manifest = made(tmp_path_factory.mktemp("kopie"))
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= flip
    path.write_bytes(data)
    with suppress(BadInputError):  # else it was a bit that means nothing
        assert read_archive(path, None, no_progress) == manifest


def test_what_is_no_backup_at_all(tmp_path: Path) -> None:
    path = tmp_path / "vreemd.tar.zst"
    path.write_bytes(b"PK\x03\x04 something else" * 50)
    refused(path, tmp_path / "uit", "geen hele reservekopie")


@pytest.mark.parametrize(
    "name",
    [
        *("../buiten", "/etc/passwd", "sets/../../buiten", "./sets/a.yaml", "sets//a.yaml", ""),
        *("editions/000001/chroma/x.pickle", "pages/1/a.png", "write.lock", ".verborgen", "a\\b"),
        *("sets/.half", "x\n", "sets/" + "a" * 500, "ander.sqlite3"),
    ],
)
def test_a_name_that_no_backup_has(tmp_path: Path, name: str) -> None:
    (tmp_path / "uit").mkdir()
    path = packed(tmp_path, (tarfile.TarInfo(name), b"x"))
    refused(path, tmp_path / "uit", "niet door Routewijzer gemaakt|geen hele reservekopie")
    assert list((tmp_path / "uit").rglob("*")) == []


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_links_and_other_kinds(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("sets/a.yaml")
    info.type, info.linkname = kind, "/etc/passwd"
    refused(packed(tmp_path, (info, b"")), tmp_path / "uit", "geen gewoon bestand")


def test_the_same_name_twice(tmp_path: Path) -> None:
    twice = [(tarfile.TarInfo("sets/a.yaml"), b"1"), (tarfile.TarInfo("sets/a.yaml"), b"2")]
    refused(packed(tmp_path, *twice), tmp_path / "uit", "tweemaal")


def test_a_small_file_that_unpacks_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SMALL", 1_000_000)
    path = packed(tmp_path, (tarfile.TarInfo("sets/a.yaml"), bytes(20_000_000)))
    refused(path, tmp_path / "uit", "te groot")
    assert list((tmp_path / "uit").rglob("*.yaml")) == []


def test_a_header_that_unpacks_without_end(tmp_path: Path) -> None:
    info = tarfile.TarInfo("sets/a.yaml")
    info.pax_headers = {"comment": "a" * 20_000_000}
    refused(packed(tmp_path, (info, b"x")), tmp_path / "uit", "meer in dan hij zegt")


def _changed(change: Callable[[dict[str, object]], object]) -> bytes:
    manifest: dict[str, object] = {
        "format": 1,
        "about": ABOUT.model_dump(mode="json"),
        "files": {
            DATABASE: {
                "size": 1,
                "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
            }
        },
    }
    change(manifest)
    return json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format=99), "nieuwere Routewijzer"),
        (lambda m: m.pop("about"), "inhoudsopgave"),
        (lambda m: m["files"].update({"sets/a.yaml": NOTHING}), "ontbreekt een deel"),
        (lambda m: m["files"].update({DATABASE: NOTHING}), "ontbreekt een deel"),
        (lambda m: m["files"].clear(), "ontbreekt een deel"),
    ],
)
def test_a_manifest_that_says_something_else(
    tmp_path: Path, change: Callable[[dict[str, object]], object], said: str
) -> None:
    members = [
        (tarfile.TarInfo(DATABASE), b"x"),
        (tarfile.TarInfo("manifest.json"), _changed(change)),
    ]
    refused(packed(tmp_path, *members), tmp_path / "uit", said)


def test_without_a_change_that_manifest_is_right(tmp_path: Path) -> None:
    members = [
        (tarfile.TarInfo(DATABASE), b"x"),
        (tarfile.TarInfo("manifest.json"), _changed(lambda _: None)),
    ]
    assert read_archive(packed(tmp_path, *members), None, no_progress).about == ABOUT


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("routewijzer.sqlite3", True),
        ("glossary.toml", True),
        ("originals/ab/abcd", True),
        ("eval/own.yaml", True),
        ("reports/3/verdict.json", True),
        ("routewijzer.sqlite3-wal", False),
        ("limits.sqlite3", False),
        ("editions/000001/words.txt", False),
        ("pages/1/a.png", False),
        ("eval/beir/x/routewijzer.sqlite3", False),
        ("originals/ab/.half-x", False),
        ("migrate.lock", False),
    ],
)
def test_what_is_kept(name: str, kept: bool) -> None:
    assert belongs(name) is kept
