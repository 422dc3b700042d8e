"""Finds the gold quotes of a set in the canonical texts.

Only letters and digits count: hyphens at line ends, list marks, quotation marks and spacing
depend on how a document was read, and a set must survive a better reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.dutch import fold
from eval.questions import Gold


@dataclass(frozen=True, slots=True)
class Span:
    """Where a gold quote stands: offsets in the canonical text of a document."""

    document: str
    start: int
    end: int

    def meets(self, document: str, start: int, end: int) -> bool:
        """Whether another span shares at least one character with this one."""
        return document == self.document and start < self.end and self.start < end


@lru_cache(maxsize=64)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """Folded letters and digits of ``text``, and the offset that each comes from."""
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in fold(character):
            if folded.isalnum():
                kept.append(folded)
                offsets.append(offset)
    return "".join(kept), tuple(offsets)


def find_spans(gold: Gold, texts: Mapping[str, str]) -> list[Span]:
    """Every place of a gold quote in its document; empty when it is not there.

    ``texts`` holds canonical text per document id.
    """
    if gold.document not in texts:
        return []
    letters, offsets = _letters(texts[gold.document])
    wanted, _ = _letters(gold.quote)
    spans = []
    at = letters.find(wanted)
    while wanted and at >= 0:
        spans.append(Span(gold.document, offsets[at], offsets[at + len(wanted) - 1] + 1))
        at = letters.find(wanted, at + 1)
    return spans
