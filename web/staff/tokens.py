"""Tokens for machines: which there are, making one, and ending one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.api_tokens import SCOPE_NAMES, STATE_NAMES, ApiToken
from corpus.errors import BadInputError
from corpus.staff import Session
from web.staff.desk import Desk
from web.staff.session import PREFIX, PublisherForm, Staff

TOKENS = f"{PREFIX}/tokens"
DAYS = (30, 90, 180, 365)
"""Between which staff choose; on the command line any number will do."""
USUAL_DAYS = 90


def build_tokens(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to see, make and end tokens."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def page(
        request: Request,
        session: Session,
        status: int = 200,
        *,
        error: str = "",
        made: ApiToken | None = None,
        text: str = "",
    ) -> Response:
        context = {
            "session": session,
            "tokens": desk.api_tokens.all(),
            "scope_names": SCOPE_NAMES,
            "state_names": STATE_NAMES,
            "days": DAYS,
            "usual_days": USUAL_DAYS,
            "error": error,
            "made": made,
            "text": text,
        }
        return templates.TemplateResponse(
            request, "beheer/tokens.html", context, status_code=status
        )

    @router.get(TOKENS)
    def overview(request: Request, session: Staff) -> Response:
        """Which tokens there are."""
        return page(request, session)

    @router.post(TOKENS)
    def make(
        request: Request,
        session: PublisherForm,
        naam: Annotated[str, Form()] = "",
        mag: Annotated[list[str] | None, Form()] = None,
        dagen: Annotated[int, Form()] = USUAL_DAYS,
    ) -> Response:
        """Make a token and show it: once, and on no page that the browser keeps."""
        who = session.account.name
        try:
            made, text = desk.api_tokens.add(naam, mag or [], dagen, who)
        except BadInputError as error:
            return page(request, session, 400, error=str(error))
        desk.ledger.log(who, "token add", made.noted | {"scopes": list(made.scopes)})
        response = page(request, session, made=made, text=text)
        response.headers["Cache-Control"] = "no-store"
        return response

    @router.post(f"{TOKENS}/{{token_id}}/intrekken")
    def revoke(request: Request, session: PublisherForm, token_id: str) -> Response:
        """End a token at once."""
        try:
            ended = desk.api_tokens.revoke(token_id)
        except BadInputError as error:
            return page(request, session, 404, error=str(error))
        desk.ledger.log(session.account.name, "token revoke", ended.noted)
        return RedirectResponse(TOKENS, status_code=303)

    return router
