"""What of a page is furniture: menus, cookie bars, related pages, comments, footers, sidebars.

What says that it is furniture, by its tag, role, name or heading, goes, unless what is inside
speaks against it. What is doubtful stays: a menu too many can be passed over, half a text can't.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.html.looks import end_of_related, is_contact, looks_like_furniture
from ingest.html.measure import ends_sentence, measure
from ingest.html.names import (
    PANEL,
    RELATED,
    Part,
    label_of,
    part_of,
)
from ingest.html.tree import (
    CONTROLS,
    HEADINGS,
    UNSEEN,
    Node,
    find,
    is_block,
    raw_text,
    short_text,
    style_of,
)

_PROSE_IN_MENU = 300
_PROSE_IN_FORM = 200
_PROSE_IN_FOOTER = 100
_TEXT_IN_ASIDE = 30
_PROSE_FOR_SCREEN_READERS = 120
_TEXT_HIDDEN = 40
_ENOUGH = 250
"""Weight of what must stay for a large part to go."""
_MOST_BESIDE = 0.34
"""Share of all text above which a sidebar is no sidebar."""
_MAX_LABELS = 60
_FOR_SCREEN_READERS = re.compile(r"sr-only|screen-?reader|visually-?hidden|visuallyhidden", re.I)
_QUOTING = frozenset({"blockquote", "figure"})
_SAYING = frozenset({"footer", "cite", "figcaption"})
CONTACT = "data-contact"
"""Attribute of what stays of a sidebar: whom to ask."""
_SECTIONS = frozenset({"main", "article", "section", "blockquote", "figure", "details", "li", "td"})


@dataclass(frozen=True, slots=True)
class Page:
    """What must be known of a whole page to judge a part of it."""

    weight: float
    kept: frozenset[Node]
    """The main element, the heading of the page, and everything that holds one of them."""
    main: bool
    """Whether it says where its main content is."""
    controlled: frozenset[str]
    """Ids of what a button or tab on the page opens."""
    site: bool
    """Whether it is a page of a site, and no piece of HTML."""


class Pruner:
    """Copies a measured tree without its furniture. ``excused`` is the weight of the comments,
    cookie bars and the like that went: what had to go, however much it was."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.excused = 0.0

    def pruned(self, node: Node, inside: bool = False, section: bool = False) -> Node:
        """``node`` without furniture. ``inside`` says that it is in the main element or an
        article, ``section`` that it is in any section of the text."""
        inside = inside or node.tag in {"main", "article"}
        section = section or node.tag in _SECTIONS
        children = self._without_related(node.children) if self._page.site else node.children
        kept: list[Node | str] = []
        for child in children:
            if isinstance(child, str) or (node.tag in _QUOTING and child.tag in _SAYING):
                kept.append(child)
                continue
            judged = self._judged(child, inside, section)
            if judged is not None:
                kept.append(judged)
        return Node(node.tag, node.attrs, kept)

    def _judged(self, node: Node, inside: bool, section: bool) -> Node | None:
        """What stays of ``node``."""
        if node.tag in UNSEEN:
            return None
        if node in self._page.kept:
            part = part_of(node)[0] if not inside else None
            pruned = self.pruned(node, inside, section)
            return _heading_and_prose(pruned) if part == "header" and not section else pruned
        if not is_block(node):
            return None if self._inline_goes(node) else self.pruned(node, inside, section)
        part, sure = part_of(node)
        if part == "sidebar" or (part == "aside" and self._page.main and not inside):
            return self._contact_in(node, inside, section)
        if part is not None and self._goes(node, part, sure, inside, section):
            return None
        if self._hidden_goes(node) or self._form_goes(node):
            return None
        if self._page.site and looks_like_furniture(node, inside):
            return None
        return self.pruned(node, inside, section)

    def _goes(self, node: Node, part: Part, sure: bool, inside: bool, section: bool) -> bool:
        if part in {"consent", "extra"}:
            missed = self._can_miss(node) or (part == "consent" and not inside)
            gone = missed and (sure or node.prose < _PROSE_IN_FOOTER)
            self.excused += node.weight if gone else 0
        elif part == "menu":
            gone = node.prose < _PROSE_IN_MENU or node.linked > node.text
        elif part == "footer":
            gone = node.prose < _PROSE_IN_FOOTER if section else self._can_miss(node)
        elif part == "header":
            titled = node.links <= 1 and next(find(node, HEADINGS), None) is not None
            gone = not section and node.prose < _PROSE_IN_FOOTER and not titled
        else:
            related = any(RELATED.fullmatch(label_of(child)) for child in node.nodes)
            says = node.text >= _TEXT_IN_ASIDE and ends_sentence(raw_text(node))
            gone = related or node.linked > node.text or not says
        return gone

    def _can_miss(self, node: Node) -> bool:
        """Whether enough is left of the page without ``node``."""
        rest = self._page.weight - node.weight
        return rest >= _ENOUGH or rest >= self._page.weight / 2

    def _inline_goes(self, node: Node) -> bool:
        if not node.attrs or node.tag in CONTROLS or node.tag == "label" or not node.children:
            return False
        if _FOR_SCREEN_READERS.search(node.get("class")):
            return True
        if _is_hidden(node):  # one with an id is there for a script to show
            return not node.get("id")
        if node.get("aria-hidden") == "true":
            return sum(char.isalnum() for char in raw_text(node)) < 2
        in_page = node.tag == "a" and node.get("href").startswith("#")
        if not node.get("class") or not (in_page or "editsection" in node.get("class")):
            return False
        return part_of(node)[0] is not None and bool(short_text(node, _MAX_LABELS))

    def _hidden_goes(self, node: Node) -> bool:
        """Whether a hidden block is furniture. What a button on the page opens is content."""
        if node.tag in {"caption", "tr", "td", "th"}:
            return False
        if _FOR_SCREEN_READERS.search(node.get("class")):
            return node.prose < _PROSE_FOR_SCREEN_READERS
        if not _is_hidden(node) and node.get("aria-hidden") != "true":
            return False
        own = f"{node.get('id')} {node.get('class')} {node.get('role')}"
        if node.get("id") in self._page.controlled or PANEL.search(own):
            return False
        says = node.text >= _TEXT_HIDDEN and ends_sentence(raw_text(node))
        return not says or node.linked > node.text

    def _form_goes(self, node: Node) -> bool:
        """Whether ``node`` is a form, and not one that the whole page stands in."""
        if node.tag not in {"form", "fieldset"} or not self._can_miss(node):
            return False
        asks = next(find(node, CONTROLS), None) is not None
        return node.prose < _PROSE_IN_FORM if asks else not node.prose

    def _contact_in(self, node: Node, inside: bool, section: bool) -> Node | None:
        """Of a sidebar only whom to ask stays; all of it when the page is little else."""
        if node.weight > _MOST_BESIDE * self._page.weight:
            return self.pruned(node, inside, section)
        blocks = [child for child in node.nodes if is_block(child)]
        if len(blocks) == 1 and blocks[0].tag not in {"ul", "ol", "p", "table"}:
            return self._contact_in(blocks[0], inside, section)
        found: list[Node | str] = [
            self.pruned(block, inside, section) for block in blocks if is_contact(block)
        ]
        return Node("aside", {CONTACT: ""}, found) if found else None

    def _without_related(self, children: list[Node | str]) -> list[Node | str]:
        """``children`` without the headings above links to other pages, and those links."""
        kept: list[Node | str] = []
        skipped_until = 0
        for index, child in enumerate(children):
            if index < skipped_until:
                continue
            if isinstance(child, Node) and child not in self._page.kept:
                skipped_until = end_of_related(children, index)
                if skipped_until:
                    continue
            kept.append(child)
        return kept


def _is_hidden(node: Node) -> bool:
    style = style_of(node)
    return (
        ("hidden" in node.attrs and node.get("hidden") != "until-found")
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _heading_and_prose(header: Node) -> Node:
    """The heading of the page and the running text with it; the rest of a header is a menu."""
    measure(header)
    return _cut_to_heading(header)


def _cut_to_heading(header: Node) -> Node:
    kept: list[Node | str] = []
    for child in header.nodes:
        has_heading = next(find(child, HEADINGS), None) is not None
        if child.tag in HEADINGS or (child.prose > child.linked and not has_heading):
            kept.append(child)
        elif has_heading or child.prose:
            kept.append(_cut_to_heading(child))
    return Node(header.tag, header.attrs, kept)
