"""How the tests of reading make a version out of a few lines of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.settings import Settings
from corpus.types import Version
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source


@pytest.fixture
def settings() -> Settings:
    return Settings(max_file_mb=1, max_text_mb=1)


@pytest.fixture
def read(settings: Settings) -> Callable[..., Version]:
    """Reads text as the file ``name``, as if ``title`` was given with it."""

    def read_text(text: str, name: str = "voorbeeld.md", title: str | None = None) -> Version:
        source = Source(name, text.encode("utf-8"), PartialMetadata(title=title))
        return read_source(source, settings)

    return read_text
