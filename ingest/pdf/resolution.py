"""At how many dots an inch pages are drawn for the recognition of text."""

from __future__ import annotations

DPI = 300
"""What tesseract is trained for."""

_MOST_PIXELS = 40_000_000  # of a page; A3 at 300 dpi has 17 million
_LEAST = 36.0  # points; a smaller page holds no text


def dots_per_inch(width: float, height: float) -> int:
    """At which a page of this size (in points) is drawn."""
    inches = max(width, _LEAST) * max(height, _LEAST) / 72**2
    return min(DPI, max(int((_MOST_PIXELS / inches) ** 0.5), 1))
