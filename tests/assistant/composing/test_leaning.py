from __future__ import annotations

from assistant.composing.leaning import with_context
from corpus.types import Version
from tests.assistant.conftest import evidence_of, read

STORY = read(
    "# Verhaal\n\n## Hoe gaat het?\n\nDe bakker neemt een student aan. Dat bevalt goed. "
    "Daarom komt er een tweede. Die komt uit Assen. De slager wacht nog.\n"
)
LIST = read(
    "# Gids\n\n## Mee\n\nNeem mee:\n\n- Een tas. Die mag klein zijn.\n- Een jas. Warm moet hij.\n"
)


def texts(version: Version, words: str, question: str = "") -> list[str] | None:
    told = with_context(evidence_of(version, words), question)
    return None if told is None else [t.sentence.text for t in told]


def test_a_sentence_brings_what_it_leans_on_as_far_back_as_needed() -> None:
    assert texts(STORY, "slager") == ["De slager wacht nog."]
    assert texts(STORY, "bevalt") == ["De bakker neemt een student aan.", "Dat bevalt goed."]
    assert texts(STORY, "tweede") == [
        "De bakker neemt een student aan.",
        "Dat bevalt goed.",
        "Daarom komt er een tweede.",
    ]


def test_what_leans_on_too_much_is_not_used() -> None:
    assert texts(STORY, "Assen") is None


def test_what_leans_on_nothing_that_can_be_quoted_is_not_used() -> None:
    assert texts(read("# Gids\n\n## Weg\n\nDit is ver. De zon schijnt.\n"), "ver") is None


def test_the_end_of_a_torn_line_is_no_sentence_to_lean_on() -> None:
    torn = read("# Gids\n\n## Weg\n\npraktijk.\n\nOok komen er goede voorbeelden aan bod.\n")
    assert texts(torn, "voorbeelden") is None
    added = read(
        "# Gids\n\n## Weg\n\npraktijk.\n\nOok komen er elke week voorbeelden uit bedrijven aan.\n"
    )
    assert texts(added, "voorbeelden") == ["Ook komen er elke week voorbeelden uit bedrijven aan."]


def test_an_item_comes_behind_its_lead() -> None:
    assert texts(LIST, "Een tas") == ["Neem mee:", "Een tas."]


def test_a_sentence_in_an_item_brings_the_item_up_to_it() -> None:
    assert texts(LIST, "klein") == ["Neem mee:", "Een tas. Die mag klein zijn."]


def test_someones_words_come_behind_the_line_that_says_whose_they_are() -> None:
    story = read(
        "# Verhaal\n\n## Zo\n\nDe bakker zegt hoe het gaat:\n\n> Het gaat goed met mijn brood.\n"
    )
    told = texts(story, "mijn brood")
    assert told is not None
    assert told[0] == "De bakker zegt hoe het gaat:"


def test_what_only_adds_something_can_be_read_alone() -> None:
    text = "Daarnaast mag de bakker elke dag een brood meenemen naar huis."
    story = read(f"# Gids\n\n## Brood\n\n{text} De zon schijnt.\n")
    assert texts(story, "meenemen") == [text]
    short = read("# Gids\n\n## Brood\n\nDaarnaast mag dat. De zon schijnt.\n")
    assert texts(short, "mag dat") is None


def test_what_the_question_is_about_can_be_pointed_at() -> None:
    story = read(
        "# Verhaal\n\n## Zo\n\nDe bakker bouwt iets. Die molen is van steen. De zon schijnt.\n"
    )
    alone = ["Die molen is van steen."]
    assert texts(story, "steen", "Waarvan is de molen gemaakt?") == alone
    assert texts(story, "steen", "Wat doet de bakker?") == ["De bakker bouwt iets.", *alone]


def test_nothing_leans_on_the_end_of_a_list() -> None:
    story = read(
        "# Gids\n\n## Mee\n\nNeem mee:\n\n- Een tas.\n- Een jas.\n\nDat is alles wat er bij is.\n"
    )
    assert texts(story, "alles") is None
