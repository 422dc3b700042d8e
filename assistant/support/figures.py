"""Rules on numbers, units, dates and addresses: each must stand in a span that is cited."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assistant.support.content import Content, Term, meets
from assistant.support.quantities import (
    CALENDAR,
    UNIT_OF,
    Quantity,
    read_quantities,
    time_units,
)
from assistant.support.words import Word

_ONE = frozenset(("een", "one", "a", "an", "1", "enkele", "enige", "eerste", "single"))
_AFTER, _AROUND, _RIGHT_AFTER = 2, 5, 2
_NO_NOUN = frozenset("een de het a the er".split())  # noqa: SIM905
_MET = 0.55
_OF = (["van", "de"], ["of", "the"], ["out", "of"], ["out", "of", "the"], ["of"], ["op", "de"])
_LOOSE_UNITS = frozenset(("", "ordinal", "share", "date"))


def wrong_figure(statement: Content, quotes: Sequence[Content]) -> str | None:
    """A number, unit or date that no quote holds, or that counts something else there."""
    for quantity in statement.quantities:
        reason = _too_large_part(quantity, statement) or _wrong_quantity(
            quantity, statement, quotes
        )
        if reason:
            return reason
    return _wrong_unit_or_date(statement.words, [quote.words for quote in quotes])


def wrong_number(said: Sequence[Word], quotes: Sequence[Sequence[Word]]) -> str | None:
    """A number, unit or date in the words of a statement that the words of no quote hold; what it
    counts is not looked at."""
    held = [quantity for quote in quotes for quantity in read_quantities(quote)]
    for quantity in read_quantities(said):
        same = [h for h in held if _value(h) == _value(quantity)]
        if quantity.value == 1 and not quantity.said.isdigit():
            continue  # "een" may be an article there
        if not any(_fits(quantity.unit, h.unit) for h in same):
            return f"number {quantity.said} is in no cited span" + (" with its unit" * bool(same))
    return _wrong_unit_or_date(said, quotes)


def _wrong_unit_or_date(said: Sequence[Word], quotes: Sequence[Sequence[Word]]) -> str | None:
    units = set[str]().union(*(time_units(quote) for quote in quotes))
    missing = sorted(time_units(said) - units)
    if missing:
        return f"unit '{missing[0]}' is in no cited span"
    dates = {CALENDAR[w.folded] for quote in quotes for w in quote if w.folded in CALENDAR}
    for word in said:
        if word.folded in CALENDAR and CALENDAR[word.folded] not in dates:
            return f"date '{word.text}' is in no cited span"
    return None


def _wrong_quantity(
    quantity: Quantity, statement: Content, quotes: Sequence[Content]
) -> str | None:
    if quantity.value == 1 and not quantity.said.isdigit():
        return _wrong_one(quantity, statement, quotes)
    same = [
        (quote, held)
        for quote in quotes
        for held in quote.quantities
        if _value(held) == _value(quantity)
    ]
    if not same:
        return f"number {quantity.said} is in no cited span"
    fitting = [(quote, held) for quote, held in same if _fits(quantity.unit, held.unit)]
    if not fitting:
        return f"number {quantity.said} has another unit in the cited span"
    counted = _counted(quantity, statement)
    if counted is None or any(_stands_near(counted, held, quote) for quote, held in fitting):
        return None
    if any(_counts_other(counted, quantity, quote) for quote, _ in fitting):
        return f"number {quantity.said} counts something else in the cited span"
    return None


def _too_large_part(quantity: Quantity, statement: Content) -> str | None:
    """ "25 van de 15": a part is never more than the whole."""
    for other in statement.quantities:
        between = [w.folded for w in statement.words[quantity.at + 1 : other.at]]
        if quantity.at < other.at and between in _OF and quantity.value > other.value:
            return f"number {quantity.said} of {other.said} cannot be"
    return None


def _wrong_one(quantity: Quantity, statement: Content, quotes: Sequence[Content]) -> str | None:
    """ "een" and "one" are articles as well: what follows must follow there, too."""
    unit = quantity.unit or None
    for quote in quotes:
        for word in quote.words:
            if word.folded not in _ONE:
                continue
            after = quote.words[word.at + 1 : word.at + 3]
            if unit is None or any(UNIT_OF.get(w.folded) == unit for w in after):
                return None
        if any(q.value == 1 and _fits(unit or "", q.unit) for q in quote.quantities):
            return None
    return f"number {quantity.said} is in no cited span"


def _value(quantity: Quantity) -> Fraction:
    return quantity.value / 100 if quantity.unit == "percent" else quantity.value


def _fits(one: str, other: str) -> bool:
    shares = {"percent", "share"}
    return (
        one == other
        or not one
        or not other
        or {one, other} == shares
        or (one in _LOOSE_UNITS and other in _LOOSE_UNITS)
    )


def _counted(quantity: Quantity, content: Content) -> Term | None:
    """What a quantity without a unit counts: the next content word."""
    if quantity.unit not in ("", "share"):
        return None
    for term in content.terms:
        if quantity.at < term.at <= quantity.at + _AFTER:
            if term.kind == "number":  # "29 van de 42 studenten"
                return None
            if {w.folded for w in content.words[max(0, quantity.at - 1) : term.at]} & _NO_NOUN:
                return None  # "vijftien een vergoeding", "er vijftien": the noun is elsewhere
            clause = content.words[quantity.at].clause
            return term if term.clause == clause else None
    return None


def _stands_near(counted: Term, held: Quantity, quote: Content) -> bool:
    return any(
        abs(term.at - held.at) <= _AROUND and meets(counted, term) >= _MET for term in quote.terms
    )


def _counts_other(counted: Term, quantity: Quantity, quote: Content) -> bool:
    """Whether another number stands right before what is counted."""
    for other in quote.quantities:
        if _value(other) == _value(quantity):
            continue
        for term in quote.terms:
            if 0 < term.at - other.at <= _RIGHT_AFTER and meets(counted, term) >= _MET:
                return True
    return False
