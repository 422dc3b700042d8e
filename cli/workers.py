"""What several workers of one server share, and where."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.health import SHARED
from corpus.settings import Settings
from web.limits.store import SQLITE


@contextmanager
def counting_together(settings: Settings, workers: int) -> Iterator[None]:
    """Within it ``workers`` processes, started by this one, count requests and metrics together.

    They are told by their environment, the only thing that they get from this process. All of it
    lies in a folder that goes when the server stops: nothing is counted across two runs.
    """
    if workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="routewijzer-") as folder:
        metrics = Path(folder, "metrics")
        metrics.mkdir()
        told = {SHARED: str(metrics)}
        if settings.limits_url is None:
            told["ROUTEWIJZER_LIMITS_URL"] = f"{SQLITE}{folder}/limits.sqlite3"
        if settings.limits_secret is None:
            told["ROUTEWIJZER_LIMITS_SECRET"] = secrets.token_hex(32)
        os.environ.update(told)
        try:
            yield
        finally:
            for name in told:
                del os.environ[name]
