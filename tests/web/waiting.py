"""Waiting for work that staff started."""

from __future__ import annotations

import time

from cli.parts import Parts

PATIENCE_S = 60
"""For work, on a machine that does much else; a test that passes never waits for it."""


def wait_for_job(parts: Parts, address: str) -> None:
    """Return when the job of which this is the page has ended. To ask the page itself, fifty times
    a second, takes more than most of that work does."""
    job_id = address.rpartition("/")[2]
    until = time.monotonic() + PATIENCE_S
    while True:
        job = parts.jobs.find(job_id)
        assert job is not None, address
        if not job.open:
            return
        assert time.monotonic() < until, job
        time.sleep(0.02)
