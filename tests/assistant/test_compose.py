from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import ComposeSettings, Told, compose, same_words
from corpus.dutch import DutchAnalyser
from corpus.types import AnswerType, Evidence, Version
from tests.assistant.conftest import evidence_of, hit_of, query_of, read

ANALYSER = DutchAnalyser()
ANY = query_of("Wat kost het?")
COSTS = read(
    "# Kosten\n\n## Wat kost het?\n\nHet bedrijf betaalt deze kosten:\n\n- Een nieuwe laptop.\n"
    "- Het collegegeld van de student.\n- Een vrije dag in de week.\n\n"
    "De begeleider vraagt ook tijd.\n\n## Wat levert het op?\n\n"
    "Het bedrijf krijgt deze voordelen:\n\n- Nieuwe kennis in huis.\n- Trouwe medewerkers.\n"
)
STORY = read(
    "# Verhaal\n\n## Hoe gaat het?\n\nDe bakker neemt een student aan. Dat bevalt goed. "
    "De slager wacht nog. Daarna komt de smid.\n"
)


def tell(
    best: Evidence, *others: Evidence, asks: AnswerType = "open", text: str = "Wat kost het?"
) -> list[Told]:
    return compose(query_of(text, asks=asks), [best, *others], ANALYSER)


def texts(told: list[Told]) -> list[str]:
    return [t.sentence.text for t in told]


def test_without_evidence_nothing_is_told() -> None:
    assert compose(ANY, [], ANALYSER) == []


# --- lists -----------------------------------------------------------------------------------

WHOLE = [
    "Het bedrijf betaalt deze kosten:",
    "Een nieuwe laptop.",
    "Het collegegeld van de student.",
    "Een vrije dag in de week.",
]


@pytest.mark.parametrize("best", ["laptop", "vrije dag", "betaalt deze kosten"])
@pytest.mark.parametrize("asks", ["list", "open", "person", "definition", "yesno"])
def test_a_list_is_told_whole_behind_its_lead(best: str, asks: AnswerType) -> None:
    told = tell(evidence_of(COSTS, best), asks=asks)
    assert texts(told) == WHOLE
    assert [t.kind for t in told] == ["lead", "item", "item", "item"]


def test_who_asks_for_one_thing_gets_one_item_behind_its_lead() -> None:
    told = tell(evidence_of(COSTS, "laptop"), asks="number")
    assert texts(told) == [WHOLE[0], "Een nieuwe laptop."]
    assert [t.kind for t in told] == ["lead", "item"]


FEES = read(
    "# Bijdragen\n\n## Wat betaalt het bedrijf?\n\nDit betaalt het bedrijf vaak:\n\n"
    "- De reis naar school.\n- De boeken.\n- Het diner na het diploma.\n"
)


def test_a_list_of_which_several_items_are_told_is_told_whole() -> None:
    told = tell(
        evidence_of(STORY, "bakker", score=3.0),
        evidence_of(FEES, "reis naar school", score=2.8),
        evidence_of(FEES, "boeken", score=2.6),
    )
    assert [t.sentence.text for t in told if t.evidence.hit.document_id == FEES.document_id] == [
        "Dit betaalt het bedrijf vaak:",
        "De reis naar school.",
        "De boeken.",
        "Het diner na het diploma.",
    ]


def test_of_a_list_that_takes_long_only_what_was_found_is_told() -> None:
    told = compose(
        ANY,
        [
            evidence_of(STORY, "bakker", score=3.0),
            evidence_of(FEES, "reis naar school", score=2.8),
            evidence_of(FEES, "boeken", score=2.6),
        ],
        ANALYSER,
        settings=ComposeSettings(rest_of_list=8),
    )
    assert "Het diner na het diploma." not in texts(told)


def test_two_lists_in_one_passage_are_not_mixed() -> None:
    first, second = COSTS.passages
    both = replace(
        first,
        text=COSTS.text[first.start : second.end],
        end=second.end,
        sentences=(*first.sentences, *second.sentences),
    )
    version = replace(COSTS, passages=(both,))
    assert texts(tell(evidence_of(version, "laptop"))) == WHOLE
    assert texts(tell(evidence_of(version, "Nieuwe kennis"))) == [
        "Het bedrijf krijgt deze voordelen:",
        "Nieuwe kennis in huis.",
        "Trouwe medewerkers.",
    ]


def test_an_item_of_another_list_comes_behind_its_own_lead() -> None:
    told = tell(evidence_of(COSTS, "laptop"), evidence_of(COSTS, "Nieuwe kennis"))
    assert texts(told) == [*WHOLE, "Het bedrijf krijgt deze voordelen:", "Nieuwe kennis in huis."]


def test_a_list_of_another_document_with_the_same_lead_is_not_mixed_in() -> None:
    other = read(
        "# Anders\n\n## Kosten\n\nHet bedrijf betaalt deze kosten:\n\n- De taart bij het feest.\n"
        "- De reis naar Parijs.\n",
        "anders.md",
    )
    told = tell(evidence_of(COSTS, "laptop"), evidence_of(other, "taart"))
    assert lead_of(told, "taart") in (None, other.document_id)


def lead_of(told: list[Told], words: str) -> str | None:
    """Document of the lead under which a reader sees an item; None when it is not told."""
    lead = None
    for t in told:
        if t.kind == "lead":
            lead = t.evidence.hit.document_id
        if words in t.sentence.text:
            return lead
    return None


def test_a_long_list_is_told_by_the_first_sentence_of_each_item() -> None:
    items = "\n".join(
        f"{n}. Stap {n} doet de student samen met de begeleider. Dat kost ongeveer {n} uur."
        for n in range(1, 13)
    )
    version = read(f"# Gids\n\n## Stappen\n\nDit zijn de stappen:\n\n{items}\n")
    told = tell(evidence_of(version, "Stap 3"), asks="list")
    assert texts(told)[1:] == [
        f"Stap {n} doet de student samen met de begeleider." for n in range(1, 13)
    ]


# --- sentences -------------------------------------------------------------------------------


def test_a_sentence_that_leans_brings_what_it_leans_on() -> None:
    assert texts(tell(evidence_of(STORY, "bevalt"))) == [
        "De bakker neemt een student aan.",
        "Dat bevalt goed.",
    ]
    assert texts(tell(evidence_of(STORY, "slager"))) == ["De slager wacht nog."]


def test_what_was_told_already_is_not_told_twice() -> None:
    told = tell(evidence_of(STORY, "bevalt", 2.0), evidence_of(STORY, "bakker", 2.0))
    assert texts(told) == ["De bakker neemt een student aan.", "Dat bevalt goed."]


@given(st.permutations(["bakker", "slager", "smid"]))
def test_the_best_sentence_comes_first_and_the_others_as_the_document_has_them(
    order: list[str],
) -> None:
    told = tell(*(evidence_of(STORY, words) for words in order))
    starts = [t.sentence.start for t in told]
    best = evidence_of(STORY, order[0]).sentence
    if order[0] != "smid":  # that one leans, and brings what it leans on
        assert told[0].sentence == best
    behind = [start for start in starts if start >= starts[0]]
    before = [start for start in starts if start < starts[0]]
    assert starts == [*sorted(behind), *sorted(before)]
    assert len(starts) >= 3


def test_beside_a_whole_list_that_was_asked_for_little_else_earns_its_place() -> None:
    listed = evidence_of(COSTS, "laptop", score=3.0)
    told = tell(listed, evidence_of(STORY, "bakker", score=2.0), asks="list")
    assert texts(told) == WHOLE
    told = tell(listed, evidence_of(STORY, "bakker", score=2.8), asks="list")
    assert texts(told) == [*WHOLE, "De bakker neemt een student aan."]


def test_the_item_that_is_asked_for_comes_without_the_others_of_its_list() -> None:
    others = (evidence_of(COSTS, "laptop", 1.0), evidence_of(COSTS, "vrije dag", 1.0))
    told = tell(evidence_of(COSTS, "collegegeld", score=6.0), *others, asks="person")
    assert texts(told) == [WHOLE[0], "Het collegegeld van de student."]
    told = tell(evidence_of(COSTS, "collegegeld", score=2.0), *others, asks="person")
    assert texts(told) == WHOLE


def test_a_figure_brings_nothing_from_elsewhere_that_holds_none() -> None:
    figure = evidence_of(COSTS, "begeleider vraagt", score=3.0)
    other = replace(evidence_of(STORY, "bakker", score=2.9), fits=False)
    assert texts(tell(figure, other, asks="number")) == ["De begeleider vraagt ook tijd."]
    assert len(tell(figure, other, asks="open")) == 2


def test_names_bring_nothing_that_holds_none() -> None:
    named = evidence_of(COSTS, "begeleider vraagt", score=3.0)
    other = replace(evidence_of(STORY, "bakker", score=2.9), fits=False)
    assert len(tell(named, other, asks="list")) == 1
    assert len(tell(named, replace(other, fits=True), asks="list")) == 2


def test_what_scores_far_lower_is_left_out() -> None:
    told = tell(evidence_of(STORY, "slager", 9.0), evidence_of(STORY, "bakker", -9.0))
    assert texts(told) == ["De slager wacht nog."]


def many(count: int, words: int) -> Version:
    sentences = " ".join(
        f"Zin {n} telt {' '.join(f'woord{n}x{w}' for w in range(words))}." for n in range(count)
    )
    return read(f"# Gids\n\n## Deel\n\n{sentences}\n")


@given(st.integers(2, 12), st.integers(1, 40))
def test_an_answer_stays_short_enough_to_read(count: int, words: int) -> None:
    version = many(count, words)
    ranked = [evidence_of(version, f"Zin {n} telt") for n in range(count)]
    told = tell(*ranked)
    assert 1 <= len(told) <= 6
    assert len(told) == 1 or sum(len(t.split()) for t in texts(told)) <= 90


# --- the same words elsewhere ----------------------------------------------------------------

FIRST = "De werkgever betaalt het collegegeld van de student voor de hele opleiding."


def two(other: str) -> tuple[Evidence, Evidence]:
    one = read(f"# Een\n\n## Geld\n\n{FIRST}\n", "een.md")
    two = read(f"# Twee\n\n## Geld\n\n{other}\n", "twee.md")
    return evidence_of(one, "collegegeld"), evidence_of(two, "collegegeld")


def test_the_same_words_in_two_documents_are_one_statement_with_two_sources() -> None:
    best, other = two(FIRST)
    (told,) = tell(best, other)
    assert [told.evidence.hit.document_id, *(e.hit.document_id for e in told.also)] == [
        "een",
        "twee",
    ]


@pytest.mark.parametrize(
    "other",
    [
        FIRST.replace("student voor", "student niet voor"),
        FIRST.replace("het collegegeld", "geen collegegeld"),
        FIRST.replace("hele opleiding", "hele opleiding van 4 jaar"),
    ],
)
def test_nearly_the_same_words_that_say_otherwise_are_no_second_source(other: str) -> None:
    for told in tell(*two(other)):
        assert told.also == ()


def sources(told: Told) -> list[str]:
    return [told.evidence.hit.document_id, *(e.hit.document_id for e in told.also)]


def test_what_is_folded_into_the_passage_is_a_second_source() -> None:
    best, other = two(FIRST)
    folded = replace(best, hit=replace(best.hit, also=(other.hit,)))
    (told,) = tell(folded)
    assert sources(told) == ["een", "twee"]
    assert told.also[0].sentence == other.sentence


def test_the_same_words_in_what_was_found_but_not_read_are_a_second_source() -> None:
    best, other = two(FIRST)
    (told,) = compose(ANY, [best], ANALYSER, [best.hit, other.hit])
    assert sources(told) == ["een", "twee"]


def test_a_document_is_a_source_once() -> None:
    text = f"# Een\n\n## Geld\n\n{FIRST}\n\n## Nog eens\n\n{FIRST}\n"
    one, other = read(text, "een.md"), read(text.replace("# Een", "# Twee", 1), "twee.md")
    found = [hit_of(v, p) for v in (one, other) for p in v.passages]
    (told,) = compose(ANY, [evidence_of(one, "collegegeld")], ANALYSER, found)
    assert sources(told) == ["een", "twee"]


@pytest.mark.parametrize(
    ("lead", "found"),
    [("Het bedrijf betaalt deze kosten:", ["kosten", "twee"]), ("De student krijgt:", ["kosten"])],
)
def test_an_item_has_another_source_only_in_the_same_list(lead: str, found: list[str]) -> None:
    other = read(f"# Twee\n\n## Geld\n\n{lead}\n\n- Een nieuwe laptop.\n- Een tas.\n", "twee.md")
    best = evidence_of(COSTS, "laptop")
    told = compose(
        query_of("Wat?", asks="list"), [best], ANALYSER, [hit_of(other, other.passages[0])]
    )
    assert sources(next(t for t in told if "laptop" in t.sentence.text)) == found


@pytest.mark.parametrize(
    ("heading", "found"), [("Mag een hond mee?", ["een"]), ("Mag een gast mee?", ["een", "twee"])]
)
def test_a_short_answer_has_another_source_only_under_the_same_heading(
    heading: str, found: list[str]
) -> None:
    one = read("# Een\n\n## Mag een gast mee?\n\nJa, dat is goed.\n", "een.md")
    other = read(f"# Twee\n\n## {heading}\n\nJa, dat is goed.\n", "twee.md")
    (told,) = tell(evidence_of(one, "goed"), evidence_of(other, "goed"))
    assert sources(told) == found


def test_an_item_of_two_sentences_has_its_other_source_whole() -> None:
    items = "- Een laptop. Die blijft van de zaak.\n- Een tas.\n"
    body = f"Dit hoort bij de kosten van het bedrijf:\n\n{items}"
    one, other = (read(f"# {t}\n\n## Geld\n\n{body}\n", f"{t}.md") for t in ("Een", "Twee"))
    told = tell(evidence_of(one, "laptop"), evidence_of(other, "laptop"), asks="list")
    item = next(t for t in told if "laptop" in t.sentence.text)
    assert [e.sentence.text for e in item.also] == [item.sentence.text]
    assert item.sentence.text == "Een laptop. Die blijft van de zaak."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("De student mag thuis werken.", "De student moet thuis werken.", False),
        ("De student werkt drie dagen.", "de studenten: werkt drie dagen", True),
        ("De student werkt drie dagen.", "De student werkt vier dagen.", False),
        ("In 2021 deden 25 grote bedrijven uit de bouw mee aan de eerste nulmeting van de route.",
         "In 2021 deden 31 grote bedrijven uit de bouw mee aan de eerste nulmeting van de route.",
         False),
        ("Dat is zo.", "Dat is zo.", True),
        ("Dat is zo.", "Dat was zo.", False),
        ("", "", True),
    ],
)  # fmt: skip
def test_the_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other, ANALYSER) == same
    assert same_words(other, one, ANALYSER) == same


# --- several passages ------------------------------------------------------------------------


def three_pages() -> list[Version]:
    texts = (
        "De bakker betaalt het brood van de leerling. Het brood is elke dag vers.",
        "De slager betaalt het vlees van de leerling. Het vlees komt van ver.",
        "De smid betaalt het ijzer van de leerling. Het ijzer is zwaar.",
    )
    return [
        read(f"# Boek {n}\n\n## Geld\n\n{text}\n", f"boek{n}.md") for n, text in enumerate(texts)
    ]


def test_the_best_of_another_passage_comes_before_more_of_the_first() -> None:
    one, two, _ = three_pages()
    ranked = [
        evidence_of(one, "betaalt", 5.0),
        evidence_of(one, "vers", 4.4),
        evidence_of(two, "betaalt", 4.2),
    ]
    told = compose(ANY, ranked, ANALYSER, settings=ComposeSettings(sentences=2))
    assert texts(told) == [
        "De bakker betaalt het brood van de leerling.",
        "De slager betaalt het vlees van de leerling.",
    ]


def test_one_passage_that_is_clearly_best_stands_alone() -> None:
    one, two, three = three_pages()
    ranked = [evidence_of(one, "betaalt", 9.0), evidence_of(two, "betaalt", 1.0)]
    assert texts(compose(ANY, ranked, ANALYSER)) == ["De bakker betaalt het brood van de leerling."]
    few = ComposeSettings(passages=1)
    near = [evidence_of(v, "betaalt", 5.0) for v in (one, two, three)]
    assert len(compose(ANY, near, ANALYSER, settings=few)) == 1
    assert len(compose(ANY, near, ANALYSER)) == 3


def test_a_long_list_that_was_asked_for_by_one_item_tells_that_item() -> None:
    items = "\n".join(
        f"- De {who} leidt samen met de school in {town} twaalf jonge mensen op voor dit vak."
        for who, town in (("bakker", "Assen"), ("slager", "Breda"), ("smid", "Goes"),
                          ("molenaar", "Delft"), ("kapper", "Ede"), ("schilder", "Zeist"))
    )  # fmt: skip
    version = read(f"# Boek\n\n## Wie\n\nDeze zes bedrijven doen mee:\n\n{items}\n")
    best, other = evidence_of(version, "smid", 5.0), evidence_of(version, "kapper", 1.0)
    told = compose(query_of("Doet de smid mee?", asks="yesno"), [best, other], ANALYSER)
    assert [t.kind for t in told] == ["sentence"]
    assert "Goes" in texts(told)[0]
    level = [replace(best, score=1.1), other]
    assert len(compose(query_of("Doet men mee?", asks="yesno"), level, ANALYSER)) == 7


def test_a_heading_or_a_question_of_the_writer_is_not_told() -> None:
    version = read("# Boek\n\n## Brood\n\nWaar bakt de bakker? De bakker bakt in Assen.\n")
    ranked = [evidence_of(version, "Waar bakt", 5.0), evidence_of(version, "in Assen", 4.0)]
    assert texts(compose(ANY, ranked, ANALYSER)) == ["De bakker bakt in Assen."]


def test_what_leans_on_too_much_gives_way_to_the_next_best() -> None:
    version = read("# Boek\n\n## Brood\n\nDit is lekker. De bakker bakt in Assen.\n")
    ranked = [evidence_of(version, "lekker", 5.0), evidence_of(version, "in Assen", 4.0)]
    assert texts(compose(ANY, ranked, ANALYSER)) == ["De bakker bakt in Assen."]


WHAT = read(
    "# Ad\n\n## Van wie is het?\n\nDe Ad is volgens de bakker een initiatief van de smid.\n\n"
    "## Wat is het?\n\nEen Ad is een opleiding van twee jaar.\n"
)


def test_what_something_is_comes_first_when_that_is_asked() -> None:
    nearly = [evidence_of(WHAT, "initiatief", 5.0), evidence_of(WHAT, "opleiding", 4.0)]
    asked = "Wat is een Ad?"
    told = tell(*nearly, asks="definition", text=asked)
    assert texts(told)[0] == "Een Ad is een opleiding van twee jaar."
    assert texts(tell(*nearly, asks="open", text=asked))[0].endswith("initiatief van de smid.")
    far = [evidence_of(WHAT, "initiatief", 5.0), evidence_of(WHAT, "opleiding", 3.0)]
    assert texts(tell(*far, asks="definition", text=asked))[0].endswith("initiatief van de smid.")


def test_who_points_back_comes_behind_whom_it_points_at() -> None:
    pages = read(
        "# Bouw\n\n## Hoe?\n\nEen bakker zoekt een leerling. "
        "Een leerling blijft volgens die bakker langer.\n"
    )
    told = tell(evidence_of(pages, "langer", 5.0), evidence_of(pages, "zoekt", 4.5))
    assert texts(told) == [
        "Een bakker zoekt een leerling.",
        "Een leerling blijft volgens die bakker langer.",
    ]


def test_what_scores_lower_is_told_behind_the_answer_and_marked() -> None:
    one, two, three = three_pages()
    told = tell(
        evidence_of(one, "betaalt", 5.0),
        evidence_of(two, "betaalt", 3.2),
        evidence_of(three, "betaalt", 2.2),
    )
    assert [(t.sentence.text.split()[1], t.beside) for t in told] == [
        ("bakker", False),
        ("slager", False),
        ("smid", True),
    ]


def test_the_items_of_a_list_that_answers_are_not_beside_it() -> None:
    told = tell(
        evidence_of(COSTS, "laptop", 5.0),
        evidence_of(COSTS, "collegegeld", 2.4),
        evidence_of(COSTS, "kennis", 2.2),
    )
    assert not any(t.beside for t in told if "kosten" in t.sentence.text)
    marks = [t.beside for t in told]
    assert marks == sorted(marks)  # what is beside comes last
