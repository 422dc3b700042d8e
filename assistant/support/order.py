"""In which order things are told: two that changed places, and what is told of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from assistant.support.content import Content, Term, meets
from assistant.support.words import halves

_MET = 0.55
_SURE = 2
_FAR = 3
_NEXT = 2
_MOST = 24
_MOVABLE = ("number", "name")
_LEAST_QUOTES, _LEAST_TERMS, _MUCH = 2, 3, 0.12
_LINKS = frozenset("van de der den het & t te".split())  # noqa: SIM905

Pairs = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Thing:
    """A term, or the terms of one name together."""

    stem: str
    kind: str
    term: Term | None = field(default=None, compare=False)
    """Its only term, when it is no name of several."""


def misplaced(said: Content, held: Sequence[Content], acts: Callable[[Term], bool]) -> str | None:
    """Two numbers, names or actors that changed places, or one that stands where another belongs.
    ``acts`` tells which terms name someone who acts."""
    if any(_keeps_order(said, quote) for quote in held):
        return None
    quoted = [things(quote, acts) for quote in held]
    order = _aligned(things(said, acts), [t for each in quoted for t in each])
    pairs = set[tuple[str, str]]().union(*(_pairs(each) for each in quoted))
    base = _score(order, pairs)
    for a, b in combinations(range(min(len(order), _MOST)), 2):
        if order[a].kind != order[b].kind or order[a].kind == "word":
            continue
        if _score(_swapped(order, a, b), pairs) - base >= _SURE:
            return f"'{_shown(order[a])}' and '{_shown(order[b])}' changed places"
    for n, thing in enumerate(order[:_MOST]):
        for other in {t for each in quoted for t in each if t.kind == thing.kind in _MOVABLE}:
            if other == thing or other in order:
                continue
            if _score([*order[:n], other, *order[n + 1 :]], pairs) - base >= _SURE:
                return f"'{_shown(thing)}' stands where '{_shown(other)}' belongs"
    return None


def swap_gain(said: Content, held: Sequence[Content]) -> float:
    """How much better some quote would be met with two terms swapped, in pairs of neighbours: the
    least over the quotes, for what one quote tells in another order another may tell in this."""
    gains = []
    for quote in held:
        quoted = things(quote)
        order, pairs = _aligned(things(said), quoted)[:_MOST], _pairs(quoted)
        known = {stem for pair in pairs for stem in pair}
        places = [n for n, thing in enumerate(order) if thing.stem in known]
        base = _score(order, pairs)
        gains.append(
            max(
                (_score(_swapped(order, a, b), pairs) - base for a, b in combinations(places, 2)),
                default=0,
            )
        )
    return float(max(0, min(gains)))


def scattered(said: Content, held: Sequence[Content]) -> str | None:
    """Numbers and names of one clause that no single quote holds together: merged facts."""
    parts = halves(said.words)
    groups: dict[int, list[Term]] = {}
    for term in said.terms:
        if term.kind != "word":
            groups.setdefault(parts[term.at], []).append(term)
    for group in groups.values():
        if len(group) > 1 and not any(_holds(quote, group) for quote in held):
            one, other = group[0].folded.lstrip("#"), group[-1].folded.lstrip("#")
            return f"'{one}' and '{other}' stand in no cited span together"
    return None


def merged(said: Content, held: Sequence[Content], around: frozenset[str]) -> str | None:
    """A clause of which one quote tells one half and another quote the other."""
    if len(held) < _LEAST_QUOTES:
        return None
    parts = halves(said.words)
    groups: dict[int, list[Term]] = {}
    for term in said.terms:
        groups.setdefault(parts[term.at], []).append(term)
    for group in groups.values():
        lacks = [[t for t in group if not _holds(quote, [t])] for quote in held]
        least = min(lacks, key=lambda terms: sum(t.weight for t in terms))
        elsewhere = [t for t in least if any(_holds(q, [t]) for q in held) and t.stem not in around]
        whole = sum(t.weight for t in group)
        if len(group) >= _LEAST_TERMS and sum(t.weight for t in elsewhere) >= _MUCH * whole:
            return f"'{elsewhere[0].folded}' is told of something else in another cited span"
    return None


def things(content: Content, acts: Callable[[Term], bool] | None = None) -> list[Thing]:
    """Terms in order, those of one name together. Those that act are of kind ``actor``."""
    found: list[Thing] = []
    last = -1
    for term in content.terms:
        between = content.words[last + 1 : term.at] if last >= 0 else ()
        joins = (
            bool(found)
            and term.kind == found[-1].kind == "name"
            and all(w.folded in _LINKS and not w.before for w in between)
            and not content.words[term.at].before
        )
        if joins:
            found[-1] = Thing(f"{found[-1].stem} {term.stem}", "name")
        else:
            kind = "actor" if term.kind == "word" and acts and acts(term) else term.kind
            found.append(Thing(term.stem, kind, term))
        last = term.at
    return found


def _aligned(said: Sequence[Thing], held: Sequence[Thing]) -> list[Thing]:
    """What is said, each by the thing in the quotes that holds it."""
    by_stem = {thing.stem: thing for thing in held}
    return [by_stem.get(thing.stem) or _holding(thing, held) or thing for thing in said]


def _holding(thing: Thing, held: Sequence[Thing]) -> Thing | None:
    own = set(thing.stem.split())
    if thing.kind != "name":
        said = thing.term
        same = (t for t in held if said and t.term and meets(said, t.term) >= _MET)
        return next(same, None)
    names = [(len(own & set(t.stem.split())), t) for t in held if t.kind == "name"]
    shared, best = max(names, key=lambda pair: pair[0], default=(0, thing))
    return best if 2 * shared >= max(len(own), len(best.stem.split())) else None


def _pairs(order: Sequence[Thing]) -> Pairs:
    """Stems that stand at most three places apart, in order."""
    return {
        (one.stem, other.stem)
        for n, one in enumerate(order)
        for other in order[n + 1 : n + 1 + _FAR]
        if one.stem != other.stem
    }


def _score(order: Sequence[Thing], pairs: Pairs) -> int:
    """How many things at most two places apart stand in this order in a quote."""
    return sum(
        (one.stem, other.stem) in pairs
        for n, one in enumerate(order)
        for other in order[n + 1 : n + 1 + _NEXT]
    )


def _swapped(order: Sequence[Thing], a: int, b: int) -> list[Thing]:
    other = list(order)
    other[a], other[b] = other[b], other[a]
    return other


def _holds(quote: Content, terms: Sequence[Term]) -> bool:
    return all(any(meets(term, held) >= _MET for held in quote.terms) for term in terms)


def _keeps_order(said: Content, quote: Content) -> bool:
    """Whether the statement is one stretch of the quote's terms."""
    stems, whole = [t.stem for t in said.terms], [t.stem for t in quote.terms]
    size = len(stems)
    return any(whole[n : n + size] == stems for n in range(len(whole) - size + 1))


def _shown(thing: Thing) -> str:
    return thing.stem.lstrip("#")
