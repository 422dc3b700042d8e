"""Rules on what turns a statement: negation, must and may, always and mostly, more and less.

A sign that is added or left out counts only where the words around it are said as well: a
statement may leave out the half of a sentence that was negated.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.content import Content, Term, meets
from assistant.support.markers import Markers

_MET = 0.55
_REACH = 3
_SAID = 0.6
_HALF = 0.5
_NEAR = 5

# What a sign in the statement needs in a quote, and what to call it.
_NEEDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("must", ("must", "need"), "an obligation"),
    ("always", ("always",), "'always' or 'all'"),
    ("mostly", ("mostly", "always"), "'mostly'"),
    ("only", ("only", "not", "lacking", "few"), "'only'"),
    ("few", ("few", "some", "not", "lacking", "only"), "'seldom'"),
    ("least", ("at_least",), "'at least'"),
    ("most", ("at_most",), "'at most'"),
)
# What a quote says with reserve may not be said without any.
_RESERVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("may", ("may", "maybe", "some", "must", "always", "not", "lacking"), "'may' or 'can'"),
    ("maybe", ("may", "maybe", "some", "lacking", "not"), "'perhaps'"),
    ("mostly", ("mostly", "some", "may", "maybe", "few", "share"), "'mostly'"),
    ("some", ("some", "may", "maybe", "mostly", "few", "share", "not"), "'some'"),
)


class Turns:
    """Checks those signs."""

    def __init__(self) -> None:
        self._markers = Markers()

    def wrong(
        self, statement: Content, quotes: Sequence[Content], *, foreign: bool = False
    ) -> str | None:
        """Which sign was added, left out or turned round, or None.

        ``foreign`` is for a statement in another language than the quotes.
        """
        return (
            self._negation(statement, quotes, foreign)
            or self._never(statement, quotes)
            or self._needed(statement, quotes)
            or self._possible(statement, quotes)
            or (None if foreign else self._reserve(statement, quotes))
            or self._direction(statement, quotes)
        )

    # --- negation ----------------------------------------------------------------------------

    def _negation(self, statement: Content, quotes: Sequence[Content], foreign: bool) -> str | None:
        if foreign:
            return self._foreign_negation(statement, quotes)
        for place in self._places("not", statement):
            if not self._is_denied(_focus(statement, place), quotes):
                return "a negation that no cited span has"
        for quote in quotes:
            for place in self._places("not", quote):
                if self._is_dropped(quote, place, statement, quotes):
                    return "a negation of the cited span is left out"
        return None

    def _foreign_negation(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        said, held = self._has("not", statement), [self._has("not", q) for q in quotes]
        soft = self._has("lacking", statement)
        if said and not any(held) and not any(self._has("lacking", q) for q in quotes):
            return "a negation that no cited span has"
        if not (said or soft) and all(held):
            return "a negation of the cited span is left out"
        return None

    def _is_denied(self, focus: Sequence[Term], quotes: Sequence[Content]) -> bool:
        """Whether a quote denies what the statement denies."""
        for quote in quotes:
            for sign in ("not", "lacking"):
                for place in self._places(sign, quote):
                    around = _around(quote, place)
                    if not focus or _share(focus, around) >= _HALF:
                        return True
        return False

    def _is_dropped(
        self, quote: Content, place: int, statement: Content, quotes: Sequence[Content]
    ) -> bool:
        focus = _denied(quote, place)
        if not focus or _share(focus, statement.terms) < _SAID:
            return False
        said = [t for t in statement.terms if _met(t, focus)]
        clause = quote.words[place].clause
        if _share(focus, [t for t in quote.terms if t.clause != clause]) >= 1.0:
            return False  # it says so of one thing and denies it of another
        if any(self._denies_near(statement, term.at) for term in said):
            return False
        return not any(
            _share(said, other.terms) >= 1.0
            and not self._has("not", other)
            and _carried(statement, other) >= _carried(statement, quote)
            for other in quotes
        )

    def _denies_near(self, content: Content, at: int) -> bool:
        clause = content.words[at].clause
        for sign in ("not", "lacking"):
            for place in self._places(sign, content):
                if content.words[place].clause == clause or abs(place - at) <= _NEAR:
                    return True
        return any(
            w.folded.startswith("on") and w.at == at and len(w.folded) > len("onwaar")
            for w in content.words
        )

    def _never(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        """ "nooit" is more than "niet altijd", and "niet alleen" is not "alleen"."""
        if self._has("never", statement):
            firm = [q for q in quotes if self._has("never", q) or self._firmly_denies(q)]
            if not firm:
                return "a 'never' that no cited span has"
        for sign in ("not_only",):
            both = any(self._has(sign, q) for q in quotes)
            only = any(self._has("only", q) for q in quotes)
            if self._has(sign, statement) and only and not both:
                return "'not only' where the cited span says 'only'"
            if (
                self._has("only", statement)
                and not self._has(sign, statement)
                and both
                and not only
            ):
                return "'only' where the cited span says 'not only'"
        return None

    def _firmly_denies(self, quote: Content) -> bool:
        return self._has("not", quote) and not self._has("not_fully", quote)

    # --- must, may, always, mostly -----------------------------------------------------------

    def _needed(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        for sign, enough, name in _NEEDS:
            if not self._triggers(sign, statement):
                continue
            if any(self._has(other, quote) for other in enough for quote in quotes):
                continue
            if sign == "mostly" and any(_large_share(quote) for quote in quotes):
                continue
            return f"{name} that no cited span has"
        return None

    def _possible(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        """Must and may, always and sometimes, taken for one another."""
        weak = ("may", "maybe", "some")
        held = {
            sign
            for sign in ("must", "always", "mostly", "few", *weak)
            if any(self._has(sign, q) for q in quotes)
        }
        says = {sign for sign in ("must", "may", "sometimes") if self._has(sign, statement)}
        if "may" in says and "must" not in says and "must" in held and not held & set(weak):
            return "an obligation of the cited span became a possibility"
        if self._triggers("must", statement) and "must" not in held and "may" in held:
            return "a possibility of the cited span became an obligation"
        if "sometimes" in says and not held & {"mostly", "few", *weak}:
            return "'sometimes' that no cited span has"
        return None

    def _triggers(self, sign: str, statement: Content) -> bool:
        folded = statement.folded
        if sign == "always" and self._markers.has("not_all", folded):
            return False
        if sign == "must" and self._markers.has("need_not", folded):
            return False
        names = {"few": "seldom", "least": "least", "most": "most"}
        return self._markers.has(names.get(sign, sign), folded)

    def _reserve(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        for sign, enough, name in _RESERVES:
            if any(self._has(other, statement) for other in enough if other != "share"):
                continue
            if "share" in enough and statement.quantities:
                continue
            for quote in quotes:
                for place in self._places(sign, quote):
                    if self._is_said_without(quote, place, statement, quotes):
                        return f"{name} of the cited span is left out"
        return None

    def _is_said_without(
        self, quote: Content, place: int, statement: Content, quotes: Sequence[Content]
    ) -> bool:
        focus = _after(quote, place)
        if not focus or _share(focus, statement.terms) < _SAID:
            return False
        own = _carried(statement, quote)
        return not any(_carried(statement, q) > own for q in quotes if q is not quote)

    # --- more and less -----------------------------------------------------------------------

    def _direction(self, statement: Content, quotes: Sequence[Content]) -> str | None:
        if self._has("least_of", statement) and not any(self._has("low", q) for q in quotes):
            return "'least' or 'less' that no cited span has"
        for word in statement.words:
            base = word.folded.removeprefix("on")
            if (
                base != word.folded
                and base in _all_words(quotes)
                and not any(word.folded in q.held or self._has("not", q) for q in quotes)
            ):
                return f"'{word.text}' is the opposite in the cited span"
        if self._has("not", statement) != any(self._has("not", q) for q in quotes):
            return None
        for word in statement.words:
            pair = self._markers.direction(word.folded)
            if pair is None:
                continue
            around = _around(statement, word.at, _REACH)
            same, other = self._beside(pair, quotes), self._beside((pair[0], not pair[1]), quotes)
            if other and _likest(around, other) > _likest(around, same):
                return f"'{word.text}' is the opposite in the cited span"
        return None

    def _beside(self, pair: tuple[int, bool], quotes: Sequence[Content]) -> list[list[Term]]:
        return [
            _around(quote, word.at, _REACH)
            for quote in quotes
            for word in quote.words
            if self._markers.direction(word.folded) == pair
        ]

    # --- signs -------------------------------------------------------------------------------

    def _has(self, sign: str, content: Content) -> bool:
        return self._markers.has(sign, content.folded)

    def _places(self, sign: str, content: Content) -> list[int]:
        return self._markers.places(sign, tuple(w.folded for w in content.words))


def _met(term: Term, others: Sequence[Term]) -> bool:
    return any(meets(term, other) >= _MET or meets(other, term) >= _MET for other in others)


def _share(terms: Sequence[Term], others: Sequence[Term]) -> float:
    """Share of ``terms``, by weight, that are among ``others``."""
    total = sum(t.weight for t in terms)
    return sum(t.weight for t in terms if _met(t, others)) / total if total else 0.0


def _carried(statement: Content, quote: Content) -> float:
    return _share(statement.terms, quote.terms)


def _around(content: Content, place: int, reach: int = 100) -> list[Term]:
    """Terms of the clause at ``place``, at most ``reach`` words away."""
    clause = content.words[place].clause
    return [
        t
        for t in content.terms
        if t.clause == clause and t.at != place and abs(t.at - place) <= reach
    ]


def _focus(content: Content, place: int) -> list[Term]:
    """The three terms nearest to a sign, in its clause."""
    return sorted(_around(content, place), key=lambda t: abs(t.at - place))[:_REACH]


def _denied(content: Content, place: int) -> list[Term]:
    """What a negation denies: the next two terms of its clause, or the one before it."""
    around = _around(content, place)
    after = [t for t in around if t.at > place][:2]
    return after or around[-1:]


def _after(content: Content, place: int) -> list[Term]:
    """What a reserve is about: the rest of its clause."""
    around = _around(content, place)
    return [t for t in around if t.at > place] or around


def _likest(around: Sequence[Term], others: Sequence[Sequence[Term]]) -> int:
    return max((sum(_met(t, other) for t in around) for other in others), default=0)


def _all_words(quotes: Sequence[Content]) -> set[str]:
    return {w.folded for quote in quotes for w in quote.words}


def _large_share(quote: Content) -> bool:
    return any(q.unit in ("percent", "share", "") for q in quote.quantities)
