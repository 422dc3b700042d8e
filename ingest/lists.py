"""What stands before a list item: a bullet, a number or a letter."""

from __future__ import annotations

import re
from collections import Counter

# The last row stands in the private area where Symbol and Wingdings keep their bullets.
_BULLETS = (
    "-–*•▪▫■□●○◦·∙‣⁃➢➤➔►▶▸◆◇❖❑✓✔☐☑→"
    "\uf02d\uf06c\uf06e\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf0fe"
)
_MARK = re.compile(
    rf"(?:([{re.escape(_BULLETS)}])|(\d{{1,2}}[.)]|\(\d{{1,2}}\)|[A-Z]\)|[a-z][.)]|"
    r"\([a-z]\)|\(?[ivx]{2,4}\)))\s+(?=\S)"
)
# Bullets of a symbol font come out as the letter that has their place in other fonts.
_WITH_TAB = re.compile(r"^[ \t]*([nlovqüØŸ§])\t+(?=(?:[^\W\d_]|[“‘\"'(])[^\t\n]*$)", re.MULTILINE)
_WITH_SPACE = re.compile(r"^[ \t]*([nlovqüØŸ§]) +(?=[“‘\"'(]?[^\W\d_]{2}[^\t\n]*$)", re.MULTILINE)
_FEWEST_WITH_TAB = 2
_FEWEST_WITH_SPACE = 3


def split_mark(text: str) -> tuple[str, str]:
    """``text`` as (mark, what follows); the mark is "-" for any bullet and "" for no item."""
    found = _MARK.match(text)
    if found is None:
        return "", text
    return ("-" if found.group(1) else found.group(2)), text[found.end() :]


def is_mark(text: str) -> bool:
    """Whether ``text`` is the mark of an item and nothing more."""
    return split_mark(f"{text} x")[1] == "x"


def real_bullets(text: str) -> str:
    """``text`` with bullets where a PDF or Word file left the letter of a symbol font (n, l, o,
    v, q, ü, Ø, Ÿ or §) at the start of several lines. Doing it twice changes nothing more."""
    text = _with_bullets(text, _WITH_TAB, _FEWEST_WITH_TAB)
    return _with_bullets(text, _WITH_SPACE, _FEWEST_WITH_SPACE)


def _with_bullets(text: str, pattern: re.Pattern[str], fewest: int) -> str:
    seen = Counter(match.group(1) for match in pattern.finditer(text))
    return pattern.sub(
        lambda match: "• " if seen[match.group(1)] >= fewest else match.group(), text
    )
