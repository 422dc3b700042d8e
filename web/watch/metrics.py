"""What is counted and timed, for Prometheus. Every label has a bounded number of values."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from assistant import clock
from assistant.generation.types import FALLBACKS
from corpus.types import Outcome

STEPS = {
    clock.UNDERSTAND: "understand",
    clock.RETRIEVE: "retrieve",
    clock.SELECT: "select",
    clock.DECIDE: "decide",
    clock.COMPOSE: "compose",
    clock.VERIFY: "verify",
    clock.WRITE: "write",
    clock.PRESENT: "present",
}
"""Names of the steps of an answer, as labels."""
NO_ENGINE = "none"
"""Of a question that got no answer."""

_STEP_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)
_ANSWER_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._questions = Counter(
            "routewijzer_questions",
            "Questions, by what came of them and who wrote the answer.",
            ("status", "engine"),
            registry=self.registry,
        )
        self._answer_seconds = self._histogram(
            "routewijzer_answer_seconds", "Time to make an answer.", ("engine",), _ANSWER_BUCKETS
        )
        self._step_seconds = self._histogram(
            "routewijzer_step_seconds", "Time per step of an answer.", ("step",), _STEP_BUCKETS
        )
        self._request_seconds = self._histogram(
            "routewijzer_request_seconds",
            "Time from the request to the end of the response.",
            ("method", "route", "status"),
            _REQUEST_BUCKETS,
        )
        self._refused = Counter(
            "routewijzer_refused",
            "Requests that the limits refused.",
            ("kind", "reason"),
            registry=self.registry,
        )
        self._not_counted = Counter(
            "routewijzer_limits_not_counted",
            "Requests let through because counting failed.",
            registry=self.registry,
        )
        self._fallbacks = Counter(
            "routewijzer_model_fallbacks",
            "Answers in the documents' own sentences because the language model would not do.",
            ("reason",),
            registry=self.registry,
        )
        self._in_progress = self._gauge("routewijzer_answers_in_progress", "Answers being made.")
        self._waiting = self._gauge("routewijzer_answers_waiting", "Questions in line.")

    def answered(self, outcome: Outcome) -> None:
        """Count an answer and the time of its steps."""
        engine = outcome.answer.engine
        self._questions.labels(outcome.answer.status, engine).inc()
        self._answer_seconds.labels(engine).observe(outcome.latency_ms / 1000)
        for step, ms in outcome.steps:
            self._step_seconds.labels(STEPS.get(step, "other")).observe(ms / 1000)
        reason = fallback(outcome)
        if reason:
            self._fallbacks.labels(reason).inc()

    def not_answered(self, status: str) -> None:
        """Count a question that ended in an error: ``bad_input``, ``not_ready`` or ``failed``."""
        self._questions.labels(status, NO_ENGINE).inc()

    def refused(self, kind: str, reason: str) -> None:
        """Count a request that the limits refused."""
        self._refused.labels(kind, reason).inc()

    def not_counted(self) -> None:
        """Count a request that could not be counted."""
        self._not_counted.inc()

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; ``route`` is a template, not an address."""
        known = method if method in _METHODS else "other"
        self._request_seconds.labels(known, route, str(status)).observe(seconds)

    def line_changed(self, inside: int, waiting: int) -> None:
        """Note how many answers are being made and how many questions wait."""
        self._in_progress.set(inside)
        self._waiting.set(waiting)

    def _histogram(
        self, name: str, help_text: str, labels: tuple[str, ...], buckets: tuple[float, ...]
    ) -> Histogram:
        return Histogram(name, help_text, labels, buckets=buckets, registry=self.registry)

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(name, help_text, registry=self.registry, multiprocess_mode="livesum")


def fallback(outcome: Outcome) -> str | None:
    """Why the language model did not write an answer, as a label; None when it did, or when
    nobody asked it."""
    said = outcome.notes[0] if outcome.notes else ""
    found = next((why for why, line in FALLBACKS.items() if said.startswith(line)), None)
    return found.replace(" ", "_").replace("-", "_") if found is not None else None
