"""Counting the items of the lists of an OpenDocument text, and its headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from ingest.office.odt_styles import TEXT, ListLevel, Styles

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MAX_LEVEL = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: in which list, how deep (from 1), and whether it opens an item."""

    style: str
    level: int
    counts: dict[int, int]
    """Shared by all places of the list: the last number of each level."""
    is_numbered: bool
    is_first: bool = True

    def after_first(self) -> Place:
        """The place of what follows in the same item."""
        return replace(self, is_first=False)


class ListCounts:
    """Numbers in reading order. A list may go on where an earlier one stopped."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_list: dict[str, dict[int, int]] = {}
        self._by_style: dict[str, dict[int, int]] = {}
        self._headings: dict[int, int] = {}

    def open(self, element: Element, outer: Place | None) -> Place:
        """The place of the items of a text:list that stands at ``outer``."""
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else "")
        style = style or self._paragraph_list_style(element)
        level = min(outer.level + 1, _MAX_LEVEL) if outer else 1
        if outer is not None:
            counts = outer.counts
        else:
            counts = self._continued(element, style)
            self._by_style[style] = counts
            self._by_list[element.get(_XML_ID, "")] = counts
        form = self._styles.list_levels(style).get(level)
        return Place(style, level, counts, form is not None and not form.is_bullet)

    def restart(self, place: Place, number: int) -> None:
        """Let the next item be ``number``."""
        place.counts[place.level] = number - 1

    def next(self, place: Place) -> tuple[str, int]:
        """The mark and the number of the next item: ("", 0) for a bullet."""
        mark = _count(place.counts, place.level, self._styles.list_levels(place.style))
        return mark, place.counts[place.level] if mark else 0

    def next_heading(self, level: int) -> str:
        """The number of the next heading of ``level``, "" when headings have none."""
        return _count(self._headings, level, self._styles.outline)

    def _continued(self, element: Element, style: str) -> dict[int, int]:
        earlier = self._by_list.get(element.get(f"{TEXT}continue-list", "-"))
        if earlier is None and element.get(f"{TEXT}continue-numbering") == "true":
            earlier = self._by_style.get(style)
        return earlier if earlier is not None else {}

    def _paragraph_list_style(self, element: Element) -> str:
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        name = first.get(f"{TEXT}style-name") if first is not None else None
        return self._styles.list_style(name) or ""


def _count(counts: dict[int, int], level: int, levels: Mapping[int, ListLevel]) -> str:
    """The mark of the next paragraph at ``level``; deeper levels begin anew."""
    own = levels.get(level, ListLevel())
    counts[level] = counts[level] + 1 if level in counts else own.start
    for deeper in [place for place in counts if place > level]:
        del counts[deeper]
    upto = range(1, level + 1)
    forms = [levels.get(place, ListLevel()).form for place in upto]
    numbers = [counts.get(place, levels.get(place, ListLevel()).start) for place in upto]
    return own.mark(numbers, forms) if own.form and not own.is_bullet else ""
