"""The styles of an OpenDocument text: roles, looks, and the marks of lists and headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.office.numbers import letters, roman
from ingest.office.roles import Role, role_of

_BASE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT = _BASE % "text"
TABLE = _BASE % "table"
DRAW = _BASE % "drawing"
OFFICE = _BASE % "office"
STYLE = _BASE % "style"
FO = _BASE % "xsl-fo-compatible"
_CODED = re.compile(r"_([0-9a-f]{2})_")
_NO_FILL = {None, "", "transparent", "#ffffff"}
_DEFAULT_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: size in points."""

    size: float = _DEFAULT_SIZE
    bold: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListLevel:
    """What stands before the items of one level of a list, or before headings."""

    is_bullet: bool = False
    form: str = ""
    """``1``, ``a``, ``A``, ``i`` or ``I``; empty for no number."""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shows: int = 1
    """How many levels the number shows: 2 for "2.1"."""

    def mark(self, counts: Sequence[int], forms: Sequence[str]) -> str:
        """The mark, such as "2.1." or "b)"; ``counts`` and ``forms`` of the levels down to it."""
        shown = [
            _spell(number, form)
            for number, form in zip(counts[-self.shows :], forms[-self.shows :], strict=True)
            if form
        ]
        return f"{self.prefix}{'.'.join(shown)}{self.suffix}".strip() if shown else ""


class Styles:
    """The styles of ``styles.xml`` and those that ``content.xml`` makes up as it goes."""

    def __init__(self, roots: Sequence[Element | None]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self._defaults: dict[str, Element] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            if root is not None:
                self._gather(root)
        self._chains: dict[tuple[str, str], list[Element]] = {}
        self._list_levels: dict[str, dict[int, ListLevel]] = {}

    def _gather(self, root: Element) -> None:
        for style in root.iter(f"{STYLE}style"):
            family = style.get(f"{STYLE}family", "")
            self._styles[family, style.get(f"{STYLE}name", "")] = style
        for default in root.iter(f"{STYLE}default-style"):
            self._defaults[default.get(f"{STYLE}family", "")] = default
        for style in root.iter(f"{TEXT}list-style"):
            self._lists[style.get(f"{STYLE}name", "")] = style
        for style in root.iter(f"{TEXT}outline-style"):
            self.outline = _levels(style)

    def role(self, name: str | None) -> tuple[Role, int]:
        """What a paragraph of this style is, and of a heading its level."""
        for style in self._chain("paragraph", name):
            shown = style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or ""
            role, level = role_of(_decoded(shown))
            if role != "body":
                return role, level
            outline = style.get(f"{STYLE}default-outline-level", "")
            if outline.isdecimal():
                return "heading", int(outline)
        return "body", 0

    def look(self, family: str, name: str | None, below: Look | None = None) -> Look:
        """The look of a paragraph or text style, over the look ``below`` it."""
        default = self._defaults.get(family)
        start = [default] if below is None and default is not None else []
        look = below or Look()
        for style in [*start, *reversed(self._chain(family, name))]:
            look = _over(look, style.find(f"{STYLE}text-properties"))
        return look

    def list_style(self, paragraph_style: str | None) -> str | None:
        """The list style that a paragraph style brings; "" when it says that there is none."""
        for style in self._chain("paragraph", paragraph_style):
            name = style.get(f"{STYLE}list-style-name")
            if name is not None:
                return name
        return None

    def list_levels(self, name: str) -> Mapping[int, ListLevel]:
        """The levels (from 1) of a list style."""
        if name not in self._list_levels:
            style = self._lists.get(name)
            self._list_levels[name] = _levels(style) if style is not None else {}
        return self._list_levels[name]

    def is_shaded(self, cell_style: str | None) -> bool:
        """Whether the cells of a style have a ground of their own."""
        fills = (
            style.find(f"{STYLE}table-cell-properties")
            for style in self._chain("table-cell", cell_style)
        )
        return any(
            fill is not None and fill.get(f"{FO}background-color") not in _NO_FILL for fill in fills
        )

    def _chain(self, family: str, name: str | None) -> list[Element]:
        key = (family, name or "")
        if key not in self._chains:
            chain: list[Element] = []
            style = self._styles.get(key)
            while style is not None and style not in chain:
                chain.append(style)
                parent = style.get(f"{STYLE}parent-style-name", "")
                style = self._styles.get((family, parent))
            self._chains[key] = chain
        return self._chains[key]


def whole(text: str | None, default: int, most: int = 1000) -> int:
    """The whole number that an attribute holds, from 1 to ``most``, else ``default``."""
    if text is None or not text.isdecimal() or len(text) > 6:
        return default
    return min(max(int(text), 1), most)


def _levels(style: Element) -> dict[int, ListLevel]:
    found = {}
    for level in style:
        place = whole(level.get(f"{TEXT}level"), 1, most=10)
        start = level.get(f"{TEXT}start-value", "")
        found[place] = ListLevel(
            is_bullet=level.tag
            in {TEXT + f"list-level-style-{kind}" for kind in ("bullet", "image")},
            form=level.get(f"{STYLE}num-format", ""),
            prefix=level.get(f"{STYLE}num-prefix", ""),
            suffix=level.get(f"{STYLE}num-suffix", ""),
            start=int(start) if start.isdecimal() and len(start) < 7 else 1,
            shows=whole(level.get(f"{TEXT}display-levels"), 1, most=10),
        )
    return found


def _spell(number: int, form: str) -> str:
    if form in {"a", "A"}:
        spelled = letters(number)
    elif form in {"i", "I"}:
        spelled = roman(number)
    else:
        spelled = str(number)
    return spelled.upper() if form.isupper() else spelled


def _over(look: Look, properties: Element | None) -> Look:
    if properties is None:
        return look
    weight = properties.get(f"{FO}font-weight")
    display = properties.get(f"{TEXT}display")
    return Look(
        _size(properties.get(f"{FO}font-size", ""), look.size),
        look.bold if weight is None else weight in {"bold", "600", "700", "800", "900"},
        look.hidden if display is None else display == "none",
    )


def _size(text: str, below: float) -> float:
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)(pt|%)", text)
    if found is None:
        return below
    number = float(found.group(1))
    return number if found.group(2) == "pt" else below * number / 100


def _decoded(name: str) -> str:
    """A style name as people see it: "Heading_20_1" is "heading 1"."""
    plain = _CODED.sub(lambda code: chr(int(code.group(1), 16)), name)
    return " ".join(plain.casefold().split())
