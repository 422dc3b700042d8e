"""`routewijzer token …`: what machines sign in with."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from cli import given, output
from cli.parts import open_parts
from corpus.api_tokens import MAX_DAYS, STATE_NAMES, ApiToken

app = typer.Typer(help="Tokens voor programma's.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAAM", help="Van het programma of systeem.")],
    scope: Annotated[str, typer.Option(help="read, ingest en publish, met komma's.")] = "read",
    days: Annotated[int, typer.Option(help=f"Hoe lang het geldt, 1 tot {MAX_DAYS}.")] = 90,
) -> None:
    """Maak een token. Het wordt één keer getoond; daarna kan niemand het nog zien."""
    parts = open_parts()
    scopes = [part.strip() for part in scope.split(",") if part.strip()]
    token, text = parts.api_tokens.add(name, scopes, days, given.who())
    parts.ledger.log(given.who(), "token add", token.noted | {"scopes": list(token.scopes)})
    output.say(text)
    # Apart from the token itself, so that a script can keep what comes out.
    print(
        f"Bewaar dit token nu: het is niet terug te vinden. "
        f"Het geldt tot {_day(token.expires_at)}. Intrekken: routewijzer token revoke {token.id}",
        file=sys.stderr,
    )


@app.command("list")
def list_(json_: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Toon de tokens, ook die niet meer gelden."""
    tokens = open_parts().api_tokens.all()
    if json_:
        output.as_json([_values(token) for token in tokens])
        return
    if not tokens:
        output.say("Er zijn nog geen tokens. Maak er een: routewijzer token add NAAM --scope read")
        return
    columns = ("id", "naam", "mag", "staat", "geldt tot", "laatst gebruikt", "gemaakt door")
    output.table(columns, [_row(token) for token in tokens])


@app.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="Uit `routewijzer token list`.")],
) -> None:
    """Trek een token in; het geldt meteen niet meer."""
    parts = open_parts()
    token = parts.api_tokens.revoke(token_id)
    parts.ledger.log(given.who(), "token revoke", token.noted)
    output.say(f"Token {token.id} ({token.name}) is ingetrokken.")


def _row(token: ApiToken) -> tuple[str, ...]:
    return (
        token.id,
        token.name,
        ",".join(token.scopes),
        STATE_NAMES[token.state],
        _day(token.expires_at),
        _day(token.used_at) if token.used_at is not None else "nooit",
        token.made_by,
    )


def _values(token: ApiToken) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "state": token.state,
        "made_by": token.made_by,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "used_at": token.used_at.isoformat() if token.used_at is not None else None,
    }


def _day(at: datetime) -> str:
    return at.date().isoformat()
