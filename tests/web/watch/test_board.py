"""The Grafana board and the alert rules name only what /metrics gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from corpus.settings import Settings
from tests.web.watch.test_routes import FIGURES
from web.app import create_app
from web.limits.layer import REASONS
from web.limits.rules import KINDS
from web.watch.metrics import STEPS, Metrics
from web.watch.watching import Watching

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations"
NAME = re.compile(r"\b(?:routewijzer|process)_[a-z_]+\b")
NOT_OURS = {"up", "instance", "job", "le"}
LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')


def board() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OPERATIONS / "grafana.json").read_text(encoding="utf-8"))
    return found


def panels() -> list[dict[str, Any]]:
    return [panel for panel in board()["panels"] if panel["type"] != "row"]


def rules() -> list[dict[str, Any]]:
    read = yaml.safe_load((OPERATIONS / "alerts.yaml").read_text(encoding="utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def expressions() -> Iterator[str]:
    for panel in panels():
        yield from (target["expr"] for target in panel["targets"])
    yield from (rule["expr"] for rule in rules())


@pytest.fixture
def samples(answering: Any, library: Any) -> dict[str, set[str]]:
    """The labels of each series that the server gives."""
    metrics = Metrics()
    metrics.refused("questions", "rate")
    metrics._fallbacks.labels("time_out").inc()
    metrics._step_seconds.labels("retrieve").observe(0.1)
    watching = Watching(metrics, figures=lambda: FIGURES)
    app = create_app(answering, library, Settings(), watching=watching)
    client = TestClient(app, "http://localhost", client=("127.0.0.1", 1))
    client.get("/?vraag=wat")
    families = text_string_to_metric_families(client.get("/metrics").text)
    found: dict[str, set[str]] = {}
    for family in families:
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_they_name_only_metrics_that_exist(samples: dict[str, set[str]]) -> None:
    named = {name for expression in expressions() for name in NAME.findall(expression)}
    assert len(named) > 15
    assert named - set(samples) == set()


def test_they_name_only_labels_that_exist(samples: dict[str, set[str]]) -> None:
    for expression in expressions():
        known = NOT_OURS.union(*(samples.get(n, set()) for n in NAME.findall(expression)))
        by = re.findall(r"\bby \(([^)]*)\)", expression)
        used = {label.strip() for group in by for label in group.split(",")}
        used |= {label for label, _ in LABEL.findall(expression)}
        assert used <= known, expression


def test_every_metric_of_ours_is_watched_somewhere(samples: dict[str, set[str]]) -> None:
    ours = {name for name in samples if name.startswith("routewijzer_")}
    watched = " ".join(expressions())
    bases = {re.sub(r"_(?:bucket|sum|count|created|total)$", "", name) for name in ours}
    assert {base for base in bases if base not in watched} == set()


def test_values_of_labels_are_those_that_are_given() -> None:
    given = {
        "reason": {*REASONS, "resting", "time_out", "model_failed"},
        "state": set(FIGURES.jobs),
        "kind": set(KINDS),
        "step": set(STEPS.values()),
    }
    for expression in expressions():
        for label, values in LABEL.findall(expression):
            if label in given:
                assert set(values.split("|")) <= given[label], expression


def test_the_board_hangs_together() -> None:
    ids = [panel["id"] for panel in board()["panels"]]
    assert len(set(ids)) == len(ids)
    places = [tuple(panel["gridPos"][k] for k in "xywh") for panel in board()["panels"]]
    cells = [(x + i, y + j) for x, y, w, h in places for i in range(w) for j in range(h)]
    assert len(set(cells)) == len(cells), "two panels overlap"
    assert all(x + w <= 24 for x, _, w, _ in places)
    assert all(expression.count("(") == expression.count(")") for expression in expressions())


def test_every_rule_is_one_that_prometheus_takes() -> None:
    for rule in rules():
        assert {*rule, "for"} == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"[A-Z]\w+", rule["alert"])
        assert re.fullmatch(r"\d+[smhd]", rule.get("for", "0s"))


def test_every_rule_says_what_to_do() -> None:
    assert len({rule["alert"] for rule in rules()}) == len(rules()) >= 8
    for rule in rules():
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        assert set(rule["annotations"]) == {"summary", "action"}
