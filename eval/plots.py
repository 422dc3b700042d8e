"""Plots as inline SVG. Colours come from the page (CSS classes), so they follow light and dark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.evaluation import Estimate

_ROW = 26
_LABEL = 190
_WIDTH = 760
_COUNT = 118
_AXIS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dot plot: what it is, over how many questions, and the figure."""

    label: str
    questions: int
    estimate: Estimate


def dot_plot(rows: Sequence[Row], title: str) -> str:
    """Shares (0 to 1) as dots with their 95 % interval, a row for each."""
    left, right = _LABEL, _WIDTH - _COUNT
    height = len(rows) * _ROW + _AXIS
    parts = [_open(_WIDTH, height, title)]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = left + tick * (right - left)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height - _AXIS}"/>')
        parts.append(_text(x, height - 7, f"{tick:.0%}".replace("%", " %"), "middle"))
    for place, row in enumerate(rows):
        y = place * _ROW + _ROW / 2
        parts.append(_text(left - 10, y + 4, row.label, "end", "label"))
        parts.append(_text(_WIDTH - 62, y + 4, _share(row.estimate), "end", "label"))
        parts.append(_text(_WIDTH, y + 4, f"n = {row.questions}", "end"))
        parts += _dot(row.estimate, left, right - left, y)
    return "".join((*parts, "</svg>"))


def histogram(values: Sequence[float], marks: Sequence[tuple[str, float]], title: str) -> str:
    """Times in milliseconds as bars, with lines at the marks; the slowest 1 % share one bar."""
    if not values:
        return ""
    height, base = 190, 160
    cap = sorted(values)[max(0, math.ceil(len(values) * 0.99) - 1)]
    step = _bin_width(cap)
    bins = [0] * (int(cap // step) + 1)
    beyond = 0
    for value in values:
        if value > cap:
            beyond += 1
        else:
            bins[int(value // step)] += 1
    counts = [*bins, beyond] if beyond else bins
    width = (_WIDTH - 20) / len(counts)
    top = max(counts)
    parts = [_open(_WIDTH, height, title)]
    for place, count in enumerate(counts):
        tall = count / top * (base - 30)
        x = 10 + place * width
        parts.append(
            f'<rect class="bar" x="{x + 1:.1f}" y="{base - tall:.1f}" '
            f'width="{max(1.0, width - 2):.1f}" height="{tall:.1f}"><title>{count}</title></rect>'
        )
    every = max(1, math.ceil(len(bins) / 10))
    for place in range(0, len(bins), every):
        parts.append(_text(10 + place * width, base + 18, f"{place * step:g}", "middle"))
    if beyond:
        parts.append(_text(_WIDTH - 10 - width / 2, base + 18, f"> {cap:.0f}", "middle"))
    lifted = 12
    for name, value in marks:
        x = 10 + min(value / step, len(counts)) * width
        parts.append(f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{lifted}" y2="{base}"/>')
        parts.append(_text(x + 5, lifted + 8, f"{name} {value:.0f} ms", "start", "label"))
        lifted += 16
    parts.append(f'<line class="axis" x1="10" x2="{_WIDTH - 10}" y1="{base}" y2="{base}"/>')
    return "".join((*parts, "</svg>"))


# --- steps -----------------------------------------------------------------------------------


def _bin_width(cap: float) -> float:
    """A round width that makes about 25 bars."""
    rough = max(cap, 1.0) / 25
    power: float = 10 ** math.floor(math.log10(rough))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= rough)


def _dot(estimate: Estimate, left: float, width: float, y: float) -> list[str]:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return [_text(left + 4, y + 4, "niet gemeten", "start")]
    low, value, high = (left + v * width for v in (estimate.low, estimate.value, estimate.high))
    shown = f"{100 * estimate.value:.0f} % ({100 * estimate.low:.0f} – {100 * estimate.high:.0f})"
    return [
        f'<line class="range" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>',
        f'<circle class="dot" cx="{value:.1f}" cy="{y}" r="5"><title>{shown}</title></circle>',
    ]


def _share(estimate: Estimate) -> str:
    return "" if estimate.value is None else f"{100 * estimate.value:.0f} %"


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
    )


def _text(x: float, y: float, text: str, anchor: str, css: str = "tick") -> str:
    return (
        f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )
