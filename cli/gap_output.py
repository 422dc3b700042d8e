"""How the command line shows what the documents do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import output
from corpus.errors import BadInputError
from corpus.gap_groups import GapState
from corpus.questions_log import KeptQuestion

if TYPE_CHECKING:
    from eval.gap_check import Checked
    from eval.gaps import Gap, Nearest

STATES: dict[GapState, str] = {
    "open": "open",
    "wanted": "document gewenst",
    "solved": "opgelost",
}
_STATUSES = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "buiten het onderwerp",
}


def show_list(gaps: Sequence[Gap], as_json: bool) -> None:
    """The groups as a table."""
    if as_json:
        output.as_json([_gap_row(g) for g in gaps])
        return
    if not gaps:
        output.say("Er zijn geen vragen zonder goed antwoord bewaard.")
        return
    rows = [
        (str(g.id), str(g.size), STATES[g.state], g.owner or "-", output.short(g.title, 90))
        for g in gaps
    ]
    output.table(("groep", "vragen", "stand", "eigenaar", "waarover"), rows)


def show_gap(gap: Gap, nearest: Sequence[Nearest], as_json: bool) -> None:
    """One group with its questions and the passages near it."""
    if as_json:
        questions = [_question_row(q) for q in gap.questions]
        passages = [asdict(n) for n in nearest]
        output.as_json({**_gap_row(gap), "questions": questions, "nearest": passages})
        return
    pairs = [
        ("groep", f"{gap.id}, {gap.size} keer gevraagd"),
        ("waarover", gap.title),
        ("stand", STATES[gap.state]),
        ("eigenaar", gap.owner),
        ("notitie", gap.note),
        ("toetsvragen", ", ".join(gap.cases)),
    ]
    output.facts([(name, value) for name, value in pairs if value])
    output.say("\nVragen")
    for q in gap.questions:
        who = f", {q.audience}" if q.audience else ""
        thought = ", hielp niet" if q.helpful is False else ""
        output.prose(q.text, mark=f"{q.id:5}  ")
        output.say(f"       {q.day}, {_STATUSES[q.status]}{who}{thought}, editie {q.edition}")
        if q.word:
            output.prose(f"lezer: {q.word}", indent="       ")
    if nearest:
        output.say("\nDit komt in de buurt")
    for n in nearest:
        output.say(f"[{n.passage_id}] {' > '.join(p for p in (n.title, n.section) if p)}")
        output.prose(output.short(n.text), indent="    ")


def show_check(solved: Sequence[Gap], checked: Checked, as_json: bool) -> None:
    """What became of the solved groups."""
    from eval.gap_check import outcome_of

    back = checked.fell_back
    if as_json:
        questions = [{**asdict(a), "fell_back": a.fell_back} for a in checked.asked]
        cases = [asdict(j) for j in checked.judged]
        output.as_json({"fell_back": back, "questions": questions, "cases": cases})
        return
    if not solved:
        output.say("Er zijn geen opgeloste groepen om te controleren.")
    for gap in solved:
        output.say(f"Groep {gap.id}: {output.short(gap.title, 90)}")
        for line in outcome_of(gap, checked):
            output.prose(line, mark="  ")
    if solved:
        output.say(
            "\n" + ("Niet alle opgeloste groepen zijn nog opgelost." if back else "In orde.")
        )


def write_page(target: Path, content: str) -> None:
    """Write a file and the folder that it stands in. Raises BadInputError when that cannot be."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{target} is niet te schrijven ({error.strerror}).") from None


def _gap_row(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "title": gap.title,
        "size": gap.size,
        "state": gap.state,
        "owner": gap.owner,
        "note": gap.note,
        "cases": list(gap.cases),
        "examples": list(gap.examples[:5]),
    }


def _question_row(question: KeptQuestion) -> dict[str, Any]:
    return {**asdict(question), "day": question.day.isoformat()}
