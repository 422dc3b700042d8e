"""HTML as blocks: the main content, without the furniture of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from ingest.blocks import Block
from ingest.characters import one_line
from ingest.quotes import is_quotation
from ingest.tables import row_blocks

_DROPPED_TAGS = """
    script style noscript template nav header footer aside form button select input textarea svg
    iframe object embed video audio canvas head title dialog menu img
"""
_BLOCK_TAGS = """
    p div section article main body html figure li dd dt td th tr tbody thead tfoot caption address
    details summary pre hr center fieldset ul ol table blockquote dl figcaption
"""
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BLOCKS = frozenset([*_BLOCK_TAGS.split(), *_HEADINGS])
_BULLET = re.compile(r"[•▪●○◦·‣]\s*(?=\S)")
_MAX_DEPTH = 100
_MAX_HEADING = 200


def html_blocks(text: str) -> list[Block]:
    """The blocks of the main content of a page or of a piece of HTML."""
    root = _parse(text)
    if root is None:
        return []
    return [block for block in _walk(_main(root), 0, 0) if block.text]


def html_title(text: str) -> str | None:
    """The first <h1> of a page, also of its header; else what its <title> says, without the name
    of the site behind a bar or dash."""
    root = _parse(text)
    if root is None:
        return None
    heading = root.find(".//h1")
    if heading is not None and one_line(_text(heading, 0)):
        return one_line(_text(heading, 0))[:_MAX_HEADING]
    title = one_line(root.findtext(".//title") or "")
    return re.split(r"\s+[|–—]\s+", title)[0] or None


def _parse(text: str) -> HtmlElement | None:
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except ParserError:  # nothing but comments or white space
        return None


def _main(root: HtmlElement) -> HtmlElement:
    for path in (".//main", ".//*[@role='main']", ".//article", ".//body"):
        found = root.findall(path)
        if len(found) == 1 and one_line(found[0].text_content()):
            return found[0]
    return root


def _walk(element: HtmlElement, list_depth: int, depth: int) -> Iterator[Block]:
    """The blocks below ``element``; text between block elements makes paragraphs."""
    if depth > _MAX_DEPTH:
        yield from _paragraphs(_flat("".join(element.itertext())), list_depth)
        return
    loose = _flat(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _DROPPED or not tag:
            loose += _flat(child.tail)
        elif tag in _BLOCKS or _holds_blocks(child):
            yield from _paragraphs(loose, list_depth)
            yield from _element(child, tag, list_depth, depth)
            loose = _flat(child.tail)
        else:
            loose += ("\n" if tag == "br" else _text(child, depth)) + _flat(child.tail)
    yield from _paragraphs(loose, list_depth)


def _element(child: HtmlElement, tag: str, list_depth: int, depth: int) -> Iterator[Block]:
    if tag in _HEADINGS:
        text = one_line(_text(child, depth))
        long = len(text) > _MAX_HEADING
        yield Block("paragraph", text) if long else Block("heading", text, _HEADINGS[tag])
    elif tag in {"ul", "ol"}:
        yield from _list(child, list_depth + 1, depth)
    elif tag == "table":
        yield from _table(child, list_depth, depth)
    elif tag == "blockquote":
        for block in _walk(child, list_depth, depth + 1):
            yield Block("quote", block.text, block.level) if block.kind == "paragraph" else block
    elif tag == "figcaption":
        yield Block("caption", one_line(_text(child, depth)), reference=True)
    else:
        yield from _walk(child, list_depth, depth + 1)


def _list(element: HtmlElement, list_depth: int, depth: int) -> Iterator[Block]:
    number = 0
    for child in element:
        if child.tag != "li":
            if isinstance(child.tag, str) and child.tag not in _DROPPED:
                yield from _element(child, child.tag, list_depth, depth + 1)
            continue
        number += 1
        mark = f"{number}." if element.tag == "ol" else "-"
        inner = [block for block in _walk(child, list_depth, depth + 1) if block.text]
        if inner and inner[0].kind == "paragraph":
            yield Block("item", inner[0].text, level=list_depth, mark=mark)
            inner = inner[1:]
        yield from inner


def _table(element: HtmlElement, list_depth: int, depth: int) -> Iterator[Block]:
    caption = element.find("caption")
    if caption is not None:
        yield Block("caption", one_line(_text(caption, depth)))
    rows = element.findall("./tr") + element.findall("./*/tr")
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
    if element.find(".//table") is not None or max((len(row) for row in cells), default=0) < 2:
        for row in cells:  # made for its looks, not to hold data
            for cell in row:
                yield from _walk(cell, list_depth, depth + 1)
        return
    texts = [[one_line(_text(cell, depth)) for cell in row] for row in cells]
    header = texts[0] if all(cell.tag == "th" for cell in cells[0]) and len(texts) > 1 else None
    yield from row_blocks(header, texts[1:] if header else texts)


def _paragraphs(text: str, list_depth: int) -> Iterator[Block]:
    """Loose text as paragraphs: a line that opens with a bullet is an item."""
    plain: list[str] = []
    for line in (one_line(part) for part in text.split("\n")):
        bullet = _BULLET.match(line)
        if bullet:
            yield from _paragraph(plain, list_depth)
            plain = []
            yield Block("item", line[bullet.end() :], level=list_depth + 1, mark="-")
        elif line:
            plain.append(line)
    yield from _paragraph(plain, list_depth)


def _paragraph(lines: list[str], list_depth: int) -> Iterator[Block]:
    text = one_line(" ".join(lines))
    if text:
        yield Block("quote" if is_quotation(text) else "paragraph", text, level=list_depth)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iter())


def _text(element: HtmlElement, depth: int) -> str:
    """The text of an element without what is dropped and without marks of notes."""
    if element.tag in _DROPPED or (element.tag == "sup" and (element.text or "").strip().isdigit()):
        return ""
    if depth > _MAX_DEPTH:
        return _flat("".join(element.itertext()))
    parts = [_flat(element.text)]
    for child in element:
        parts.append("\n" if child.tag == "br" else _text(child, depth + 1))
        parts.append(_flat(child.tail))
    return "".join(parts)


def _flat(text: str | None) -> str:
    """Line breaks in the source of a page are spaces; only <br> breaks a line."""
    return " ".join(re.split(r"[ \t\n\r\f]+", text or ""))
