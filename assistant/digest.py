"""What is read of a passage for every question that finds it: worked out once, and kept."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer_shapes import forms_in
from assistant.orders import is_order
from assistant.sentence_form import Marks, marks
from assistant.special import lead_text
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.types import Hit, Sentence

_KEPT = 4_000
"""Passages of which it is kept: some 10 kB each."""
PACKED = 20_000
"""Passages of which it is kept in short: some 0.7 kB each, from which it is there in no time."""
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
    forms: int
    """Those of `assistant.answer_shapes` that count for every question, a bit for each."""
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
    terms: frozenset[str]
    """Those of its whole text."""


class Digests:
    """Reads passages, and keeps what was asked for last; of far more it keeps in short what was
    read. They never change; several threads may use it."""

    def __init__(self, analyser: DutchAnalyser, most: int = _KEPT, packed: int = PACKED) -> None:
        """``most`` passages are kept, and ``packed`` in short."""
        self._analyser = analyser
        self._half = most // 2
        self._most_packed = packed
        self._kept: dict[str, Digest] = {}
        self._older: dict[str, Digest] = {}
        self._packed: dict[str, bytes] = {}

    def of(self, hit: Hit) -> Digest:
        """What is to be known of the passage of a hit."""
        # Two generations, as in `corpus.token_vectors`: another thread may change them meanwhile,
        # which is a little work twice, and no harm.
        passage_id = hit.passage.id
        known = self._kept.get(passage_id)
        if known is None:
            known = self._older.get(passage_id) or self._unpacked(hit) or self._read_and_pack(hit)
            if len(self._kept) >= self._half:
                self._older, self._kept = self._kept, {}
            self._kept[passage_id] = known
        return known

    def ahead(self, hit: Hit) -> None:
        """Read a passage before anyone asks for it, and keep it in short."""
        if hit.passage.id not in self._packed:
            # Past what the analyser keeps: that is for what is asked.
            self._pack(hit, _read(hit, self._analyser.read_term_set))

    def _read_and_pack(self, hit: Hit) -> Digest:
        digest = _read(hit, self._analyser.term_set)
        self._pack(hit, digest)
        return digest

    def _pack(self, hit: Hit, digest: Digest) -> None:
        if len(self._packed) >= self._most_packed:
            self._packed = {}
        self._packed[hit.passage.id] = _packed(hit, digest)

    def _unpacked(self, hit: Hit) -> Digest | None:
        data = self._packed.get(hit.passage.id)
        return _unpacked(hit, data) if data is not None else None


# --- steps -----------------------------------------------------------------------------------


def _read(hit: Hit, terms: Callable[[str], frozenset[str]]) -> Digest:
    passage = hit.passage
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
                forms=forms_in(sentence.text),
                in_list=in_list,
            )
        )
    return Digest(tuple(found), hint, "".join(passage.section[-1:]), terms(passage.text))


def _packed(hit: Hit, digest: Digest) -> bytes:
    """A digest in short, without what the hit has itself. Most sentences share their context."""
    contexts = list(dict.fromkeys(d.context for d in digest.sentences))
    places = {s.id: n for n, s in enumerate(hit.passage.sentences)}
    rows = [
        (places[d.sentence.id], tuple(d.own), contexts.index(d.context), tuple(d.shows), d.forms)
        for d in digest.sentences
    ]
    told = tuple(digest.hint), tuple(digest.terms)
    return marshal.dumps((*told, [tuple(c) for c in contexts], rows))


def _unpacked(hit: Hit, data: bytes) -> Digest:
    """The digest of a hit from what ``_packed`` made of it in this same process."""
    hint, terms, around, rows = marshal.loads(data)  # noqa: S302 - made here, and never left memory
    contexts = [frozenset(each) for each in around]
    passage = hit.passage
    sentences = tuple(
        SentenceDigest(
            sentence=passage.sentences[n],
            own=frozenset(own),
            context=contexts[at],
            shows=Marks(*shows),
            forms=forms,
            in_list=passage.sentences[n].kind in _IN_LIST,
        )
        for n, own, at, shows, forms in rows
    )
    heading = "".join(passage.section[-1:])
    return Digest(sentences, frozenset(hint), heading, frozenset(terms))
