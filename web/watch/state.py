"""The figures of the corpus as metrics, read when somebody asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from corpus.state import Figures
from web.watch.metrics import Metrics
from web.watch.ready import FINE, Readiness


class StateCollector(Collector):
    """The corpus, the disk, the jobs, and what is ready, as gauges."""

    def __init__(self, readiness: Readiness, figures: Callable[[], Figures] | None) -> None:
        self._readiness = readiness
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """The gauges of this moment."""
        ready = GaugeMetricFamily(
            "routewijzer_ready", "1 when a part that answering needs is fine.", labels=["part"]
        )
        report = self._readiness.look()
        for part, stands in report.parts.items():
            ready.add_metric([part], float(stands == FINE))
        yield ready
        # Without a database there are no figures to be had.
        if self._figures is not None and report.parts.get("database") == FINE:
            yield from _gauges(self._figures())


def _gauges(figures: Figures) -> Iterator[Metric]:
    edition = "The edition that readers see; 0 before the first."
    yield GaugeMetricFamily("routewijzer_edition", edition, figures.edition)
    yield GaugeMetricFamily("routewijzer_documents", "Documents in it.", figures.documents)
    yield GaugeMetricFamily("routewijzer_passages", "Passages in it.", figures.passages)
    size = "Size of its index on disk."
    yield GaugeMetricFamily("routewijzer_index_bytes", size, figures.index_bytes)
    room = "Room left on the disk of the data folder."
    yield GaugeMetricFamily("routewijzer_disk_free_bytes", room, figures.free_bytes)
    jobs = GaugeMetricFamily(
        "routewijzer_jobs", "Long work that staff started, by state.", labels=["state"]
    )
    for state, count in figures.jobs.items():
        jobs.add_metric([state], count)
    yield jobs
    waiting = "How long the work that has waited longest has waited."
    yield GaugeMetricFamily("routewijzer_job_waiting_seconds", waiting, figures.delay.waiting_s)
    silent = "How long ago the worker that is at work gave a sign of life; 0 when none is."
    yield GaugeMetricFamily("routewijzer_job_silent_seconds", silent, figures.delay.silent_s)


def exposition(metrics: Metrics, state: Collector, shared: Path | None) -> bytes:
    """All metrics in the text format of Prometheus.

    ``shared`` is the folder in which several processes count together; without one the figures
    are those of this process, which is then the only one.
    """
    if shared is None:
        # Of this process: memory, time, open files.
        return generate_latest(metrics.registry) + _latest(state, ProcessCollector(registry=None))
    for left in shared.glob("gauge_livesum_*.db"):
        pid = int(left.stem.rsplit("_", 1)[1])
        if not _lives(pid):  # the server puts another worker in the place of one that died
            mark_process_dead(pid, str(shared))  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(shared))  # type: ignore[no-untyped-call]
    return generate_latest(registry) + _latest(state)


def _latest(*collectors: Collector) -> bytes:
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    return generate_latest(registry)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
