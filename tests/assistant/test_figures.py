import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import alike, figures, like, number
from corpus.dutch import DutchAnalyser


def counted(text: str, analyser: DutchAnalyser) -> list[tuple[list[float], str]]:
    return [(sorted(f.values), f.counts[0]) for f in figures(text, analyser)]


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("8", 8),
        ("acht", 8),
        ("Acht", 8),
        ("één", 1),
        ("vijfentwintig", 25),
        ("tweeëntwintig", 22),
        ("honderd", 100),
        ("1.200", 1200),
        ("2,5", 2.5),
        ("een", None),
        ("route", None),
        ("21.7.2022", None),
    ],
)
def test_a_number_has_one_value_in_words_and_in_digits(token: str, value: float | None) -> None:
    assert number(token) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er zijn acht routes in de bouw.", [([8], "routes")]),
        ("Er lopen 7 mkb-routes.", [([7], "routes")]),
        ("Een student werkt drie of vier dagen per week.", [([3, 4], "dag")]),
        ("De bijdrage is € 2.700 per student.", [([2700], "€")]),
        ("Ruim 75% is man, 20 procent niet.", [([75], "%"), ([20], "%")]),
        ("Het aantal bedrijven groeit tot zo'n 25.", [([25], "bedrijf")]),
        ("Zeven daarvan draaien als proef mee.", [([7], "proef")]),
    ],
)
def test_what_a_number_counts(
    text: str, expected: list[tuple[list[float], str]], analyser: DutchAnalyser
) -> None:
    assert counted(text, analyser) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Het rapport is van 21 juli 2022.",
        "Zie tabel 3 en hoofdstuk 4.",
        "Dit geldt voor mbo 4 en voor niveau 5.",
        "Het programma liep van 2021-2023 [3].",
        "De meeste (vijf) routes zijn klein.",
        "Er is een bedrijf.",
    ],
)
def test_years_and_names_are_no_counts(text: str, analyser: DutchAnalyser) -> None:
    assert figures(text, analyser) == ()


def test_nothing_behind_a_unit_is_counted(analyser: DutchAnalyser) -> None:
    (figure,) = figures("Een vijftien jaar bestaande route.", analyser)
    assert figure.counts == ("jar",)


def test_plurals_are_of_the_same_word() -> None:
    assert like("rout", "routes")
    assert like("thema", "themas")
    assert not like("rout", "routeplan")


@given(st.text("aes", min_size=1, max_size=4), st.text("aes", min_size=1, max_size=4))
def test_all_that_are_alike_are_known(one: str, other: str) -> None:
    assert like(one, other) == (other in alike(one))
