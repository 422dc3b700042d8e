"""The audit log: who did what and when, to filter, to leaf through and to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.ledger import Acts, AuditEntry
from web.staff.desk import Desk
from web.staff.edition_work import HISTORY
from web.staff.rendering import ACT_NAMES
from web.staff.session import Staff

LOG = f"{HISTORY}/logboek"
PER_PAGE = 50
WRONG_DAY = "'{day}' is geen dag. Schrijf jaar-maand-dag, zoals 2026-11-22."
_ZONE = ZoneInfo("Europe/Amsterdam")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PARTS = {
    "edition": "editie {}",
    "to": "naar editie {}",
    "documents": "{} documenten",
    "added": "erbij: {}",
    "replaced": "vervangen: {}",
    "removed": "weg: {}",
    "gave_way": "maakte plaats: {}",
    "stays_out": "kwam er niet in: {}",
    "reasons": "afgekeurd om {} reden(en)",
    "why": "toch gepubliceerd omdat: {}",
    "model": "model {}",
    "name": "account {}",
    "role": "rol {}",
    "with": "met {}",
    "subject": "kenmerk {}",
    "refused": "omdat: {}",
    "token": "token {}",
    "scopes": "mag: {}",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the log, as it was typed, and what that means."""

    wie: str
    wat: str
    van: str
    tot: str
    acts: Acts
    error: str = ""

    def address(self, page: int = 1, path: str = LOG) -> str:
        """Address of a page of the same."""
        fields = {"wie": self.wie, "wat": self.wat, "van": self.van, "tot": self.tot}
        shown = {name: value for name, value in fields.items() if value}
        if page > 1:
            shown["pagina"] = str(page)
        return f"{path}?{urlencode(shown)}" if shown else path


def asked(wie: str = "", wat: str = "", van: str = "", tot: str = "") -> Asked:
    """Read the filter. A day that is none is told, and left out."""
    since, wrong_since = _day(van)
    until, wrong_until = _day(tot)
    acts = Acts(
        who=wie,
        actions=(wat,) if wat else (),
        since=_midnight(since) if since is not None else None,
        before=_midnight(until + timedelta(days=1)) if until is not None else None,
    )
    return Asked(wie, wat, van, tot, acts, wrong_since or wrong_until)


Filtered = Annotated[Asked, Depends(asked)]


def build_audit_log(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to read the log."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(LOG)
    def show(request: Request, session: Staff, filtered: Filtered, pagina: int = 1) -> Response:
        """A page of the log, newest first."""
        count = desk.ledger.count(filtered.acts)
        pages = max(1, -(-count // PER_PAGE))
        page = min(max(1, pagina), pages)
        acts = desk.ledger.history(PER_PAGE, filtered.acts, (page - 1) * PER_PAGE)
        people, actions = desk.ledger.people_and_actions()
        context = {
            "session": session,
            "asked": filtered,
            "acts": [(act, in_words(act.detail)) for act in acts],
            "count": count,
            "people": people,
            "actions": actions,
            "page": page,
            "pages": pages,
            "csv": filtered.address(path=f"{LOG}.csv"),
        }
        return templates.TemplateResponse(request, "beheer/history_log.html", context)

    @router.get(f"{LOG}.csv")
    def download(_: Staff, filtered: Filtered) -> Response:
        """All of it, for a spreadsheet."""
        return Response(
            as_csv(desk.ledger.history(None, filtered.acts)),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="logboek.csv"'},
        )

    return router


def in_words(detail: Mapping[str, Any]) -> str:
    """What an act was about. What has no words of its own is shown as it was logged."""
    parts = []
    for name, value in detail.items():
        if value in (None, "", [], (), {}):
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        parts.append(_PARTS.get(name, f"{name}: {{}}").format(shown))
    return "; ".join(parts)


def as_csv(acts: Iterable[AuditEntry]) -> bytes:
    """The acts for a spreadsheet: semicolons and a byte order mark, as Dutch ones expect.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
    Injection).
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("wanneer", "wie", "wat", "bijzonderheden"))
    for act in acts:
        when = act.at.astimezone(_ZONE).isoformat(sep=" ", timespec="seconds")
        name = ACT_NAMES.get(act.action, act.action)
        writer.writerow(map(_harmless, (when, act.who, name, in_words(act.detail))))
    return out.getvalue().encode("utf-8-sig")


# --- steps -----------------------------------------------------------------------------------


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _day(typed: str) -> tuple[date | None, str]:
    if not typed.strip():
        return None, ""
    try:
        return date.fromisoformat(typed.strip()), ""
    except ValueError:
        return None, WRONG_DAY.format(day=typed)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_ZONE)
