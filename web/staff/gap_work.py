"""The long work behind the board of questions without a good answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.errors import BadInputError
from corpus.jobs import Job
from corpus.progress import Progress
from eval.gap_check import check_solved, outcome_of
from eval.gaps import Gap, ask_again, gaps, regroup
from eval.own_set import load_own_set, own_set_path
from eval.shelf import EditionShelf
from eval.wording import STATUSES
from web.staff.desk import Desk

BOARD = "/beheer/open-vragen"
UNKNOWN = "Deze groep is er niet (meer). Kijk bij de open vragen welke er zijn."


def sort(desk: Desk, _job: Job, report: Progress) -> Mapping[str, Any]:
    """Give new questions a group."""
    likeness = desk.settings.gap_likeness
    count = regroup(desk.questions, desk.gap_groups, desk.embedder, likeness, report)
    lines = [f"{count} nieuwe vragen zijn ingedeeld."]
    return {"lines": lines, "next": BOARD, "label": "Bekijk de open vragen"}


def check(desk: Desk, _job: Job, report: Progress) -> Mapping[str, Any]:
    """Ask the questions of all solved groups again."""
    found = gaps(desk.questions, desk.gap_groups)
    lines = _checked(desk, [g for g in found if g.state == "solved"], report)
    return {"lines": lines, "next": BOARD, "label": "Terug naar de open vragen"}


def ask(desk: Desk, job: Job, report: Progress) -> Mapping[str, Any]:
    """Ask the questions of one group again."""
    number = int(job.params["group"])
    gap = gap_of(desk, number)
    if gap is None:
        raise BadInputError(UNKNOWN)
    asked = ask_again([gap], desk.assistant, report)
    lines = [f"{a.text} Was {STATUSES[a.was]}, nu {STATUSES[a.now]}." for a in asked]
    return {"lines": lines, "next": group_address(number), "label": "Terug naar de groep"}


def gap_of(desk: Desk, number: int) -> Gap | None:
    """A group by its number, or None."""
    return next((g for g in gaps(desk.questions, desk.gap_groups) if g.id == number), None)


def group_address(number: int, done: str = "") -> str:
    """Address of a group; ``done`` says what has just been done."""
    return f"{BOARD}/{number}" + (f"?klaar={done}" if done else "")


def _checked(desk: Desk, solved: list[Gap], progress: Progress) -> list[str]:
    """What became of the solved groups, in lines."""
    own = load_own_set(own_set_path(desk.settings.data_dir))
    shelf = EditionShelf(desk.registry, desk.ledger)
    checked = check_solved(solved, own, desk.assistant, shelf, progress)
    lines = [f"{gap.title}: {line}" for gap in solved for line in outcome_of(gap, checked)]
    if not solved:
        return ["Er zijn nog geen opgeloste groepen."]
    end = "Niet alles is nog opgelost." if checked.fell_back else "Alles is nog opgelost."
    return [*lines, end]
