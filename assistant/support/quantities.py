"""Numbers, amounts, shares, ordinals and dates in a text, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.support.number_words import FRACTIONS, PARTS, cardinals, ordinals
from assistant.support.words import Word

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL = re.compile(r"(\d+)(?:e|de|ste|st|nd|rd|th)")
_JOINED = re.compile(
    r"(.+?)-?(jarig|jarige|daags|daagse|jaars|wekelijks\w*|delig|delige|tal|ling|year|day|week|month)"
)
_RANGE = frozenset(("of", "tot", "en", "a", "t/m", "and", "to", "or", "with", "met"))
_UNITS = {
    "year": "jaar jaren jarig jarige jaars jaarlijks jaarlijkse year years yearly annual annually",
    "quarter_year": "kwartaal kwartalen",
    "month": "maand maanden maandelijks maandelijkse month months monthly",
    "week": "week weken wekelijks wekelijkse weeks weekly",
    "day": "dag dagen daags daagse dagelijks dagelijkse day days daily",
    "hour": "uur uren hour hours",
    "minute": "minuut minuten minute minutes",
    "percent": "procent percent percentage",
    "euro": "euro euros eur",
    "km": "kilometer kilometers km",
    "metre": "meter meters",
}
_MONTHS = (
    "januari january",
    "februari february",
    "maart march",
    "april",
    "mei",
    "juni june",
    "juli july",
    "augustus august",
    "september",
    "oktober october",
    "november",
    "december",
)
_WEEKDAYS = (
    "maandag monday",
    "dinsdag tuesday",
    "woensdag wednesday",
    "donderdag thursday",
    "vrijdag friday",
    "zaterdag saturday",
    "zondag sunday",
)
UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""Unit per folded word."""
CALENDAR = {word: group.split()[0] for group in (*_MONTHS, *_WEEKDAYS) for word in group.split()}
"""Dutch name per folded name of a month or a day of the week."""
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text."""

    value: Fraction
    unit: str
    """``year``, ``hour``, ``percent``, ``euro``, ``ordinal``, ``share``, ``date`` ...; empty when
    it counts something else."""
    said: str
    at: int
    """Place of its word in the text."""


def read_quantities(words: Sequence[Word]) -> list[Quantity]:
    """Every quantity in order. A range is two of them: "drie of vier dagen" is 3 and 4 days."""
    found: list[Quantity] = []
    skip = -1
    for place in range(len(words)):
        if place <= skip:
            continue
        share = _share(words, place)
        if share is not None:
            found.append(share)
            skip = place + 1
            continue
        quantity = _quantity(words, place)
        if quantity is not None:
            found.append(quantity)
    return _units_of_ranges(found, words)


def time_units(words: Sequence[Word]) -> set[str]:
    """Units that are named anywhere, with a number or not."""
    found = {UNIT_OF[w.folded] for w in words if w.folded in UNIT_OF}
    for word in words:
        joined = _JOINED.fullmatch(word.folded)
        if joined and joined[2] in UNIT_OF:
            found.add(UNIT_OF[joined[2]])
    return found


def _share(words: Sequence[Word], place: int) -> Quantity | None:
    """ "twee derde", "a third of"."""
    if place + 1 >= len(words):
        return None
    word, second = words[place], words[place + 1]
    parts = PARTS.get(second.folded)
    if parts is None:
        return None
    many = cardinals().get(word.folded) or _few(word.folded)
    if many is None and word.folded in ("een", "one", "a"):
        follows = words[place + 2].folded if place + 2 < len(words) else "van"
        # "een derde plek" is the third place, "een derde van" a share.
        many = Fraction(1) if follows in ("van", "deel", "of", "part") else None
    if many is None:
        return None
    return Quantity(many / parts, "share", f"{word.text} {second.text}", place)


def _few(folded: str) -> Fraction | None:
    return Fraction(int(folded)) if folded.isdigit() and len(folded) == 1 else None


def _quantity(words: Sequence[Word], place: int) -> Quantity | None:
    word = words[place]
    joined = _JOINED.fullmatch(word.folded)
    if joined and (value := _value(joined[1], word)) is not None:
        return Quantity(value, UNIT_OF.get(joined[2], ""), word.text, place)
    ordinal = ordinals().get(word.folded)
    if ordinal is None and (digits := _ORDINAL.fullmatch(word.folded)):
        ordinal = Fraction(int(digits[1]))
    if ordinal is not None:
        return Quantity(ordinal, "ordinal", word.text, place)
    if word.folded in FRACTIONS:
        return _with_unit(Quantity(FRACTIONS[word.folded], "share", word.text, place), words)
    value = _value(word.folded, word)
    return None if value is None else _with_unit(Quantity(value, "", word.text, place), words)


def _value(folded: str, word: Word) -> Fraction | None:
    if folded in ("een", "one"):
        # Only the accent tells the number from the article.
        accented = word.text.lower().startswith(("één", "éen", "eén"))
        return Fraction(1) if accented else None
    if _DIGITS.fullmatch(folded):
        return digits_value(folded)
    return cardinals().get(folded)


def digits_value(digits: str) -> Fraction | None:
    """ "1.250" is 1250 and "12,50" is 12.5, as Dutch writes them; "12.5" is 12.5, too."""
    if digits.count(",") > 1 or re.search(r",\d*\.", digits):
        digits = digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    return Fraction(digits) if digits.count(".") <= 1 else None


def _with_unit(quantity: Quantity, words: Sequence[Word]) -> Quantity:
    after = words[quantity.at + 1 : quantity.at + 3]
    own = words[quantity.at]
    unit = ""
    if own.at and words[own.at - 1].text == "€":
        unit = "euro"
    elif after and after[0].folded in UNIT_OF and not after[0].before:
        unit = UNIT_OF[after[0].folded]
    elif _is_year(quantity.value, own.folded) or (after and after[0].folded in CALENDAR):
        unit = "date"
    return replace(quantity, unit=unit or quantity.unit)


def _is_year(value: Fraction, folded: str) -> bool:
    return value in _YEARS and folded.isdigit()


def _units_of_ranges(found: list[Quantity], words: Sequence[Word]) -> list[Quantity]:
    """The first of "drie of vier dagen" counts days, too."""
    for n in range(len(found) - 2, -1, -1):
        one, other = found[n], found[n + 1]
        between = [w.folded for w in words[one.at + 1 : other.at]]
        dashed = not between and set(words[other.at].before) & set("-–—/")
        if not one.unit and (dashed or (len(between) == 1 and between[0] in _RANGE)):
            found[n] = replace(one, unit="" if other.unit == "ordinal" else other.unit)
    return found
