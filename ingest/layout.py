"""The canonical text, and where in it every heading, sentence, item and row stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.blocks import Block, PageMarks
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from corpus.types import SentenceKind

Span = tuple[int, int]
UnitKind = Literal["heading", "text", "lead", "item", "row", "quote"]

# A lead that points back ("Dat zijn:") says nothing without the sentence before it.
_POINTS_BACK = re.compile(
    r"(?:en |maar |want )?(?:dat|dit|deze|die|daar\w*|hier\w*|denk|zij|ze|hij|het gaat|zo|"
    r"de volgende|bijvoorbeeld|namelijk|te weten)\b",
    re.IGNORECASE,
)
_SHORT_LEAD = 15
_MAX_LEAD = 500
_MAX_LEAD_SENTENCES = 3
_MAX_WHOLE = 1400
"""Characters above which an item may be cut between its sentences."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """One sentence, item sentence or row in the canonical text."""

    start: int
    end: int
    kind: SentenceKind
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What stays whole when passages are cut: a heading, a sentence, an item, a row.

    ``start`` includes the list mark. ``paragraph`` numbers the block that the unit is part of.
    ``lead`` is the span of what introduces it. An ``inner`` unit belongs to the item before it.
    """

    kind: UnitKind
    start: int
    end: int
    section: tuple[str, ...]
    paragraph: int
    reference: bool
    sentences: tuple[Quotable, ...]
    lead: Span | None = None
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The canonical text, its units in order and where each page starts in it."""

    text: str
    units: tuple[Unit, ...]
    pages: PageMarks = ()


def lay_out(blocks: Sequence[Block]) -> Layout:
    """Canonical text of ``blocks``: a blank line between them, items and rows each on a line
    under one another, items with their mark before them."""
    pieces: list[str] = []
    spans: list[Span] = []  # of the text of each block, without its mark
    length = 0
    for index, block in enumerate(blocks):
        before = _gap(blocks[index - 1], block) if index else ""
        mark = f"{block.mark} " if block.mark else ""
        pieces.append(before + mark + block.text)
        length += len(before) + len(mark)
        spans.append((length, length + len(block.text)))
        length += len(block.text)
    text = "".join(pieces)
    return Layout(text, tuple(_Units(blocks, spans, text).all()), _page_marks(blocks, spans))


def _page_marks(blocks: Sequence[Block], spans: Sequence[Span]) -> PageMarks:
    """Where each page starts in the canonical text; a list mark is on the page of its item."""
    marks: list[tuple[int, int]] = []
    for block, (start, _) in zip(blocks, spans, strict=True):
        for offset, page in block.pages:
            if marks and marks[-1][1] == page:
                continue
            before = len(block.mark) + 1 if block.mark and not offset else 0
            marks.append((start + offset - before, page))
    return tuple(marks)


def _gap(before: Block, block: Block) -> str:
    follows = (before.kind, block.kind)
    inner = block.level > 0 and block.kind in {"quote", "paragraph"}
    same_list = follows in {("item", "item"), ("row", "row"), ("caption", "row")}
    return "\n" if same_list or inner or (block.kind == "item" and _is_inner(before)) else "\n\n"


def _is_inner(block: Block) -> bool:
    return block.kind in {"quote", "paragraph"} and block.level > 0


class _Units:
    """Walks the blocks with the section path and the leads of the lists that are open."""

    def __init__(self, blocks: Sequence[Block], spans: Sequence[Span], text: str) -> None:
        self._blocks = blocks
        self._spans = spans
        self._text = text
        self._units: list[Unit] = []
        self._path: list[tuple[int, str]] = []
        self._leads: list[Span | None] = []  # one for each depth of the open list

    def all(self) -> list[Unit]:
        for index, block in enumerate(self._blocks):
            if block.kind == "heading":
                self._heading(index)
            elif block.kind in {"item", "row"}:
                self._listed(index)
            elif _is_inner(block):
                self._inner(index)
            else:
                self._loose(index)
        return self._units

    def _heading(self, index: int) -> None:
        block = self._blocks[index]
        self._leads = []
        self._path = (
            [entry for entry in self._path if entry[0] < block.level] if block.level else []
        )
        if block.level:
            self._path.append((block.level, block.text))
        self._add(index, "heading", ())

    def _loose(self, index: int) -> None:
        """A paragraph, quotation, caption or note: a unit for each sentence, the last of which
        may introduce what follows."""
        block = self._blocks[index]
        if block.kind != "note":  # a list goes on behind a note at the foot of the page
            self._leads = []
        spans = self._sentences(index)
        leads_on = self._introduces(index)
        if leads_on and self._blocks[index + 1].kind != "quote":
            spans = self._with_whole_lead(spans)
        before = self._lead_of_quote(index) if block.kind == "quote" else None
        for number, span in enumerate(spans):
            is_lead = leads_on and number == len(spans) - 1
            kind: UnitKind = "lead" if is_lead else "quote" if block.kind == "quote" else "text"
            said: SentenceKind = (
                "sentence" if kind == "text" else "quote" if kind == "quote" else "lead"
            )
            self._add(index, kind, (Quotable(*span, said, before),), before, span)

    def _listed(self, index: int) -> None:
        block = self._blocks[index]
        depth = max(1, block.level)
        if index and {self._blocks[index - 1].kind, block.kind} == {"item", "row"}:
            self._leads = [None]  # a list straight after a table, or the other way round
        if not self._leads:
            self._leads = [self._lead_before()]
        while len(self._leads) < depth:  # a list inside an item is introduced by that item
            last = self._units[-1].sentences if self._units else ()
            self._leads.append((last[-1].start, last[-1].end) if last else None)
        del self._leads[depth:]
        lead = self._leads[-1]
        kind: Literal["item", "row"] = "item" if block.kind == "item" else "row"
        short_row = kind == "row" and len(block.text) <= _MAX_WHOLE
        spans = [self._spans[index]] if short_row else self._sentences(index)
        said = [Quotable(*span, kind, lead) for span in spans]
        if len(block.text) <= _MAX_WHOLE:
            self._add(index, kind, tuple(said), lead)
            return
        self._add(index, kind, (said[0],), lead, spans[0])
        for quotable, span in zip(said[1:], spans[1:], strict=True):
            self._add(index, kind, (quotable,), lead, span, inner=True)

    def _inner(self, index: int) -> None:
        lead = self._leads[-1] if self._leads else None
        is_quote = self._blocks[index].kind == "quote"
        before = (self._lead_of_quote(index) if is_quote else None) or lead
        said: SentenceKind = "quote" if is_quote else "item"
        found = tuple(Quotable(*span, said, before) for span in self._sentences(index))
        self._add(index, "quote" if is_quote else "item", found, lead, inner=bool(self._leads))

    def _add(
        self,
        index: int,
        kind: UnitKind,
        sentences: tuple[Quotable, ...],
        lead: Span | None = None,
        span: Span | None = None,
        inner: bool = False,
    ) -> None:
        block, (start, end) = self._blocks[index], span or self._spans[index]
        if block.mark and start == self._spans[index][0]:
            start -= len(block.mark) + 1
        section = tuple(text for _, text in self._path)
        self._units.append(
            Unit(kind, start, end, section, index, block.reference, sentences, lead, inner)
        )

    def _sentences(self, index: int) -> list[Span]:
        start = self._spans[index][0]
        found = sentence_spans(self._blocks[index].text)
        return [(start + first, start + last) for first, last in found]

    def _introduces(self, index: int) -> bool:
        """Whether the block ends in what introduces the list, table or quotation after it."""
        block = self._blocks[index]
        if index + 1 == len(self._blocks) or block.kind == "note":
            return False
        after = self._blocks[index + 1]
        if block.kind == "caption":
            return after.kind == "row"
        if after.kind == "caption":
            return False
        if after.kind in {"item", "row"}:
            return block.reference == after.reference
        return after.kind == "quote" and block.text.endswith(":")

    def _with_whole_lead(self, spans: list[Span]) -> list[Span]:
        """``spans`` with the last one stretched over the sentences that it points back to."""
        start, end = spans[-1]
        kept = spans[:-1]
        for _ in range(_MAX_LEAD_SENTENCES - 1):
            said = self._text[start:end]
            if not kept or end - kept[-1][0] > _MAX_LEAD:
                break
            if len(said) >= _SHORT_LEAD and not _POINTS_BACK.match(said):
                break
            start = kept.pop()[0]
        return [*kept, (start, end)]

    def _lead_before(self) -> Span | None:
        """What introduces a list that starts here: the lead before it, or its heading."""
        if not self._units:
            return None
        last = self._units[-1]
        if last.kind == "heading":
            said = Quotable(last.start, last.end, "lead")
            self._units[-1] = Unit(
                "heading",
                last.start,
                last.end,
                last.section,
                last.paragraph,
                last.reference,
                (said,),
            )
        return (last.start, last.end) if last.kind in {"heading", "lead"} else None

    def _lead_of_quote(self, index: int) -> Span | None:
        """The sentence that announces a quotation, when the block before it ends in a colon."""
        if (
            not index
            or not self._blocks[index - 1].text.endswith(":")
            or not self._units[-1].sentences
        ):
            return None
        last = self._units[-1].sentences[-1]
        return (last.start, last.end)
