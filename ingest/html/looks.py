"""Furniture that is known by what is in it, where a page gives its parts no telling names.

Works on a tree that ``ingest.html.measure`` measured.
"""

from __future__ import annotations

import re

from ingest.html.names import ACCEPT, FEEDBACK, HOME, LONE_LINK, RELATED, SOCIAL, label_of
from ingest.html.tree import HEADINGS, Node, find, is_block, raw_text, walk

_MAX_LABELS = 60
_MAX_BANNER = 2500
_MAX_FEEDBACK = 400
_MAX_CRUMBS = 250
_MAX_CONTACT = 1000
_FEWEST_IN_BAR = 3
_SIGNS_IN_BAR = 4
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|mailto:|tel:|\b14 ?0\d{2,3}\b|(?:\+31|\b0)[\d\s()-]{8,13}\d"
)
_CONTACT_NAME = re.compile(r"contact|vragen|projectleider|coördinator|adviseur|bel ons", re.I)


def end_of_related(children: list[Node | str], index: int) -> int:
    """Index behind the links to other pages that ``children[index]`` stands above, or 0."""
    label = children[index]
    if not isinstance(label, Node) or label.prose or not is_block(label):
        return 0
    if not RELATED.fullmatch(label_of(label)) or label.linked > label.text:
        return 0
    end, text, linked, links = index + 1, 0, 0, 0
    while end < len(children):
        child = children[end]
        if isinstance(child, str):
            text += len(child.strip())
        elif child.tag in HEADINGS or (links and child.prose):
            break
        elif is_block(child):
            text, linked, links = text + child.text, linked + child.linked, links + child.links
        elif child.tag == "a":
            linked, links = linked + len(raw_text(child)), links + 1
        end += 1
    return end if links and linked >= text / 2 else 0


def looks_like_furniture(node: Node, inside: bool) -> bool:
    """Whether a block without a telling name is known by what is in it."""
    length = node.text + node.linked
    if length <= _MAX_BANNER and _asks_consent(node, inside):
        return True
    if not node.links:
        return False
    if not node.text and LONE_LINK.fullmatch(raw_text(node)):
        return True
    if length <= _MAX_CRUMBS and not node.prose and (_is_trail(node) or _is_bar(node)):
        return True
    if length <= _MAX_FEEDBACK and FEEDBACK.search(raw_text(node)) and node.tag not in HEADINGS:
        return True
    if node.links >= 2 and node.linked > node.text / 2 and node.text <= _MAX_LABELS * 2:
        targets = [link.get("href") for link in find(node, ["a"]) if link.get("href")]
        if all(SOCIAL.search(target) for target in targets):
            return True
        in_page = all(target.startswith("#") and len(target) > 1 for target in targets)
        return in_page and node.links >= 3 and node.text <= node.linked / 4
    return False


def _asks_consent(node: Node, inside: bool) -> bool:
    if node.tag in {"p", "li", "td", *HEADINGS} or "cookie" not in raw_text(node).lower():
        return False
    buttons = [found for found in walk(node) if found.tag in {"button", "input", "a"}]
    asking = [b for b in buttons if ACCEPT.search(f"{raw_text(b)} {b.get('value')}")]
    pressed = [b for b in asking if b.tag != "a" or b.get("role") == "button"]
    return bool(pressed) or (len(asking) >= 2 and not inside)


def _is_trail(node: Node) -> bool:
    """Whether a block is the trail of pages that leads to this one: Home, Onderwijs, Routes."""
    first = next((link for link in find(node, ["a"]) if raw_text(link)), None)
    if first is None or node.links < 2 or node.tag in HEADINGS:
        return False
    text = raw_text(node)
    start = re.sub(r"^(?:U|Je) bent hier:?\s*", "", text, flags=re.IGNORECASE)
    return HOME.fullmatch(raw_text(first)) is not None and start.startswith(raw_text(first))


def _is_bar(node: Node) -> bool:
    """Whether a block is links with nothing but signs between them: [Doel] [Adres] [Links]."""
    if node.links < _FEWEST_IN_BAR or not 0 < node.text <= _SIGNS_IN_BAR * node.links:
        return False
    loose = "".join(
        child
        for found in walk(node)
        if found.tag != "a"
        for child in found.children
        if isinstance(child, str)
    )
    return not any(map(str.isalnum, loose)) and bool(loose.strip())


def is_contact(node: Node) -> bool:
    """Whether ``node`` is short and says whom to ask, and how."""
    text = raw_text(node)
    targets = " ".join(link.get("href") for link in find(node, ["a"]))
    found = _CONTACT.search(text) or _CONTACT.search(targets)
    return bool(found) and len(text) < _MAX_CONTACT and _CONTACT_NAME.search(text) is not None
