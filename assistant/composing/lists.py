"""Lists and tables: the line that introduces them, and all of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.composing.told import Told, count_words
from corpus.types import Evidence, Hit, Passage, Sentence

LISTED = frozenset({"item", "row"})
_LONG = 90
"""Words of all items from which each is told by its first sentence."""
_ROW_MARGIN = 1.0
"""How far below the best row another may score and still be told."""
_COUNTS = re.compile(
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|[2-9]|1[0-2])\b"
    r"|\bbesta(?:at|an) uit\b.*:\s*$|\bdat zijn\s*:\s*$",
    re.IGNORECASE,
)

Line = tuple[Hit, Sentence]


def counts(told: Sequence[Told]) -> bool:
    """Whether the lead says how many items follow, or that they are all there are ("bestaat
    uit"): half of them would not be true."""
    return told[0].kind == "lead" and _COUNTS.search(told[0].sentence.text) is not None


def whole_list(best: Evidence, hits: Sequence[Hit]) -> list[Told]:
    """The lead and every item of the list that ``best`` belongs to, without repeats.

    A list that was too long for one passage is joined from those in ``hits``. Empty when ``best``
    stands in no list.
    """
    sentence, version = best.sentence, best.hit.passage.version_id
    span = (sentence.start, sentence.end) if sentence.kind == "lead" else sentence.lead
    if span is None:
        return _loose_list(best)
    near = {best.hit.passage.id: best.hit}
    near |= {h.passage.id: h for h in hits if h.passage.version_id == version}
    parts = sorted(near.values(), key=lambda h: h.passage.start)
    lines = [line for hit in parts for line in _lines(hit, span)]
    if not lines:
        return []
    items = _short_lines(lines)
    lead = _lead(parts, items)
    return [
        *(Told(s, _from(best, hit, s), "lead") for hit, s in lead),
        *(Told(s, _from(best, hit, s), "item") for hit, s in items),
    ]


def best_rows(best: Evidence, ranked: Sequence[Evidence], hits: Sequence[Hit]) -> list[Told]:
    """The rows of a table that were asked for, behind its header."""
    table = whole_list(best, hits)
    asked = {
        e.sentence.start
        for e in ranked
        if e.sentence.lead == best.sentence.lead
        and e.hit.passage.version_id == best.hit.passage.version_id
        and e.score >= best.score - _ROW_MARGIN
    }
    return [t for t in table if t.kind == "lead" or t.sentence.start in asked]


def lines_of(passage: Passage, items: Sequence[Sentence]) -> list[Sentence]:
    """Each list item whole, as one span."""
    return [joined(passage, line) for line in _by_line(passage, items)]


def line_up_to(passage: Passage, sentence: Sentence) -> list[Sentence]:
    """The sentences of the same list item before ``sentence``, and itself."""
    items = [s for s in passage.sentences if s.lead == sentence.lead and s.kind in LISTED]
    lines = _by_line(passage, items)
    line = next((line for line in lines if sentence in line), [sentence])
    return line[: line.index(sentence) + 1]


def joined(passage: Passage, line: Sequence[Sentence]) -> Sentence:
    """Sentences that follow each other as one span."""
    if len(line) == 1:
        return line[0]
    start, end = line[0].start, line[-1].end
    text = passage.text[start - passage.start : end - passage.start]
    return replace(line[0], start=start, end=end, text=text)


def lead_of(passage: Passage, sentence: Sentence) -> Sentence | None:
    """What introduces the list or quotation of a sentence.

    Of a list that goes on in this passage it stands in one before: its page is not known here.
    """
    if sentence.lead is None:
        return None
    start, end = sentence.lead
    held = (s for s in passage.sentences if (s.start, s.end) == sentence.lead)
    before = Sentence(f"{passage.id}:lead", start, end, passage.lead, "lead", None)
    return next(held, before if passage.lead else None)


# --- steps -----------------------------------------------------------------------------------


def _from(best: Evidence, hit: Hit, sentence: Sentence) -> Evidence:
    """The evidence for a sentence of another part of the list."""
    if hit.passage.id == best.hit.passage.id:
        return best
    return replace(best, sentence=sentence, hit=hit)


def _loose_list(best: Evidence) -> list[Told]:
    """The items of a list that nothing introduces."""
    passage = best.hit.passage
    items = [s for s in passage.sentences if s.kind in LISTED and s.lead is None]
    if best.sentence.kind not in LISTED or len(items) < 2:
        return []
    lines = [(best.hit, _by_line(passage, items))]
    return [Told(s, best, "item") for _, s in _short_lines([(h, x) for h, y in lines for x in y])]


def _lines(hit: Hit, span: tuple[int, int]) -> Iterator[tuple[Hit, list[Sentence]]]:
    items = [s for s in hit.passage.sentences if s.lead == span and s.kind in LISTED]
    for line in _by_line(hit.passage, items):
        yield hit, line


def _lead(parts: Sequence[Hit], items: Sequence[Line]) -> list[Line]:
    """The lead with the passage that holds it, or with the first that goes on with its list."""
    span = items[0][1].lead
    held = [(h, s) for h in parts for s in h.passage.sentences if (s.start, s.end) == span]
    if held:
        return held[:1]
    hit, item = items[0]
    lead = lead_of(hit.passage, item)
    # "Deze drie:" before what was found of the three would not be true.
    return [(hit, lead)] if lead and not _COUNTS.search(lead.text) else []


def _short_lines(lines: Sequence[tuple[Hit, Sequence[Sentence]]]) -> list[Line]:
    """One sentence per item: whole items, or of long ones the first sentence."""
    if sum(count_words(s) for _, line in lines for s in line) > _LONG:
        return [(hit, line[0]) for hit, line in lines]
    return [(hit, joined(hit.passage, line)) for hit, line in lines]


def _by_line(passage: Passage, items: Sequence[Sentence]) -> list[list[Sentence]]:
    """The sentences of each list item together."""
    lines: list[list[Sentence]] = []
    for sentence in items:
        if not lines or _starts_line(passage, sentence):
            lines.append([])
        lines[-1].append(sentence)
    return lines


def _starts_line(passage: Passage, sentence: Sentence) -> bool:
    before = passage.text[: sentence.start - passage.start]
    line = before.rsplit("\n", 1)[-1]
    return not re.search(r"[^\W\d]{2}", line)  # "10." is a list mark
