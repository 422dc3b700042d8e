"""Characters of symbol fonts and formulas, as plain text."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from ingest.office.ooxml import M

PRIVATE = re.compile("[\uf000-\uf0ff]")
"""A character of a symbol font, where its number in the font takes the place of its meaning."""
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: "□",
    0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA7: "▪",
    0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xBC: "…", 0xD7: "·", 0xDE: "⇒", 0xDB: "⇔", 0xE5: "∑", 0xD6: "√", 0xA0: "€",
    **{0x41 + place: char for place, char in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0x61 + place: char for place, char in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
}  # fmt: skip
_UNKNOWN = {**_WINGDINGS, 0xB7: "•"}
"""For a code in a font that is no symbol font: a symbol that kept its code and lost its font."""
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": {}, "wingdings 3": {}}


def symbol(code: int, font: str) -> str | None:
    """The character that a symbol font shows for ``code`` (0x20 to 0xFF, or the same from 0xF000
    on); None when it is not known."""
    is_private = 0xF000 <= code <= 0xF0FF
    table = _FONTS.get(font.casefold(), _UNKNOWN if is_private else None)
    if table is not None:
        return table.get(code - 0xF000 if is_private else code)
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x110000 else None


def formula(element: Element) -> str:
    """An Office Math element on one line: a/b for a fraction, x^2 and x_1 for raised and lowered
    parts, √(x) for a root; other parts follow each other."""
    tag = element.tag
    if tag == f"{M}t":
        return element.text or ""
    if tag == f"{M}f":
        return f"{_group(element, 'num')}/{_group(element, 'den')}"
    if tag == f"{M}sSup":
        return f"{_part(element, 'e')}^{_group(element, 'sup')}"
    if tag == f"{M}sSub":
        return f"{_part(element, 'e')}_{_group(element, 'sub')}"
    if tag == f"{M}rad":
        return f"√({_part(element, 'e')})"
    if tag == f"{M}d":
        return f"({', '.join(formula(e) for e in element.findall(f'{M}e'))})"
    return "".join(formula(child) for child in element)


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return formula(found) if found is not None else ""


def _group(element: Element, name: str) -> str:
    text = _part(element, name).strip()
    return text if text.isalnum() else f"({text})"
