"""What only some questions ask of a sentence: names, or one side of things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer_shapes import words_of_form
from assistant.named_things import ASKING, COMMON, Names, wanted_names
from assistant.opposites import OneSide, Speaks, asked_side
from assistant.sentence_form import asked_form
from corpus.dutch import DutchAnalyser
from corpus.lexical import LexicalIndex
from corpus.types import Hit, Query, Sentence

_NOWHERE = "\0"  # a word of no text


@dataclass(frozen=True, slots=True)
class Special:
    """The wishes of one question."""

    names: Names | None
    side: OneSide | None
    is_common: Callable[[str], bool]

    def named(self, sentence: Sentence, hit: Hit) -> float:
        """How well a sentence, or the list that it stands in, names what is asked for: 0 to 1."""
        if self.names is None:
            return 0.0
        return self.names.share(_list_text(sentence, hit), self.is_common)

    def speaks(self, sentence: Sentence, hit: Hit) -> Speaks:
        """Which side of things a sentence speaks of; what says nothing by itself speaks of what
        introduces it."""
        if self.side is None:
            return "neither"
        own = self.side.of(sentence.text)
        return self.side.of(lead_text(sentence, hit)) if own == "neither" else own


def special(query: Query, lexical: LexicalIndex, analyser: DutchAnalyser) -> Special:
    """What ``query`` asks for specially; ``lexical`` tells how common a word is."""
    form = asked_form(query)

    def is_common(word: str) -> bool:
        return lexical.idf(analyser.forms(word)[0]) < COMMON * lexical.idf(_NOWHERE)

    return Special(wanted_names(query.text, form), asked_side(query.text, form), is_common)


def only_asks(query: Query, word: str) -> bool:
    """Whether a word of the question belongs to its form, or asks for names ("voorbeelden"): it
    tells nothing of what is asked about."""
    if word in words_of_form(query.text):
        return True
    return word in ASKING and wanted_names(query.text, asked_form(query)) is not None


def lead_text(sentence: Sentence, hit: Hit) -> str:
    """The line that introduces a sentence; empty when none does."""
    if sentence.lead is None:
        return ""
    start = hit.passage.start
    inside = hit.passage.text[max(0, sentence.lead[0] - start) : max(0, sentence.lead[1] - start)]
    return inside or hit.passage.lead


def _list_text(sentence: Sentence, hit: Hit) -> str:
    """All items of the list that a sentence stands in or introduces, a line each; else its own."""
    lead = (sentence.start, sentence.end) if sentence.kind == "lead" else sentence.lead
    if lead is None:
        return sentence.text
    items = [s.text for s in hit.passage.sentences if s.lead == lead]
    return "\n".join(items) or sentence.text
