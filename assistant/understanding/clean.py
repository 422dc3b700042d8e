"""What a person typed, without what no one can read."""

from __future__ import annotations

import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.{0,300}?-->")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")


def clean(text: str) -> str:
    """``text`` on one line, without markup, control characters and lone surrogates.

    Invisible joiners and soft hyphens go without leaving a gap, so that a pasted "be\\u00adleid"
    stays one word; accents are put on their letters, and a heap of them is cut down.
    """
    if not text.isascii():
        text = "".join(_readable(c) for c in text)
        text = _MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    elif not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The first ``most`` characters of ``text``, up to the last whole word."""
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most]


def _readable(character: str) -> str:
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "
