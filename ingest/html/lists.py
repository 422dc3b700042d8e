"""The parts of lists: which number an item has, how deep it stands, which term goes with what."""

from __future__ import annotations

import re

from ingest.html.tree import UNSEEN, Node

_LETTERED = frozenset({"a", "A"})


def terms_and_definitions(node: Node) -> list[Node]:
    """The <dt> and <dd> of a list in their order, whatever stands around them."""
    found: list[Node] = []
    for child in node.nodes:
        if child.tag in {"dt", "dd"}:
            found += _unnested(child)
        elif child.tag not in UNSEEN:
            found += terms_and_definitions(child)
    return found


def _unnested(node: Node) -> list[Node]:
    """``node`` with the <dt> and <dd> in it behind it: the parser nests what is left unclosed."""
    own: list[Node | str] = []
    inner: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag in {"dt", "dd"}:
            inner += _unnested(child)
        else:
            (inner[-1].children if inner else own).append(child)
    return [Node(node.tag, node.attrs, own), *inner]


def number_of(value: str, otherwise: int) -> int:
    """The number in an attribute, ``otherwise`` when there is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def mark_of(number: int, kind: str) -> str:
    """What stands before an item of an ordered list with the type ``kind``: "3." or "c."."""
    if kind in _LETTERED and 1 <= number <= 26:
        return chr(ord(kind) + number - 1) + "."
    return f"{number}."


def drawn_depth(node: Node) -> int:
    """The depth that Google Docs writes in a class, where its lists stand in a row."""
    found = re.search(r"\blst-kix_\w+-(\d)\b", node.get("class"))
    return int(found.group(1)) + 1 if found else 0
