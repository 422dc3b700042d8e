"""Figures over time: what is asked, how it ends, whether it helped, and what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from corpus.errors import BadInputError
from corpus.questions_log import Counted, today
from eval.evaluation import Evaluation, read_evaluation
from eval.gaps import gaps
from eval.quality import Installation, Refusals, Theme, latest_evaluation, quality, quality_page
from web.staff.desk import Desk
from web.staff.session import Staff
from web.staff.weeks import HEIGHT, OPINIONS, STATUSES, WIDTH, percent, picture, weeks_of

PAGE = "/beheer/cijfers"
SPANS = {13: "een kwartaal", 26: "een half jaar", 52: "een jaar"}
_THEMES = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """How good an edition was by its last evaluation with a set of questions."""

    evaluation: Evaluation
    answerable: Theme
    hopeless: Refusals


def build_figures(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """Routes of that page, and of the page about quality for everyone."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get(PAGE)
    def show(request: Request, session: Staff, weken: int = 26) -> Response:
        """The figures of the last weeks."""
        span = weken if weken in SPANS else 26
        weeks = weeks_of(desk.questions.counts(), today(), span)
        total: Counter[Counted] = sum((week.counts for week in weeks), Counter())
        found = gaps(desk.questions, desk.gap_groups)
        measured, unread = _measured(desk.settings.data_dir, _installation(desk))
        context = {
            "session": session,
            "days": desk.questions.days,
            "weeks": weeks,
            "total": total,
            "asked": sum(total[kind] for kind in STATUSES),
            "statuses": STATUSES,
            "opinions": OPINIONS,
            "asked_picture": picture(weeks, list(STATUSES)),
            "opinion_picture": picture(weeks, list(OPINIONS)),
            "width": WIDTH,
            "height": HEIGHT,
            "span": span,
            "spans": SPANS,
            "percent": percent,
            "themes": found[:_THEMES],
            "most": max((gap.size for gap in found), default=1) or 1,
            "measured": measured,
            "unread": unread,
        }
        return templates.TemplateResponse(request, "beheer/figures.html", context)

    @router.get(f"{PAGE}/kwaliteit.html")
    def public_page(_: Staff) -> Response:
        """The page about quality for everyone, as a file to put on a site."""
        published = desk.ledger.current()
        evaluation = latest_evaluation(desk.settings.data_dir, published)
        page = quality_page(quality(evaluation, desk.questions.counts(), _installation(desk)))
        headers = {"Content-Disposition": 'attachment; filename="kwaliteit.html"'}
        return HTMLResponse(page, headers=headers)

    return router


# --- steps -----------------------------------------------------------------------------------


def _installation(desk: Desk) -> Installation:
    titles: Mapping[str, str] = {d.id: d.metadata.title for d in desk.library.documents()}
    return Installation(
        published_edition=desk.ledger.current(),
        model=desk.model_id,
        titles=titles,
        owner=desk.settings.owner,
        contact=desk.settings.contact,
        questions_days=desk.settings.questions_days,
    )


def _measured(data_dir: Path, where: Installation) -> tuple[list[Measured], int]:
    """The last evaluation of each edition and set, the newest edition first; and how many files
    are of another release and could not be read."""
    last: dict[tuple[int, str], Evaluation] = {}
    unread = 0
    for path in sorted((data_dir / "eval").glob("*/evaluation.json")):
        try:
            found = read_evaluation(path)
        except BadInputError:
            unread += 1  # the page says so
            continue
        key = found.edition, found.set
        if key not in last or last[key].made_at < found.made_at:
            last[key] = found
    newest = sorted(last.values(), key=lambda e: (-e.edition, e.set))
    return [_figures(e, where) for e in newest], unread


def _figures(evaluation: Evaluation, where: Installation) -> Measured:
    figures = quality(evaluation, (), where)
    return Measured(evaluation, figures.overall, figures.refusals_overall)
