"""Text is told from what a font without names for its letters yields."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import Word
from ingest.pdf.document import read_pdf
from ingest.pdf.garbled import is_garbled
from tests import pdfs

ENGLISH = (
    "The student works for three days in a small company and follows lessons at the university "
    "on two other days. A mentor helps with learning at work and talks with the teacher about "
    "what goes well. Together they make a plan for the first months and they look at it often."
)
FRENCH = (
    "L'étudiant travaille trois jours dans une petite entreprise et suit des cours à l'école "
    "supérieure pendant les deux autres jours. Un tuteur aide à apprendre au travail et parle "
    "avec le professeur de ce qui va bien. Ensemble ils font un plan pour les premiers mois."
)
GREEK = "Ο φοιτητής εργάζεται τρεις ημέρες σε μια μικρή επιχείρηση και παρακολουθεί μαθήματα. " * 4


def words(text: str) -> list[Word]:
    return [Word(each, 0, 0, 10, 10, 10) for each in text.split()]


@pytest.mark.parametrize("text", [pdfs.SENTENCES, ENGLISH, FRENCH, GREEK, "", "12 % 1.000 \uf0b7"])
def test_text_is_no_rubbish(text: str) -> None:
    assert not is_garbled(words(text))


def test_capitals_and_numbers_are_no_rubbish() -> None:
    assert not is_garbled(words(pdfs.SENTENCES.upper() + " 2021 2022 12,5 %" * 20))


def test_private_letters_and_unknown_ones_are_rubbish() -> None:
    assert is_garbled(words("\uf041\uf042\uf043\uf044 \uf045\uf046\uf047 " * 5))
    assert is_garbled(words("\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd " * 5))


def test_bullets_in_private_letters_are_no_rubbish() -> None:
    assert not is_garbled(words("\uf0b7 een punt " * 30))


def test_letters_that_stand_for_other_letters_are_rubbish() -> None:
    (page,) = read_pdf(pdfs.garbled(*pdfs.prose(12)), "x.pdf", lambda done, total: None).pdf
    assert is_garbled(page.words)
    moved = "".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.islower() else c for c in ENGLISH)
    assert is_garbled(words(moved))


@given(st.integers())
def test_few_letters_are_never_judged_by_how_often_they_occur(seed: int) -> None:
    letters = random.Random(seed).choices("bcdfgjkqvwxyz", k=199)
    assert not is_garbled(words("".join(letters)))
