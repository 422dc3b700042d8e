"""How much text, running text and links there is in each part of a page."""

from __future__ import annotations

import re

from ingest.html.tree import CONTROLS, UNSEEN, Node, is_block, raw_text

_SENTENCE = re.compile(r"[.!?…:;][\"”’')\]]*(?:\s|$)")
_SHORTEST_SENTENCE = 60
_SURELY_PROSE = 150
_OTHER_PAGE = re.compile(r"(?!mailto:|tel:)\S", re.IGNORECASE)


def measure(node: Node) -> None:
    """Sets the numbers of ``node`` and of the blocks below it.

    Running text is a run of text without a block in it that has a full stop or the like and 60
    characters outside links, or 150 characters. A link to mail or call someone is text.
    """
    node.text = node.prose = node.linked = node.links = 0
    run: list[str] = []
    _gather(node, node, run)
    _close(node, run)
    if node.tag == "a" and _leads_away(node):  # a card: the whole of it is one link
        node.linked, node.links = node.linked + node.text, 1
        node.text = node.prose = 0


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends in ``text``."""
    return _SENTENCE.search(text) is not None


def _gather(node: Node, owner: Node, run: list[str]) -> None:
    """Adds what is in ``node`` to ``owner``, the block around it, and to its current run."""
    for child in node.children:
        if isinstance(child, str):
            run.append(child)
        elif child.tag in UNSEEN or child.tag in CONTROLS or child.tag == "label":
            continue
        elif child.tag == "br":
            run.append(" ")
        elif is_block(child):
            _close(owner, run)
            measure(child)
            _add(owner, child)
        elif child.tag == "a" and _leads_away(child):
            owner.linked += len(raw_text(child))
            owner.links += 1
        else:
            _gather(child, owner, run)


def _close(owner: Node, run: list[str]) -> None:
    text = " ".join("".join(run).split())
    run.clear()
    owner.text += len(text)
    is_prose = len(text) >= _SHORTEST_SENTENCE and ends_sentence(text)
    if is_prose or len(text) >= _SURELY_PROSE:
        owner.prose += len(text)


def _add(owner: Node, child: Node) -> None:
    owner.text += child.text
    owner.prose += child.prose
    owner.linked += child.linked
    owner.links += child.links


def _leads_away(node: Node) -> bool:
    """Whether a link is to another place, and not to mail, call or fold something out."""
    if node.get("role") == "button" or "aria-expanded" in node.attrs:
        return False
    return _OTHER_PAGE.match(node.get("href").strip()) is not None
