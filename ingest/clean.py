"""Second step: characters and lines that are not the document's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.characters import one_line, tidy_characters
from ingest.lists import real_bullets
from ingest.loaded import Loaded
from ingest.pages import Word

_PAGE_NUMBER = re.compile(
    r"[-–—]?\s*(?:(?:pagina|blz\.?|page)\s*)?\d{1,3}(?:\s*(?:van|of|/)\s*\d{1,3})?\s*[-–—]?",
    re.IGNORECASE,
)

_FURNITURE = re.compile(
    r"zoeken|menu|home|logo|decoratief element|delen|deel deze pagina|print(en)?|inloggen|"
    r"terug( naar boven)?|naar boven|(direct )?naar de inhoud|skip to content|lees (meer|verder)|"
    r"cookies?|privacy|sluiten|volgende|vorige|openingsbeeld bij .{1,80}",
    re.IGNORECASE,
)


def clean(loaded: Loaded) -> Loaded:
    """``loaded`` with tidy characters, real bullets and without the furniture of pages.

    What is furniture on the pages of a PDF shows by where it stands: see ``ingest.pdf``.
    """
    read = loaded.read
    pages = (replace(p, text=clean_text(p.text, loaded.form == "html")) for p in read.pages)
    pdf = (replace(page, words=_tidy_words(page.words)) for page in read.pdf)
    return replace(loaded, read=replace(read, pages=tuple(pages), pdf=tuple(pdf)))


def clean_text(text: str, markup: bool = False) -> str:
    """``text`` cleaned; with ``markup`` only its characters. Doing it twice changes nothing."""
    text = tidy_characters(text)
    if markup:
        return text
    return _without_furniture(real_bullets(text))


def _tidy_words(words: Sequence[Word]) -> tuple[Word, ...]:
    tidied = ((word, one_line(word.text)) for word in words)
    return tuple(replace(word, text=text) for word, text in tidied if text)


def is_furniture(line: str) -> bool:
    """Whether a line is part of a page and not of its text: a menu, a button, a picture's name."""
    return _FURNITURE.fullmatch(line.strip()) is not None


def _without_furniture(text: str) -> str:
    """Drops lines between blank lines that hold a page number or a piece of page furniture."""
    lines = text.split("\n")
    kept = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else ""
        after = lines[index + 1] if index + 1 < len(lines) else ""
        alone = not before.strip() and not after.strip()
        if not (alone and (_PAGE_NUMBER.fullmatch(line.strip()) or is_furniture(line))):
            kept.append(line)
    return "\n".join(kept)
