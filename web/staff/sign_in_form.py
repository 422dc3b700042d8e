"""The sign-in page, and what it says when something is wrong."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from web.staff.desk import Desk
from web.staff.session import EXPIRED, is_safe

UNSAFE = (
    "Inloggen kan alleen over een beveiligde verbinding (https), anders kan iemand je wachtwoord "
    "meelezen. Open deze pagina met https, of op de computer waar Routewijzer draait."
)


class SignInForm:
    """Makes that page."""

    def __init__(self, desk: Desk, templates: Jinja2Templates) -> None:
        self._desk = desk
        self._templates = templates

    def page(
        self,
        request: Request,
        wanted: str,
        status: int = 200,
        error: str = "",
        *,
        wait: int = 0,
        subject: str = "",
    ) -> Response:
        """The page, from which one goes on to ``wanted``. ``wait`` is in seconds; ``subject`` is
        shown to somebody who has no account yet."""
        provider, local = self._desk.provider, self._desk.settings.local_sign_in
        context = {
            "wanted": wanted,
            "error": error or ("" if is_safe(request) else UNSAFE),
            "nobody": provider is None and not self._desk.accounts.all(),
            "local": local,
            "elsewhere": provider.name if provider is not None else "",
            "subject": subject,
            "left": "uitgelogd" in request.query_params,
            "expired": EXPIRED in request.query_params,
        }
        headers = {"Retry-After": str(wait)} if wait else None
        return self._templates.TemplateResponse(
            request, "beheer/sign_in.html", context, status_code=status, headers=headers
        )
