"""`routewijzer staff …`: who may sign in to the pages for staff."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli import given, output
from cli.parts import open_parts
from corpus.account_rules import subject_of
from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.staff import ROLES, Role

app = typer.Typer(help="Accounts voor het beheer.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAAM", help="Bijvoorbeeld een e-mailadres.")]
RoleOption = Annotated[
    str, typer.Option("--role", help="editor (bereidt voor) of publisher (publiceert ook).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


@app.command()
def add(
    name: Name,
    role: RoleOption = "editor",
    subject: Annotated[
        str | None,
        typer.Option(
            metavar="KENMERK",
            help="Hoe de inlogdienst deze persoon noemt; er komt dan geen wachtwoord.",
        ),
    ] = None,
) -> None:
    """Maak een account. Het wachtwoord wordt gevraagd, of gelezen van de standaardinvoer."""
    parts = open_parts()
    if subject is None:
        parts.accounts.add(name, _password(), _role(role))
    else:
        parts.accounts.add_elsewhere(name, _subject(parts.settings, subject), _role(role))
    parts.ledger.log(given.who(), "staff add", {"name": name, "role": role})
    output.say(f"Account {name} is gemaakt ({role}).")


@app.command()
def link(
    name: Name,
    subject: Annotated[
        str, typer.Argument(metavar="KENMERK", help="Hoe de inlogdienst deze persoon noemt.")
    ],
) -> None:
    """Laat een account dat er al is ook inloggen met OpenID Connect."""
    parts = open_parts()
    parts.accounts.link(name, _subject(parts.settings, subject))
    parts.ledger.log(given.who(), "staff link", {"name": name})
    output.say(f"Account {name} kan nu ook inloggen met {parts.settings.oidc_name}.")


@app.command("list")
def list_(json_: AsJson = False) -> None:
    """Toon de accounts."""
    accounts = open_parts().accounts.all()
    rows = [
        {"name": a.name, "role": a.role, "disabled": a.disabled, "subject": a.subject or None}
        for a in accounts
    ]
    if json_:
        output.as_json(rows)
        return
    for account in accounts:
        notes = ["  (uitgezet)"] if account.disabled else []
        notes += ["  (OpenID Connect)"] if account.subject else []
        output.say(f"{account.name}  {account.role}{''.join(notes)}")
    if not accounts:
        output.say("Er zijn nog geen accounts. Maak er een: routewijzer staff add NAAM")


@app.command()
def password(name: Name) -> None:
    """Geef een account een ander wachtwoord; wie ermee ingelogd is, wordt uitgelogd."""
    parts = open_parts()
    parts.accounts.set_password(name, _password())
    parts.ledger.log(given.who(), "staff password", {"name": name})
    output.say(f"Account {name} heeft een ander wachtwoord.")


@app.command("role")
def role_(name: Name, role: Annotated[str, typer.Argument(help="editor of publisher")]) -> None:
    """Geef een account een andere rol."""
    parts = open_parts()
    parts.accounts.set_role(name, _role(role))
    parts.ledger.log(given.who(), "staff role", {"name": name, "role": role})
    output.say(f"Account {name} is nu {role}.")


@app.command()
def disable(name: Name) -> None:
    """Zet een account uit; wie ermee ingelogd is, wordt uitgelogd."""
    parts = open_parts()
    parts.accounts.disable(name)
    parts.ledger.log(given.who(), "staff disable", {"name": name})
    output.say(f"Account {name} is uitgezet.")


@app.command()
def enable(name: Name) -> None:
    """Zet een account weer aan."""
    parts = open_parts()
    parts.accounts.enable(name)
    parts.ledger.log(given.who(), "staff enable", {"name": name})
    output.say(f"Account {name} kan weer inloggen.")


def _subject(settings: Settings, subject: str) -> str:
    if settings.oidc_issuer is None:
        raise BadInputError(
            "Bij een kenmerk hoort een inlogdienst. Zet eerst ROUTEWIJZER_OIDC_ISSUER, "
            "bijvoorbeeld op https://connect.surfconext.nl."
        )
    return subject_of(settings.oidc_issuer, subject)


def _role(given_role: str) -> Role:
    for role in ROLES:
        if role == given_role:
            return role
    raise BadInputError(f"--role: '{given_role}' is geen rol. Kies uit: {', '.join(ROLES)}.")


def _password() -> str:
    if not sys.stdin.isatty():  # from a script: the first line, never an argument that ps shows
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog een keer")
    return typed
