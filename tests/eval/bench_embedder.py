"""The fake model by name, as the bench gives it to a process of its own."""

from __future__ import annotations

from corpus.settings import Settings
from tests.fakes import HashEmbedder


def open_fake(_settings: Settings) -> HashEmbedder:
    return HashEmbedder()
