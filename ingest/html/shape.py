"""Gives the same form to what sites write in many ways: what folds out, tabs, captions, quotations.

After this a heading that folds out is ``<summary>`` in ``<details>``, a caption stands before
its table, and who said a quotation stands in ``<footer>`` at its end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from ingest.html.tree import (
    BLOCKS,
    CONTROLS,
    HEADINGS,
    Node,
    find,
    is_block,
    raw_text,
    short_text,
    walk,
    words_of_classes,
    words_of_name,
)

_FOLDS = frozenset(
    {"accordion", "accordeon", "toggle", "faq", "collapse", "collapsible", "tab", "uitklap"}
    | {"uitklapper", "vouw", "expand", "expandable", "foldout", "spoiler"}
)
_FOLD_HEADS = frozenset(
    {"title", "titel", "header", "heading", "head", "kop", "trigger", "button", "knop", "question"}
    | {"vraag", "summary", "label", "toggle", "link"}
)
_QUOTES = frozenset({"blockquote", "citaat", "testimonial", "quotation"})
_WHOLES = _QUOTES | {"item", "block", "blok", "card", "kaart", "box", "wrapper", "slide"}
_SPEAKERS = frozenset(
    {"author", "auteur", "name", "naam", "cite", "source", "bron", "byline", "job", "functie"}
)
_NO_HEADS = frozenset(
    {"summary", "details", "li", "td", "input", "p", "ul", "ol", "dl", "table", "br", "img"}
)
_MAX_HEAD = 250
_MAX_QUOTE = 2000
_MAX_SPEAKER = 200
_DASHES = re.compile(r"^[\s–—―~-]+")


def shaped(node: Node) -> Node:
    """``node`` in this form. The tree is copied; nothing that is shown is lost."""
    tabs = {panel: label for found in walk(node) for panel, label in _tabs_of(found)}
    fields = frozenset(found.get("id") for found in find(node, CONTROLS))
    return _shaped(node, tabs, fields)


def _shaped(node: Node, tabs: Mapping[str, str], fields: Collection[str]) -> Node:
    if node.tag == "summary" or node.tag in HEADINGS or node.tag == "dt":
        return Node(node.tag, node.attrs, [*_unbuttoned(node.children)])
    children = [
        child if isinstance(child, str) else _shaped(child, tabs, fields)
        for child in _folded(node)
        if not _is_control(child, fields)
    ]
    made = Node(node.tag, node.attrs, children)
    if node.tag == "figure":
        _move_caption(made)
    if node.tag == "blockquote" or _is_quote(made):
        return _quote(made)
    label = tabs.get(node.get("id")) or ""
    first = next((found for found in made.nodes if raw_text(found)), None)
    if label and first is not None and raw_text(next(walk(first))) != label:
        titled = next(find(made, HEADINGS), None)
        if titled is None or raw_text(titled) != label:
            made.children.insert(0, Node("summary", {}, [label]))
            made.tag = "details"
    return made


def _is_control(child: Node | str, fields: Collection[str]) -> bool:
    """Whether ``child`` is a button, a field or the label of one, or the row of tabs itself."""
    if isinstance(child, str):
        return False
    if child.tag == "label":
        asks = next(find(child, CONTROLS), None) is not None
        return asks or (bool(child.get("for")) and child.get("for") in fields)
    return child.tag in CONTROLS or child.get("role") == "tablist"


def _unbuttoned(children: Iterable[Node | str]) -> Iterable[Node | str]:
    """``children`` with the text of buttons as text: a heading that folds out is often one."""
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag != "input":
            tag = "span" if child.tag in {"button", "label"} else child.tag
            yield Node(tag, child.attrs, [*_unbuttoned(child.children)])


# --- what folds out ----------------------------------------------------------------------------


def _folded(node: Node) -> list[Node | str]:
    """The children of ``node`` with each head that folds out and its panel as ``<details>``."""
    if node.tag in {"details", "ul", "ol", "dl", "table", "tr", "tbody", "p", "span", "a"}:
        return node.children
    boxes = {box.get("id") for box in node.nodes if box.get("type") in {"checkbox", "radio"}}
    made: list[Node | str] = []
    head: Node | None = None
    for child in node.children:
        if head is not None and _comes_between(child):
            continue
        if head is not None:
            is_panel = isinstance(child, Node) and is_block(child) and not _is_head(child, boxes)
            made.append(_details(head, child if is_panel and isinstance(child, Node) else None))
            head = None
            if is_panel:
                continue
        if isinstance(child, Node) and _is_head(child, boxes):
            head = child
        else:
            made.append(child)
    return made if head is None else [*made, head]


def _comes_between(child: Node | str) -> bool:
    """Whether ``child`` is nothing to see between a head and its panel."""
    return not child.strip() if isinstance(child, str) else child.tag in CONTROLS


def _details(head: Node, panel: Node | None) -> Node:
    if panel is None:
        return head
    return Node("details", {}, [Node("summary", {}, [*_unbuttoned([head])]), panel])


def _is_head(node: Node, boxes: Collection[str]) -> bool:
    """Whether a click on ``node`` shows what stands behind it. ``boxes`` are the ids of the boxes
    to tick beside it, with which a style sheet can do that."""
    if node.tag in HEADINGS or node.tag in _NO_HEADS or not (node.attrs or node.children):
        return False
    text = short_text(node, _MAX_HEAD)
    if not text or next(find(node, HEADINGS), None) is not None:
        return False
    if node.tag == "label":
        return node.get("for") in boxes
    if _opens(node) or (node.tag in {"button", "a"} and words_of_classes(node) & _FOLDS):
        return True
    if any(_opens(inner) and raw_text(inner) == text for inner in walk(node)):
        return True
    holds = any(child.tag in BLOCKS and child.tag not in {"p", "div"} for child in node.nodes)
    words = words_of_classes(node)
    return not holds and bool(words & _FOLDS) and bool(words & _FOLD_HEADS)


def _opens(node: Node) -> bool:
    opens = "aria-expanded" in node.attrs or node.get("aria-controls") or node.get("data-bs-target")
    return bool(opens) and (node.tag == "button" or node.get("role") in {"button", "tab"})


def _tabs_of(node: Node) -> Iterable[tuple[str, str]]:
    """(id of the panel, text of the tab) for each tab in a row of tabs."""
    words = words_of_classes(node)
    if node.get("role") != "tablist" and not (node.tag == "ul" and words & {"tabs", "tab"}):
        return
    for tab in walk(node):
        target = tab.get("aria-controls") or tab.get("data-bs-target") or tab.get("href")
        label = raw_text(tab)
        if tab.tag in {"a", "button", "li", "div", "span"} and target and 0 < len(label) <= 100:
            yield target.rpartition("#")[2], label


# --- captions and quotations --------------------------------------------------------------------


def _move_caption(figure: Node) -> None:
    """The caption before the table, or the speaker behind the words."""
    caption = next((child for child in figure.nodes if child.tag == "figcaption"), None)
    if caption is None:
        return
    quote = next((child for child in figure.nodes if child.tag == "blockquote"), None)
    if quote is not None:
        figure.children.remove(caption)
        quote.children.append(Node("footer", {}, caption.children))
    elif next(find(figure, ["table"]), None) is not None:
        figure.children.remove(caption)
        figure.children.insert(0, caption)


def _is_quote(node: Node) -> bool:
    if node.tag not in {"div", "section", "figure", "aside"}:
        return False
    names = [words_of_name(name) for name in node.get("class").split()]
    named = any(
        words and _QUOTES & {words[-1], words[0]} and words[-1] in _WHOLES for words in names
    )
    if not named or not short_text(node, _MAX_QUOTE):
        return False
    inner = {found.tag for found in walk(node)}
    return not inner & {"blockquote", "table", "ul", "ol", "article", *HEADINGS}


def _quote(node: Node) -> Node:
    """A quotation with who said it, if that is told, in one <footer> at its end."""
    speakers: list[str] = []
    children = [*_without_speakers(node, speakers)]
    told = ", ".join(speaker for speaker in speakers if speaker)
    if not any(raw_text(Node("div", {}, [child])) for child in children):
        return node
    footer: list[Node | str] = [Node("footer", {}, [told])] if told else []
    return Node("blockquote", node.attrs, [*children, *footer])


def _without_speakers(node: Node, speakers: list[str]) -> Iterable[Node | str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif _is_speaker(child, node):
            speakers.append(_DASHES.sub("", raw_text(child)))
        else:
            yield Node(child.tag, child.attrs, [*_without_speakers(child, speakers)])


def _is_speaker(node: Node, parent: Node) -> bool:
    """Whether ``node`` says who said the quotation around it."""
    if not short_text(node, _MAX_SPEAKER) or node.tag in HEADINGS:
        return False
    if node.tag in {"footer", "figcaption"}:
        return True
    behind = parent.children[parent.children.index(node) + 1 :]
    last = not any(isinstance(child, Node) or child.strip() for child in behind)
    if node.tag == "cite":
        before = [child for child in parent.children if isinstance(child, str) and child.strip()]
        ended = not before or before[-1].rstrip().endswith((".", "”", '"', "!", "?", "’", "—", "–"))
        return last and (parent.tag == "blockquote" or ended)
    return bool(words_of_classes(node) & _SPEAKERS) and node.tag in {"p", "div", "span", "strong"}
