"""Tags with more attributes than any page has: libxml2 compares each attribute with all others,
so that one tag of half a megabyte would keep it busy for minutes."""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 500
_SHORT = 2 * MOST_ATTRIBUTES
"""A tag of fewer characters cannot have more: each takes two."""

_VALUE = r"""=\s*+(?:"[^"]*"|'[^']*')"""
# As the HTML Standard reads a tag: a quote means something only after the "=", and a "<" nothing.
_OPENING = re.compile(rf"<([a-zA-Z]+)(?>{_VALUE}|[^>])*+>?")
_QUOTED = re.compile(_VALUE)
_GAP = re.compile(r"[\s/]+")
_RAW = frozenset(("script", "style"))
_RAW_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)


def without_overloaded(text: str) -> str:
    """``text`` in which tags with over ``MOST_ATTRIBUTES`` attributes have none at all. Takes a
    time that grows with the length of the text and no faster."""
    parts: list[str] = []
    kept = at = 0
    while found := _OPENING.search(text, at):
        at = found.end()
        if at - found.start() > _SHORT and _attributes(found.group()) > MOST_ATTRIBUTES:
            parts += [text[kept : found.start()], f"<{found[1]}>"]
            kept = at
        if found[1].lower() in _RAW:  # what stands in it is no markup
            end = _RAW_END.search(text, at)
            at = end.start() if end is not None else len(text)
    return "".join((*parts, text[kept:]))


def _attributes(tag: str) -> int:
    bare = _QUOTED.sub("= ", tag)
    names = [piece for piece in _GAP.split(bare)[1:] if piece and not piece.startswith("=")]
    return max(bare.count("="), len(names))
