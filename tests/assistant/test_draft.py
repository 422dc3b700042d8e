"""What is left of an answer when a statement fails its check, and the lines that stand above."""

from __future__ import annotations

import pytest

from assistant.compose import Told
from assistant.draft import Part, draft_answer, verified
from assistant.gate import Decision
from assistant.wording import wording
from corpus.types import Statement
from tests.assistant.conftest import evidence_of, query_of, read

GUIDE = read("# Gids\n\nDe zaak betaalt. De school geeft les. Het UWV helpt. De zaak groeit.\n")
QUERY = query_of("Wie betaalt?")
LINE = wording("nl").beside


def told(words: str, above: str = "", beside: bool = False) -> Told:
    evidence = evidence_of(GUIDE, words)
    return Told(evidence.sentence, evidence, "sentence", above=above, beside=beside)


def left(spoilt: str, *of: Told) -> list[tuple[str, str]]:
    """The lines and sentences that are left when the document no longer says ``spoilt``."""
    part = Part(QUERY, (), Decision("answered", ""), of)
    text = GUIDE.text.replace(spoilt, "x" * len(spoilt)) if spoilt else GUIDE.text
    draft = verified(QUERY, draft_answer(QUERY, [part]), lambda _: text)
    assert len(draft.above) == len(draft.statements)
    return list(zip(draft.above, map(_text, draft.statements), strict=True))


def _text(statement: Statement) -> str:
    return statement.text


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        ("", ["", LINE, ""]),
        ("school", ["", LINE]),  # the line goes on to what comes next
        ("UWV", ["", LINE]),
        ("betaalt", ["", ""]),  # nothing is above it that it could be beside
    ],
)
def test_the_line_stands_above_the_first_that_is_left(spoilt: str, expected: list[str]) -> None:
    given = told("betaalt"), told("school", beside=True), told("UWV", beside=True)
    assert [line for line, _ in left(spoilt, *given)] == expected


def test_what_has_a_line_of_its_own_keeps_that() -> None:
    given = (
        told("betaalt"),
        told("school", beside=True),
        told("UWV", above="Van het UWV:", beside=True),
        told("groeit", beside=True),
    )
    assert left("school", *given) == [
        ("", "De zaak betaalt."),
        ("Van het UWV:", "Het UWV helpt."),
        ("", "De zaak groeit."),
    ]


def test_a_line_of_one_statement_goes_with_it() -> None:
    given = told("betaalt"), told("school", above="Van de school:"), told("UWV")
    assert left("school", *given) == [("", "De zaak betaalt."), ("", "Het UWV helpt.")]
