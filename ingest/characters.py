"""Characters: one spelling for each, and nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u0132": "IJ",
    "\u0133": "ij",
}
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_TABLE = str.maketrans(
    {**_LIGATURES, **dict.fromkeys(_INVISIBLE, ""), **dict.fromkeys(_SPACES, " ")}
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_NEWLINE = re.compile(r"\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH = re.compile(r"[\x0c\u2029]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad[ \t]*(?:\r\n|\r|\n)[ \t]*")


def tidy_characters(text: str) -> str:
    """NFC, lines ended by ``\\n``, plain spaces, no ligatures and nothing invisible.

    A soft hyphen at the end of a line joins the two halves of its word; any other soft hyphen
    goes. A form feed becomes a blank line. Doing it twice changes nothing more.
    """
    text = _SOFT_HYPHEN_AT_END.sub("", text)
    text = _PARAGRAPH.sub("\n\n", _NEWLINE.sub("\n", text))
    text = _CONTROL.sub("", text).translate(_TABLE)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """``text`` tidied and on one line, with single spaces."""
    return " ".join(tidy_characters(text).split())
