"""The title that a document gives itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.html.reader import html_title
from ingest.loaded import Loaded

# What programs put in the properties of a file when nobody gave it a title.
_NO_TITLE = re.compile(
    r"microsoft (word|powerpoint)\b.*|(untitled|naamloos|document|presentatie|presentation|slide|"
    r"dia|print|untitled document)\s?\d*|\W*|"
    r".*\.(docx?|pptx?|odt|pdf|indd|qxp|pub|tex|dvi|html?|rtf)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_COVER_PAGES = 3
_SHARE = 0.6


def own_title(loaded: Loaded, blocks: Sequence[Block]) -> str | None:
    """The title in the properties of a file, of a web page, or else the first heading.

    Properties are often left over from another file: in a PDF they count only when the first
    pages say the same, or when there is no heading at all.
    """
    heading = next((block.text for block in blocks if block.kind == "heading"), None)
    given = loaded.read.title
    if given is not None and _NO_TITLE.fullmatch(given):
        given = None
    if loaded.form == "pdf":
        return given if given and _is_said(given, loaded) else heading or given
    if loaded.form == "html" and given is None:
        given = html_title(loaded.read.pages[0].text) if loaded.read.pages else None
    return given or heading


def _is_said(title: str, loaded: Loaded) -> bool:
    """Whether most words of ``title`` stand on the first pages."""
    cover = {
        found.casefold()
        for page in loaded.read.pdf[:_COVER_PAGES]
        for word in page.words
        for found in _WORD.findall(word.text)
    }
    wanted = [word.casefold() for word in _WORD.findall(title)]
    return bool(wanted) and sum(word in cover for word in wanted) >= _SHARE * len(wanted)
