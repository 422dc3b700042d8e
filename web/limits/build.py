"""Puts the limits together from the settings."""

from __future__ import annotations

import secrets

from fastapi import FastAPI
from limits.storage import Storage

from corpus.settings import Settings
from web.limits.layer import Limits, Reason
from web.limits.line import Line
from web.limits.rates import Rates
from web.limits.rules import Kind, per_minute
from web.limits.visitors import Visitors
from web.problems import Problems
from web.watch.metrics import Metrics
from web.watch.request import notes


def add_limits(
    app: FastAPI, settings: Settings, store: Storage, metrics: Metrics, problems: Problems
) -> None:
    """Put the limits around what ``app`` has so far; requests are counted in ``store``."""

    def refused(kind: Kind, reason: Reason) -> None:
        metrics.refused(kind, reason)
        notes().refused = reason

    app.add_middleware(
        Limits,
        rates=build_rates(settings, store, metrics),
        line=build_line(settings, metrics),
        answer_seconds=settings.answer_seconds,
        problems=problems,
        refused=refused,
    )


def build_rates(settings: Settings, store: Storage, metrics: Metrics) -> Rates:
    """What counts requests in ``store``."""
    return Rates(
        store,
        Visitors(_secret(settings), settings.unlimited_addresses),
        per_minute(settings),
        not_counted=metrics.not_counted,
    )


def build_line(settings: Settings, metrics: Metrics) -> Line | None:
    """The line before the answers; None when any number is answered at once."""
    if not settings.answers_at_once:
        return None
    return Line(
        settings.answers_at_once,
        settings.answers_waiting,
        settings.answer_wait_s,
        metrics.line_changed,
    )


def _secret(settings: Settings) -> bytes:
    if settings.limits_secret is None:
        return secrets.token_bytes(32)
    return settings.limits_secret.get_secret_value().encode()
