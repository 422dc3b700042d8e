"""The main content of a page.

First goes what is furniture (``ingest.html.furniture``). Then the part that holds nearly all of
the running text is looked for, and what stands beside it goes when it is links or scraps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.html.furniture import CONTACT, Page, Pruner
from ingest.html.looks import is_contact
from ingest.html.measure import measure
from ingest.html.names import LEGAL, OWNED, part_of
from ingest.html.notes import is_notes
from ingest.html.table import is_layout
from ingest.html.tree import HEADINGS, Node, find, is_block, raw_text, walk

_LEAST_KEPT = 0.4
_ENOUGH = 400
_TRUSTED = 0.4
_NEARLY_ALL = 0.6
_FOOT = 0.25
_SCRAP = 80
_MENU = 4
_SITE_ROOT = re.compile(
    r"(?:https?://[^/]+)?/?(?:index\.\w+|home/?|nl/?|default\.aspx)?", re.IGNORECASE
)
_CONTAINERS = frozenset({"html", "body", "div", "main", "article", "section", "form", "center"})
_PARTS_OF_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_NO_PLACE = frozenset({"consent", "menu", "extra", "footer"})
"""Parts in which no page has its heading."""


def main_content(document: Node, site: bool) -> Node:
    """``document`` without furniture. ``site`` tells a whole page from a piece of HTML, in which
    only what calls itself furniture is. Nodes of ``document`` may come to stand in the result."""
    body = _unlaid(Node("body", {}, [*_bodies(document)]))
    measure(body)
    page = _page(body, site)
    pruner = Pruner(page)
    pruned = pruner.pruned(body)
    measure(pruned)
    if not site:
        return pruned
    if _lost_too_much(pruned.weight, body.weight - pruner.excused):
        pruned = body  # so the names must mean something else here
    return _chosen(pruned)


def _lost_too_much(after: float, before: float) -> bool:
    """Whether a page with text has lost most of it."""
    return (before > _ENOUGH and after < _LEAST_KEPT * before) or (before > 0 and not after)


def main_heading(document: Node) -> Node | None:
    """The first <h1> that is the heading of the page: not that of a cookie bar or a logo."""
    headings = {found for found in find(document, ["h1"]) if not _is_logo(found)}
    around = _above(document, headings)
    main = next(find(document, ["main"]), None) or next(find(document, ["article"]), None)
    places = [place for place in (main, document) if place is not None]
    return next((found for place in places for found in _headings(place, headings, around)), None)


def _headings(place: Node, headings: set[Node], around: set[Node]) -> Iterator[Node]:
    """Those of ``headings`` below ``place`` that stand in no furniture."""
    for child in place.nodes:
        if child in headings:
            yield child
        elif child in around and (
            part_of(child)[0] not in _NO_PLACE or next(find(child, ["main", "article"]), None)
        ):
            yield from _headings(child, headings, around)


def _is_logo(heading: Node) -> bool:
    text = raw_text(heading)
    links = [link for link in find(heading, ["a"]) if raw_text(link) == text]
    return not text or any(_SITE_ROOT.fullmatch(link.get("href")) for link in links)


def _bodies(document: Node) -> Iterable[Node | str]:
    """What is seen of a document; a broken one has text outside its body, or two bodies."""
    for child in document.children:
        if isinstance(child, Node) and child.tag in {"html", "document"}:
            yield from _bodies(child)
        elif isinstance(child, str) or child.tag != "head":
            yield child


def _page(body: Node, site: bool) -> Page:
    mains = [found for found in find(body, ["main"]) if found.text or found.linked]
    main = max(mains, key=lambda found: found.weight, default=None)
    anchors = {node for node in (main, main_heading(body)) if node is not None}
    articles = main is None and next(find(body, ["article"]), None) is not None
    controlled = {
        name
        for node in walk(body)
        for name in (
            *node.get("aria-controls").split(),
            node.get("data-target").lstrip("#"),
            node.get("data-bs-target").lstrip("#"),
        )
        if name
    }
    return Page(
        weight=body.weight,
        kept=frozenset(_above(body, anchors)) | {body},
        main=main is not None or articles,
        controlled=frozenset(controlled),
        site=site,
    )


def _above(node: Node, anchors: set[Node]) -> set[Node]:
    """``anchors`` and what stands around them."""
    found = {inner for child in node.nodes for inner in _above(child, anchors)}
    return found | {node} if found or node in anchors else found


def _chosen(body: Node) -> Node:
    """The smallest part with nearly all running text, with what counts of the parts around it."""
    heading = main_heading(body)
    path, trusted = _path(body)
    chosen = path[-1]
    before: list[Node | str] = []
    after: list[Node | str] = []
    for depth, (outer, inner) in enumerate(pairwise(path)):
        groups = _groups(outer)
        place = next(index for index, group in enumerate(groups) if group is inner)
        # what stands before the part that holds the heading belongs to the top of the site
        above = depth >= trusted > 0 or not _holds(inner, heading)
        for index, group in enumerate(groups):
            if index == place:
                continue
            behind = index > place
            counts = depth >= trusted and _counts(group, chosen, above or behind, behind)
            if counts or _holds(group, heading):
                (after if behind else before).append(group)
            else:
                after += (node for node in walk(group) if CONTACT in node.attrs)
    return Node("body", {}, [*before, _trimmed(chosen), *after])


def _path(body: Node) -> tuple[list[Node], int]:
    """The nodes from ``body`` down to the part with nearly all text, and the depth of the main
    element on it (0 without one): beside that only the heading of the page counts."""
    path, trusted = [body], 0
    mains = [found for found in find(body, ["main"]) if found.weight >= _TRUSTED * body.weight]
    articles = [found for found in find(body, ["article"]) if found.weight >= body.weight / 2]
    if len(mains) == 1 and mains[0].weight:
        path = _path_between(body, mains[0])
        trusted = len(path) - 1
    elif len(articles) == 1 and articles[0].weight:
        path = _path_between(body, articles[0])
    while True:
        here = path[-1]
        inner = max(here.nodes, key=lambda node: node.weight, default=None)
        if inner is None or inner.tag not in _CONTAINERS:
            return path, trusted
        if inner.weight < _NEARLY_ALL * here.weight or not inner.weight:
            return path, trusted
        path.append(inner)


def _path_between(outer: Node, inner: Node) -> list[Node]:
    if outer is inner:
        return [outer]
    around = next(child for child in outer.nodes if _holds(child, inner))
    return [outer, *_path_between(around, inner)]


def _holds(outer: Node, inner: Node | None) -> bool:
    return inner is not None and any(node is inner for node in walk(outer))


def _groups(node: Node) -> list[Node]:
    """The children of ``node``; text and inline elements between its blocks as blocks."""
    groups: list[Node] = []
    loose: list[Node | str] = []
    for child in [*node.children, None]:
        if isinstance(child, str) or (child is not None and not is_block(child)):
            loose.append(child)
            continue
        if any(not isinstance(part, str) or part.strip() for part in loose):
            group = Node("div", {}, loose)
            measure(group)
            groups.append(group)
        loose = []
        if child is not None:
            groups.append(child)
    return groups


def _counts(group: Node, chosen: Node, in_text: bool, behind: bool) -> bool:
    """Whether a part beside the chosen one belongs to the text: no links, scraps or imprint.
    ``in_text`` says that it does not stand above the heading of the page, ``behind`` that it
    stands behind the chosen part."""
    if group.linked > group.text and group.prose < _SCRAP:
        return False
    if behind and _is_imprint(group, chosen):
        return False
    if in_text or group.text >= _SCRAP:
        return True
    if len([*find(group, ["li", "tr"])]) >= _MENU:
        return True
    return is_contact(group) or any(is_notes(node) for node in walk(group))


def _is_imprint(group: Node, chosen: Node) -> bool:
    """Whether a part is the foot of a site: whose it is, with links to its conditions."""
    if group.tag in HEADINGS:
        return False
    signs = {sign.lower() for sign in LEGAL.findall(raw_text(group))}
    most = _FOOT * chosen.weight
    return group.weight < (2 * most if signs & OWNED else most if len(signs) > 1 else 0)


def _trimmed(node: Node) -> Node:
    """``node`` without a menu before its text, and without a menu or imprint behind it."""
    if node.tag not in _CONTAINERS or not node.prose:
        return node
    groups = _groups(node)
    start, end = 0, len(groups)
    while start < end and node.prose >= 2 * _SCRAP and _is_menu(groups[start]):
        start += 1
    while end > start + 1 and (
        (groups[end - 1].tag in {"div", "p"} and _is_imprint(groups[end - 1], node))
        or (_is_menu(groups[end - 1]) and not _leads_on(groups[end - 2]))
    ):
        end -= 1
    own = frozenset(node.nodes)
    kept = [_trimmed(group) if group in own else group for group in groups[start:end]]
    return Node(node.tag, node.attrs, [*kept])


def _is_menu(group: Node) -> bool:
    """Whether a part is links under one another and nothing else: no cards with headings."""
    if group.tag not in _CONTAINERS or group.links < _MENU or group.prose:
        return False
    cards = next(find(group, [*HEADINGS, "img", "p", "article"]), None)
    return cards is None and group.linked > 3 * group.text


def _leads_on(group: Node) -> bool:
    """Whether a heading or sentence introduces what stands behind it."""
    return group.tag in HEADINGS or raw_text(group).endswith(":")


def _unlaid(node: Node) -> Node:
    """``node`` with the tables that were made for their looks as plain containers."""
    children = [child if isinstance(child, str) else _unlaid(child) for child in node.children]
    made = Node(node.tag, node.attrs, children)
    return _as_divs(made) if node.tag == "table" and is_layout(node) else made


def _as_divs(part: Node) -> Node:
    """The parts of one table as <div>: its rows and cells, not what is in them."""
    inside = part.tag in _PARTS_OF_TABLE - {"td", "th", "caption"}
    children = [
        _as_divs(child)
        if inside and isinstance(child, Node) and child.tag in _PARTS_OF_TABLE
        else child
        for child in part.children
    ]
    return Node("div", part.attrs, children)
