from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.hyphens import Joiner, words_of

JOINER = Joiner(frozenset())


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["een oplei-", "ding volgen"], "een opleiding volgen"),
        (["de onderzoeksagen-", "da"], "de onderzoeksagenda"),
        (["maatwerkon-", "dersteuning"], "maatwerkondersteuning"),
        (["Be-", "drijfskunde"], "Bedrijfskunde"),
        (["het hbo-di-", "ploma"], "het hbo-diploma"),
        (["de Mkb-", "-route"], "de Mkb-route"),
        (["de Mkb-", "route"], "de Mkb-route"),
        (["mbo-", "4"], "mbo-4"),
        (["HBO-", "Diploma"], "HBO-Diploma"),
        (["OBM Midden-", "Nederland"], "OBM Midden-Nederland"),
        (["leer-", "en werkomgeving"], "leer- en werkomgeving"),
        (["mbo-", "of hbo-niveau"], "mbo- of hbo-niveau"),
        (["zij-", "instromers"], "zij-instromers"),
        (["auto-", "ongeluk"], "auto-ongeluk"),
        (["defensie-", "uitgaven"], "defensie-uitgaven"),
        (["privé-", "initiatief"], "privé-initiatief"),
        (["een Ad-", "opleiding"], "een Ad-opleiding"),
        (["een ad-", "vies"], "een advies"),
        (["een ex-", "student"], "een ex-student"),
        (["een ex-", "amen"], "een examen"),
        (["de niet-", "westerse"], "de niet-westerse"),
        (["een woning-", "corporatie"], "een woningcorporatie"),
        (["een wo-", "ning"], "een woning"),
        (["de btw-", "aangifte"], "de btw-aangifte"),
        (["de PvdA-", "fractie"], "de PvdA-fractie"),
        (["zwart-", "wit"], "zwart-wit"),
        (["technisch-", "economische"], "technisch-economische"),
        (["een docent-", "onderzoeker"], "een docent-onderzoeker"),
        (["een student-", "begeleiding"], "een studentbegeleiding"),
        (["een back-", "up"], "een back-up"),
        (["daar-", "in staat"], "daarin staat"),
        (["kant-", "en-klaar"], "kant-en-klaar"),
        (["kant-en-", "klaar"], "kant-en-klaar"),
        (["zo-", "als het hoort"], "zoals het hoort"),
        (["school-", "als praktijkbegeleider"], "school- als praktijkbegeleider"),
        (["boei-", "ende lessen"], "boeiende lessen"),
        (["co-", "ordinatie"], "coördinatie"),
        (["ge-", "ïnteresseerd"], "geïnteresseerd"),
        (["OPLEI-", "DING"], "OPLEIDING"),
        (["MKB-", "ROUTE"], "MKB-ROUTE"),
        (["een account bij Google-", "diensten"], "een account bij Google-diensten"),
        (["leer- en/", "of werkplek"], "leer- en/of werkplek"),
        (["van 2021-", "2023"], "van 2021-2023"),
        (["re-", "actie"], "reactie"),
        (["leer- en", "werkplek"], "leer- en werkplek"),
        (["van 2021 -", "en later"], "van 2021 - en later"),
        (["een", "", "  twee "], "een twee"),
    ],
)
def test_lines_are_joined_and_broken_words_mended(lines: list[str], joined: str) -> None:
    assert JOINER.lines(lines) == joined


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("een mkb- bedrijf", "een mkb-bedrijf"),
        ("de Mkb- route", "de Mkb-route"),
        ("een oplei- ding", "een opleiding"),
        ("een Degree- diploma", "een Degree-diploma"),
        ("op-, om- en bijscholing", "op-, om- en bijscholing"),
        ("plus- of minpunten", "plus- of minpunten"),
        ("a- b- c", "a-b-c"),
        ("een streep - ertussen", "een streep - ertussen"),
        ("het midden-en kleinbedrijf", "het midden- en kleinbedrijf"),
        ("een kant-en klare oplossing", "een kant-en klare oplossing"),
    ],
)
def test_a_hyphen_left_inside_a_line_is_mended(line: str, mended: str) -> None:
    assert JOINER.inside(line) == mended


def test_how_the_document_writes_a_word_goes_first() -> None:
    assert Joiner(frozenset({"leer-werkplek"})).lines(["leer-", "werkplek"]) == "leer-werkplek"
    assert Joiner(frozenset({"leerwerkplek"})).lines(["leer-", "werkplek"]) == "leerwerkplek"


def test_what_the_document_writes_after_the_same_first_part_counts() -> None:
    words = words_of("een client-computer en een client-server\nhier")
    assert Joiner(words).lines(["een client-", "machine"]) == "een client-machine"
    assert Joiner(frozenset()).lines(["een client-", "machine"]) == "een clientmachine"


def test_a_word_with_a_capital_throughout_is_a_name() -> None:
    words = words_of("wie bij Heineken werkt\nen bij Heineken leert")
    assert "Heineken" in words
    assert Joiner(words).lines(["Heineken-", "fabriek"]) == "Heineken-fabriek"
    assert "Praktijk" not in words_of("leer in de Praktijk\nwant praktijk helpt")


def test_words_that_a_line_break_may_have_cut_do_not_count() -> None:
    words = words_of("ding is een oplei-\nding van een route-coördinator")
    assert "route-coördinator" in words
    assert not words & {"oplei", "ding"}


def test_the_word_list_is_not_loaded_without_a_broken_word() -> None:
    def forbidden(word: str) -> float:
        raise AssertionError(word)

    joiner = Joiner(frozenset(), forbidden)
    assert joiner.inside(joiner.lines(["een regel", "en nog een"])) == "een regel en nog een"


@given(st.lists(st.text(alphabet="ab -1é", max_size=12), max_size=6))
def test_joining_keeps_every_letter_in_order(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    joiner = Joiner(frozenset(), frequency=lambda word: 1.0 if len(word) > 4 else 0.0)
    assert letters(joiner.inside(joiner.lines(lines))) == letters("".join(lines))


@pytest.mark.parametrize(
    ("lines", "text", "starts"),
    [
        (["een oplei-", "ding"], "een opleiding", (0, 9)),
        (["de Mkb-", "route"], "de Mkb-route", (0, 7)),
        (["de Mkb-", "-route"], "de Mkb-route", (0, 7)),
        (["een mkb- bedrijf", "erbij"], "een mkb-bedrijf erbij", (0, 16)),
        (["een", "", "oplei- ding", "twee", ""], "een opleiding twee", (0, 4, 4, 14, 18)),
        (["", "een"], "een", (0, 0)),
        ([], "", ()),
    ],
)
def test_it_is_known_where_each_line_begins(
    lines: list[str], text: str, starts: tuple[int, ...]
) -> None:
    assert JOINER.placed(lines) == (text, starts)


@given(st.lists(st.text(alphabet="ab -1é", max_size=12), max_size=6))
def test_every_line_begins_with_its_own_letters(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    joiner = Joiner(frozenset(), frequency=lambda word: 1.0 if len(word) > 4 else 0.0)
    text, starts = joiner.placed(lines)
    assert text == joiner.inside(joiner.lines(lines))
    assert list(starts) == sorted(starts)
    for line, start, end in zip(lines, starts, [*starts, len(text)][1:], strict=True):
        assert letters(text[start:end]) == letters(line)
