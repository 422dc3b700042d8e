from collections.abc import Sequence

import numpy as np
import pytest

from assistant.clarify import Choice, Clarification, clarify
from assistant.retrieve import Retrieved
from corpus.dutch import DutchAnalyser
from corpus.types import Hit
from tests.assistant.conftest import hit_of, query_of, read


def found(hits: Sequence[Hit]) -> Retrieved:
    vector = np.zeros(2, np.float32)
    return Retrieved(tuple(hits), vector, None, {}, 1.0, 0.0)  # type: ignore[arg-type]


def page(heading: str, score: float = 10.0, name: str = "gids.md", **metadata: object) -> Hit:
    version = read(f"# Gids\n\n## {heading}\n\nDat staat hier.\n", name, **metadata)
    return hit_of(version, version.passages[-1], score)


def page_for(audience: str, score: float) -> Hit:
    return page("Wat het oplevert", score, f"{audience}.md", audiences=[audience])


SECTIONS = [
    page("Welk contract krijgt een student?"),
    page("Hoelang loopt een contract?", 9.0),
    page("Wat kost een laptop?", 8.0),
]


def test_one_word_gets_the_sections_about_it_as_questions(analyser: DutchAnalyser) -> None:
    found_back = clarify(query_of("contract?", audience="bedrijf"), found(SECTIONS), analyser)
    assert found_back == Clarification(
        "Wat wil je weten?",
        (
            Choice(
                "Welk contract krijgt een student?", "Welk contract krijgt een student?", "bedrijf"
            ),
            Choice("Hoelang loopt een contract?", "Hoelang loopt een contract?", "bedrijf"),
        ),
    )


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("contract?", []),
        ("contract?", SECTIONS[:1]),  # nothing to choose from
        ("Krijgt iedere student meteen een vast contract?", SECTIONS),
        ("is dat veel?", SECTIONS),
        ("laptop?", SECTIONS),
    ],
)
def test_nothing_is_asked_back_where_nothing_is_open(
    question: str, hits: list[Hit], analyser: DutchAnalyser
) -> None:
    assert clarify(query_of(question), found(hits), analyser) == Clarification()


def test_who_asks_is_asked_when_it_changes_the_answer(analyser: DutchAnalyser) -> None:
    hits = [page_for("bedrijf", 10.0), page_for("hogeschool", 9.6)]
    asked_back = clarify(query_of("Wat zijn de voordelen?"), found(hits), analyser)
    assert asked_back.question == "Voor wie vraag je dit?"
    assert [(c.label, c.question, c.audience) for c in asked_back.choices] == [
        ("Voor een bedrijf", "Wat zijn de voordelen?", "bedrijf"),
        ("Voor een hogeschool", "Wat zijn de voordelen?", "hogeschool"),
    ]


def test_a_heading_says_whom_it_is_for(analyser: DutchAnalyser) -> None:
    both = ["bedrijf", "hogeschool"]
    hits = [
        page("Tips voor bedrijven", audiences=both),
        page("Tips voor hogescholen", 9.8, audiences=both),
    ]
    asked_back = clarify(query_of("What are the benefits?", language="en"), found(hits), analyser)
    assert asked_back.question == "Who are you asking for?"


@pytest.mark.parametrize(
    ("question", "audience", "scores"),
    [
        ("Wat zijn de voordelen?", "bedrijf", (10.0, 9.6)),
        ("Wat zijn de voordelen voor een bedrijf?", None, (10.0, 9.6)),
        ("Wat zijn de voordelen?", None, (10.0, 8.0)),
        ("Wat zijn de voordelen?", None, (4.0, 3.9)),
        ("Waar blijven straks al die voordelen van werken?", None, (10.0, 9.6)),
    ],
)
def test_who_asks_is_not_asked_when_it_is_known_or_changes_nothing(
    question: str, audience: str | None, scores: tuple[float, float], analyser: DutchAnalyser
) -> None:
    hits = [page_for("bedrijf", scores[0]), page_for("hogeschool", scores[1])]
    assert clarify(query_of(question, audience=audience), found(hits), analyser).choices == ()


def test_pages_for_both_leave_nothing_open(analyser: DutchAnalyser) -> None:
    both = [page("Wat het oplevert", audiences=["bedrijf", "hogeschool"])] * 2
    assert clarify(query_of("Wat zijn de voordelen?"), found(both), analyser).choices == ()
