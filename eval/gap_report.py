"""What the documents do not answer, as one HTML file for the team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.questions_log import today
from eval import wording
from eval.gaps import Gap, Nearest
from eval.page import template

EXAMPLES = 5
STATES = {"open": "open", "wanted": "document gewenst", "solved": "opgelost"}


def gap_report(
    rows: Sequence[tuple[Gap, Sequence[Nearest]]], edition: int | None, kept_days: int
) -> str:
    """The groups, in the order given, each with examples and the passages nearest to it."""
    return template("gaps.html").render(
        rows=rows,
        edition=edition,
        kept_days=kept_days,
        day=today(),
        questions=sum(gap.size for gap, _ in rows),
        open_groups=sum(gap.state == "open" for gap, _ in rows),
        states=STATES,
        examples=EXAMPLES,
        how=_how,
    )


def _how(gap: Gap) -> str:
    """How the questions of a gap ended: "3 niet gevonden, 1 deels beantwoord"."""
    ends = Counter(
        "beantwoord, maar hielp niet" if q.status == "answered" else wording.STATUSES[q.status]
        for q in gap.questions
    )
    return "; ".join(f"{count} {end}" for end, count in ends.most_common())
