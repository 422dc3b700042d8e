"""A data folder with a made-up corpus (`eval.bench.made_corpus`), published."""

from __future__ import annotations

from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.index import IndexBuilder
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Embedder
from eval.bench.made_corpus import PASSAGES, MadeUp, store

_WHO = "bench"


class Uncompared(IndexBuilder):
    """The production index; looking for duplicates among made-up texts would only take time."""

    def _find_duplicates(self, *_given: object) -> None:
        pass


def count_passages(settings: Settings) -> int:
    """How many passages readers search in ``settings.data_dir``."""
    engine = open_database(settings.data_dir)
    ledger = Ledger(engine)
    members = list(ledger.members(ledger.current() or 0).values())
    counts = Registry(engine).counts("passages", members)
    engine.dispose()
    return sum(counts.values())


def publish_made_up(settings: Settings, embedder: Embedder, passages: int) -> None:
    """Publish some ``passages`` in the empty ``settings.data_dir``."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    registry = Registry(open_database(settings.data_dir))
    model_id = embedder.model_id
    made = MadeUp(settings, embedder)
    store(made, 0, passages // PASSAGES, registry, model_id, compared=True)
    editions = Editions(
        registry,
        Ledger(registry.engine),
        Uncompared(registry, DutchAnalyser(), model_id),
        WriteLock(settings.data_dir, settings.lock_timeout_s),
        settings.data_dir,
        model_id,
    )
    editions.publish(_WHO)
    registry.engine.dispose()
