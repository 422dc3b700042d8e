"""The content of a text: its words that tell something, in a form in which they can meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.support.names import held_words, names_in
from assistant.support.quantities import CALENDAR, Quantity, read_quantities
from assistant.support.words import Word, read_words
from corpus.dutch import DutchAnalyser
from corpus.glossary import Lexicon
from corpus.types import Language

_PART, _MEANING, _PREFIX = 0.85, 0.75, 0.6
_SHORTEST_PREFIX = 5
_COMMONEST, _SPREAD = 7.5, 3.0
_PLAIN = 5.0
_FORMAL = frozenset(("nulmet", "programmapagin", "handreik", "brochure", "magazin", "jaartal"))


@dataclass(frozen=True, slots=True)
class Term:
    """One content word."""

    stem: str
    """Its stem; for a number "#" and its value."""
    parts: frozenset[str]
    meanings: frozenset[str]
    weight: float
    """How much it tells: rare words more than common ones."""
    at: int
    """Place of its word."""
    clause: int
    kind: str
    """``number``, ``name`` or ``word``."""
    folded: str


@dataclass(frozen=True, slots=True)
class Content:
    """A text that was read."""

    text: str
    words: tuple[Word, ...]
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    held: frozenset[str]
    """Folded words, and the parts of those that are joined by a mark."""

    @property
    def folded(self) -> str:
        """The folded words with a space between them."""
        return " ".join(w.folded for w in self.words)


class ContentReader:
    """Reads texts. Keeps what it read: quotes come by with every statement that cites them."""

    def __init__(self, analyser: DutchAnalyser, glossary: Lexicon) -> None:
        self._analyser = analyser
        self._glossary = glossary
        self._kept = lru_cache(maxsize=4_000)(self._read)
        self._weight = lru_cache(maxsize=20_000)(_weight)
        self.is_common = lru_cache(maxsize=20_000)(_is_common)

    def read(self, text: str, language: Language = "nl") -> Content:
        """The content of ``text``."""
        return self._kept(text, language, self._glossary.reading)

    def _read(self, text: str, language: Language, _: int) -> Content:
        words = read_words(text)
        quantities = tuple(read_quantities(words))
        numbers = {q.at: q for q in quantities}
        names = {w.at for w in names_in(words, self.is_common, english=language == "en")}
        terms = []
        for word in words:
            if word.at in numbers:
                stem = f"#{numbers[word.at].value}"
                terms.append(
                    Term(stem, frozenset(), frozenset(), 1.0, word.at, word.clause, "number", stem)
                )
            elif self._analyser.words(word.folded):
                terms.append(self._term(word, word.at in names, language))
        return Content(text, words, tuple(terms), quantities, frozenset(held_words(words)))

    def _term(self, word: Word, is_name: bool, language: Language) -> Term:
        folded = CALENDAR.get(word.folded, word.folded)
        stem, parts = self._analyser.forms(folded)
        meanings = self._glossary.meanings(stem, language)
        return Term(
            stem=stem,
            parts=frozenset(parts),
            meanings=frozenset(meanings),
            weight=self._weight(folded) * (0.4 if stem in _FORMAL else 1.0),
            at=word.at,
            clause=word.clause,
            kind="name" if is_name else "word",
            folded=folded,
        )


def meets(said: Term, held: Term) -> float:
    """How well a term of a quote carries one of a statement: 0 to 1."""
    if said.stem == held.stem:
        return 1.0
    if "number" in (said.kind, held.kind):
        return 0.0
    if said.stem in held.parts or (said.parts and said.parts <= held.parts | {held.stem}):
        return _PART
    if held.stem in said.meanings or said.stem in held.meanings:
        return _MEANING
    if held.stem in said.parts:
        return _PART * 0.8
    if said.meanings & held.parts:
        return _MEANING * 0.8
    shared = _shared(said.stem, held.stem)
    if shared >= _SHORTEST_PREFIX and shared >= 0.6 * max(len(said.stem), len(held.stem)):
        return _PREFIX
    return 0.0


def table(said: Sequence[Term], held: Sequence[Term]) -> list[list[float]]:
    """`meets` of every term said (rows) and every term held (columns)."""
    return [[meets(one, other) for other in held] for one in said]


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _is_common(folded: str) -> bool:
    """Whether a word is so common in either language that a capital makes no name of it."""
    from wordfreq import zipf_frequency  # a quarter of a second to load

    return max(float(zipf_frequency(folded, each)) for each in ("nl", "en")) >= _PLAIN


def _weight(folded: str) -> float:
    from wordfreq import zipf_frequency  # a quarter of a second to load

    common = float(zipf_frequency(folded, "nl"))
    return min(1.5, max(0.3, (_COMMONEST - common) / _SPREAD))
