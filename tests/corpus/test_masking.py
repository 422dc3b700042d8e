import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.masking import ADDRESS, BSN, EMAIL, IBAN, PHONE, is_bsn, mask

MASKED = [
    ("mail jan.de-vries@voorbeeld.nl even", f"mail {EMAIL} even"),
    ("jan [at] voorbeeld.nl", EMAIL),
    ("Jan+werk@sub.voorbeeld.co.uk.", f"{EMAIL}."),
    ("bel 06-12345678", f"bel {PHONE}"),
    ("06 12 34 56 78", PHONE),
    ("06 - 12 34 56 78", PHONE),
    ("06–12345678", PHONE),
    ("+31 6 12345678", PHONE),
    ("+31(0)6-12345678", PHONE),
    ("0031 612345678", PHONE),
    ("(050) 123 45 67", PHONE),
    ("0592-123456", PHONE),
    ("+32 475 12 34 56", PHONE),
    ("tel:0612345678.", f"tel:{PHONE}."),
    ("mijn nummer is 612345678", f"mijn nummer is {PHONE}"),
    ("bsn 111222333", f"bsn {BSN}"),
    ("BSN: 123456789", f"BSN: {BSN}"),  # mistyped, but named
    ("burgerservicenummer 11122233", f"burgerservicenummer {BSN}"),
    ("ik ben 111222333", f"ik ben {BSN}"),
    ("1234.56.782", BSN),
    ("123 456 782", BSN),
    ("NL91 ABNA 0417 1643 00", IBAN),
    ("nl91abna0417164300", IBAN),
    ("NL00ABNA0417164300", IBAN),  # mistyped
    ("DE89 3704 0044 0532 0130 00 is mijn rekening", f"{IBAN} is mijn rekening"),
    ("BE68539007547034", IBAN),
    ("9747 AS 11", ADDRESS),
    ("9747AS", ADDRESS),
    ("1234 ab 12a", ADDRESS),
    ("1234ab 12", ADDRESS),
    ("Voorbeeldplein 11, 9747 AS Groningen", f"{ADDRESS} Groningen"),
    ("Ik woon op Lange Voorbeeldlaan 3-2, 3583 EP Utrecht", f"Ik woon op {ADDRESS} Utrecht"),
    ("Kerkstraat 12", ADDRESS),
]
KEPT = [
    "15 van de 25 studenten",
    "in 2021 is 15 procent gestopt",
    "IN 2021 IS 15 PROCENT GESTOPT",
    "2021-2022",
    "2022-07-21",
    "01-09-2024 10 uur",
    "€ 1.250.000",
    "10.000 euro",
    "€ 2.700,- per jaar",
    "111222333 euro",
    "€ 111.222.333",
    "1500 en 12",
    "1500 km",
    "240 EC",
    "1680 uur in 3,5 jaar",
    "Zijn er in 2021 AD opleidingen?",
    "wat is 2022 ad 30",
    "van de 1200 mkb bedrijven 30",
    "123456789",  # fails the test for a BSN
    "artikel 7.10 lid 2",
    "0,50 per kilometer",
    "variant 3 @ de HAN",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_what_points_at_a_person_is_masked(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_years_amounts_and_counts_survive(text: str) -> None:
    assert mask(text) == text


def test_is_bsn_follows_the_elfproef() -> None:
    assert is_bsn("111222333")
    assert not is_bsn("111222334")


AROUND = st.sampled_from(["", "ik ben ", "Bel mij (", "nr. ", "zie: "])
DIGITS = st.text("0123456789", min_size=8, max_size=8)


@given(AROUND, DIGITS)
def test_every_mobile_number_goes(before: str, digits: str) -> None:
    assert digits not in re.sub(r"\D", "", mask(f"{before}06-{digits} graag"))


@given(AROUND, st.text("0123456789", min_size=9, max_size=9).filter(is_bsn))
def test_every_bsn_goes(before: str, digits: str) -> None:
    assert digits not in mask(f"{before}{digits}")


@given(st.integers(1900, 2099), st.integers(0, 99), st.integers(1, 9_999_999))
def test_any_year_count_and_amount_survive(year: int, count: int, amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    text = f"In {year} kregen {count} van de {count + 5} bedrijven € {dotted} of {amount} euro?"
    assert mask(text) == text


@given(st.text(max_size=80) | st.from_regex(r"[0-9 .+()@A-Za-z-]{0,40}", fullmatch=True))
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_a_long_text_without_end_is_masked_at_once() -> None:
    assert mask("a" * 20_000 + "@") == "a" * 20_000 + "@"
    assert mask("1 " * 10_000).startswith("1 ")
