"""The extractive answer: which sentences, in which order.

A list is given whole, behind the sentence that introduces it. A sentence that leans on what is
not quoted brings the sentence that it leans on, or is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.fits import NUMBER_WORD, is_strict, leans_back
from assistant.fold import unfolded
from corpus.dutch import DutchAnalyser
from corpus.types import Evidence, Hit, Passage, Query, Sentence, StatementKind

_MAX_WORDS = 90
_MAX_SENTENCES = 5
_MARGIN = 1.5
"""How far below the best a sentence of the same passage may score and still be told."""
_MARGIN_ELSEWHERE = 1.0
"""The same for a sentence of another passage."""
_SAME = 0.8
"""Share of terms that two sentences have in common when they say the same."""
_HINGES = re.compile(
    rf"\d+(?:[.,]\d+)*|\b(?:{NUMBER_WORD}|geen|niets?|niemand|nooit|zonder|altijd|vaak|soms|alleen"
    r"|mag|mogen|moet|moeten|kan|kunnen|hoeft|hoeven|not?|never|may|must|should|can|only)\b",
    re.IGNORECASE,
)
"""One such word more or less, and a sentence says something else."""
_SHORT_LIST = 60
"""Words up to which a list is told whole when only one of its items was found."""
_COUNTS = re.compile(
    r"\b(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|[2-9]|1[0-2])\b", re.IGNORECASE
)
_SPELLED_ALIKE = 0.5
"""Share of words, as spelled, below which two sentences hardly ever say the same."""
_SELF_STANDING = 8
"""Words from which a sentence says by itself what it is about."""
_IN_LIST = frozenset({"lead", "item", "row"})
_WHOLE_LIST = frozenset({"list", "how", "open", "definition", "person", "yesno"})


@dataclass(frozen=True, slots=True)
class Told:
    """One statement to be: its sentence, the evidence behind it, and other places that say it."""

    sentence: Sentence
    evidence: Evidence
    kind: StatementKind
    also: tuple[Evidence, ...] = ()


def compose(
    query: Query,
    ranked: Sequence[Evidence],
    analyser: DutchAnalyser,
    found: Sequence[Hit] = (),
) -> list[Told]:
    """What to tell, in order, from evidence that is ranked best first.

    The same words in ``found`` (best first), or in what is folded into one of these or into the
    evidence, are bound to a statement as other sources of it: one for each other document.
    """
    if not ranked:
        return []
    told = _opening(query, ranked)
    told = _add_more(told, ranked, analyser)
    hits = {e.hit.passage.id: e.hit for e in ranked} | {h.passage.id: h for h in found}
    return _with_other_sources(told, list(hits.values()), analyser)


def _opening(query: Query, ranked: Sequence[Evidence]) -> list[Told]:
    """What the answer starts with: a whole list, or the best sentence."""
    best = ranked[0]
    if is_strict(query.asks):
        best = next((e for e in ranked if e.fits), best)
    if query.asks in ("list", "how"):
        near = (e for e in ranked if e.score >= best.score - _MARGIN)
        best = next((e for e in near if e.sentence.kind in _IN_LIST), best)
    whole = _list_of(best)
    if best.sentence.kind == "lead" or query.asks == "list":
        return whole
    short = sum(_words(t.sentence) for t in whole) <= _SHORT_LIST
    is_whole = _counts(whole) or (short and query.asks in _WHOLE_LIST)
    return whole if best.sentence.kind in _IN_LIST and is_whole else _sentence(best)


def _counts(told: Sequence[Told]) -> bool:
    """Whether the lead says how many items follow: half of them would not be true."""
    return told[0].kind == "lead" and _COUNTS.search(told[0].sentence.text) is not None


def _list_of(best: Evidence) -> list[Told]:
    """The lead and every item of the list that ``best`` belongs to, without repeats."""
    passage = best.hit.passage
    lead_span = (
        (best.sentence.start, best.sentence.end)
        if best.sentence.kind == "lead"
        else best.sentence.lead
    )
    lead = [s for s in passage.sentences if (s.start, s.end) == lead_span]
    items = [s for s in passage.sentences if s.lead == lead_span and s.kind in ("item", "row")]
    if not items:
        return _sentence(best)
    by_line = _by_line(passage, items)
    if sum(_words(s) for s in items) > _MAX_WORDS:
        told = [line[0] for line in by_line]  # long items are told by their first sentence
    else:
        told = [_joined(passage, line) for line in by_line]
    return [
        *(Told(s, best, "lead") for s in lead),
        *(Told(s, best, "item") for s in told),
    ]


def _by_line(passage: Passage, items: Sequence[Sentence]) -> list[list[Sentence]]:
    """The sentences of each list item together."""
    lines: list[list[Sentence]] = []
    for sentence in items:
        if not lines or _starts_line(passage, sentence):
            lines.append([])
        lines[-1].append(sentence)
    return lines


def _joined(passage: Passage, line: Sequence[Sentence]) -> Sentence:
    """A whole item as one span."""
    start, end = line[0].start, line[-1].end
    text = passage.text[start - passage.start : end - passage.start]
    return replace(line[0], start=start, end=end, text=text)


def _starts_line(passage: Passage, sentence: Sentence) -> bool:
    before = passage.text[: sentence.start - passage.start]
    line = before.rsplit("\n", 1)[-1]
    return not re.search(r"[^\W\d]{2}", line)  # "10." is a list mark


def _sentence(evidence: Evidence) -> list[Told]:
    """The sentence with what it leans on: what introduces it, or the sentence before it."""
    passage, sentence = evidence.hit.passage, evidence.sentence
    if sentence.lead is not None:
        lead = [s for s in passage.sentences if (s.start, s.end) == sentence.lead]
        if lead:
            kind: StatementKind = "sentence" if sentence.kind == "quote" else "item"
            return [Told(lead[0], evidence, "lead"), Told(sentence, evidence, kind)]
    before = _before(passage, sentence) if leans_back(sentence.text) else None
    leaned_on = [Told(before, evidence, "sentence")] if before else []
    return [*leaned_on, Told(sentence, evidence, "sentence")]


def _before(passage: Passage, sentence: Sentence) -> Sentence | None:
    earlier = [s for s in passage.sentences if s.end <= sentence.start and s.kind != "lead"]
    return earlier[-1] if earlier else None


def _add_more(told: list[Told], ranked: Sequence[Evidence], analyser: DutchAnalyser) -> list[Told]:
    """Add sentences that nearly score as well, up to the length that people read."""
    words = sum(_words(t.sentence) for t in told)
    listed = _whole_lists(told)
    count = 1
    for evidence in ranked[1:]:
        if count >= _MAX_SENTENCES or evidence.score < ranked[0].score - _MARGIN:
            break
        here = evidence.hit.passage.id == ranked[0].hit.passage.id
        if not here and evidence.score < ranked[0].score - _MARGIN_ELSEWHERE:
            continue
        if (evidence.hit.passage.id, evidence.sentence.lead) in listed:
            continue  # told, or left out on purpose
        if evidence.sentence.kind == "lead" or _already(evidence.sentence, told, analyser):
            continue
        more = [t for t in _sentence(evidence) if not _is_told(t, told, analyser)]
        if more and _counts(more):
            more = _list_of(evidence)
        extra = sum(_words(t.sentence) for t in more)
        if words + extra > _MAX_WORDS:
            continue
        told = _insert(told, more)
        words += extra
        count += 1
    return told


def _whole_lists(told: Sequence[Told]) -> set[tuple[str, tuple[int, int] | None]]:
    """Passage and lead of each list that is told whole."""
    items = [(t.evidence.hit.passage.id, t.sentence.lead) for t in told if t.kind == "item"]
    return {one for one in items if items.count(one) > 1}


def _insert(told: list[Told], more: Sequence[Told]) -> list[Told]:
    """Beside what comes from the same passage, in the document's order; else at the end."""
    passage_id = more[0].evidence.hit.passage.id
    same = [t for t in told if t.evidence.hit.passage.id == passage_id]
    if not same:
        return [*told, *more]
    at = told.index(same[0])
    group = sorted([*same, *more], key=lambda t: t.sentence.start)
    rest_before = told[:at]
    rest_after = [t for t in told[at:] if t not in same]
    return [*rest_before, *group, *rest_after]


def _is_told(one: Told, told: Sequence[Told], analyser: DutchAnalyser) -> bool:
    # Another list may have a lead in the same words: its items go behind their own.
    if one.kind == "lead":
        return any(t.sentence.id == one.sentence.id for t in told)
    return _already(one.sentence, told, analyser)


def _already(sentence: Sentence, told: Sequence[Told], analyser: DutchAnalyser) -> bool:
    return any(same_words(sentence.text, t.sentence.text, analyser) for t in told)


def same_words(one: str, other: str, analyser: DutchAnalyser) -> bool:
    """Whether two sentences say the same in (nearly) the same words, with the same numbers."""
    a, b = set(analyser.terms(one)), set(analyser.terms(other))
    if not a or not b:
        return one == other
    return len(a & b) >= _SAME * len(a | b) and _hinges(one) == _hinges(other)


def _hinges(text: str) -> set[str]:
    return {found.lower() for found in _HINGES.findall(text)}


def _with_other_sources(
    told: Sequence[Told], hits: Sequence[Hit], analyser: DutchAnalyser
) -> list[Told]:
    """Bind the same words in another document to the statement: one statement, two citations."""
    places = [
        (frozenset(sentence.text.lower().split()), sentence, hit)
        for hit in unfolded(hits)
        for sentence in _quotable(hit.passage)
    ]
    result = []
    for t in told:
        mine = frozenset(t.sentence.text.lower().split())
        also: dict[str, Evidence] = {}
        for spelled, sentence, hit in places:
            # Hundreds of sentences: most are told apart without reading their terms.
            alike = len(mine & spelled) >= _SPELLED_ALIKE * max(len(mine), len(spelled))
            elsewhere = hit.document_id not in (t.evidence.hit.document_id, *also)
            if alike and elsewhere and _says_the_same(t, sentence, hit, analyser):
                also[hit.document_id] = replace(t.evidence, sentence=sentence, hit=hit)
        result.append(replace(t, also=tuple(also.values())))
    return result


def _quotable(passage: Passage) -> list[Sentence]:
    """Sentences and whole items: what a statement can be."""
    lines = _by_line(passage, [s for s in passage.sentences if s.kind in ("item", "row")])
    return [*passage.sentences, *(_joined(passage, line) for line in lines if len(line) > 1)]


def _says_the_same(told: Told, sentence: Sentence, hit: Hit, analyser: DutchAnalyser) -> bool:
    """Whether the words of ``sentence`` are those of a statement, and mean the same there."""
    if not same_words(told.sentence.text, sentence.text, analyser):
        return False
    folded = any(hit.passage.id == other.passage.id for other in told.evidence.hit.also)
    if folded or _words(sentence) >= _SELF_STANDING:
        return True
    # "Een laptop." may stand in any list, and "Ja, dat mag." under any heading.
    here = told.evidence.hit.passage
    if not same_words(_lead_text(here, told.sentence), _lead_text(hit.passage, sentence), analyser):
        return False
    return sentence.lead is not None or here.section[-1:] == hit.passage.section[-1:]


def _lead_text(passage: Passage, sentence: Sentence) -> str:
    """The words that introduce the list of a sentence; empty outside of one."""
    before = passage.lead if sentence.lead else ""
    return next((s.text for s in passage.sentences if (s.start, s.end) == sentence.lead), before)


def _words(sentence: Sentence) -> int:
    return len(sentence.text.split())
