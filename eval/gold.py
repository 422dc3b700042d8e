"""Finds the gold quotes of a set in the canonical texts.

Only letters and digits count: hyphens at line ends, list marks, quotation marks and spacing
depend on how a document was read, and a set must survive a better reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.dutch import fold
from corpus.types import Passage, Version
from eval.questions import Gold, Question


@dataclass(frozen=True, slots=True)
class Span:
    """Where a gold quote stands: offsets in the canonical text of a document."""

    document: str
    start: int
    end: int

    def meets(self, document: str, start: int, end: int) -> bool:
        """Whether another span shares at least one character with this one."""
        return document == self.document and start < self.end and self.start < end


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A gold quote of a question in one edition; no spans when the edition does not hold it."""

    gold: Gold
    spans: tuple[Span, ...]
    passages: tuple[str, ...]
    """Ids of the searched passages that hold it."""


def find_spans(gold: Gold, texts: Mapping[str, str]) -> list[Span]:
    """Every place of a gold quote in its document; empty when it is not there.

    ``texts`` holds canonical text per document id.
    """
    if gold.document not in texts:
        return []
    letters, offsets = _letters(texts[gold.document])
    wanted = letters_of(gold.quote)
    spans = []
    at = letters.find(wanted)
    while wanted and at >= 0:
        spans.append(Span(gold.document, offsets[at], offsets[at + len(wanted) - 1] + 1))
        at = letters.find(wanted, at + 1)
    return spans


def find_places(question: Question, versions: Mapping[str, Version]) -> tuple[GoldPlace, ...]:
    """The gold of a question in the versions (by document id) of an edition."""
    texts = {document: version.text for document, version in versions.items()}
    places = []
    for gold in question.gold:
        spans = tuple(find_spans(gold, texts))
        held = searched(versions[gold.document]) if spans else ()
        passages = tuple(
            p.id for p in held if any(s.start < p.end and p.start < s.end for s in spans)
        )
        places.append(GoldPlace(gold, spans, passages))
    return tuple(places)


def searched(version: Version) -> Iterable[Passage]:
    """The passages that can be found: contents, literature and credits are not searched."""
    return (p for p in version.passages if p.kind != "reference")


def letters_of(text: str) -> str:
    """Folded letters and digits of ``text``, nothing else."""
    return "".join(c for c in fold(text) if c.isalnum())


@lru_cache(maxsize=64)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """Folded letters and digits of a document, and the offset that each comes from."""
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in fold(character):
            if folded.isalnum():
                kept.append(folded)
                offsets.append(offset)
    return "".join(kept), tuple(offsets)
