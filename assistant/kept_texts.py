"""The canonical texts that answers are checked against, as far as memory may hold them."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 20_000_000  # characters in all; a longer text is read each time


class KeptTexts:
    """Reads the text of a version once: it never changes. Safe for several threads."""

    def __init__(self, text_of: Callable[[str], str], most: int = _MOST) -> None:
        """``text_of`` gives the text of a version by its id; ``most`` is characters in memory."""
        self._text_of = text_of
        self._most = most
        self._kept: dict[str, str] = {}
        self._size = 0

    def read(self, version_id: str) -> str:
        """Canonical text of a version. Raises what ``text_of`` raises."""
        kept = self._kept  # another thread may put a new one in its place meanwhile
        text = kept.get(version_id)
        if text is None:
            text = self._text_of(version_id)
            if self._size + len(text) > self._most:
                self._kept, self._size = {}, 0
            if len(text) <= self._most:
                self._kept[version_id] = text
                self._size += len(text)
        return text
