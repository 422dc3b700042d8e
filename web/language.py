"""The language of the pages for readers: Dutch, the language of the templates, or English.

Answers stay in the language of their question, quotes in that of their document, and the pages
for staff in Dutch.
"""

from __future__ import annotations

import gettext as gnu
import io
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.types import Language

FIELD = "taal"
"""Name of the language in an address and of the cookie that remembers it."""
LOCALE = Path(__file__).parent / "locale"
_YEAR_S = 365 * 24 * 3600
_STAFF = "/beheer"
_FORMATS = {1: "y", 2: "MMMM y", 3: "d MMMM y"}
_LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with its words for the page."""

    language: Language
    words: gnu.NullTranslations


DUTCH = Tongue("nl", gnu.NullTranslations())
Tongues = Mapping[str, Tongue]

# Per request: every thread that works for one sees its own. Templates, and macros that are
# imported without context, need not hand the language on to each other.
_spoken: ContextVar[Tongue] = ContextVar("spoken", default=DUTCH)


def load_tongues() -> Tongues:
    """The languages of the page. English is read from ``locale/en.po`` as it is: there is no
    compiled file that could be older than it."""
    with (LOCALE / "en.po").open("rb") as file:
        catalog = read_po(file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return {"nl": DUTCH, "en": Tongue("en", gnu.GNUTranslations(compiled))}


def language() -> Language:
    """The language of the page that is being made."""
    return _spoken.get().language


def gettext(message: str) -> str:
    """``message`` in the language of the page; as it is when it has no translation."""
    return _spoken.get().words.gettext(message) if message else ""


def ngettext(one: str, more: str, count: int) -> str:
    """The same for one thing or several."""
    return _spoken.get().words.ngettext(one, more, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """``message`` as it is: marks what is translated later, where it is shown."""
    return message


def page_link(path: str, **fields: str | int | None) -> str:
    """Address of a page of ours in the language of this page. Works without the cookie, too."""
    asked = {name: value for name, value in fields.items() if value is not None}
    if language() != "nl":
        asked[FIELD] = language()
    return f"{path}?{urlencode(asked)}" if asked else path


def switch_link(request: Request) -> str:
    """Address of the same page in the other language; of the start for an answer to a form."""
    other = "nl" if language() == "en" else "en"
    if request.method != "GET":
        return f"/?{FIELD}={other}"
    fields = [(n, v) for n, v in request.query_params.multi_items() if n not in (FIELD, "nieuw")]
    return f"{quote(request.url.path)}?{urlencode([*fields, (FIELD, other)])}"


def written_date(day: str | date) -> str:
    """Write ``2022-07-21`` as ``21 juli 2022`` or ``21 July 2022``, ``2022-07`` as ``juli 2022``.

    Anything that is not such a date comes back as it is.
    """
    if isinstance(day, date):
        day = day.isoformat()
    parts = day.split("-")
    if len(parts) not in _FORMATS or not all(part.isdecimal() for part in parts):
        return day
    year, month, of_month = (*map(int, parts), 1, 1)[:3]
    try:
        moment = date(year, month, of_month)
    except ValueError:
        return day
    if len(parts) == 1:
        return day
    return format_date(moment, _FORMATS[len(parts)], locale=_LOCALES[language()])


class Languages:
    """Sets the language of each request: ``?taal=`` in the address, else the cookie, else Dutch.

    A choice in the address is kept in the cookie, which holds nothing else.
    """

    def __init__(self, app: ASGIApp, *, tongues: Tongues) -> None:
        self._app = app
        self._tongues = tongues

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application in the language that the reader chose."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = _cookie(scope)
        asked = QueryParams(scope["query_string"]).get(FIELD, "")
        chosen = asked if asked in self._tongues else kept
        staff = scope["path"].startswith(_STAFF)
        tongue = DUTCH if staff else self._tongues.get(chosen, DUTCH)

        async def send_with_choice(message: Message) -> None:
            if message["type"] == "http.response.start" and asked == chosen != kept:
                headers = MutableHeaders(scope=message)
                headers.append("Set-Cookie", _set_cookie(chosen, scope))
            await send(message)

        token = _spoken.set(tongue)
        try:
            await self._app(scope, receive, send_with_choice)
        finally:
            _spoken.reset(token)


def _cookie(scope: Scope) -> str:
    headers = dict[bytes, Any](scope["headers"])
    return cookie_parser(headers.get(b"cookie", b"").decode("latin-1")).get(FIELD, "")


def _set_cookie(chosen: str, scope: Scope) -> str:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{FIELD}={chosen}; Path=/; Max-Age={_YEAR_S}; SameSite=Lax; HttpOnly{secure}"
