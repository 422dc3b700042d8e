"""Takes personal data that has a form of its own out of a text, before it is stored.

Names have no such form: the page asks people to leave them out.
"""

from __future__ import annotations

import re

EMAIL, PHONE, BSN, IBAN, ADDRESS = "[e-mail]", "[telefoon]", "[bsn]", "[iban]", "[adres]"

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]++\s?(?:@|[\[(]\s?(?:at|apenstaartje)\s?[\])])\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}",
    re.IGNORECASE,
)

# Length of an IBAN per country (SWIFT IBAN registry), of the countries of SEPA.
_IBAN_LENGTH = {
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("NL", "DK", "FI"), 18),
    **dict.fromkeys(("SI",), 19),
    **dict.fromkeys(("AT", "LT", "LU", "EE"), 20),
    **dict.fromkeys(("HR", "LI", "CH", "LV"), 21),
    **dict.fromkeys(("BG", "DE", "GB", "IE"), 22),
    **dict.fromkeys(("GI",), 23),
    **dict.fromkeys(("RO", "SE", "SK", "ES", "CZ", "AD"), 24),
    **dict.fromkeys(("PT",), 25),
    **dict.fromkeys(("IS",), 26),
    **dict.fromkeys(("FR", "GR", "IT", "MC", "SM"), 27),
    **dict.fromkeys(("CY", "PL", "HU"), 28),
    **dict.fromkeys(("MT",), 31),
}
_IBAN = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        rf"{country}[ .-]?\d[ .-]?\d(?:[ .-]?[A-Z0-9]){{{length - 4}}}"
        for country, length in _IBAN_LENGTH.items()
    )
    + r")(?![^\W_])",
    re.IGNORECASE | re.ASCII,
)
_DUTCH_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{10}", re.ASCII)

_GAP = r"[ ./()\u00a0\u2010-\u2013-]{0,3}"
_PHONE = re.compile(
    rf"""(?<![\w.,-])(?:
      (?:\+|00)\(?[1-9](?:{_GAP}\d){{7,13}}   # with a country code
    | \(?0(?:{_GAP}[1-9])(?:{_GAP}\d){{8}}    # Dutch: ten digits, the first a zero
    | 6(?:[ -]?\d){{8}}                       # a mobile number without its zero
    )(?![\w]|[.,]\d)""",
    re.VERBOSE,
)
_DATE = re.compile(r"\(?0?\d[./-](?:0?\d|1[0-2])[./-](?:19|20)\d\d(?!\d)")

_MONEY_BEFORE = r"(?<![€$\d.,-])(?<![€$][ \u00a0])(?<!eur )(?<!euro )"
_MONEY_AFTER = r"(?![\w]|[.,]\d|-\d|,-|[ \u00a0]?(?:€|eur\b|euro|miljoen|mln|miljard))"
_NINE = re.compile(rf"{_MONEY_BEFORE}\b\d(?:[ .-]?\d){{8}}{_MONEY_AFTER}", re.IGNORECASE)
_NAMED_BSN = re.compile(
    r"((?:\bbsn|burger ?service ?nummer|sofi-?nummer)[^\d\n]{0,20})\d(?:[ .-]?\d){7,8}(?!\d)",
    re.IGNORECASE,
)

# Two letters that follow a number in ordinary text: "in 2021 is", "240 EC".
_WORDS = frozenset(
    """ad al an as at be by cm de dm do ec eh el en er et eu ex ga go hb he hz ik in is it ja je kg
    km kw la le ma me mg mi ml mm mn my na ne no nr nu of om on op or pk pm so te to tv uk up ur us
    vo wa we wh wo ze zo""".split()  # noqa: SIM905
)
_NUMBER = r"(?:nr\.? ?|huisnummer |no\.? ?)?\d{1,5}(?: ?[a-zA-Z]\b|[-/ ]?\d{1,4}\b|-[a-zA-Z]\b)?"
_POSTCODE = re.compile(
    rf"(?P<before>\b(?:[A-Z][\w'’.-]+ ){{0,4}}\d{{1,5}} ?[a-zA-Z]?(?:-\d+)?,? )?"
    rf"(?<![\w€$.,-])(?P<digits>[1-9]\d{{3}})(?P<space>[ \u00a0]?)(?P<letters>[A-Za-z]{{2}})"
    rf"(?P<after>,? ?{_NUMBER})?(?!\w)"
)
_STREET = re.compile(
    r"\b[A-Z][\w'’.-]*(?:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|dreef|hof|plantsoen)"
    r",? (?:nr\.? ?)?\d{1,5}(?: ?[a-zA-Z]\b|-\d+\b)?(?![\w.,]\w)"
)


def mask(text: str) -> str:
    """``text`` with e-mail addresses, IBANs, citizen service numbers (BSN), telephone numbers and
    postcodes with their house number each replaced by a word in square brackets.

    Years, amounts and counts stay. Masking what is masked changes nothing.
    """
    text = _EMAIL.sub(EMAIL, text)
    text = _IBAN.sub(lambda m: IBAN if _is_iban(m.group()) else m.group(), text)
    text = _NAMED_BSN.sub(lambda m: m.group(1) + BSN, text)
    text = _PHONE.sub(lambda m: m.group() if _DATE.match(m.group()) else PHONE, text)
    text = _NINE.sub(lambda m: BSN if is_bsn(_digits(m.group())) else m.group(), text)
    words = re.findall(r"[^\W\d_]{3,}", text)
    shouting = bool(words) and all(map(str.isupper, words))
    text = _POSTCODE.sub(lambda m: _postcode(m, shouting), text)
    return _STREET.sub(ADDRESS, text)


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the test for a BSN (elfproef): 9a + 8b + … + 2h - i is a multiple
    of 11 (Logisch Ontwerp BSN)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


# --- steps -----------------------------------------------------------------------------------


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _is_iban(found: str) -> bool:
    """A Dutch one by its form, mistyped or not; others by their check (ISO 7064, mod 97)."""
    compact = "".join(c for c in found.upper() if c.isalnum())
    if _DUTCH_IBAN.fullmatch(compact):
        return True
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _postcode(found: re.Match[str], shouting: bool) -> str:
    """The mask, or what was found when it is a number with an ordinary word behind it."""
    letters = found["letters"]
    with_number = bool(found["before"] or found["after"])
    if not found["space"]:
        keep = letters.islower() and letters in _WORDS  # "1500km"
    elif letters.isupper():
        is_year = found["digits"][:2] in ("19", "20")
        keep = letters.lower() in _WORDS and (shouting or is_year or not with_number)
    else:
        keep = letters.lower() in _WORDS or not with_number or not letters.islower()
    return found.group() if keep else ADDRESS
