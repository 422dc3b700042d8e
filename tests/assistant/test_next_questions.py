import pytest

from assistant.next_questions import NextQuestion, as_question, next_questions, suits
from corpus.types import Audience
from tests.assistant.conftest import hit_of, read


def questions(markdown: str, name: str = "gids.md", **metadata: object) -> list[NextQuestion]:
    version = read(markdown, name, **metadata)
    return next_questions(hit_of(version, passage) for passage in version.passages)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Wat kost een student?", "Wat kost een student?"),
        ("3.2. Wie begeleidt de student?", "Wie begeleidt de student?"),
        (
            "Tips voor het begeleiden van studenten",
            "Welke tips zijn er voor het begeleiden van studenten?",
        ),
        ("Criteria voor een route", "Wat zijn de criteria voor een route?"),
        ("Dit is de Raad van Toezicht", "Wie zitten er in de Raad van Toezicht?"),
        ("Werven van havisten", "Hoe werf je havisten?"),
        ("Inrichten van een werkplek", "Hoe richt je een werkplek in?"),
        ("Tevredenheid docenten", "Hoe tevreden zijn docenten?"),
        ("Samenvatting", ""),
        ("Is dat zo?", ""),
        ("Waarom is dit nodig voor een bedrijf?", ""),
        ("Doe je mee?", ""),
        ("Dit zijn de 9 proeven", ""),
        ("Wat " + "heel " * 30 + "veel?", ""),
    ],
)
def test_a_heading_is_a_question_gives_one_or_gives_none(heading: str, question: str) -> None:
    assert as_question(heading) == question


@pytest.mark.parametrize(
    ("lead", "question"),
    [
        ("Een stage kan een leerplek zijn als:", "Wanneer kan een stage een leerplek zijn?"),
        ("Een jaar kan er als volgt uitzien:", "Hoe kan een jaar eruitzien?"),
        ("Het team bestaat uit de volgende personen:", "Wie zitten er in het team?"),
        (
            "Er zijn diverse manieren om een bedrijf te vinden. Denk aan:",
            "Welke manieren zijn er om een bedrijf te vinden?",
        ),
        ("Denk hierbij aan:", ""),
    ],
)
def test_a_list_gives_the_question_that_its_lead_answers(lead: str, question: str) -> None:
    found = questions(f"# Gids\n\n## Deel\n\n{lead}\n\n- het eerste\n- het tweede\n")
    assert [q.text for q in found] == ([question] if question else [])
    assert not any(q.is_heading for q in found)


def test_each_question_is_there_once_and_knows_its_place() -> None:
    found = questions("# Gids\n\n## Wat kost het mij?\n\nNiets.\n\n## Wat kost het mij?\n\nVeel.\n")
    assert [(q.text, q.is_heading) for q in found] == [("Wat kost het mij?", True)]
    assert found[0].place == (found[0].hit.passage.version_id, ("Wat kost het mij?",))


@pytest.mark.parametrize(
    ("markdown", "audiences", "audience", "expected"),
    [
        ("# Gids\n\n## Wat levert het op?\n\nVeel.\n", ["bedrijf"], "bedrijf", True),
        ("# Gids\n\n## Wat levert het op?\n\nVeel.\n", ["bedrijf"], "hogeschool", False),
        ("# Gids\n\n## Wat levert het op?\n\nVeel.\n", ["bedrijf"], None, True),
        (
            "# Gids\n\n## Wat levert het je bedrijf op?\n\nVeel.\n",
            ["bedrijf", "hogeschool"],
            "hogeschool",
            False,
        ),
        (
            "# Gids voor hogescholen\n\n## Wat levert het op?\n\nVeel.\n",
            ["bedrijf", "hogeschool"],
            "bedrijf",
            False,
        ),
    ],
)
def test_a_question_suits_an_audience(
    markdown: str, audiences: list[str], audience: Audience | None, expected: bool
) -> None:
    (question,) = questions(markdown, audiences=audiences)
    assert suits(question, audience) is expected
