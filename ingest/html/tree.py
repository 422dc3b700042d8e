"""A page as a small tree of plain nodes: what the other ``html_*`` modules work on.

lxml does the parsing. Its tree is copied, because the copy has a bounded depth, says ``main``
where the page says ``<div role="main">``, and can be cut without losing the text behind an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement

from ingest.html.overloaded import without_overloaded

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_UNSEEN = """
    script style noscript template head title meta link base svg math iframe object embed video
    audio canvas select textarea datalist map progress meter dialog xml param
"""
UNSEEN = frozenset(_UNSEEN.split())
"""What a page does not show as text, or only when someone asks for it."""
CONTROLS = frozenset({"input", "button", "select", "textarea"})
_BLOCK_NAMES = """
    p div section article main body html figure li dd dt td th tr tbody thead tfoot caption address
    details summary pre hr center fieldset legend ul ol menu dir table blockquote dl figcaption nav
    header footer aside form hgroup search noframes document
"""
BLOCKS = frozenset([*_BLOCK_NAMES.split(), *HEADINGS])
_ROLES = {
    "main": "main",
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "article": "article",
    "list": "ul",
    "listitem": "li",
    "table": "table",
    "row": "tr",
    "rowgroup": "tbody",
    "cell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "blockquote": "blockquote",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
_PLAIN_TAGS = frozenset({"div", "span", "p", "section", "form", "nav", "header", "footer", "aside"})
_MAX_DEPTH = 100
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SIMPLE = re.compile(r"</?(p|h[1-6]|li|br|tr|td|th|dt|dd)\b[^>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|small|big|sub|sup|tt|code)\b[^>]*>", re.I)
_TAG = re.compile(r"</?[A-Za-z!?][^>]*>")


@dataclass(slots=True, eq=False)
class Node:
    """An element: its tag or the tag that its role stands for, and texts and elements in order.

    The numbers say what is inside it, where ``ingest.html.measure`` set them: characters outside
    links, characters of running text among them, characters of links, and how many links.
    """

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    text: int = 0
    prose: int = 0
    linked: int = 0
    links: int = 0
    block: bool | None = None
    """Whether it starts a new line; None until ``is_block`` was asked."""

    @property
    def nodes(self) -> list[Node]:
        """The elements right inside this one."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def weight(self) -> float:
        """How much it says: running text counts whole, short pieces of text for a quarter."""
        return self.prose + (self.text - self.prose) / 4

    def get(self, name: str) -> str:
        """The value of an attribute, empty when it is not there."""
        return self.attrs.get(name, "")


def parse(text: str) -> Node | None:
    """The tree of a page or piece of HTML, None when there is nothing in it. Never raises."""
    text = without_overloaded(_NO_CHARACTER.sub("", text))
    root, whole = _parse(text)
    if not whole:  # deeper than the parser goes: its blocks without what they stand in
        text = _INLINE.sub("", _SCRIPTS.sub(" ", text))
        text = _TAG.sub(lambda tag: tag.group() if _SIMPLE.fullmatch(tag.group()) else "<p>", text)
        root, _ = _parse(text)
    return _copy(root) if root is not None else None


def walk(node: Node) -> Iterator[Node]:
    """``node`` and every element below it, in the order of the page."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += [child for child in reversed(found.children) if isinstance(child, Node)]


def find(node: Node, tags: Iterable[str]) -> Iterator[Node]:
    """The elements with one of these tags, ``node`` itself too, in the order of the page."""
    wanted = frozenset(tags)
    return (found for found in walk(node) if found.tag in wanted)


def raw_text(node: Node) -> str:
    """All text below ``node`` on one line, whatever it is: for matching, not for reading."""
    return " ".join("".join(_pieces(node)).split())


def short_text(node: Node, limit: int) -> str:
    """``raw_text`` of ``node``, empty when it is longer than ``limit`` characters."""
    taken: list[str] = []
    length = 0
    for piece in _pieces(node):
        words = " ".join(piece.split())
        length += len(words)
        if length > limit:
            return ""
        taken.append(piece)
    text = " ".join("".join(taken).split())
    return text if len(text) <= limit else ""


def flat(text: str) -> str:
    """Line breaks in the source of a page are spaces; only <br> breaks a line."""
    return _SPACE.sub(" ", text)


def is_block(node: Node) -> bool:
    """Whether ``node`` starts a new line, or holds something that does."""
    if node.block is None:
        node.block = node.tag in BLOCKS or any(is_block(child) for child in node.nodes)
    return node.block


def style_of(node: Node) -> str:
    """The inline style without spaces, in lower case."""
    style = node.attrs.get("style")
    return re.sub(r"\s+", "", style).lower() if style else ""


def words_of_name(name: str) -> tuple[str, ...]:
    """A class name or id in its parts: ``block__shareButtons`` is block, share, buttons."""
    return tuple(part.lower() for part in _NAME.findall(name))


def words_of_classes(node: Node) -> frozenset[str]:
    """The parts of all class names of ``node``."""
    return frozenset(word for name in node.get("class").split() for word in words_of_name(name))


def _pieces(node: Node) -> Iterator[str]:
    """The texts below ``node``, with a space where a block begins or ends."""
    waiting: list[Node | str] = list(reversed(node.children))
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif found.tag not in UNSEEN:
            apart = found.tag in BLOCKS or found.tag == "br"
            waiting += [" ", *reversed(found.children), " "] if apart else found.children[::-1]


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    """The root of lxml's tree, and whether the parser got to the end of the text."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except ParserError:  # nothing but comments or white space
        return None, True
    except XMLSyntaxError:  # it takes anything: only memory can fail it
        raise MemoryError from None
    halted = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return root, not halted


def _copy(root: HtmlElement) -> Node:
    """The tree of lxml as nodes, at most ``_MAX_DEPTH`` deep: what lies deeper comes to stand in
    the deepest node, with an empty node where a block begins or ends."""
    top = Node("document")
    stack = [top]
    deeper = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        here = stack[-1]
        if event == "start" and (deeper or len(stack) > _MAX_DEPTH):
            deeper += 1
            _mark(here, tag)
            if element.text and tag not in UNSEEN:
                here.children.append(element.text)
        elif event == "start":
            attrs = dict(element.items())  # looking them up one by one fails on odd names
            node = Node(_tag(tag, attrs), attrs)
            here.children.append(node)
            stack.append(node)
            if element.text:
                node.children.append(element.text)
        else:
            if deeper:
                deeper -= 1
                _mark(here, tag)
            else:
                stack.pop()
            if element.tail:
                stack[-1].children.append(element.tail)
    return top


def _mark(node: Node, tag: str) -> None:
    if tag in BLOCKS or tag == "br":
        node.children.append(Node("div"))


def _tag(tag: str, attrs: dict[str, str]) -> str:
    """The tag, or the one that the role stands for on an element without a meaning of its own."""
    role = attrs.get("role", "").strip().lower()
    if not role:
        return tag
    if role == "main" and tag not in UNSEEN:
        return "main"
    if tag not in _PLAIN_TAGS:
        return tag
    if role == "heading":
        level = attrs.get("aria-level", "").strip()
        return f"h{level}" if level in set("123456") else "h2"
    return _ROLES.get(role, tag)
