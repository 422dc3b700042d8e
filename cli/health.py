"""What the server watches of its own parts."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from limits.storage import Storage
from prometheus_client import disable_created_metrics

from cli.parts import Parts
from corpus.errors import NotReadyError
from corpus.segments import has_segments
from corpus.settings import Settings
from corpus.state import CorpusFigures, free_bytes, is_whole
from web.limits.store import open_store
from web.watch.metrics import Metrics
from web.watch.ready import Check
from web.watch.traces import check_installed, open_spans
from web.watch.watching import Watching

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the workers of one server count together; the library reads it under this name."""


def watching(parts: Parts) -> Watching:
    """Metrics, traces and checks as the settings ask for them. For entry points: of every counter
    in this process, the moment at which it was made is left out.

    Raises BadInputError when traces are asked for and OpenTelemetry is not installed.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]
    settings = parts.settings
    token, shared = settings.metrics_token, os.environ.get(SHARED)
    return Watching(
        metrics=Metrics(),
        spans=open_spans(settings.otel_endpoint) if settings.otel_endpoint else None,
        checks=checks(parts),
        figures=CorpusFigures(
            parts.registry,
            parts.ledger,
            parts.jobs,
            parts.editions.index_folder,
            settings.data_dir,
        ).read,
        shared=Path(shared) if shared else None,
        metrics_token=token.get_secret_value() if token is not None else "",
    )


def counting(settings: Settings) -> Storage:
    """Where requests are counted. Raises BadInputError when the setting is wrong."""
    url = settings.limits_url
    return open_store(url.get_secret_value() if url is not None else "")


def check_watching(settings: Settings) -> None:
    """Raises BadInputError when what the settings ask for is not installed or cannot be used."""
    counting(settings)
    if settings.otel_endpoint:
        check_installed()


def checks(parts: Parts) -> dict[str, Check]:
    """What must be fine for questions to be answered, besides the database."""
    settings = parts.settings
    return {
        "index": partial(_check_index, parts),
        "vectors": partial(_check_vectors, parts),
        "model": partial(_check_model, parts),
        "disk": partial(_check_disk, settings.data_dir, settings.min_free_mb),
    }


def _check_index(parts: Parts, edition: int) -> None:
    if not is_whole(parts.editions.index_folder(edition)):
        raise NotReadyError(
            f"De index van editie {edition} ontbreekt of is niet heel. "
            "Maak hem opnieuw met: routewijzer corpus reindex"
        )


def _check_vectors(parts: Parts, edition: int) -> None:
    vectors = parts.editions.index_folder(edition) / "vectors"
    if has_segments(vectors):  # whether they should be there is the index's to say
        parts.home.check(vectors)


def _check_model(parts: Parts, _edition: int) -> None:
    parts.check_model()


def _check_disk(data_dir: Path, wanted_mb: int, _edition: int) -> None:
    free_mb = free_bytes(data_dir) // 1_000_000
    if free_mb < wanted_mb:
        raise NotReadyError(
            f"Er is nog {free_mb} MB vrij op de schijf; nodig is {wanted_mb} MB. Maak ruimte."
        )
