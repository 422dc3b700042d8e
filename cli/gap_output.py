"""How the command line shows what the documents do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import output
from corpus.errors import BadInputError
from corpus.gap_groups import GapState
from corpus.questions_log import KeptQuestion

if TYPE_CHECKING:
    from eval.evaluation import Result
    from eval.gaps import Asked, Gap, Nearest

STATES: dict[GapState, str] = {
    "open": "open",
    "wanted": "document gewenst",
    "solved": "opgelost",
}
_NOTHING = "niets te controleren: de vragen zijn gewist, en een toetsvraag is er niet"
_STATUSES = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "buiten het onderwerp",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question for evaluation of a solved gap, and whether it is still right."""

    id: str
    question: str
    right: bool
    why: str


def judge(result: Result) -> Judged:
    """An answer is right when it cites a passage with the answer and names every vital fact."""
    figures = result.figures
    if not result.answerable:
        right = result.status not in ("answered", "partial")
        why = "terecht geweigerd" if right else "krijgt een antwoord, maar hoort geweigerd te zijn"
    elif not figures["answered"]:
        right, why = False, "krijgt geen antwoord"
    elif not figures["cited_right"]:
        right, why = False, "citeert een andere passage"
    elif figures.get("fact_recall", 1.0) < 1:
        right, why = False, "noemt niet alle feiten"
    else:
        right, why = True, "goed beantwoord"
    return Judged(result.id, result.question or "", right, why)


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


def show_check(
    solved: Sequence[Gap], asked: Sequence[Asked], judged: Sequence[Judged], as_json: bool
) -> bool:
    """What became of the solved groups; True when one fell back."""
    back = any(a.fell_back for a in asked) or not all(j.right for j in judged)
    if as_json:
        questions = [{**asdict(a), "fell_back": a.fell_back} for a in asked]
        cases = [asdict(j) for j in judged]
        output.as_json({"fell_back": back, "questions": questions, "cases": cases})
        return back
    if not solved:
        output.say("Er zijn geen opgeloste groepen om te controleren.")
    for gap in solved:
        output.say(f"Groep {gap.id}: {output.short(gap.title, 90)}")
        lines = [_again(a) for a in asked if a.gap_id == gap.id]
        lines += [
            f"{'goed' if j.right else 'TERUGGEVALLEN'}: {j.why} ({j.id}). {j.question}"
            for j in judged
            if j.id in gap.cases
        ]
        for line in lines or [_NOTHING]:
            output.prose(line, mark="  ")
    if solved:
        output.say(
            "\n" + ("Niet alle opgeloste groepen zijn nog opgelost." if back else "In orde.")
        )
    return back


def write_page(target: Path, content: str) -> None:
    """Write a file and the folder that it stands in. Raises BadInputError when that cannot be."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{target} is niet te schrijven ({error.strerror}).") from None


def _again(asked: Asked) -> str:
    if asked.fell_back:
        return f"TERUGGEVALLEN: {_STATUSES[asked.now]}. {asked.text}"
    if asked.was == "answered":  # that it is answered says nothing: it was, and did not help
        return f"zelf nakijken: kreeg al antwoord, maar dat hielp niet. {asked.text}"
    return f"goed: beantwoord. {asked.text}"


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
