"""Documents of different age or kind that give different figures: each is told, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.ages import Group, differing
from assistant.composing.told import Told
from assistant.terms import asked_terms
from assistant.wording import wording
from corpus.dutch import DutchAnalyser
from corpus.glossary import Lexicon
from corpus.types import Hit, Language, Query


class NewestFirst:
    """Puts figures that differ before the rest of an answer, each behind a line that says whose
    they are and of which year. Several threads may use it."""

    def __init__(self, analyser: DutchAnalyser, glossary: Lexicon) -> None:
        self._analyser = analyser
        self._glossary = glossary

    def arrange(self, query: Query, told: Sequence[Told], hits: Sequence[Hit]) -> list[Told]:
        """What is told, behind what the documents among ``hits`` (best first) say of the same."""
        asked = asked_terms(query.text, self._analyser, self._glossary, query.language)
        ages = differing(query, told, hits, asked, self._analyser)
        first = [t for group in ages.groups for t in _headed(group, query.language)]
        return [*first, *(t for t in told if t not in ages.repeats)]


def _headed(group: Group, language: Language) -> list[Told]:
    """What one document says, with the line above it. Its year is that of the citation."""
    first, *rest = group.told
    year = (first.evidence.hit.metadata.published or "")[:4]
    line = group.frame
    if year:
        line = wording(language).of_year.format(line=line.rstrip(":"), year=year)
    return [replace(first, above=line, beside=False), *(replace(t, beside=False) for t in rest)]
