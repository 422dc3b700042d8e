"""The parts that judging a change takes, on one data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from corpus.editions import Editions
from corpus.glossary_shelf import GlossaryShelf
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Embedder
from eval.runner import Answers


class Workshop(Protocol):
    """The application's parts fit it as they are."""

    settings: Settings

    @property
    def assistant(self) -> Answers:
        """Questions in."""

    @property
    def editions(self) -> Editions:
        """Staging and withdrawing."""

    @property
    def embedder(self) -> Embedder:
        """The embedding model."""

    @property
    def glossary_shelf(self) -> GlossaryShelf:
        """The glossary file that counts."""

    @property
    def ledger(self) -> Ledger:
        """Editions in SQL."""

    @property
    def library(self) -> Library:
        """What an edition holds."""

    @property
    def lock(self) -> WriteLock:
        """Held by who changes the corpus."""

    @property
    def model_id(self) -> str:
        """The embedding model's name and hash."""

    @property
    def registry(self) -> Registry:
        """Documents in SQL."""

    def elsewhere(self, data_dir: Path) -> Workshop:
        """The same parts on another data folder."""
