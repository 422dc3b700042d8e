"""Pages that Word saved: lists, titles, contents and notes are paragraphs with a telling class."""

from __future__ import annotations

import re

from ingest.blocks import Block
from ingest.html.inline import inline_text, plain, text_of
from ingest.html.tree import Node, find, style_of

_KIND = re.compile(r"\bMso([A-Za-z]+)")
_DROPPED = re.compile(r"Header|Footer|Comment|Annotation|Balloon")
_LEVEL = re.compile(r"mso-list:\w*level(\d)")
_OUTLINE = re.compile(r"mso-outline-level:(\d)")
_INDENT = re.compile(r"margin-left:([\d.]+)(pt|cm|in|px|mm)")
_POINTS = {"pt": 1.0, "cm": 28.35, "in": 72.0, "px": 0.75, "mm": 2.835}
_INDENT_OF_LEVEL = 36.0
_BULLETS = "·•o§ØüvÜ–—*-■□▪►➢✓\uf0a7\uf0b7\uf0d8\uf0fc\uf076"
_MARK = re.compile(
    rf"([{_BULLETS}]|\(?(?:\d{{1,2}}|[a-zA-Z]|[ivx]{{1,5}})[.)])[\s\xa0]{{2,}}(?=\S)"
)
_MAX_DEPTH = 6


def word_block(node: Node) -> Block | None:
    """The block that a paragraph of Word is by its class or list style; None for a plain one.
    Page headers and remarks of reviewers are a block without text."""
    kind_found = _KIND.search(node.get("class"))
    kind = kind_found.group(1) if kind_found else ""
    style = style_of(node)
    if kind and _DROPPED.match(kind):
        return Block("paragraph", "")
    if kind in {"FootnoteText", "EndnoteText"}:
        return Block("note", text_of(node), reference=True)
    if kind == "Caption":
        return Block("caption", text_of(node), reference=True)
    outline = _OUTLINE.search(style)
    if kind == "Title" or outline:
        return Block("heading", text_of(node), int(outline.group(1)) if outline else 1)
    if kind in {"Quote", "IntenseQuote"}:
        return Block("quote", text_of(node))
    if kind.startswith("List") or _LEVEL.search(style):
        return _item(node, kind, style)
    return None


def _item(node: Node, kind: str, style: str) -> Block:
    """An item with the mark that Word wrote as text; a further paragraph of an item without."""
    spans = find(node, ["span"])
    shown = next((span for span in spans if "mso-list:ignore" in style_of(span)), None)
    depth = _depth(node, kind, style)
    if shown is not None:
        mark = plain(inline_text(shown.children))
        text = plain(inline_text(_without(node, shown).children))
        return Block("item", text, level=depth, mark=_tidy(mark))
    raw = inline_text(node.children)
    bare = re.sub("[\ufdd0\ufdd1]", "", raw).lstrip()
    found = _MARK.match(bare)
    if found:
        return Block("item", plain(bare[found.end() :]), level=depth, mark=_tidy(found.group(1)))
    if kind.startswith(("ListBullet", "ListNumber")) or _LEVEL.search(style):
        return Block("item", plain(raw), level=depth, mark="-")
    return Block("paragraph", plain(raw), level=depth)


def _depth(node: Node, kind: str, style: str) -> int:
    level = _LEVEL.search(style)
    if level:
        return min(_MAX_DEPTH, int(level.group(1)) or 1)
    if kind[-1:].isdigit():
        return min(_MAX_DEPTH, int(kind[-1]))
    indent = _INDENT.search(style)
    if indent is None:
        return 1
    points = float(indent.group(1)) * _POINTS[indent.group(2)]
    return min(_MAX_DEPTH, max(1, round(points / _INDENT_OF_LEVEL)))


def _tidy(mark: str) -> str:
    return "-" if len(mark) == 1 or not mark.strip("()").rstrip(".)").isalnum() else mark


def _without(node: Node, dropped: Node) -> Node:
    children = [
        child if isinstance(child, str) else _without(child, dropped)
        for child in node.children
        if child is not dropped
    ]
    return Node(node.tag, node.attrs, children)
