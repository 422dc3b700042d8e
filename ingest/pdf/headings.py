"""Which groups of lines are headings, and how deep each is.

A heading is told by its type (larger, bold, capitals, slanted), by its number, and by the outline
of the PDF where there is one. Levels come from numbers and outline; kinds of type that have
neither take their place by size.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages import Bookmark
from ingest.pdf.paragraphs import Group
from ingest.pdf.styles import Body

_NUMBER = re.compile(
    r"(?:(?:[Hh]oofdstuk|HOOFDSTUK|[Dd]eel|DEEL)\s+)?"
    r"(\d{1,2}(?:\.\d{1,2})+(?=\.?[\s:])|\d{1,2}(?=[.:]?\s+[^\W_a-z]|[.:]?$))"
)
_LABEL = re.compile(
    r"(?:(?:hoofdstuk|deel|bijlage|chapter|stap|fase|module|thema|paragraaf)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.:]?",
    re.IGNORECASE,
)
_PARTED_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d_a-z]")
_ENDS_NOT = re.compile(r"[.,;][”\"’')\]»]*$")
_OPENS_QUOTE = re.compile(r"[“„\"«‘]")
_CAPTION = re.compile(
    r"(?i:tabel|figuur|table|figure|afbeelding|grafiek|foto|bron)"
    r"(?:\s*\d{0,3}[a-z]?\s*[:.–-]|\s+\d{1,2}(?:[.-]\d{1,2})*[a-z]?\s+[^\W_a-z])"
)
_TABLE_NAME = re.compile(r"tab(?:el|le)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}|^\d{1,2}$")
_DATE = re.compile(
    r"(?:\d{1,2}\s+)?(?:jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?\s+\d{4}",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_MAX_LENGTH = 200
_MAX_BOLD = 130
_MAX_CAPS = 90
_MAX_SLANTED = 70
_MAX_LINES = 5
_DEEPEST = 6
_GAP = 1.12
_WIDE_GAP = 1.3

Style = tuple[float, bool, bool, bool]
"""(size, bold, capitals, slanted)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A group with its neighbours in the column; ``before`` and ``after`` are None where there
    is a table or the column ends. ``is_last``: nothing follows it in the column; ``aside``: that
    column is a sidebar."""

    group: Group
    before: Group | None
    after: Group | None
    is_last: bool
    aside: bool = False


def text_of(group: Group) -> str:
    """The words of a group on one line, its mark included."""
    return " ".join(line.text for line in group.lines)


def is_caption(text: str) -> bool:
    """Whether ``text`` names a table, figure or the like."""
    return len(text) < 300 and _CAPTION.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a heading is only a number, which its title follows ("Hoofdstuk 1")."""
    return _LABEL.fullmatch(text) is not None


def names_table(text: str) -> bool:
    """Whether ``text`` is the caption of a table, and may stand under it."""
    return is_caption(text) and _TABLE_NAME.match(text) is not None


def heading_levels(
    groups: Sequence[Placed], outline: Sequence[Bookmark], body: Body
) -> dict[int, int]:
    """The level (1 to 6) of each heading, by the index of its group in ``groups``."""
    marked = _in_outline(groups, outline)
    found = {
        index: _style(placed.group, body)
        for index, placed in enumerate(groups)
        if index in marked or _is_heading(placed, body)
    }
    rare = _rare_slants(found, groups)
    found = {index: style for index, style in found.items() if index in marked or index not in rare}
    known = dict(marked)
    for index in found:
        number = _NUMBER.match(text_of(groups[index].group))
        if number:
            known[index] = number.group(1).count(".") + 1
    title = _title(found, groups)
    first = 0 if known or title is None else 1
    if title is not None:
        known[title] = 1
    main = {i: style for i, style in found.items() if i != title and not groups[i].aside}
    styles = _style_levels(main, known, first)
    levels = {
        index: known.get(index) or styles.get(style, _DEEPEST) for index, style in found.items()
    }
    deepest = min(_DEEPEST, max(levels.values(), default=0) + 1)
    run_ins = (index for index, placed in enumerate(groups) if placed.group.run_in)
    return levels | dict.fromkeys(run_ins, deepest)


def _title(found: dict[int, Style], groups: Sequence[Placed]) -> int | None:
    """The first heading, when it is the largest of the first page and no other is like it: the
    title of the document."""
    title = min(found, default=None)
    if title is None or groups[title].group.lines[0].page != groups[0].group.lines[0].page:
        return None
    page = groups[title].group.lines[0].page
    near = [s[0] for i, s in found.items() if i != title and groups[i].group.lines[0].page == page]
    alike = any(style == found[title] for i, style in found.items() if i != title)
    return title if not alike and found[title][0] >= max(near, default=0.0) else None


def _in_outline(groups: Sequence[Placed], outline: Sequence[Bookmark]) -> dict[int, int]:
    """The level of each group whose words are those of a bookmark to its page."""
    titles = {(entry.page, _key(entry.title)): entry.level for entry in outline}
    found: dict[int, int] = {}
    taken: set[tuple[int, str]] = set()
    for index, placed in enumerate(groups):
        text = text_of(placed.group)
        if len(text) > _MAX_LENGTH or (placed.group.mark and placed.group.mark.text == "-"):
            continue
        page, key = placed.group.lines[0].page, _key(text)
        for near in (page, page - 1):
            if key and (near, key) in titles and (near, key) not in taken:
                taken.add((near, key))
                found[index] = min(_DEEPEST, titles[near, key])
                break
    return found


def _key(title: str) -> str:
    """The letters of a title: bookmarks leave out numbers, and spaces at random."""
    return "".join(_LETTERS.findall(title.casefold()))


def _is_heading(placed: Placed, body: Body) -> bool:
    group = placed.group
    text = text_of(group)
    if (
        group.run_in
        or len(text) > _MAX_LENGTH
        or len(group.lines) > _MAX_LINES
        or not _WORD.search(text)
    ):
        return False
    if group.mark is not None and not _is_numbered_heading(placed, body):
        return False
    numbered = _NUMBER.match(text) is not None
    if (_ENDS_NOT.search(text) and not numbered) or _OPENS_QUOTE.match(text) or is_caption(text):
        return False
    if _DATE.fullmatch(text):
        return False
    return _is_large(group, text, body) or _stands_out(placed, text, body)


def _is_numbered_heading(placed: Placed, body: Body) -> bool:
    """Whether what looks like a numbered item is set as a heading, alone among text."""
    group = placed.group
    if group.mark is None or group.mark.text == "-":
        return False
    apart = group.lines[0].size >= body.larger or (group.lines[0].bold and not body.bold)
    near = [g for g in (placed.before, placed.after) if g is not None and g.mark is not None]
    return apart and not any(_same_type(g, group) for g in near)


def _same_type(first: Group, second: Group) -> bool:
    a, b = first.lines[0], second.lines[0]
    return abs(a.size - b.size) < 0.05 * a.size and a.bold == b.bold


def _is_large(group: Group, text: str, body: Body) -> bool:
    if min(line.size for line in group.lines) < body.larger:
        return False
    small_start = text[:1].islower() and group.lines[0].size < 1.3 * body.size
    return not small_start


def _stands_out(placed: Placed, text: str, body: Body) -> bool:
    """Whether type of the size of the text marks a heading by its weight, its form or its
    number, with room above it and text below."""
    group, after = placed.group, placed.after
    first = group.lines[0]
    leads_on = text.endswith(":") and not _PARTED_NUMBER.match(text)
    if placed.is_last or leads_on or text[:1].islower() or first.size < 0.85 * body.size:
        return False
    apart = group.gap == 0 or group.gap >= _GAP or _is_larger(placed.before, first.size)
    if not apart or len(group.lines) > 3:
        return False
    plain_after = after is None or not _same_type(after, group) or after.mark is not None
    if first.bold and not body.bold:
        return len(text) <= _MAX_BOLD and plain_after
    if text.isupper():
        enough = len(_LETTERS.findall(text)) >= 4
        alone = after is None or not text_of(after).isupper()
        return enough and len(text) <= _MAX_CAPS and alone
    if group.gap != 0 and group.gap < _WIDE_GAP and placed.before is not None:
        return False
    if _PARTED_NUMBER.match(text):
        return len(text) <= _MAX_BOLD and len(group.lines) <= 2
    slanted = all(line.italic for line in group.lines) and not body.italic
    tight = after is not None and not after.lines[0].italic and after.gap <= group.gap
    return slanted and tight and len(text) <= _MAX_SLANTED and len(group.lines) == 1


def _is_larger(group: Group | None, size: float) -> bool:
    return group is not None and group.lines[-1].size > 1.05 * size


def _style(group: Group, body: Body) -> Style:
    first = group.lines[0]
    text = text_of(group)
    step = 0.1 if body.noisy else 0.03
    size = max(line.size for line in group.lines)
    rounded = round(size / (step * body.size)) * step * body.size
    return round(rounded, 2), first.bold, text.isupper() and not body.noisy, first.italic


def _rare_slants(found: dict[int, Style], groups: Sequence[Placed]) -> set[int]:
    """Slanted lines that are told by nothing else and have too few others like them."""
    slanted = [
        index
        for index, (_, bold, caps, italic) in found.items()
        if italic and not bold and not caps and not _NUMBER.match(text_of(groups[index].group))
    ]
    return set(slanted) if len(slanted) < 2 else set()


def _style_levels(found: dict[int, Style], known: dict[int, int], before: int) -> dict[Style, int]:
    """The level of each style: that of most of its headings whose level is known, else one
    deeper than the style before it, or than ``before``."""
    votes: dict[Style, Counter[int]] = defaultdict(Counter)
    for index, style in found.items():
        if index in known:
            votes[style][known[index]] += 1
    levels: dict[Style, int] = {}
    for style in sorted(set(found.values()), key=lambda s: (-s[0], not s[1], not s[2], s[3])):
        deeper = min(_DEEPEST, before + 1)
        before = votes[style].most_common(1)[0][0] if votes[style] else deeper
        levels[style] = before
    return levels
