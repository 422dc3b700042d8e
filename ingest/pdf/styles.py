"""How the running text of a document is set, so that what is set otherwise can be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.pdf.lines import Line

_CLEAN = 0.7
_CLEAN_SCAN = 0.97


@dataclass(frozen=True, slots=True)
class Body:
    """The type of the running text. ``noisy``: sizes vary from line to line, as in a scan, so
    that small differences say nothing."""

    size: float
    bold: bool
    italic: bool
    noisy: bool

    @property
    def larger(self) -> float:
        """From this size on type is larger than that of the text."""
        return self.size * (1.22 if self.noisy else 1.08)


def body_of(lines: Iterable[Line], scanned: bool = False) -> Body:
    """The type that most characters of ``lines`` have. When they were ``scanned`` sizes are sure
    only if nearly all are one."""
    sizes: Counter[float] = Counter()
    styles: Counter[tuple[float, bool, bool]] = Counter()
    for line in lines:
        size = round(line.size * 2) / 2
        sizes[size] += len(line.text)
        styles[size, line.bold, line.italic] += len(line.text)
    if not sizes:
        return Body(10.0, bold=False, italic=False, noisy=False)
    usual = max(sizes, key=lambda size: (_near(sizes, size, 0.04), sizes[size]))
    enough = _CLEAN_SCAN if scanned else _CLEAN
    clean = _near(sizes, usual, 0.04) >= enough * _near(sizes, usual, 0.25)
    if not clean:  # the middle of sizes that vary around it
        around = {size: count for size, count in sizes.items() if abs(size - usual) < 0.13 * usual}
        usual = round(sum(s * count for s, count in around.items()) / sum(around.values()), 2)
    near = [
        (style, count) for style, count in styles.items() if abs(style[0] - usual) <= 0.06 * usual
    ]
    total = sum(count for _, count in near)
    return Body(
        size=usual,
        bold=2 * sum(count for style, count in near if style[1]) > total,
        italic=2 * sum(count for style, count in near if style[2]) > total,
        noisy=not clean,
    )


def _near(sizes: Counter[float], size: float, share: float) -> int:
    return sum(count for other, count in sizes.items() if abs(other - size) <= share * size)
