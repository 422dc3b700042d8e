"""What stands before a list item: a bullet, a number or a letter."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?:([-–*•▪■●○◦·‣➢✓\uf0a7\uf0b7])|(\d{1,2}[.)]|\(?[a-z]\)|[a-z]\.))\s+(?=\S)")


def split_mark(text: str) -> tuple[str, str]:
    """``text`` as (mark, what follows); the mark is "-" for any bullet and "" for no item."""
    found = _MARK.match(text)
    if found is None:
        return "", text
    return ("-" if found.group(1) else found.group(2)), text[found.end() :]
