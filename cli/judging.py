"""The publish gate on the command line: judging, showing the verdict, keeping a red one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from cli import output
from cli.parts import Parts
from corpus.progress import Progress

if TYPE_CHECKING:
    from eval.verdict import Measured, Reason, Touched, Verdict

_NAMED = 8
_LISTS = (
    ("unanswered", "krijgt geen antwoord meer"),
    ("answered", "krijgt nu antwoord"),
    ("worse", "slechter"),
    ("better", "beter"),
    ("moved", "andere bron"),
    ("lost", "vindplaats verdwenen"),
)

# The parts of `eval` are imported inside the functions: other commands must not pay for them.


def judge_staged(parts: Parts, report: Progress) -> Verdict | None:
    """Judge the staged edition; None when nothing is published to compare it with."""
    from eval.judging import judge_staged as judged

    return judged(parts, report)


def rehearse_withdrawal(parts: Parts, ids: Sequence[str], report: Progress) -> Verdict:
    """What readers would lose with these documents; nothing changes. Raises BadInputError when
    one is not published."""
    from eval.judging import rehearse_withdrawal as rehearse

    return rehearse(parts, ids, report)


def keep_back(parts: Parts, force: bool, who: str) -> str | None:
    """Stop here, with exit code 1, when what waits was judged red; else a note for who publishes.

    To be called with the write lock held, so that what is judged is what is published.
    """
    from eval.judging import kept_verdict

    verdict = kept_verdict(parts)
    if verdict is None:
        return "Niet beoordeeld: bekijk vóór het publiceren `corpus stage` en `corpus diff`."
    if verdict.green:
        return None
    place = parts.settings.data_dir / "reports" / str(verdict.edition) / "report.html"
    if not force:
        typer.echo(
            f"routewijzer: Editie {verdict.edition} is afgekeurd ({len(verdict.reasons)} redenen, "
            f"verslag: {place}). Toch publiceren: routewijzer corpus publish --force",
            err=True,
        )
        raise typer.Exit(1)
    parts.ledger.log(who, "force", {"edition": verdict.edition, "reasons": len(verdict.reasons)})
    return "Afgekeurd, en toch gepubliceerd (--force)."


def show(verdict: Verdict | None, parts: Parts) -> None:
    """The verdict on the staged edition for a person, and where the report lies."""
    if verdict is None:
        output.say("Niet beoordeeld: er is nog niets gepubliceerd om mee te vergelijken.")
        return
    _show(verdict)
    if verdict.report is not None:
        folder = parts.settings.data_dir / "reports" / str(verdict.edition)
        output.say(f"\nVerslag: {folder / verdict.report}")


def show_rehearsal(verdict: Verdict, json_: bool) -> None:
    """What a withdrawal would do, as said by `rehearse_withdrawal`."""
    if json_:
        output.as_json(as_values({"removed": list(verdict.documents.removed)}, verdict))
        return
    output.say(f"Zonder {', '.join(verdict.documents.removed)} (er is niets veranderd):")
    _show(verdict)


def _show(verdict: Verdict) -> None:
    if not verdict.sets:
        output.say("Geen vragenset past bij deze documenten: er zijn geen antwoorden gemeten.")
    for measured in verdict.sets:
        _show_measured(measured)
    if verdict.green:
        output.say("\nGroen: er is niets gevonden dat dit tegenhoudt.")
    else:
        output.say("\nRood: houd dit nog tegen.")
        for reason in verdict.reasons:
            _show_reason(reason)


def as_values(change: dict[str, Any], verdict: Verdict | None) -> dict[str, Any]:
    """The documents that change, and the verdict (null when there is none), for a program."""
    values = verdict.model_dump(mode="json") | {"green": verdict.green} if verdict else None
    return {**change, "verdict": values}


# --- steps -----------------------------------------------------------------------------------


def _show_measured(measured: Measured) -> None:
    output.say(
        f"\nSet {measured.set}, {measured.questions} vragen: {len(measured.worse)} slechter, "
        f"{len(measured.better)} beter, {len(measured.other)} anders maar even goed."
    )
    for field, label in _LISTS:
        questions: Sequence[Touched] = getattr(measured, field)
        if questions:
            output.say(f"  {label} ({len(questions)})")
            _show_questions(questions)


def _show_reason(reason: Reason) -> None:
    output.prose(reason.text, mark="  - ")
    _show_questions(reason.questions[:3])


def _show_questions(questions: Sequence[Touched]) -> None:
    for question in questions[:_NAMED]:
        output.prose(f"{question.question} ({question.id})", mark="      ")
    if len(questions) > _NAMED:
        output.say(f"      en nog {len(questions) - _NAMED}")
