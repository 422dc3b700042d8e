"""The starter pages, published with the real model: once, for every test and every worker."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import corpus
from cli.parts import Parts
from corpus.model_setup import ensure_model
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata
from tests.made_once import made_once

STARTER = Path(corpus.__file__).parent / "starter"


def published_starter(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Settings:
    """Settings with a data folder in ``folder`` that has the starter pages as edition 1."""
    made = made_once("starter", _publish, tmp_path_factory)
    shutil.copytree(made, folder / "var")
    return Settings(data_dir=folder / "var")


def _publish(folder: Path) -> None:
    settings = Settings(data_dir=folder)
    ensure_model(settings)
    parts = Parts(settings)
    parts.pipeline.ingest(collect_sources([STARTER], PartialMetadata(), settings), no_progress)
    parts.editions.publish("test", no_progress)
    parts.registry.engine.dispose()
