from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.health import check_watching, checks, watching
from cli.parts import Parts
from corpus.errors import BadInputError, NotReadyError
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata
from tests.fakes import HashEmbedder


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    monkeypatch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
    (tmp_path / "fiets.md").write_text("# Fiets\n\nEen leenfiets kost niets.\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "var", model_dir=tmp_path / "geen", min_free_mb=0)
    made = Parts(settings)
    sources = collect_sources([tmp_path / "fiets.md"], PartialMetadata(), settings)
    made.pipeline.ingest(sources, no_progress)
    made.editions.publish("tester", no_progress)
    yield made
    made.registry.engine.dispose()


def number(parts: Parts) -> int:
    found = parts.library.current_edition()
    assert found is not None
    return found


def test_all_is_well(parts: Parts) -> None:
    looked = checks(parts)
    assert set(looked) == {"index", "vectors", "model", "disk"}
    for check in looked.values():
        check(number(parts))
    figures = watching(parts).figures
    assert figures is not None
    assert (figures().edition, figures().documents) == (number(parts), 1)


def test_an_index_that_is_gone(parts: Parts) -> None:
    folder = parts.editions.index_folder(number(parts))
    folder.rename(folder.with_name("weg"))
    with pytest.raises(NotReadyError, match="corpus reindex") as refused:
        checks(parts)["index"](number(parts))
    assert str(parts.settings.data_dir) not in str(refused.value)


def test_another_model(parts: Parts) -> None:
    parts.model_id = "ander-model"
    with pytest.raises(NotReadyError, match="ander-model"):
        checks(parts)["model"](number(parts))


def test_a_disk_that_is_almost_full(parts: Parts) -> None:
    full = Parts(parts.settings.model_copy(update={"min_free_mb": 10**9}))
    with pytest.raises(NotReadyError, match="1000000000 MB"):
        checks(full)["disk"](1)


def test_what_is_set_wrong_is_told_before_anything_starts() -> None:
    with pytest.raises(BadInputError, match="ROUTEWIJZER_LIMITS_URL"):
        check_watching(Settings(limits_url="mysql://x"))
    check_watching(Settings())
