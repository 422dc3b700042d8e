"""The long work behind the pages for publishing. Each function does the work of one button."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.disk_trouble import disk_trouble
from corpus.embedding import embed_versions
from corpus.errors import BadInputError, NotReadyError, RoutewijzerError
from corpus.jobs import Job
from corpus.ledger import Acts, AuditEntry
from corpus.plans import Change
from corpus.progress import Progress
from eval.judging import judge_staged, kept_verdict, rehearse_withdrawal
from eval.verdict import Verdict
from web.staff.desk import Desk
from web.staff.rendering import moment
from web.staff.session import PREFIX

log = logging.getLogger(__name__)

PUBLISH = f"{PREFIX}/publiceren"
WITHDRAW = f"{PREFIX}/intrekken"
HISTORY = f"{PREFIX}/geschiedenis"
KINDS = ("stage", "publish", "withdraw", "rehearse", "rollback")
"""Kinds of work that pass through here: one of them at a time."""
PUBLISHING = ("publish", "withdraw", "rollback", "reindex")
"""Acts in the audit log after which readers see another edition."""
CHANGES = (
    ("added", "komt erbij"),
    ("replaced", "wordt vervangen"),
    ("removed", "gaat weg"),
    ("gave_way", "gaat weg: wat ervoor in de plaats komt is er nu"),
    ("stays_out", "komt er niet in: wat ervoor in de plaats komt is er al"),
    ("not_back", "komt niet vanzelf terug"),
)
"""Field of a change, and what happens to the documents in it."""
CHANGED_THEN = {
    "added": "erbij",
    "replaced": "vervangen",
    "removed": "weg",
    "gave_way": "maakte plaats voor een ander document",
    "stays_out": "bleef erbuiten",
}
"""The same of an edition that was published before."""

NOT_MEASURED = "Deze editie is nog niet gemeten. Kies eerst 'Klaarzetten en meten'."
NO_REASON = (
    "Editie {number} is afgekeurd. Schrijf op waarom je haar toch publiceert, of pas eerst de "
    "documenten aan. Er is niets veranderd."
)
PUBLISHED_ALREADY = (
    "Er is intussen al gepubliceerd: editie {number}, door {who} op {at}. Je hoeft niets meer te "
    "doen."
)
CHANGED = (
    "Er is intussen iets veranderd aan wat er wacht. Wat je hebt bekeken is editie {number}, en "
    "die is niet meer actueel. Lezers merken er niets van. Kies opnieuw 'Klaarzetten en meten'."
)
MOVED_ON = (
    "Lezers zien intussen een andere editie dan toen je deze pagina opende. Er is niets "
    "teruggezet. Bekijk opnieuw wat er verandert."
)


def stage_and_judge(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Make an edition of what waits and measure what it does to the answers."""
    with _telling(desk):
        change = desk.editions.stage(job.who, report)
        if change.nothing:
            lines = ["Er is niets om te publiceren: wat er wachtte, verandert niets voor lezers."]
            return {"lines": lines, "next": PUBLISH, "label": "Terug naar Publiceren"}
        verdict = judge_staged(desk, report)
        if verdict is None:
            lines = ["Er is nog niets gepubliceerd om mee te vergelijken."]
            return {"lines": lines, "next": PUBLISH, "label": "Verder naar publiceren"}
        return {
            "lines": [in_short(verdict)],
            "next": f"{PUBLISH}/oordeel/{change.edition}",
            "label": "Bekijk wat er verandert",
        }


def publish(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Let readers see an edition, exactly as it was judged."""
    number, why = int(job.params["edition"]), str(job.params["why"])
    with _telling(desk):
        with desk.lock.held():  # nothing may come in between the check and the publication
            act = _done_before(desk, job, "publish", lambda d: d["edition"] == number)
            if act is not None:
                return _lines_of(desk, int(act.detail["edition"]), act.detail)
            detail = check_publishable(desk, number, why)
            change = desk.editions.publish(job.who, report, only=number, detail=detail)
        return _published(desk, change)


def check_publishable(desk: Desk, number: int, why: str) -> dict[str, object]:
    """What the audit log should know of publishing edition ``number`` now.

    Raises NotReadyError when it is not what waits or was not measured, BadInputError when it was
    judged red and there is no reason to publish it all the same.
    """
    edition = desk.ledger.edition(number)
    if edition is not None and edition.state == "published":
        raise NotReadyError(_published_already(desk, number))
    if not desk.editions.up_to_date(number):
        raise NotReadyError(CHANGED.format(number=number))
    if desk.ledger.current() is None:
        return {}  # the first edition: there is nothing to compare it with
    verdict = kept_verdict(desk)
    if verdict is None:
        raise NotReadyError(NOT_MEASURED)
    if verdict.green:
        return {}
    if not why:
        raise BadInputError(NO_REASON.format(number=number))
    return {"reasons": len(verdict.reasons), "why": why}


def rehearse(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Try on a copy what readers would lose without a document."""
    document_id = str(job.params["document"])
    with _telling(desk):
        folder = rehearsal_folder(desk, document_id)
        verdict = rehearse_withdrawal(desk, [document_id], report, keep=folder)
        return {
            "lines": [in_short(verdict)],
            "next": f"{WITHDRAW}/{quote(document_id, safe='')}",
            "label": "Bekijk wat lezers kwijtraken",
        }


def withdraw(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Take a document out of what readers see."""
    document_id = str(job.params["document"])
    with _telling(desk):
        with desk.lock.held():
            gone = document_id in desk.registry.withdrawn()
            act = _done_before(desk, job, "withdraw", lambda d: document_id in d["removed"])
            if act is not None and gone:
                return _lines_of(desk, int(act.detail["edition"]), act.detail)
            change = desk.editions.withdraw([document_id], job.who, report)
        return _published(desk, change)


def roll_back(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Publish what an edition held again, if readers still see the edition that was seen then."""
    number, seen = int(job.params["edition"]), int(job.params["seen"])
    with _telling(desk):
        with desk.lock.held():
            act = _done_before(
                desk, job, "rollback", lambda d: d["to"] == number and d["edition"] > seen
            )
            if act is not None:
                return _lines_of(desk, int(act.detail["edition"]), act.detail)
            if desk.ledger.current() != seen:
                raise NotReadyError(MOVED_ON)
            edition = desk.ledger.edition(number)
            if edition is not None and edition.model_id != desk.model_id:
                # Its texts have vectors of the model of those days only.
                members = desk.ledger.members(number).values()
                versions = [desk.registry.version(v) for v in sorted(members)]
                embed_versions(versions, desk.registry, desk.embedder, report)
            change = desk.editions.rollback(number, job.who, report)
        return _published(desk, change)


def running(desk: Desk) -> Job | None:
    """The work on editions that goes on or waits its turn, if any."""
    return next(iter(desk.jobs.still_open(KINDS)), None)


def rehearsal_folder(desk: Desk, document_id: str) -> Path:
    """Where what was tried with a document is kept."""
    return desk.settings.data_dir / "rehearsals" / quote(document_id, safe="")


def in_short(verdict: Verdict) -> str:
    """A verdict in one line."""
    if not verdict.sets:
        counted = "Geen vragenset past bij deze documenten: er zijn geen antwoorden gemeten."
    else:
        worse, better, other = (
            sum(len(getattr(m, name)) for m in verdict.sets)
            for name in ("worse", "better", "other")
        )
        asked = sum(m.questions for m in verdict.sets)
        counted = (
            f"Van {asked} vragen: {worse} slechter, {better} beter, {other} anders maar even goed."
        )
    return f"{'Goedgekeurd.' if verdict.green else 'Afgekeurd.'} {counted}"


# --- steps -----------------------------------------------------------------------------------


@contextmanager
def _telling(desk: Desk) -> Iterator[None]:
    """When the work within it fails, the message also says what readers see now."""
    before = desk.ledger.current()
    try:
        yield
    except RoutewijzerError as error:
        raise type(error)(f"{error} {_readers_see(desk, before)}") from error
    except Exception as error:
        log.exception("Unexpected error in work on editions")
        raise NotReadyError(f"{_went_wrong(error)} {_readers_see(desk, before)}") from error


def _went_wrong(error: Exception) -> str:
    """What went wrong, for staff. A disk that fails is not always an OSError: the lexical index
    says it in an error of its own."""
    trouble = disk_trouble(error)
    if trouble is not None:
        return f"{trouble}."
    if isinstance(error, OSError):
        return (
            f"De schijf werkt niet mee ({error.strerror or error}). Maak ruimte of vraag beheer, "
            "en probeer het opnieuw."
        )
    return "Er ging iets mis bij ons; in het logboek van de server staat meer."


def _done_before(
    desk: Desk, job: Job, action: str, fits: Callable[[Mapping[str, Any]], bool]
) -> AuditEntry | None:
    """The act of this job itself, when the process that did it was killed right after it."""
    if not job.again:
        return None
    acts = desk.ledger.history(None, Acts(who=job.who, actions=(action,)))
    return next((act for act in acts if fits(act.detail)), None)


def _readers_see(desk: Desk, before: int | None) -> str:
    current = desk.ledger.current()
    if current is None:
        return "Lezers zien nog niets, net als hiervoor."
    if current == before:
        return f"Lezers zien nog steeds editie {current}; daaraan is niets veranderd."
    return f"Lezers zien nu editie {current}: die is wel gepubliceerd."


def _published(desk: Desk, change: Change) -> dict[str, Any]:
    if change.nothing:
        lines = ["Er is niets veranderd: lezers zagen dit al."]
        return {"lines": lines, "next": HISTORY, "label": "Naar de geschiedenis"}
    return _lines_of(desk, change.edition, asdict(change))


def _lines_of(desk: Desk, edition: int, change: Mapping[str, Any]) -> dict[str, Any]:
    """What readers see since ``edition`` was published, and what changed with it."""
    current = desk.ledger.current()
    lines = [f"Lezers zien nu editie {edition}."]
    if current != edition:
        lines = [f"Editie {edition} is gepubliceerd. Lezers zien intussen editie {current}."]
    for name, label in CHANGES:
        label = CHANGED_THEN.get(name, label)
        lines += [f"{document_id}: {label}" for document_id in change.get(name, ())]
    address = f"{HISTORY}/editie/{edition}"
    return {"lines": lines, "next": address, "label": f"Bekijk editie {edition}"}


def _published_already(desk: Desk, number: int) -> str:
    acts = desk.ledger.history(None, Acts(actions=PUBLISHING))
    act = next((a for a in acts if a.detail.get("edition") == number), None)
    who, at = (act.who, moment(act.at)) if act is not None else ("iemand", "een eerder moment")
    return PUBLISHED_ALREADY.format(number=number, who=who, at=at)
