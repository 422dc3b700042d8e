from __future__ import annotations

import pytest

from ingest.quotes import closes_quotation, is_quotation, opens_quotation


@pytest.mark.parametrize(
    "text",
    [
        "“Wij zijn best wel een jong bedrijf, maar toch.”",
        '"Wij zijn best wel een jong bedrijf." (Jansen, 2022)',
        "„Wij zijn best wel een jong bedrijf.” (medewerker van een bedrijf)",
        "‘Wij zijn best wel een jong bedrijf, en wij willen nog heel veel leren van elkaar.’",
    ],
)
def test_words_wholly_between_marks_are_a_quotation(text: str) -> None:
    assert is_quotation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zij zei: “Wij zijn best wel een jong bedrijf.”",
        "“Eerste deel van de zin” en dan nog “tweede deel van de zin”",
        "“Kort.”",
        "‘Mkb-route in het hbo’",
        "Gewone tekst zonder meer.",
    ],
)
def test_other_text_is_none(text: str) -> None:
    assert not is_quotation(text)


def test_a_quotation_over_paragraphs_opens_and_closes() -> None:
    assert opens_quotation("“Nog te vaak is dat zo.")
    assert not opens_quotation("“Ja,” zei hij.")
    assert closes_quotation("Dat biedt kansen.”")
    assert not closes_quotation("Hij zei “ja.”")
