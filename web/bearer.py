"""Lets only machines with a token in: everything under ``/api/corpus`` needs one.

A layer around the application, as for staff: who has no token cannot make the server read an
upload. No cookie counts here, so that no other site can make a browser do anything (RFC 6750).
"""

from __future__ import annotations

from typing import Annotated, Protocol, cast

from anyio import to_thread
from fastapi import Request, Security
from fastapi.security import HTTPBearer, SecurityScopes
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.api_tokens import SCOPE_NAMES, ApiToken
from web.problems import Problems

PREFIX = "/api/corpus"

MISSING = (
    "Hier is een token nodig, in de kop Authorization: Bearer rw_…. "
    "Een publisher maakt er een bij Beheer, Tokens."
)
WRONG = (
    "Dit token geldt niet: het is verlopen, ingetrokken of nooit uitgegeven. "
    "Een publisher maakt een nieuw bij Beheer, Tokens."
)
NOT_ALLOWED = (
    "Dit token mag dit niet: het heeft de bevoegdheid {scope} ({meaning}) niet. "
    "Maak een token met die bevoegdheid."
)
_MAX_TOKEN_CHARS = 200


class Tokens(Protocol):
    """Knows tokens; `corpus.api_tokens.ApiTokens` fits."""

    def check(self, text: str) -> ApiToken | None:
        """The token that ``text`` is, when it counts."""


class TokenGate:
    """Wraps ``app``: requests under ``/api/corpus`` reach it only with a token that counts."""

    def __init__(self, app: ASGIApp, *, tokens: Tokens, problems: Problems) -> None:
        self._app = app
        self._tokens = tokens
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the token in the scope, or answer 401."""
        if scope["type"] != "http" or not for_machines(scope["path"]):
            await self._app(scope, receive, send)
            return
        text = bearer_of(Headers(scope=scope))
        token = await to_thread.run_sync(self._tokens.check, text) if text else None
        if token is None:
            refused = self._problems.respond(
                Request(scope),
                401,
                WRONG if text else MISSING,
                headers={"WWW-Authenticate": 'Bearer realm="Routewijzer"'},
            )
            await refused(scope, receive, send)
            return
        scope.setdefault("state", {})["token"] = token
        await self._app(scope, receive, send)


def for_machines(path: str) -> bool:
    """Whether a path is one for machines with a token."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def bearer_of(headers: Headers) -> str:
    """The token that a request shows, or an empty string."""
    kind, _, text = headers.get("authorization", "").partition(" ")
    text = text.strip()
    return text if kind.lower() == "bearer" and len(text) <= _MAX_TOKEN_CHARS else ""


_DESCRIBED = HTTPBearer(
    auto_error=False, scheme_name="token", description="rw_…, zoals Beheer, Tokens het geeft"
)


async def allowed(
    request: Request,
    needed: SecurityScopes,
    _: Annotated[object, Security(_DESCRIBED)],  # so that the description of the API tells it
) -> ApiToken:
    """The token of this request, once it has the scopes. Raises HTTPException 403."""
    token = cast(ApiToken, request.state.token)
    for scope in needed.scopes:
        if scope not in token.scopes:
            meaning = next(words for name, words in SCOPE_NAMES.items() if name == scope)
            raise HTTPException(403, NOT_ALLOWED.format(scope=scope, meaning=meaning))
    return token


Reader = Annotated[ApiToken, Security(allowed, scopes=["read"])]
Supplier = Annotated[ApiToken, Security(allowed, scopes=["ingest"])]
Publisher = Annotated[ApiToken, Security(allowed, scopes=["publish"])]
