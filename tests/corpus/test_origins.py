from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.database import open_database
from corpus.origins import Origin, Origins

PAGE = Origin(
    "fietsen",
    "https://voorbeeld.nl/fietsen",
    '"v1"',
    "Wed, 21 Jul 2021 07:28:00 GMT",
    {"title": "Fietsen", "audiences": ["bedrijf"], "valid_until": "2030-12-31"},
    datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
)


@pytest.fixture
def origins(tmp_path: Path) -> Iterator[Origins]:
    engine = open_database(tmp_path)
    yield Origins(engine)
    engine.dispose()


def test_an_origin_is_kept_without_a_document_and_read_back(origins: Origins) -> None:
    assert origins.all() == {}
    origins.put(replace(PAGE, document_id="kantine", etag=None, last_modified=None, given={}))
    origins.put(PAGE)
    assert list(origins.all()) == ["fietsen", "kantine"]
    assert origins.all()["fietsen"] == PAGE
    assert origins.all()["kantine"].etag is None


def test_a_later_origin_takes_the_place_of_the_first(origins: Origins) -> None:
    origins.put(PAGE)
    later = replace(PAGE, url="https://voorbeeld.nl/nieuw", etag='"v2"', given={"title": "Nieuw"})
    origins.put(later)
    assert origins.all() == {"fietsen": later}


def test_a_check_leaves_all_but_the_moment(origins: Origins) -> None:
    origins.put(PAGE)
    later = datetime(2026, 2, 3, tzinfo=UTC)
    origins.checked("fietsen", later)
    origins.checked("onbekend", later)
    assert origins.all() == {"fietsen": replace(PAGE, checked_at=later)}


def test_what_is_forgotten_is_gone(origins: Origins) -> None:
    origins.put(PAGE)
    origins.put(replace(PAGE, document_id="kantine"))
    origins.forget(["fietsen", "onbekend"])
    assert list(origins.all()) == ["kantine"]
