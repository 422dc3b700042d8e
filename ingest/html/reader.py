"""HTML as blocks: the main content, without the furniture of the page."""

from __future__ import annotations

import codecs
import re

from ingest.blocks import Block
from ingest.html.inline import plain, text_of
from ingest.html.main import main_content, main_heading
from ingest.html.shape import shaped
from ingest.html.tree import find, parse, raw_text
from ingest.html.walk import tree_blocks

_SITE = re.compile(r"<(?:!doctype\s|html\b|body\b|head\b)", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSETS = re.compile(r"utf-?8|(?:windows-|cp)125\d|iso-?8859-\d{1,2}|latin-?\d|ascii|mac.?roman")
_LATIN = frozenset({"iso8859-1", "ascii"})
_NAME_OF_SITE = re.compile(r"\s+[|–—»·]\s+|\s+::\s+")
_MAX_HEADING = 200


def html_blocks(text: str) -> list[Block]:
    """The blocks of the main content of a page, or of all of a piece of HTML."""
    root = parse(text)
    if root is None:
        return []
    return tree_blocks(shaped(main_content(root, bool(_SITE.search(text)))))


def html_title(text: str) -> str | None:
    """The <h1> of a page, also of its header; else what its <title> says, without the name of
    the site behind a bar or dash."""
    root = parse(text)
    if root is None:
        return None
    heading = main_heading(root)
    if heading is not None and text_of(heading):
        return text_of(heading)[:_MAX_HEADING]
    title = next((raw_text(found) for found in find(root, ["title"])), "")
    return plain(_NAME_OF_SITE.split(title)[0])[:_MAX_HEADING] or None


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page says it is in, as Python calls it; None when it says none that
    Western text comes in. Latin-1 is read as Windows-1252, as browsers do
    (https://encoding.spec.whatwg.org/#names-and-labels)."""
    found = _CHARSET.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    if not _CHARSETS.fullmatch(name):
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:  # a number that no encoding has
        return None
    return "cp1252" if known in _LATIN else known
