"""Every edition that readers saw: what changed, how they compare, and going back to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from corpus.errors import BadInputError
from corpus.ledger import Acts, AuditEntry, EditionRecord
from corpus.plans import difference
from corpus.types import Metadata
from eval import wording
from eval.verdict import Verdict, read_verdict, report_folder
from web.staff import edition_work as editions
from web.staff.changed_documents import Row, rows
from web.staff.desk import Desk
from web.staff.edition_work import CHANGED_THEN, HISTORY
from web.staff.jobs import JobRunner, job_address, to_job
from web.staff.session import PublisherForm, Staff

PER_PAGE = 20
UNKNOWN = "Editie {number} is nooit gepubliceerd. Kijk bij de geschiedenis welke edities er zijn."


@dataclass(frozen=True, slots=True)
class Publication:
    """One moment from which readers saw another edition."""

    number: int
    act: AuditEntry
    documents: int
    model: str
    verdict: Verdict | None

    @property
    def changes(self) -> list[tuple[str, int]]:
        """What happened, and to how many documents."""
        counted = [
            (label, len(self.act.detail.get(name) or ())) for name, label in CHANGED_THEN.items()
        ]
        return [(label, count) for label, count in counted if count]


def build_history(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes to look back."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(HISTORY)
    def overview(request: Request, session: Staff, pagina: int = 1) -> Response:
        """The editions, newest first."""
        asked = Acts(actions=editions.PUBLISHING)
        pages = max(1, -(-desk.ledger.count(asked) // PER_PAGE))
        page = min(max(1, pagina), pages)
        acts = desk.ledger.history(PER_PAGE, asked, (page - 1) * PER_PAGE)
        context = {
            "session": session,
            "edition": desk.ledger.current(),
            "publications": [_publication(desk, act) for act in acts],
            "numbers": _numbers(desk),
            "words": wording,
            "page": page,
            "pages": pages,
            "page_address": lambda page: f"{HISTORY}?pagina={page}",
        }
        return templates.TemplateResponse(request, "beheer/history.html", context)

    @router.get(f"{HISTORY}/editie/{{number}}")
    def edition(request: Request, session: Staff, number: int) -> Response:
        """What an edition holds, and what changed in it."""
        record, members = _edition(desk, number), desk.ledger.members(number)
        earlier = [n for n in _numbers(desk) if n < number]
        context = {
            "session": session,
            "record": record,
            "publication": next(iter(_publications(desk, number)), None),
            "documents": _titles(desk, members),
            "current": desk.ledger.current(),
            "before": earlier[0] if earlier else None,
        }
        return templates.TemplateResponse(request, "beheer/history_edition.html", context)

    @router.get(f"{HISTORY}/vergelijken")
    def compare(request: Request, session: Staff, van: int, naar: int) -> Response:
        """What differs between two editions."""
        before, after = _members(desk, van), _members(desk, naar)
        context = {
            "session": session,
            "van": van,
            "naar": naar,
            "numbers": _numbers(desk),
            "rows": rows(difference(before, after), desk.registry, before, after),
            "same": sum(after.get(d) == v for d, v in before.items()),
        }
        return templates.TemplateResponse(request, "beheer/history_compare.html", context)

    return router


def build_rollback(desk: Desk, runner: JobRunner, templates: Jinja2Templates) -> APIRouter:
    """Routes to go back: never without a page that tells what changes."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(f"{HISTORY}/terugzetten/{{number}}")
    def ask(request: Request, session: Staff, number: int) -> Response:
        """What rolling back changes, exactly."""
        _edition(desk, number)
        current = desk.ledger.current()
        members = _members(desk, number)
        change = desk.editions.after_rollback(number)
        stays_away = {d: v for d, v in members.items() if d in desk.registry.withdrawn()}
        context = {
            "session": session,
            "number": number,
            "current": current,
            "change": change,
            "rows": _rollback_rows(desk, number, current),
            "stays_away": _titles(desk, stays_away),
            "empty": len(stays_away) == len(members),
            "staged": desk.editions.staged(),
            "drafts": len(desk.registry.drafts()),
            "busy": editions.running(desk),
        }
        return templates.TemplateResponse(request, "beheer/history_rollback.html", context)

    @router.post(f"{HISTORY}/terugzetten/{{number}}")
    def roll_back(session: PublisherForm, number: int, nu: Annotated[int, Form()]) -> Response:
        """Do it, if readers still see edition ``nu``: that is what was looked at."""
        _edition(desk, number)
        busy = editions.running(desk)
        if busy is not None:
            return RedirectResponse(job_address(busy.id), status_code=303)
        if desk.ledger.current() != nu:
            raise HTTPException(409, editions.MOVED_ON)
        who, title = session.account.name, f"Terugzetten naar editie {number}"
        return to_job(runner.start("rollback", title, who, {"edition": number, "seen": nu}))

    return router


# --- steps -----------------------------------------------------------------------------------


def _publications(desk: Desk, number: int) -> list[Publication]:
    acts = desk.ledger.history(None, Acts(actions=editions.PUBLISHING))
    return [_publication(desk, a) for a in acts if a.detail.get("edition") == number]


def _publication(desk: Desk, act: AuditEntry) -> Publication:
    number = int(act.detail["edition"])
    record = desk.ledger.edition(number)
    return Publication(
        number=number,
        act=act,
        documents=len(desk.ledger.members(number)),
        model=record.model_id if record is not None else "",
        verdict=_verdict(desk, number),
    )


def _verdict(desk: Desk, number: int) -> Verdict | None:
    try:
        return read_verdict(report_folder(desk.settings.data_dir, number))
    except BadInputError:
        return None  # of a later release, or cut short: the history itself is not in it


def _numbers(desk: Desk) -> list[int]:
    """Editions that readers saw, newest first."""
    return [e.number for e in desk.ledger.editions() if e.state == "published"]


def _edition(desk: Desk, number: int) -> EditionRecord:
    record = desk.ledger.edition(number)
    if record is None or record.state != "published":
        raise HTTPException(404, UNKNOWN.format(number=number))
    return record


def _members(desk: Desk, number: int) -> dict[str, str]:
    _edition(desk, number)
    return desk.ledger.members(number)


def _rollback_rows(desk: Desk, number: int, current: int | None) -> tuple[Row, ...]:
    before = desk.ledger.members(current) if current is not None else {}
    change = desk.editions.after_rollback(number)
    return rows(change, desk.registry, before, desk.ledger.members(number))


def _titles(desk: Desk, members: Mapping[str, str]) -> list[tuple[str, str, Metadata]]:
    """(document id, version id, metadata) by title."""
    found = desk.registry.metadata(sorted(members.values()))
    named = [(d, v, found[v][1]) for d, v in members.items()]
    return sorted(named, key=lambda row: (row[2].title.casefold(), row[0]))
