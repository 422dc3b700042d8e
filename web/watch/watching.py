"""What one application has to watch itself with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.state import Figures
from web.watch.metrics import Metrics
from web.watch.ready import Check
from web.watch.traces import Spans


@dataclass(frozen=True)
class Watching:
    """The parts that watch; by default metrics of this process and nothing else."""

    metrics: Metrics = field(default_factory=Metrics)
    spans: Spans | None = None
    checks: dict[str, Check] = field(default_factory=dict)
    """What readiness looks at, besides the database."""
    figures: Callable[[], Figures] | None = None
    shared: Path | None = None
    """The folder in which several processes count together."""
    metrics_token: str = ""
    """What another machine shows to read /metrics; empty lets none."""
