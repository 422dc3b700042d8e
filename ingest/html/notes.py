"""Footnotes of a page: where they stand, and the text of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.blocks import Block
from ingest.html.inline import is_note_reference, text_of
from ingest.html.tree import HEADINGS, Node, find, is_block, raw_text, walk

_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote", "note"})
_PLACES = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|voet-?noten|eind-?noten|noten|references|reflist)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_IDS = re.compile(
    r"(?:_?ftn\.?|fn|ftnt|foot-?note|end-?note|edn|sdfootnote|sdendnote|cite_?note|note|noot|"
    r"voetnoot|eindnoot|user-content-fn)[-_:.]?[\w.]*\d",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:\[\s*(?:\d{1,3}|[a-z*])\s*\]|\d{1,3}[.)]|[↑^])\s*(?=\S)")
_BACK = re.compile(r"ref|anc$", re.IGNORECASE)


def is_notes(node: Node) -> bool:
    """Whether ``node`` is a footnote or a list of them."""
    if node.get("role") in _ROLES - {"note"} or node.get("epub:type") in {"footnote", "footnotes"}:
        return True
    if node.tag in {"ol", "ul", "dl"}:
        items = [item for item in node.nodes if item.tag in {"li", "dt"}]
        named = [item for item in items if _IDS.fullmatch(item.get("id"))]
        if named and len(named) >= len(items) / 2:
            return True
    if node.tag in {"div", "section", "aside", "ol", "ul", "p"} and _PLACES.search(
        node.get("class")
    ):
        return any(_IDS.search(found.get("id")) or _points_back(found) for found in walk(node))
    return node.tag in {"p", "div"} and _opens_with_mark(node)


def notes_of(node: Node) -> Iterator[Block]:
    """A block for each footnote in ``node``, without its mark."""
    for note in _single_notes(node):
        text = _MARK.sub("", text_of(note), count=1) if note.children else ""
        if text:
            yield Block("note", text, reference=True)


def _single_notes(node: Node) -> Iterator[Node]:
    if next(find(node, ["li", "dd"]), None) is not None:
        yield from (found for found in find(node, ["li", "dd"]))
        return
    inner = [child for child in node.nodes if is_block(child) and raw_text(child)]
    named = [child for child in inner if is_notes(child) or _IDS.fullmatch(child.get("id"))]
    if len(inner) <= 1 or not named:
        yield node
        return
    for child in inner:
        if child.tag not in HEADINGS:
            yield from _single_notes(child) if child in named else [child]


def _points_back(node: Node) -> bool:
    return node.tag == "a" and is_note_reference(node)


def _opens_with_mark(node: Node) -> bool:
    """Whether a paragraph opens with a link back to where its footnote is called."""
    first = next((c for c in node.children if not isinstance(c, str) or c.strip()), None)
    if isinstance(first, str) or first is None:
        return False
    if first.tag in {"p", "div"} and len(node.nodes) == 1:
        return _opens_with_mark(first)
    link = next(find(first, ["a"]), None)
    if link is None or raw_text(link) != raw_text(first) or not is_note_reference(link):
        return False
    return _BACK.search(link.get("href").rpartition("#")[2]) is not None
