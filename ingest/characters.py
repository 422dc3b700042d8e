"""Characters: one spelling for each, nothing invisible, and no gaps inside words."""

from __future__ import annotations

import re
import unicodedata

from ingest.hyphen_lexicon import Spelling, dutch_frequency

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

# Fonts without accented letters set the accent apart, before its letter or behind it.
_LOOSE_TREMA = re.compile(
    "(?<=[^\\W\\d_])(?:\u00a8([aeiou\u0131])|([aeiou\u0131])\u00a8(?=[^\\W\\d_aeiou\u0131]))"
)
_LOOSE_ACUTES = re.compile("\u00b4e\u00b4e")
_LOOSE_ACUTE = re.compile("(?<=[^\\W\\d_])\u00b4([eo])(?![^\\W\\d_])")
_TREMAS = dict(zip("aeiou\u0131", "äëïöüï", strict=True))

_LIGATURE = re.compile("[\ufb00-\ufb04]")
_WORD_START = "(?<![^\\W\\d_])"
_LIGATURE_IN_GAP = re.compile(
    _WORD_START + "([^\\W\\d_]{1,40}) ([\ufb00-\ufb04]) ([^\\W\\d_]{1,40})"
)
_LIGATURE_BEFORE_GAP = re.compile(
    _WORD_START + "([^\\W\\d_]{0,40}[\ufb00-\ufb04]) ([^\\W\\d_]{1,40})"
)
_LIGATURE_BEHIND_GAP = re.compile(
    _WORD_START + "([^\\W\\d_]{1,40}) ([\ufb00-\ufb04][^\\W\\d_]{0,40})"
)
_SPACED = re.compile(
    r"(?=\S\W)(?<![^\s“„\"‘'«(\[])(?:[^\W\d_](?: {1,6}| ?[-&'’] ?)){3,200}[^\W\d_](?![^\W_])"
)
_GAP = re.compile(r"(?<=[^\W\d_]) +(?=[^\W\d_])")
_WELL_KNOWN = 3.0
_COMMON = 3.7
_RARE = 2.0


def tidy_characters(text: str) -> str:
    """NFC, lines ended by ``\\n``, plain spaces, no ligatures and nothing invisible.

    A soft hyphen at the end of a line joins the two halves of its word; any other soft hyphen
    goes. A form feed becomes a blank line. Accents that stand loose beside their letter are put
    on it, words that are spaced out or that fall apart at a ligature are joined when the word
    list knows them. Doing it twice changes nothing more.
    """
    text = _SOFT_HYPHEN_AT_END.sub("", text)
    text = _CONTROL.sub("", _PARAGRAPH.sub("\n\n", _NEWLINE.sub("\n", text)))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _without_ligatures(text))
        text = unicodedata.normalize("NFC", _with_accents(text))
    return _SPACED.sub(_unspaced, text)


def one_line(text: str) -> str:
    """``text`` tidied and on one line, with single spaces."""
    return " ".join(tidy_characters(text).split())


def _without_ligatures(text: str) -> str:
    if _LIGATURE.search(text):
        for pattern in (_LIGATURE_IN_GAP, _LIGATURE_BEFORE_GAP, _LIGATURE_BEHIND_GAP):
            text = pattern.sub(_without_gap, text)
    return text.translate(_TABLE)


def _with_accents(text: str) -> str:
    if "\u00a8" in text:
        text = _LOOSE_TREMA.sub(lambda found: _TREMAS[found.group(1) or found.group(2)], text)
    if "\u00b4" in text:
        text = _LOOSE_ACUTES.sub("éé", text)
        text = _LOOSE_ACUTE.sub(lambda found: {"e": "é", "o": "ó"}[found.group(1)], text)
    return text


def _without_gap(match: re.Match[str]) -> str:
    """The parts as one word, when that is a word and one of the parts is none."""
    parts = [part.translate(_TABLE).casefold() for part in match.groups()]
    rare = len(parts) > 2 or min(dutch_frequency(part) for part in parts) < _RARE
    if rare and dutch_frequency("".join(parts)) >= _WELL_KNOWN:
        return "".join(match.groups())
    return match.group()


def _unspaced(match: re.Match[str]) -> str:
    """Letters with a space between them as words, when most are words that the list knows.

    The widest gaps part the words. A row of options ("a b c d") stays as it is.
    """
    gaps = [len(gap.group()) for gap in _GAP.finditer(match.group())]
    narrow = min(gaps, default=1)
    words = [re.sub(r"\s", "", word) for word in re.split(rf" {{{narrow + 1},}}", match.group())]
    letters = sum(map(len, words))
    known = sum(len(word) for word in words if _is_known(word))
    return " ".join(words) if known * 2 > letters else match.group()


def _is_known(word: str) -> bool:
    """Whether each part of a word with hyphens is a common word, or a longer one made of them."""
    spelling = Spelling(dutch_frequency)
    parts = [part for part in re.split(r"\W", word.casefold()) if part]
    longest = max(map(len, parts), default=0)
    least = _COMMON if longest < 5 else _WELL_KNOWN  # short words can be a row of options
    return longest > 2 and all(
        dutch_frequency(part) >= least or (len(part) > 7 and spelling.is_word(part))
        for part in parts
    )
