from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli.health import SHARED, counting
from cli.workers import counting_together
from corpus.settings import Settings
from web.limits.store import SqliteStore

NAMES = (SHARED, "ROUTEWIJZER_LIMITS_URL", "ROUTEWIJZER_LIMITS_SECRET")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_one_process_counts_by_itself() -> None:
    with counting_together(Settings(), 1):
        assert not set(NAMES) & set(os.environ)


def test_several_are_told_where_to_count_and_nothing_stays_behind() -> None:
    with counting_together(Settings(), 2):
        metrics = Path(os.environ[SHARED])
        assert metrics.is_dir()
        settings = Settings()  # as a worker reads them
        store = counting(settings)
        assert isinstance(store, SqliteStore)
        store.close()
        assert (metrics.parent / "limits.sqlite3").is_file()
        assert settings.limits_secret is not None
        assert len(settings.limits_secret.get_secret_value()) == 64
    assert not metrics.parent.exists()
    assert not set(NAMES) & set(os.environ)


def test_what_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTEWIJZER_LIMITS_URL", "redis://ergens:6379")
    monkeypatch.setenv("ROUTEWIJZER_LIMITS_SECRET", "van ons")
    with counting_together(Settings(), 2):
        assert os.environ["ROUTEWIJZER_LIMITS_URL"] == "redis://ergens:6379"
    assert os.environ["ROUTEWIJZER_LIMITS_SECRET"] == "van ons"
