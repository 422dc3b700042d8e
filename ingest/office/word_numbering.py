"""The numbers and bullets that Word puts before paragraphs: "2.1", "b)", "Stap 3:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.office.numbers import letters, roman
from ingest.office.ooxml import W, is_on, number_in
from ingest.office.word_styles import Indent, indent_of, value_of

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Mark:
    """What Word shows before a paragraph. A bullet has no ``text`` and number 0."""

    text: str
    number: int
    indent: Indent | None
    label: bool = False
    """Whether it holds words of its own, such as "Stap 3:"."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    style: str | None = None
    indent: Indent | None = None
    decimal_only: bool = False


class Numbering:
    """The numbering of one document; it counts, so paragraphs are asked in reading order.

    Source of the rules: ECMA-376 Part 1, 17.9 (numbering).
    """

    def __init__(self, root: Element | None, style_root: Element | None) -> None:
        abstracts = root.findall(f"{W}abstractNum") if root is not None else []
        self._abstract = {a.get(f"{W}abstractNumId", ""): a for a in abstracts}
        self._nums = {
            n.get(f"{W}numId", ""): n for n in (root.findall(f"{W}num") if root is not None else [])
        }
        self._list_styles = _list_styles(style_root)
        self._levels: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def level_of(self, num_id: str, style_id: str) -> int:
        """The level (from 0) that a numbering keeps for a paragraph style."""
        levels = self._definition(num_id)[1]
        return next((place for place, level in levels.items() if level.style == style_id), 0)

    def next(self, num_id: str, place: int) -> Mark | None:
        """The mark of the next paragraph at level ``place`` (from 0), None when it has none."""
        key, levels = self._definition(num_id)
        level = levels.get(place)
        if level is None:
            return None
        number = self._count(key, num_id, place, level)
        if level.form == "bullet":
            return Mark("", 0, level.indent)
        if level.form == "none" or not level.pattern:
            return None
        counts = self._counts[key]

        def shown(found: re.Match[str]) -> str:
            other = int(found.group(1)) - 1
            its = levels.get(other, _Level())
            form = "decimal" if level.decimal_only else its.form
            return _spell(counts.get(other, its.start), form)

        words = re.search(r"[^\W\d_]{2,}", _PLACE.sub("", level.pattern)) is not None
        return Mark(_PLACE.sub(shown, level.pattern).strip(), number, level.indent, words)

    def _count(self, key: str, num_id: str, place: int, level: _Level) -> int:
        counts = self._counts.setdefault(key, {})
        override = self._override(num_id, place)
        start = number_in(override.find(f"{W}startOverride")) if override is not None else None
        if start is not None and (num_id, place) not in self._restarted:
            self._restarted.add((num_id, place))
            counts[place] = start
        else:
            counts[place] = counts[place] + 1 if place in counts else level.start
        for deeper in [other for other in counts if other > place]:
            del counts[deeper]
        return counts[place]

    def _definition(self, num_id: str) -> tuple[str, dict[int, _Level]]:
        """Under which key a numbering counts, and its levels."""
        if num_id not in self._levels:
            key = self._abstract_id(num_id)
            abstract = self._abstract.get(key)
            found = abstract.findall(f"{W}lvl") if abstract is not None else []
            levels = {number_in(lvl, f"{W}ilvl") or 0: _level(lvl) for lvl in found}
            for place in range(9):
                override = self._override(num_id, place)
                own = override.find(f"{W}lvl") if override is not None else None
                if own is not None:
                    levels[place] = _level(own)
            self._levels[num_id] = (key, levels)
        return self._levels[num_id]

    def _abstract_id(self, num_id: str) -> str:
        """Also through a list style, which points to the numbering that defines it."""
        key = value_of(self._nums.get(num_id), "abstractNumId") or ""
        link = value_of(self._abstract.get(key), "numStyleLink")
        linked = self._nums.get(self._list_styles.get(link or "", ""))
        return value_of(linked, "abstractNumId") or key

    def _override(self, num_id: str, place: int) -> Element | None:
        num = self._nums.get(num_id)
        overrides = num.findall(f"{W}lvlOverride") if num is not None else []
        return next((o for o in overrides if number_in(o, f"{W}ilvl") == place), None)


def _list_styles(root: Element | None) -> dict[str, str]:
    found = {}
    for style in root.findall(f"{W}style") if root is not None else []:
        num_id = value_of(style.find(f"{W}pPr/{W}numPr"), "numId")
        if style.get(f"{W}type") == "numbering" and num_id:
            found[style.get(f"{W}styleId", "")] = num_id
    return found


def _level(lvl: Element) -> _Level:
    start = number_in(lvl.find(f"{W}start"))
    return _Level(
        form=value_of(lvl, "numFmt") or "decimal",
        pattern=value_of(lvl, "lvlText") or "",
        start=1 if start is None else start,
        style=value_of(lvl, "pStyle"),
        indent=indent_of(lvl.find(f"{W}pPr")),
        decimal_only=is_on(lvl.find(f"{W}isLgl")),
    )


def _spell(number: int, form: str) -> str:
    """``number`` as Word shows it: 3, c, C, iii or III."""
    spelled = str(number)
    if form.endswith("Letter"):
        spelled = letters(number)
    elif form.endswith("Roman"):
        spelled = roman(number)
    elif form == "decimalZero":
        spelled = f"{number:02}"
    return spelled.upper() if form.startswith("upper") else spelled
