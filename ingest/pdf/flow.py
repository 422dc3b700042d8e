"""The strips of all pages become one run of drafts: text that a column, a page, a table or a
sidebar interrupts goes on behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.pdf.contents import Entry
from ingest.pdf.drafts import Draft, add_group, draft_of, line_texts
from ingest.pdf.headings import is_caption, is_label, names_table
from ingest.pdf.notes import Note
from ingest.pdf.paragraphs import Group
from ingest.pdf.pieces import Table, goes_on_with
from ingest.pdf.strips import Strip, Type

_ENDED = re.compile(r"[.!?:;…][\"”’')\]»]*$")
_INDENT = 0.6  # em
_DEEPEST = 6
_CLOSE = 30.0  # points from a table to the caption under it


class Flow:
    """Takes strips in reading order and keeps what is open."""

    def __init__(self, levels: Mapping[int, int], kind: Type, indented: bool) -> None:
        """``levels`` holds the level of each group that is a heading, by its id; ``kind`` is the
        type of the document; ``indented`` says that paragraphs start with an indent."""
        self._levels = levels
        self._type = kind
        self._indented = indented
        self._out: list[Draft] = []
        self._text: Draft | None = None  # the last paragraph or item of the running text
        self._table: Draft | None = None  # the last table, while no running text follows it
        self._asides: list[Draft] = []
        self._list: list[float] = []  # indents of the marks of the open list
        self._note: Draft | None = None

    def drafts(self, strips: Sequence[Strip]) -> list[Draft]:
        """The drafts that ``strips`` make up."""
        for strip in strips:
            if not strip.aside:
                self._main(strip)
            elif strip.beside:
                self._asides += self._aside(strip)
            else:
                self._leave_page(strip.page.number, joins=False)
                self._out += self._aside(strip)
            for note in strip.notes:
                self._add_note(note)
        self._place_asides(len(self._out))
        return _with_aside_headings(self._out)

    def _main(self, strip: Strip) -> None:
        for index, part in enumerate(strip.parts):
            if isinstance(part, Group):
                self._group(part, strip, index)
            elif isinstance(part, Table):
                self._add_table(part, first=index == 0)
            elif isinstance(part, Entry):
                self._leave_page(part.page, joins=False)
                self._append(_entry(part))

    def _group(self, group: Group, strip: Strip, index: int) -> None:
        level = self._levels.get(id(group))
        opens = index == 0 or isinstance(strip.parts[index - 1], Table)
        joins = level is None and opens and self._goes_on(group)
        if level is not None:
            self._place_asides(len(self._out))
        self._leave_page(group.lines[0].page, joins)
        if joins and self._text is not None:
            self._make_way(self._text, group.lines[0].page)
            add_group(self._text, group)
        elif level is not None:
            self._heading(group, level)
        elif self._is_note(group):
            self._append(draft_of(group, "note"))
        elif is_caption(" ".join(line.text for line in group.lines)):
            self._caption(group, strip, index)
        else:
            self._text = self._paragraph(group)
            self._append(self._text)

    def _is_note(self, group: Group) -> bool:
        """Whether a group opens with the mark of a note, as under a table."""
        first = group.lines[0]
        return first.size <= self._type.body.size and (
            first.opener.strip("().") in self._type.referred and first.opener != ""
        )

    def _heading(self, group: Group, level: int) -> None:
        """A heading; one that follows a bare number ("Hoofdstuk 1") is one with it."""
        self._list = []
        last = self._out[-1] if self._out else None
        is_open = last is not None and last.kind == "heading" and is_label(" ".join(last.texts))
        if last is not None and is_open and last.last_page == group.lines[0].page:
            add_group(last, group)
            last.level = min(last.level, level)
        else:
            self._append(draft_of(group, "heading", level))

    def _append(self, draft: Draft) -> None:
        if draft.kind not in {"note", "caption"}:
            self._table = None
        self._out.append(draft)

    def _paragraph(self, group: Group) -> Draft:
        near = _INDENT * group.lines[0].size
        if group.mark is not None:
            while self._list and group.indent < self._list[-1] - near:
                self._list.pop()
            if not self._list or group.indent > self._list[-1] + near:
                self._list.append(group.indent)
            return draft_of(group, "item", len(self._list))
        last = self._out[-1] if self._out else None
        follows = last is not None and (last.kind == "item" or last.level > 0)
        if self._list and follows and group.indent > self._list[-1] + near:
            return draft_of(group, "paragraph", len(self._list))
        self._list = []
        return draft_of(group, "paragraph")

    def _goes_on(self, group: Group) -> bool:
        """Whether ``group``, first of its column or behind a table, goes on with the last
        paragraph or item."""
        draft = self._text
        if draft is None or draft.group is None or group.mark is not None:
            return False
        last = draft.group
        if any(later.kind == "heading" for later in self._after(draft)):
            return False
        above, line = last.lines[-1], group.lines[0]
        slack = 0.2 if self._type.body.noisy else 0.08
        if abs(above.size - line.size) > slack * above.size or above.bold != line.bold:
            return False
        text = draft.texts[-1]
        if text.endswith("-") and line.text[:1].islower():
            return True
        if not _ENDED.search(text):
            mid_sentence = not (line.text[:1].isupper() or line.text[:1].isdigit())
            return mid_sentence or (last.is_full and self._same_side(draft, group))
        flush = group.indent < _INDENT * line.size
        return (
            self._indented
            and flush
            and draft.kind == "paragraph"
            and last.is_full
            and (last.justified and len(last.lines) > 1)
        )

    def _same_side(self, draft: Draft, group: Group) -> bool:
        """Whether ``group`` stands where the lines of ``draft`` would go on."""
        last = draft.group
        near = _INDENT * group.lines[0].size
        if last is None or draft.kind != "item" or last.mark is None:
            return abs(group.indent) < near or draft.kind == "item"
        return abs(group.indent - (last.mark.hang - last.left)) < 2 * near

    def _after(self, draft: Draft) -> list[Draft]:
        """What stands behind ``draft``, sidebars left out."""
        at = self._place(draft)
        return [later for later in self._out[at + 1 :] if not later.aside]

    def _place(self, draft: Draft) -> int:
        """Where ``draft`` stands in the run; it is near the end."""
        at = len(self._out) - 1
        while self._out[at] is not draft:
            at -= 1
        return at

    def _make_way(self, draft: Draft, page: int) -> None:
        """Tables and captions that stand behind ``draft`` go before it when it goes on at a later
        page than theirs: the pages of the text keep going up."""
        at = self._place(draft)
        later = self._out[at + 1 :]
        before = [each for each in later if each.kind != "note" and each.first_page < page]
        if before and draft.first_page <= before[0].first_page:
            rest = [each for each in later if each.kind == "note" or each.first_page >= page]
            self._out[at:] = [*before, draft, *rest]

    def _add_table(self, table: Table, first: bool) -> None:
        open_table = self._table
        if open_table and first and goes_on_with(open_table.tables[-1], table):
            self._leave_page(table.page, joins=True)
            open_table.tables.append(_without_repeated_header(open_table.tables[0], table))
            return
        self._leave_page(table.page, joins=False)
        self._list = []
        draft = Draft("row", [], [], tables=[table])
        self._append(draft)
        self._table = draft

    def _caption(self, group: Group, strip: Strip, index: int) -> None:
        """A caption; one under a table goes before it, as what introduces it."""
        draft = draft_of(group, "caption")
        before = strip.parts[index - 1] if index else None
        named = len(self._out) > 1 and self._out[-2].kind == "caption"
        under = isinstance(before, Table) and group.lines[0].top - before.bottom < _CLOSE
        under = under and names_table(" ".join(draft.texts))
        if under and not named and self._out and len(self._out[-1].tables) == 1:
            self._out.insert(len(self._out) - 1, draft)
        else:
            self._append(draft)

    def _add_note(self, note: Note) -> None:
        texts, numbers = line_texts(note.lines)
        texts[0] = texts[0][note.skip :]
        if not note.mark and self._note is not None:
            self._note.texts += texts
            self._note.numbers += numbers
            return
        self._note = Draft("note", texts, numbers)
        self._out.append(self._note)

    def _aside(self, strip: Strip) -> list[Draft]:
        """The drafts of a sidebar, its lists and headings its own."""
        inner = Flow(self._levels, self._type, self._indented)
        inner._main(strip)
        for draft in inner._out:
            draft.aside = True
        return inner._out

    def _leave_page(self, page: int, joins: bool) -> None:
        """Sidebars of an earlier page go before what comes now, or before the paragraph that
        goes on: the pages of the text keep going up."""
        if not self._asides or self._asides[-1].last_page >= page:
            return
        at = len(self._out)
        open_draft = self._table if self._table is not None else self._text
        if joins and open_draft and open_draft.first_page >= self._asides[0].first_page:
            at = self._place(open_draft)
        self._place_asides(at)

    def _place_asides(self, at: int) -> None:
        self._out[at:at] = self._asides
        self._asides = []


def _with_aside_headings(drafts: list[Draft]) -> list[Draft]:
    """The headings of sidebars, one deeper than that of the section they stand in; as paragraphs
    where the text of that section goes on behind the sidebar."""
    ends = True
    after: dict[int, bool] = {}
    for index in range(len(drafts) - 1, -1, -1):
        if not drafts[index].aside and drafts[index].kind != "note":
            ends = drafts[index].kind == "heading"
        after[index] = ends
    depth = 0
    for index, draft in enumerate(drafts):
        if draft.kind != "heading":
            continue
        if not draft.aside:
            depth = draft.level
        elif after[index]:
            draft.level = min(_DEEPEST, depth + 1)
        else:
            draft.kind, draft.level = "paragraph", 0
    return drafts


def _entry(entry: Entry) -> Draft:
    return Draft("row", [entry.text], [entry.page], reference=True)


def _without_repeated_header(first: Table, table: Table) -> Table:
    """``table`` whose header is that of ``first`` once more, or none."""
    names = [[cell.text for cell in row] for row in first.rows[: first.header]]
    repeated = [[cell.text for cell in row] for row in table.rows[: first.header]]
    return replace(table, header=first.header if names and names == repeated else 0)
