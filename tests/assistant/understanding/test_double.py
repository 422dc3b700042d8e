from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.double import MOST_PARTS, split_double
from corpus.dutch import DutchAnalyser

ANALYSER = DutchAnalyser()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Wat kost het en wie betaalt dat?", ("Wat kost het?", "wie betaalt dat?")),
        (
            "Hoe vind ik een student, en moet ik die dan een contract geven?",
            ("Hoe vind ik een student?", "moet ik die dan een contract geven?"),
        ),
        (
            "Hoeveel dagen werkt een student? En wie begeleidt hem?",
            ("Hoeveel dagen werkt een student?", "En wie begeleidt hem?"),
        ),
        (
            "waren er studenten die afhaakten? hoeveel?",
            ("waren er studenten die afhaakten?", "hoeveel?"),
        ),
        ("wat kost het. wie betaalt dat", ("wat kost het.", "wie betaalt dat?")),
        (
            "Welke moties helpen mee, en van wanneer zijn die?",
            ("Welke moties helpen mee?", "van wanneer zijn die?"),
        ),
        (
            "Lukte het om iedereen te vragen, en in wat voor tijd was dat?",
            ("Lukte het om iedereen te vragen?", "in wat voor tijd was dat?"),
        ),
        (
            "Wij zijn een klein bedrijf met 5 man. Kunnen wij meedoen en wat kost dat?",
            ("Wij zijn een klein bedrijf met 5 man. Kunnen wij meedoen?", "wat kost dat?"),
        ),
        (
            "Is een student verzekerd en heeft een bedrijf recht op subsidie?",
            ("Is een student verzekerd?", "heeft een bedrijf recht op subsidie?"),
        ),
        (
            "wat kost het, wie betaalt het en hoe lang duurt het?",
            ("wat kost het?", "wie betaalt het?", "hoe lang duurt het?"),
        ),
        (
            "Weet je hoe lang het duurt en wat het kost?",
            ("Weet je hoe lang het duurt?", "wat het kost?"),
        ),
        (
            "Who signs the contract, and can we stop it?",
            ("Who signs the contract?", "can we stop it?"),
        ),
    ],
)
def test_two_questions(question: str, parts: tuple[str, ...]) -> None:
    assert split_double(question, ANALYSER) == parts


def test_what_is_more_than_three_stays_in_the_third() -> None:
    parts = split_double(
        "Wat is een Ad? Hoe lang duurt die? Wie geeft hem? Wat kost het?", ANALYSER
    )
    assert parts == ("Wat is een Ad?", "Hoe lang duurt die?", "Wie geeft hem? Wat kost het?")


@pytest.mark.parametrize(
    "question",
    [
        "Wat zijn de voor- en nadelen?",
        "Wie is verantwoordelijk voor werving en selectie?",
        "Hoe werken studenten en docenten samen?",
        "Hoe zit het met leren en werken?",
        "Hoe en wanneer begin ik?",
        "In welke sector en in welke regio is dit?",
        "welke opleidingen en welke hogescholen doen mee?",
        "Wat is het verschil tussen wat een school doet en wat een bedrijf doet?",
        "Hoe bepalen we wie geschikt is en wie niet?",
        "Wat doet de student en zijn begeleider?",
        "Is een jaarcontract genoeg of adviseren jullie langer?",
        "Als ik stop, wie betaalt dan?",
        "What are the pros and cons?",
        # sentences around one question
        "Wij zijn een klein bedrijf met 5 man. Kunnen wij meedoen?",
        "Ik durf het risico niet aan. Is er een andere oplossing?",
        "Kan ik meedoen? Wij zijn een klein bedrijf.",
        "Ik werk bij dhr. Jansen B.V. in Assen. Kan dat?",
        "het is tentamentijd, hoe plan ik dan zijn werk",
        # no questions of their own
        "ad? welk niveau is dat",
        "contract? subsidie?",
        "docenten pas op het laatst inlichten, kan dat?",
        "Wat kost dat? Klopt dat?",
        "Moet het? Of niet?",
        "hoeveel subsidie is er voor 2.5 jaar",
        "",
        "???",
        "? ? ?",
    ],
)
def test_one_question(question: str) -> None:
    assert split_double(question, ANALYSER) == ()


PIECES = st.lists(
    st.sampled_from(
        ["wat kost het", "wie", "en", "?", ".", "een student", "is dat", ",", "ﬁ", "of"]
    ),
    max_size=20,
)


@given(PIECES.map(" ".join))
def test_parts_are_words_of_the_question_in_order(text: str) -> None:
    parts = split_double(text, ANALYSER)
    assert len(parts) == 0 or 2 <= len(parts) <= MOST_PARTS
    words = iter(text.replace("?", " ").replace(".", " ").replace(",", " ").split())
    for part in parts:
        for word in part.replace("?", " ").replace(".", " ").replace(",", " ").split():
            assert word in words  # an iterator: also in order
