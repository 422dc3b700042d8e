"""Tries each statement of a model: it may be shown, or its quote in its place, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fits import leans_back
from assistant.generation.nonsense import nonsense
from assistant.generation.passages import Numbered
from assistant.generation.statements import Said
from assistant.generation.tongue import is_in
from assistant.generation.types import Checker, Refused, Written
from corpus.dutch import fold
from corpus.types import Evidence, Query

_MOST_NUMBERS = 8
"""Who names more passages than this says nothing of any of them."""
_MOST_QUOTES = 2
"""Quotes that may stand in the place of one statement."""
_IN_LIST = frozenset({"item", "row"})


class Trial:
    """Tries the statements of one reply, in order."""

    def __init__(self, passages: Numbered, checker: Checker, query: Query) -> None:
        self._passages = passages
        self._checker = checker
        self._query = query
        self._texts: set[str] = set()
        self._told: set[str] = set()
        """Ids of the sentences that are told, in the model's words or as quotes."""
        self._quoted: set[str] = set()
        self._list: str | None = None
        """Id of the lead under which the last quote stands."""

    def try_(self, said: Said) -> tuple[list[Written], Refused | None]:
        """What may be shown of a statement, and why it is not the statement itself."""
        wrong = self._malformed(said)
        if wrong is not None:
            return [], Refused(said.text, wrong)
        text = self._passages.unmasked(said.text)
        cited = self._passages.cited(said.numbers)
        wrong = self._unsupported(text, cited)
        if wrong is not None:
            quotes = self._quotes(said.numbers)
            return quotes, Refused(text, wrong, replaced=bool(quotes))
        named = cited[: len(set(said.numbers))]
        self._texts.add(_key(text))
        self._told |= {e.sentence.id for e in named}
        self._list = None
        listed = all(e.sentence.kind in _IN_LIST for e in named)
        return [Written(text, cited, "item" if listed else "sentence")], None

    def _malformed(self, said: Said) -> str | None:
        """What keeps a statement from being tried at all."""
        unknown = [n for n in said.numbers if n not in self._passages.evidence]
        if not said.numbers:
            return "names no passage"
        if unknown:
            return f"passage {unknown[0]} does not exist"
        if len(said.numbers) > _MOST_NUMBERS:
            return "names too many passages"
        if _key(said.text) in self._texts:
            return "was said before"
        try:
            self._passages.unmasked(said.text)
        except KeyError as error:
            return f"{error.args[0]} does not exist"
        return nonsense(said.text, self._query)

    def _unsupported(self, text: str, cited: Sequence[Evidence]) -> str | None:
        if all(e.sentence.id in self._quoted for e in cited):
            return "its quote is told already"
        if not is_in(text, self._query.language):
            return "is in another language than the question"
        above = (x for e in cited for x in (e.hit.metadata.title, *e.hit.passage.section))
        return self._checker.check(
            text, [e.sentence.text for e in cited], tuple(dict.fromkeys(above))
        )

    def _quotes(self, numbers: Sequence[int]) -> list[Written]:
        """The cited sentences themselves, where they are good evidence and stand alone."""
        good = [n for n in sorted(set(numbers)) if n in self._passages.best]
        written: list[Written] = []
        for number in good[:_MOST_QUOTES]:
            written += self._quote(number)
        return written

    def _quote(self, number: int) -> list[Written]:
        evidence, *support = self._passages.cited([number])
        sentence = evidence.sentence
        if sentence.id in self._told or sentence.kind == "lead" or leans_back(sentence.text):
            return []
        self._told.add(sentence.id)
        self._quoted.add(sentence.id)
        if not support:
            self._list = None
            return [Written(_plain(evidence), (evidence,), "sentence", quoted=True)]
        lead = support[0]
        opens = self._list != lead.sentence.id
        self._list = lead.sentence.id
        self._quoted.add(lead.sentence.id)
        item = Written(_plain(evidence), (evidence,), "item", quoted=True)
        return [Written(_plain(lead), (lead,), "lead", quoted=True), item] if opens else [item]


def _plain(evidence: Evidence) -> str:
    return " ".join(evidence.sentence.text.split())


def _key(text: str) -> str:
    return " ".join(fold(text).split())
