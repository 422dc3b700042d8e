"""How the words of a statement lie in its quotes: how many, how close together, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.content import Content, table

_MET = 0.55
_NEAR = 4
_SPARE = 6
_LEAST = 2
_NOTHING = 0.15

Row = list[float]


class Overlap:
    """A statement laid on its quotes."""

    def __init__(
        self, statement: Content, quotes: Sequence[Content], context: frozenset[str] = frozenset()
    ) -> None:
        """``context`` holds stems of headings: they carry half."""
        self._terms = statement.terms
        self._quotes = [quote.terms for quote in quotes]
        self._tables = [table(self._terms, terms) for terms in self._quotes]
        self._context = [0.5 if t.stem in context else 0.0 for t in self._terms]

    def one(self) -> float:
        """Share of the statement that the best single quote carries, by weight."""
        return max((self._share(self._every(), [best]) for best in self._bests()), default=0.0)

    def together(self) -> float:
        """Share of the statement that all quotes together carry."""
        return self._share(self._every(), self._bests())

    def weakest_clause(self) -> float:
        """The least share of a clause that one quote carries."""
        bests = self._bests()
        found = [
            max((self._share(part, [b]) for b in bests), default=0.0) for part in self._parts()
        ]
        return min(found, default=self.one())

    def split_clause(self) -> float:
        """How much more all quotes carry of a clause than any of them alone: merged facts."""
        bests = self._bests()
        return max(
            (
                self._share(part, bests) - max((self._share(part, [b]) for b in bests), default=0.0)
                for part in self._parts()
            ),
            default=0.0,
        )

    def closest(self) -> float:
        """The least share of a clause that words close together in one quote carry."""
        return min((self._in_window(part) for part in self._parts()), default=self.one())

    def neighbours(self) -> float:
        """Share of the neighbouring words that are neighbours in a quote, too."""
        pairs = [(n, n + 1) for n in range(len(self._terms) - 1)]
        if not pairs:
            return 1.0
        return sum(any(_are_near(t, *pair) for t in self._tables) for pair in pairs) / len(pairs)

    def loose(self) -> float:
        """Weight of the heaviest term that nothing carries."""
        bests = self._bests()
        left = [
            term.weight
            for n, term in enumerate(self._terms)
            if max((b[n] for b in bests), default=0.0) < _MET and not self._context[n]
        ]
        return max(left, default=0.0)

    def empty(self) -> float:
        """Weight of the heaviest clause of which next to nothing is carried."""
        bests = self._bests()
        clauses: dict[int, list[int]] = {}
        for n, term in enumerate(self._terms):
            clauses.setdefault(term.clause, []).append(n)
        weights = [
            sum(self._terms[n].weight for n in part)
            for part in clauses.values()
            if self._share(part, bests) < _NOTHING
        ]
        return max(weights, default=0.0)

    # --- parts -------------------------------------------------------------------------------

    def _every(self) -> list[int]:
        return list(range(len(self._terms)))

    def _parts(self) -> list[list[int]]:
        """Places of the terms per clause; a clause of one term goes with the one before it."""
        parts: list[list[int]] = []
        last = -1
        for n, term in enumerate(self._terms):
            if term.clause != last and (not parts or len(parts[-1]) >= _LEAST):
                parts.append([])
            last = term.clause
            parts[-1].append(n)
        if len(parts) > 1 and len(parts[-1]) < _LEAST:
            last_part = parts.pop()
            parts[-1] += last_part
        return parts

    def _bests(self) -> list[Row]:
        """Per quote the best match of each term."""
        return [[max(row, default=0.0) for row in rows] for rows in self._tables]

    def _share(self, part: Sequence[int], bests: Sequence[Row]) -> float:
        total = sum(self._terms[n].weight for n in part)
        if not total:
            return 1.0
        carried = sum(
            self._terms[n].weight * max(self._context[n], *(b[n] for b in bests), 0.0) for n in part
        )
        return carried / total

    def _in_window(self, part: Sequence[int]) -> float:
        size = 2 * len(part) + _SPARE
        best = 0.0
        for rows in self._tables:
            width = len(rows[0]) if rows else 0
            for start in range(0, max(1, width - size + 1)):
                window = [max(row[start : start + size], default=0.0) for row in rows]
                best = max(best, self._share(part, [window]))
        return best


def _are_near(rows: Sequence[Row], one: int, other: int) -> bool:
    firsts = [n for n, value in enumerate(rows[one]) if value >= _MET]
    seconds = [n for n, value in enumerate(rows[other]) if value >= _MET]
    return any(abs(a - b) <= _NEAR for a in firsts for b in seconds)
