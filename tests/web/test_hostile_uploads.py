"""Hostile files, sent as staff send them: refused in plain words or read within the limits, and
the site goes on answering."""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import unescape

import pytest

from corpus.dutch import DutchAnalyser
from tests.web.hostile import Upload
from tests.web.hostile_uploads import UPLOADS
from tests.web.staff.shop import Shop, open_shop

LIMITS = {
    "max_file_mb": 11,
    "max_zip_mb": 12,
    "max_text_mb": 2,
    "max_pages": 30,
    "max_zip_files": 50,
    "read_seconds": 20,
    "read_memory_mb": 300,
    "acts_per_minute": 0,
}
OURS_TO_BLAME = "Er ging iets mis bij ons"
QUESTION = {"question": "Hoeveel euro kost een leenfiets?"}


@pytest.fixture(scope="module")
def opened(
    reads_apart: None, tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser
) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("kwaad"), analyser, **LIMITS) as opened:
        yield opened


@pytest.fixture
def shop(opened: Shop) -> Iterator[Shop]:
    yield opened
    opened.clear()


def identity(upload: Upload) -> str:
    return upload.what.replace(" ", "-")


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(UPLOADS) >= 60
    assert len({upload.what for upload in UPLOADS}) == len(UPLOADS)


@pytest.mark.parametrize("upload", UPLOADS, ids=identity)
def test_it_does_no_harm(shop: Shop, upload: Upload) -> None:
    told = unescape(shop.add((upload.name, upload.make())))
    assert OURS_TO_BLAME not in told
    assert "Traceback" not in told
    drafts = shop.parts.registry.drafts()
    if upload.refused:
        assert "Niet gelukt" in told
        assert upload.refused in told
        assert drafts == {}
    else:
        (version_id,) = drafts.values()
        version = shop.parts.registry.version(version_id)
        assert upload.read in version.text
        for evil in upload.never:
            assert evil not in version.text
            assert evil not in version.source_name
    assert cleared_away(shop)
    answer = shop.client.post("/api/chat", json=QUESTION).json()
    assert (answer["status"], answer["edition"]) == ("answered", 1)


def cleared_away(shop: Shop) -> bool:
    """Whether the file itself is gone, which follows shortly after it was read or refused."""
    until = time.monotonic() + 60
    while list((shop.parts.settings.data_dir / "uploads").rglob("*")):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_nothing_was_written_elsewhere(opened: Shop) -> None:
    """After all of them: the data folder holds what it held, and nothing stands beside it."""
    data_dir = opened.parts.settings.data_dir
    assert [path.name for path in data_dir.parent.iterdir()] == [data_dir.name]
    strange = [path for path in data_dir.rglob("*") if path.is_symlink() or "kwaad" in path.name]
    assert strange == []
