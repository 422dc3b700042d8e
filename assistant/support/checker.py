"""Whether the quotes that a statement cites carry it, when it is said in a model's own words.

Rules come first, each with a reason of its own: numbers, units, dates, addresses, names, negation,
must and may, always and mostly, more and less, two things swapped. What they let pass is scored by
words and by the embedding model; the score is calibrated on statements that were spoilt on purpose
(`eval.bench.corruption`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.actors import Actors
from assistant.support.content import Content, ContentReader
from assistant.support.figures import wrong_figure
from assistant.support.names import missing_address, missing_name
from assistant.support.nearness import Nearness, open_nearness
from assistant.support.order import merged, misplaced, scattered, swap_gain
from assistant.support.overlap import Overlap
from assistant.support.signals import Signals, SupportSettings, Weights
from assistant.support.turns import Turns
from assistant.support.words import text_language
from corpus.dutch import DutchAnalyser, fold
from corpus.glossary import Lexicon
from corpus.types import Embedder, Language, Reranker

_SPACE = re.compile(r"\s+")
_EDGES = " .;:,-–•*\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one statement."""

    reason: str | None
    """Why it is not carried, or None."""
    rule: bool
    """Whether a rule says so, rather than the score."""
    score: float
    """From 0 to 1; below 0.5 it is not carried. 1 for what stands there word for word."""
    signals: Signals | None = None
    """None when a rule decided."""
    foreign: bool = False


class SupportChecker:
    """Checks statements against the quotes that they cite. Any thread may call it."""

    def __init__(
        self,
        analyser: DutchAnalyser,
        glossary: Lexicon,
        embedder: Embedder | None = None,
        settings: SupportSettings | None = None,
        grounding: Reranker | None = None,
    ) -> None:
        """``embedder`` adds likeness by meaning when it gives vectors of tokens. ``grounding`` is
        a model that reads quotes and statement together and scores whether they carry it; it
        counts as far as the settings give it a weight."""
        self._analyser = analyser
        self._reader = ContentReader(analyser, glossary)
        self._nearness = open_nearness(embedder)
        self._settings = settings or SupportSettings()
        self._grounding = grounding
        self._turns = Turns()
        self._actors = Actors(analyser)

    def check(
        self, statement: str, quotes: Sequence[str], context: Sequence[str] = ()
    ) -> str | None:
        """Why ``quotes`` (at least one) do not carry ``statement``, or None when they do.

        ``context`` holds what stands above the quotes, such as titles and headings: words in it
        count half, numbers and names in it do not count.
        """
        return self.judge(statement, quotes, context).reason

    def judge(
        self, statement: str, quotes: Sequence[str], context: Sequence[str] = ()
    ) -> Judgement:
        """The same with the score and what it rests on."""
        if not quotes:
            return Judgement("no citation", True, 0.0)
        if _plain(statement) in {_plain(q) for q in quotes}:
            return Judgement(None, True, 1.0)
        foreign = text_language(statement) != text_language(" ".join(quotes))
        said = self._read(statement, "en" if foreign and text_language(statement) == "en" else "nl")
        held = [self._read(q, "nl") for q in quotes]
        if not said.terms:
            return Judgement("nothing in it that could be checked", True, 0.0)
        around = frozenset(stem for text in context for stem in self._analyser.terms(text))
        reason = self._rules(said, held, around, foreign)
        if reason:
            return Judgement(reason, True, 0.0, foreign=foreign)
        signals = self._signals(said, held, around)
        weights = self._weights(foreign)
        score = weights.score(signals)
        low = None if weights.sum(signals) >= 0 else f"too little support (score {score:.2f})"
        return Judgement(low, False, score, signals, foreign)

    def _read(self, text: str, language: Language) -> Content:
        return self._reader.read(_SPACE.sub(" ", text).strip(), language)

    def _weights(self, foreign: bool) -> Weights:
        if foreign:
            return self._settings.other_language
        return self._settings.same_language if self._nearness else self._settings.words_only

    # --- rules -------------------------------------------------------------------------------

    def _rules(
        self, said: Content, held: Sequence[Content], around: frozenset[str], foreign: bool
    ) -> str | None:
        address = missing_address(said.text, [q.text for q in held])
        if address:
            return f"'{address}' is in no cited span"
        known = set().union(*(q.held for q in held))
        english = text_language(said.text) == "en"
        name = missing_name(said.words, known, self._reader.is_common, english=english)
        if name:
            return f"'{name}' is in no cited span"
        return (
            wrong_figure(said, held)
            or self._turns.wrong(said, held, foreign=foreign)
            or scattered(said, held)
            or self._actors.stranger(said, held, around, english=english)
            or (None if foreign else self._told_otherwise(said, held, around))
        )

    def _told_otherwise(
        self, said: Content, held: Sequence[Content], around: frozenset[str]
    ) -> str | None:
        return (
            misplaced(said, held, self._actors.moves)
            or merged(said, held, around)
            or self._actors.exchanged(said, held)
        )

    # --- score -------------------------------------------------------------------------------

    def _signals(self, said: Content, held: Sequence[Content], around: frozenset[str]) -> Signals:
        overlap = Overlap(said, held, around)
        quotes = [q.text for q in held]
        near = self._nearness.measure(said.text, quotes) if self._nearness else _NOWHERE
        return Signals(
            one=overlap.one(),
            together=overlap.together(),
            weakest=overlap.weakest_clause(),
            split=overlap.split_clause(),
            closest=overlap.closest(),
            neighbours=overlap.neighbours(),
            loose=overlap.loose(),
            empty=overlap.empty(),
            swap=float(swap_gain(said, held)),
            whole=near.whole,
            tokens=near.tokens,
            lowest=near.lowest,
            low=near.low,
            back=near.back,
            entails=self._entails(said.text, quotes),
        )

    def _entails(self, statement: str, quotes: Sequence[str]) -> float:
        """The best score of the model for grounding over each quote, and all of them together. It
        reads the quote first, as models for inference are trained: premise, then hypothesis."""
        if self._grounding is None:
            return 0.0
        together = [" ".join(quotes)] if len(quotes) > 1 else []
        return max(
            float(self._grounding.score(quote, [statement])[0]) for quote in (*quotes, *together)
        )


_NOWHERE = Nearness(0.0, 0.0, 0.0, 0.0, 0.0)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip(_EDGES)
