import pytest

from assistant.ages import Ages, date_of, differing
from assistant.composing.told import Told
from assistant.terms import asked_terms
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary
from corpus.types import AnswerType, Version
from tests.assistant.conftest import evidence_of, hit_of, query_of, read

NO_GLOSSARY = Glossary({}, {})


def version(name: str, published: str | None, text: str, **metadata: object) -> Version:
    return read(f"# {name}\n\n## Stand\n\n{text}\n", f"{name}.md", published=published, **metadata)


def ages(
    question: str,
    told: tuple[Version, str],
    *others: Version,
    asks: AnswerType = "number",
    analyser: DutchAnalyser,
) -> Ages:
    """What differs when the sentence of ``told`` that holds the words is the answer."""
    evidence = evidence_of(*told)
    hits = [hit_of(v, p) for v in (told[0], *others) for p in v.passages]
    terms = asked_terms(question, analyser, NO_GLOSSARY)
    said = [Told(evidence.sentence, evidence, "sentence")]
    return differing(query_of(question, asks=asks), said, hits, terms, analyser)


def sentences(found: Ages) -> list[list[str]]:
    return [[t.sentence.text for t in group.told] for group in found.groups]


def test_every_document_says_its_own_figure_newest_first(analyser: DutchAnalyser) -> None:
    old = version("Folder", "2021", "In het land doen zeven pilots mee.", kind="brochure")
    new = version("Rapport", "2022-07", "Dit jaar zijn er 8 routes onderzocht.", kind="onderzoek")
    undated = version("Site", None, "Doel is te groeien naar minstens 20 routes.")
    found = ages("Hoeveel routes zijn er?", (old, "zeven"), undated, new, analyser=analyser)
    assert sentences(found) == [
        ["Dit jaar zijn er 8 routes onderzocht."],
        ["In het land doen zeven pilots mee."],
        ["Doel is te groeien naar minstens 20 routes."],
    ]
    assert [t.sentence.text for t in found.repeats] == ["In het land doen zeven pilots mee."]


def test_the_frame_holds_no_figure_and_the_dated_one_names_year_and_title(
    analyser: DutchAnalyser,
) -> None:
    old = version("Folder", "2021", "Er zijn zeven routes.", kind="brochure")
    new = version("Rapport", "2022-07", "Naar verwachting zijn er straks 8 routes.")
    found = ages("Hoeveel routes zijn er?", (old, "zeven"), new, analyser=analyser)
    first, second = found.groups
    assert not any(c.isdigit() for g in found.groups for c in g.frame)
    assert "nieuwste bron, een doel of verwachting" in first.frame
    assert second.frame == "De brochure (ouder):"
    assert first.dated == "Uit 2022 (Rapport), een doel of verwachting:"
    assert second.dated == "Uit 2021 (Folder):"


def test_every_told_sentence_is_the_span_of_its_document(analyser: DutchAnalyser) -> None:
    old = version("Folder", "2021", "Er zijn al scholen begonnen. Zeven daarvan zijn pilots.")
    new = version("Rapport", "2022", "Er zijn 8 pilots.")
    found = ages("Hoeveel pilots zijn er?", (new, "8"), old, analyser=analyser)
    texts = {v.id: v.text for v in (old, new)}
    for group in found.groups:
        for told in group.told:
            text = texts[told.evidence.hit.passage.version_id]
            assert text[told.sentence.start : told.sentence.end] == told.sentence.text


def test_a_sentence_that_leans_brings_the_one_before_it(analyser: DutchAnalyser) -> None:
    old = version("Folder", "2021", "Veel scholen zijn begonnen. Zeven daarvan doen als pilot mee.")
    new = version("Rapport", "2022", "Er zijn 8 pilots.")
    found = ages("Hoeveel pilots zijn er?", (new, "8"), old, analyser=analyser)
    assert sentences(found)[1] == [
        "Veel scholen zijn begonnen.",
        "Zeven daarvan doen als pilot mee.",
    ]


def test_a_plan_beside_the_fact_in_one_document_has_no_age(analyser: DutchAnalyser) -> None:
    text = "Er zijn zeven pilots. Het doel is 20 pilots."
    told = version("Folder", "2021", text, kind="brochure")
    other = version("Site", None, "Doel zijn twintig pilots.")
    found = ages("Hoeveel pilots zijn er?", (told, "zeven"), other, analyser=analyser)
    assert [g.frame for g in found.groups] == [
        "De brochure:",
        "De brochure (een doel of verwachting):",
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Er zijn acht routes.",  # the same in words
        "Een route heeft 20 studenten.",
        "Een student loopt 30 weken mee.",
        "Er zijn twintig bedrijven bij de route betrokken.",
        "Eén route ligt stil.",
        "De meeste (vijf) routes zijn klein.",
        "Vijf andere routes zijn klein.",
        "De route bestaat 15 jaar.",
        "Zie tabel 3 over routes.",
    ],
)
def test_other_numbers_and_the_same_number_are_no_difference(
    other: str, analyser: DutchAnalyser
) -> None:
    told = version("Rapport", "2022", "Er zijn 8 routes.")
    found = ages(
        "Hoeveel routes zijn er?", (told, "8"), version("Folder", "2021", other), analyser=analyser
    )
    assert found == Ages()


def test_what_narrows_the_question_must_be_met_in_both(analyser: DutchAnalyser) -> None:
    told = version("Rapport", "2022", "Er hebben 29 studenten een vast contract.")
    question = "Hoeveel studenten hebben een vast contract?"
    other = version("Folder", "2021", "Er doen 40 studenten mee.")
    assert ages(question, (told, "29"), other, analyser=analyser) == Ages()
    other = version("Folder", "2021", "Een vast contract hebben 12 studenten.")
    assert len(ages(question, (told, "29"), other, analyser=analyser).groups) == 2


def test_documents_of_one_age_are_left_alone(analyser: DutchAnalyser) -> None:
    told = version("Rapport", "2022", "Er zijn 8 routes.")
    other = version("Folder", "2022-11", "Er zijn 9 routes.")
    assert ages("Hoeveel routes zijn er?", (told, "8"), other, analyser=analyser) == Ages()


def test_without_dates_the_kind_of_document_decides(analyser: DutchAnalyser) -> None:
    told = version("Rapport", None, "Er zijn 8 routes.", kind="onderzoek")
    question = "Hoeveel routes zijn er?"
    same = version("Bijlage", None, "Er zijn 9 routes.", kind="onderzoek")
    assert ages(question, (told, "8"), same, analyser=analyser) == Ages()
    other = version("Folder", None, "Er zijn 9 routes.", kind="brochure")
    found = ages(question, (told, "8"), other, analyser=analyser)
    assert {g.frame for g in found.groups} == {
        "Het onderzoek (zonder datum):",
        "De brochure (zonder datum):",
    }


@pytest.mark.parametrize("asks", ["number", "money"])
def test_a_sentence_that_says_nearly_the_same_with_another_figure(
    asks: AnswerType, analyser: DutchAnalyser
) -> None:
    told = version("Gids", "2024", "Een begeleider besteedt gemiddeld twee uur per week.")
    other = version("Folder", "2021", "Een begeleider besteedt gemiddeld 4 uur per week.")
    another = version("Blad", "2020", "Een student besteedt 10 uur per week aan huiswerk.")
    question = "Hoe lang is een begeleider bezig?"
    found = ages(question, (told, "twee uur"), other, another, asks=asks, analyser=analyser)
    assert [t[0] for t in sentences(found)] == [
        "Een begeleider besteedt gemiddeld twee uur per week.",
        "Een begeleider besteedt gemiddeld 4 uur per week.",
    ]


def test_a_question_without_figures_is_left_alone(analyser: DutchAnalyser) -> None:
    told = version("Gids", "2024", "Een begeleider heeft geduld.")
    other = version("Folder", "2021", "Er zijn 8 begeleiders met geduld.")
    found = ages("Wie is geschikt?", (told, "geduld"), other, asks="person", analyser=analyser)
    assert found == Ages()


def test_the_date_of_a_document() -> None:
    assert date_of(version("A", "2021-07", "Tekst.").metadata) == "2021-07"
    assert date_of(version("B", None, "Tekst.").metadata) == ""
