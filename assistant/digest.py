"""What is read of a passage for every question that finds it: worked out once, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.orders import is_order
from assistant.sentence_form import Marks, marks
from assistant.special import lead_text
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.types import Hit, Sentence

_KEPT = 4_000
"""Passages of which it is kept: some 10 kB each."""
_IN_LIST = frozenset({"lead", "item", "row"})


@dataclass(frozen=True, slots=True)
class SentenceDigest:
    """One sentence that may be evidence."""

    sentence: Sentence
    own: frozenset[str]
    """Its terms; of a list with what people call a list of that form."""
    context: frozenset[str]
    """The terms of the title, the headings and the sentence that introduces it."""
    shows: Marks
    in_list: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """One passage."""

    sentences: tuple[SentenceDigest, ...]
    """Those that may be evidence: no orders to an assistant."""
    hint: frozenset[str]
    """The terms of what people call a list of its form."""
    heading: str
    """The innermost; empty when there is none."""


class Digests:
    """Reads passages, and keeps what was asked for last. They never change; several threads may
    use it."""

    def __init__(self, analyser: DutchAnalyser, most: int = _KEPT) -> None:
        """``most`` passages are kept."""
        self._analyser = analyser
        self._half = most // 2
        self._kept: dict[str, Digest] = {}
        self._older: dict[str, Digest] = {}

    def of(self, hit: Hit) -> Digest:
        """What is to be known of the passage of a hit."""
        # Two generations, as in `corpus.token_vectors`: another thread may change them meanwhile,
        # which is a little work twice, and no harm.
        passage_id = hit.passage.id
        known = self._kept.get(passage_id)
        if known is None:
            known = self._older.get(passage_id) or self._read(hit)
            if len(self._kept) >= self._half:
                self._older, self._kept = self._kept, {}
            self._kept[passage_id] = known
        return known

    def _read(self, hit: Hit) -> Digest:
        passage, terms = hit.passage, self._analyser.term_set
        hint = terms(list_hint(passage))
        found = []
        for sentence in passage.sentences:
            if is_order(sentence.text):
                continue
            around = (hit.metadata.title, *passage.section, lead_text(sentence, hit))
            in_list = sentence.kind in _IN_LIST
            own = terms(sentence.text)
            found.append(
                SentenceDigest(
                    sentence=sentence,
                    own=own | hint if in_list and hint else own,
                    context=terms("\n".join(around)),
                    shows=marks(sentence.text),
                    in_list=in_list,
                )
            )
        return Digest(tuple(found), hint, "".join(passage.section[-1:]))
