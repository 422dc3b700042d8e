"""The styles of a Word file: which are headings, quotations, captions, and what they pass on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.office.ooxml import W, is_on, number_in
from ingest.office.roles import Role, role_of

_LIST_LEVEL = re.compile(r"(?:list|lijst)\D* ([2-5])$")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks; None is what the style below it decides."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This look where it decides, that of ``below`` where it does not."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.size if self.size is None else self.size,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class Indent:
    """Where the text of a paragraph and its first line or mark begin, in twips (1/1440 inch)."""

    text: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph gets from its style and the styles that this one builds on."""

    id: str = ""
    role: Role = "body"
    level: int = 0
    """Of a heading."""
    list_level: int = 0
    """Of "List Bullet 2" and the like, 2; else 0."""
    num_id: str | None = None
    num_level: int | None = None
    indent: Indent | None = None
    look: Look = Look()


class Styles:
    """All styles by their id, from ``word/styles.xml``."""

    def __init__(self, root: Element | None) -> None:
        styles = root.findall(f"{W}style") if root is not None else []
        self._by_id = {style.get(f"{W}styleId", ""): style for style in styles}
        self._default = next(
            (
                style.get(f"{W}styleId", "")
                for style in styles
                if style.get(f"{W}type") == "paragraph"
                and is_on(style, f"{W}default")
                and style.get(f"{W}default")
            ),
            "",
        )
        base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._base_look = look_of(base).over(Look(bold=False, size=10.0, hidden=False))
        self._paragraphs: dict[str, ParagraphStyle] = {}

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """The style of a paragraph; without an id that exists, the default one."""
        key = style_id if style_id in self._by_id else self._default
        if key not in self._paragraphs:
            self._paragraphs[key] = self._resolve(key)
        return self._paragraphs[key]

    def look(self, style_id: str | None) -> Look:
        """What a character style decides."""
        look = Look()
        for style in self._chain(style_id):
            look = look.over(look_of(style.find(f"{W}rPr")))
        return look

    def has_header_row(self, style_id: str | None) -> bool:
        """Whether a table style gives the first row a look of its own."""
        return any(
            part.get(f"{W}type") == "firstRow"
            for style in self._chain(style_id)
            for part in style.findall(f"{W}tblStylePr")
        )

    def _resolve(self, style_id: str) -> ParagraphStyle:
        chain = self._chain(style_id)
        look, indent = Look(), None
        num_id, num_level = None, None
        for style in chain:
            look = look.over(look_of(style.find(f"{W}rPr")))
            indent = indent or indent_of(style.find(f"{W}pPr"))
            number = style.find(f"{W}pPr/{W}numPr")
            if number is not None:
                num_id = num_id or value_of(number, "numId")
                own_level = number_in(number.find(f"{W}ilvl"))
                num_level = own_level if num_level is None else num_level
        role, level = _role(chain)
        listed = _LIST_LEVEL.match(_name(chain[0])) if chain else None
        return ParagraphStyle(
            id=style_id,
            role=role,
            level=level,
            list_level=int(listed.group(1)) if listed else 0,
            num_id=num_id,
            num_level=num_level,
            indent=indent,
            look=look.over(self._base_look),
        )

    def _chain(self, style_id: str | None) -> list[Element]:
        """The style and those it is based on, the nearest first."""
        chain: list[Element] = []
        style = self._by_id.get(style_id or "")
        while style is not None and style not in chain:
            chain.append(style)
            style = self._by_id.get(value_of(style, "basedOn") or "")
        return chain


def value_of(parent: Element | None, tag: str) -> str | None:
    """The w:val of a child of ``parent``."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(f"{W}val") if child is not None else None


def look_of(properties: Element | None) -> Look:
    """The look that a w:rPr decides."""
    if properties is None:
        return Look()
    bold, hidden = properties.find(f"{W}b"), properties.find(f"{W}vanish")
    half_points = number_in(properties.find(f"{W}sz"))
    fonts = properties.find(f"{W}rFonts")
    return Look(
        bold=is_on(bold) if bold is not None else None,
        size=half_points / 2 if half_points else None,
        hidden=is_on(hidden) if hidden is not None else None,
        font=fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None,
    )


def indent_of(properties: Element | None) -> Indent | None:
    """The indent that a w:pPr decides, None when it says nothing of it."""
    found = properties.find(f"{W}ind") if properties is not None else None
    if found is None:
        return None
    text = number_in(found, f"{W}left") or number_in(found, f"{W}start") or 0
    hanging = number_in(found, f"{W}hanging") or 0
    return Indent(
        text, text - hanging if hanging else text + (number_in(found, f"{W}firstLine") or 0)
    )


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that a w:pPr names: 1 to 9, 0 for running text, None for nothing."""
    found = number_in(properties.find(f"{W}outlineLvl")) if properties is not None else None
    return None if found is None else found + 1 if 0 <= found < 9 else 0


def _role(chain: list[Element]) -> tuple[Role, int]:
    for style in chain:
        role, level = role_of(_name(style))
        outline = outline_level(style.find(f"{W}pPr"))
        if role in {"body", "heading"} and outline is not None:
            return ("heading", outline) if outline else ("body", 0)
        if role != "body":
            return role, level
    return "body", 0


def _name(style: Element) -> str:
    name = value_of(style, "name") or style.get(f"{W}styleId") or ""
    return " ".join(name.casefold().split())
