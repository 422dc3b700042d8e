"""The HTTP interface with which machines keep the documents up to date."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException

from corpus import ledger
from corpus.errors import BadInputError
from eval.verdict import Verdict, read_verdict, report_folder
from web.bearer import PREFIX, Reader
from web.corpus_api_models import (
    MAX_NUMBER,
    Act,
    Acts,
    CorpusDocument,
    Edition,
    Editions,
    JobState,
    shown,
)
from web.problems import Problem
from web.staff.desk import Desk
from web.staff.edition_work import in_short

TAG = "Documenten bijhouden (met een token)"
MOST_ACTS = 500
UNKNOWN_JOB = "Dit werk is er niet (meer). Controleer het id."

ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be read"},
    401: {"model": Problem, "description": "No token, or one that does not count"},
    403: {"model": Problem, "description": "The token lacks the scope for this"},
    422: {"model": Problem, "description": "A field is missing or wrong"},
    429: {"model": Problem, "description": "Too many requests; see Retry-After"},
    503: {"model": Problem, "description": "Not ready, or too busy"},
}
_JOB_ID = re.compile(r"[0-9a-f]{32}")


def build_corpus_api(desk: Desk) -> APIRouter:
    """Routes that only tell. All need the scope ``read``."""
    router = APIRouter(prefix=PREFIX, tags=[TAG], responses=ERRORS)

    @router.get("/documents")
    def documents(_: Reader) -> list[CorpusDocument]:
        """List all documents: published, waiting as a draft, and withdrawn."""
        return [CorpusDocument.of(document) for document in desk.library.documents()]

    @router.get("/editions")
    def editions(_: Reader) -> Editions:
        """List the editions, what readers see, and what waits."""
        return Editions(
            current=desk.ledger.current(),
            staged=desk.editions.staged(),
            editions=[_edition(desk, record) for record in desk.ledger.editions()],
        )

    @router.get("/jobs/{job_id}", responses={404: {"model": Problem}})
    def job(_: Reader, job_id: str) -> JobState:
        """Tell how a piece of work stands. Ask again until its state is done or failed."""
        found = desk.jobs.find(job_id) if _JOB_ID.fullmatch(job_id) else None
        if found is None:
            raise HTTPException(404, UNKNOWN_JOB)
        return JobState.of(found)

    @router.get("/audit")
    def audit(
        _: Reader,
        limit: Annotated[int, Query(ge=1, le=MOST_ACTS)] = 50,
        offset: Annotated[int, Query(ge=0, le=MAX_NUMBER)] = 0,
        who: str = "",
        action: str = "",
    ) -> Acts:
        """Read the audit log: who did what and when."""
        asked = ledger.Acts(who=shown(who), actions=(shown(action),) if shown(action) else ())
        acts = desk.ledger.history(limit, asked, offset)
        return Acts(count=desk.ledger.count(asked), acts=[Act.of(act) for act in acts])

    return router


# --- steps -----------------------------------------------------------------------------------


def _edition(desk: Desk, record: ledger.EditionRecord) -> Edition:
    verdict = _verdict(desk, record.number)
    return Edition.model_validate(
        {
            "number": record.number,
            "state": record.state,
            "model": record.model_id,
            "documents": len(desk.ledger.members(record.number)),
            "created_at": record.created_at,
            "green": verdict.green if verdict is not None else None,
            "measured": in_short(verdict) if verdict is not None else "",
        }
    )


def _verdict(desk: Desk, number: int) -> Verdict | None:
    try:
        return read_verdict(report_folder(desk.settings.data_dir, number))
    except BadInputError:
        return None  # of a later release, or cut short: the edition itself is not in it
