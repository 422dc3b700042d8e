from __future__ import annotations

import pytest
from starlette.types import Scope

from corpus.settings import Settings
from web.limits.rules import KINDS, per_minute, rule_of


def scope(method: str, address: str) -> Scope:
    path, _, query = address.partition("?")
    return {"type": "http", "method": method, "path": path, "query_string": query.encode()}


@pytest.mark.parametrize(
    ("method", "address", "kind", "answers"),
    [
        ("POST", "/api/chat", "questions", True),
        ("POST", "/gesprek", "questions", True),
        ("GET", "/?vraag=wat", "questions", True),
        ("GET", "/venster?taal=en&vraag=wat", "questions", True),
        ("POST", "/deel", "notes", True),
        ("POST", "/mening", "notes", False),
        ("POST", "/api/feedback", "notes", False),
        ("POST", "/beheer/inloggen", "acts", False),
        ("POST", "/beheer/toevoegen", "acts", False),
    ],
)
def test_what_is_counted(method: str, address: str, kind: str, answers: bool) -> None:
    rule = rule_of(scope(method, address))
    assert rule is not None
    assert (rule.kind, rule.answers) == (kind, answers)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("GET", "/?vraag="),
        ("GET", "/?vraag=+%20"),
        ("GET", "/?doelgroep=bedrijf"),
        ("GET", "/bron/een?vraag=wat"),
        ("GET", "/api/documents"),
        ("GET", "/static/app.js"),
        ("GET", "/healthz"),
        ("GET", "/metrics"),
        ("GET", "/beheer"),
        ("POST", "/beheerder"),
    ],
)
def test_what_is_not(method: str, address: str) -> None:
    assert rule_of(scope(method, address)) is None


def test_every_kind_has_a_limit_that_can_be_set() -> None:
    settings = Settings(questions_per_minute=1, notes_per_minute=2, acts_per_minute=3)
    assert tuple(per_minute(settings)[kind] for kind in KINDS) == (1, 2, 3)
