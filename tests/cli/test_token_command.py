"""`routewijzer token …`: shown once, listed without what proves it, ended at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from corpus.api_tokens import ApiTokens
from corpus.database import open_database
from corpus.ledger import Ledger
from tests.cli.conftest import Cli, refused


@pytest.fixture
def engine(data_dir: Path) -> Iterator[Engine]:
    engine = open_database(data_dir)
    yield engine
    engine.dispose()


def test_a_token_is_made_and_shown_once(cli: Cli, engine: Engine) -> None:
    ran = cli("token", "add", "Rooster", "--scope", "read, publish", "--days", "30")
    assert ran.code == 0
    token = ApiTokens(engine).check(ran.out.strip())
    assert token is not None
    assert (token.name, token.scopes) == ("Rooster", ("read", "publish"))
    assert (token.expires_at - token.created_at).days == 30
    assert f"routewijzer token revoke {token.id}" in ran.err
    assert ran.out.strip() not in ran.err
    listed = cli("token", "list")
    assert ran.out.strip() not in listed.out
    act = Ledger(engine).history()[0]
    assert act.action == "token add"
    assert act.detail == {"token": f"Rooster ({token.id})", "scopes": ["read", "publish"]}


def test_without_more_it_may_read_for_ninety_days(cli: Cli, engine: Engine) -> None:
    cli("token", "add", "Rooster")
    token = ApiTokens(engine).all()[0]
    assert token.scopes == ("read",)
    assert (token.expires_at - token.created_at).days == 90


def test_tokens_are_listed(cli: Cli, engine: Engine) -> None:
    assert "routewijzer token add NAAM" in cli("token", "list").out
    made = cli("token", "add", "Rooster").out.strip()
    ApiTokens(engine).check(made)
    token = ApiTokens(engine).all()[0]
    line = cli("token", "list").out.splitlines()[1]
    for part in (token.id, "Rooster", "read", "geldig", f"{token.expires_at:%Y-%m-%d}"):
        assert part in line
    row = cli("token", "list", "--json").json[0]
    assert (row["id"], row["state"], row["scopes"]) == (token.id, "valid", ["read"])
    assert row["used_at"] is not None


def test_a_token_is_revoked(cli: Cli, engine: Engine) -> None:
    made = cli("token", "add", "Rooster").out.strip()
    token = ApiTokens(engine).all()[0]
    assert cli("token", "revoke", token.id).out == f"Token {token.id} (Rooster) is ingetrokken.\n"
    assert ApiTokens(engine).check(made) is None
    assert "ingetrokken" in cli("token", "list").out
    assert Ledger(engine).history()[0].action == "token revoke"
    refused(cli("token", "revoke", token.id), f"Er is geen token '{token.id}'")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Rooster", "--scope", "alles"], "'alles' is geen bevoegdheid. Kies uit: read, ingest"),
        (["Rooster", "--scope", " , "], "Er is geen bevoegdheid gekozen"),
        (["Rooster", "--days", "0"], "0 dagen kan niet"),
        (["Rooster", "--days", "morgen"], "moet een geheel getal zijn"),
        ([" "], "kan geen naam van een token zijn"),
    ],
)
def test_what_cannot_be_made_is_told(
    cli: Cli, engine: Engine, arguments: list[str], said: str
) -> None:
    refused(cli("token", "add", *arguments), said)
    assert ApiTokens(engine).all() == []
