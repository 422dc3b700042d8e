"""`routewijzer staff …`: accounts are made, changed and ended, and each act is noted."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from corpus.database import open_database
from corpus.ledger import Ledger
from corpus.staff import Accounts, Sessions
from tests.cli.conftest import Cli, Ran, refused

PASSWORD = "vier losse woorden samen"
ISSUER = "https://connect.surfconext.nl"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
Typed = Callable[..., Ran]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash costs nothing here."""
    monkeypatch.setattr("corpus.staff.PasswordHasher", lambda: CHEAP)


@pytest.fixture
def typed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs a command that is given a password on standard input."""

    def call(password: str, *arguments: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        return cli(*arguments)

    return call


@pytest.fixture
def accounts(data_dir: Path) -> Iterator[Accounts]:
    engine = open_database(data_dir)
    yield Accounts(engine, CHEAP)
    engine.dispose()


def test_an_account_is_made_and_can_sign_in(typed: Typed, cli: Cli, accounts: Accounts) -> None:
    ran = typed(PASSWORD, "staff", "add", "anja@school.nl", "--role", "publisher")
    assert (ran.code, ran.out) == (0, "Account anja@school.nl is gemaakt (publisher).\n")
    found = accounts.check("anja@school.nl", PASSWORD)
    assert found is not None
    assert found.may_publish
    assert PASSWORD not in ran.out + ran.err


def test_a_role_is_an_editors_unless_it_is_named(typed: Typed, accounts: Accounts) -> None:
    typed(PASSWORD, "staff", "add", "anja")
    assert accounts.all()[0].role == "editor"


def test_accounts_are_listed(typed: Typed, cli: Cli) -> None:
    assert "routewijzer staff add NAAM" in cli("staff", "list").out
    typed(PASSWORD, "staff", "add", "bea")
    typed(PASSWORD, "staff", "add", "anja", "--role", "publisher")
    cli("staff", "disable", "bea")
    assert cli("staff", "list").out == "anja  publisher\nbea  editor  (uitgezet)\n"
    assert cli("staff", "list", "--json").json == [
        {"name": "anja", "role": "publisher", "disabled": False, "subject": None},
        {"name": "bea", "role": "editor", "disabled": True, "subject": None},
    ]


def test_an_account_may_sign_in_elsewhere(
    typed: Typed, cli: Cli, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_OIDC_ISSUER", ISSUER)
    ran = cli("staff", "add", "anja", "--subject", "a-1", "--role", "publisher")
    assert (ran.code, ran.out) == (0, "Account anja is gemaakt (publisher).\n")
    found = accounts.by_subject(f"{ISSUER} a-1")
    assert found is not None
    assert (found.name, found.may_publish) == ("anja", True)
    assert accounts.check("anja", "") is None  # there is no password to guess
    typed(PASSWORD, "staff", "add", "bea")
    assert (
        cli("staff", "link", "bea", "b-2").out
        == "Account bea kan nu ook inloggen met SURFconext.\n"
    )
    assert accounts.check("bea", PASSWORD) == accounts.by_subject(f"{ISSUER} b-2")
    listed = cli("staff", "list").out
    assert listed == "anja  publisher  (OpenID Connect)\nbea  editor  (OpenID Connect)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "anja", "--subject", "b-2"], "hoort al bij het account 'bea'"),
        (["add", "bea", "--subject", "a-1"], "Er is al een account 'bea'"),
        (["add", "anja", "--subject", ""], "kan geen kenmerk van iemand zijn"),
        (["add", "anja", "--subject", "x" * 500], "zijn samen 530 tekens"),
        (["link", "bea", "b-2"], "hoort al bij het account 'bea'"),
        (["link", "niemand", "a-1"], "Er is geen account 'niemand'"),
    ],
)
def test_a_subject_is_of_one_account(
    cli: Cli,
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_OIDC_ISSUER", ISSUER)
    cli("staff", "add", "bea", "--subject", "b-2")
    refused(cli("staff", *arguments), said)
    assert [account.name for account in accounts.all()] == ["bea"]


def test_a_subject_needs_a_provider(cli: Cli) -> None:
    refused(cli("staff", "add", "anja", "--subject", "a-1"), "ROUTEWIJZER_OIDC_ISSUER")


def test_what_changes_ends_the_sessions(
    typed: Typed, cli: Cli, accounts: Accounts, data_dir: Path
) -> None:
    typed(PASSWORD, "staff", "add", "anja")
    engine = open_database(data_dir)
    sessions = Sessions(engine)
    token = sessions.open("anja")
    assert typed("een heel ander wachtwoord", "staff", "password", "anja").code == 0
    assert sessions.find(token) is None
    assert accounts.check("anja", "een heel ander wachtwoord") is not None
    assert cli("staff", "role", "anja", "publisher").out == "Account anja is nu publisher.\n"
    assert cli("staff", "disable", "anja").code == 0
    assert accounts.check("anja", "een heel ander wachtwoord") is None
    assert cli("staff", "enable", "anja").code == 0
    found = accounts.check("anja", "een heel ander wachtwoord")
    assert found is not None
    assert found.may_publish
    acts = [act.action for act in Ledger(engine).history()]
    assert acts == ["staff enable", "staff disable", "staff role", "staff password", "staff add"]
    assert all(PASSWORD not in repr(act.detail) for act in Ledger(engine).history())
    engine.dispose()


@pytest.mark.parametrize(
    ("password", "arguments", "said"),
    [
        ("kort", ["add", "anja"], "12 tot 200 tekens"),
        ("", ["add", "anja"], "12 tot 200 tekens"),
        (PASSWORD, ["add", "an ja"], "kan geen accountnaam zijn"),
        (PASSWORD, ["add", "anja", "--role", "baas"], "'baas' is geen rol"),
        (PASSWORD, ["password", "niemand"], "Er is geen account 'niemand'"),
        (PASSWORD, ["role", "niemand", "editor"], "Er is geen account 'niemand'"),
        (PASSWORD, ["disable", "niemand"], "Er is geen account 'niemand'"),
        (PASSWORD, ["enable", "niemand"], "Er is geen account 'niemand'"),
    ],
)
def test_what_cannot_be_done_is_told(
    typed: Typed, accounts: Accounts, password: str, arguments: list[str], said: str
) -> None:
    refused(typed(password, "staff", *arguments), said)
    assert accounts.all() == []
