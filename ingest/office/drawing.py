"""Charts and SmartArt, which Word and PowerPoint keep in parts of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lxml.etree import _Element as Element

from ingest.office.flow import Cell, Piece
from ingest.office.ooxml import DGM, A, C

_MAX_POINTS = 200
"""A chart of more points is a cloud or a curve that nobody reads off."""
_DATE = re.compile(r"yy|d[-/. ]?m")
_DAY_ZERO = date(1899, 12, 30)
_DECIMALS = re.compile(r"0\.(0+)")


def chart_pieces(root: Element) -> list[Piece]:
    """A chart as a table: a row for each category, a column for each series.

    The numbers are those that the file keeps for the chart, written the Dutch way in the number
    format that goes with them. A chart without categories, or with very many, gives its title.
    """
    title = _all_text(root.find(f"{C}chart/{C}title"))
    series = list(root.iter(f"{C}ser"))
    labels = _points(series[0].find(f"{C}cat")) if series else {}
    columns = [_points(one.find(f"{C}val")) for one in series]
    if not labels or not any(columns) or len(labels) * len(columns) > _MAX_POINTS:
        return [Piece("paragraph", title)] if title else []
    names = ["", *(_points(one.find(f"{C}tx")).get(0, "") for one in series)]
    header = tuple(Cell((Piece("paragraph", name),), header=True) for name in names)
    rows = [
        tuple(
            Cell((Piece("paragraph", text),))
            for text in (label, *(values.get(place, "") for values in columns))
        )
        for place, label in sorted(labels.items())
    ]
    return [Piece("table", title, rows=(header, *rows))]


def diagram_pieces(root: Element) -> list[Piece]:
    """The texts of SmartArt as a list, what hangs under a shape one level deeper."""
    texts = {
        point.get("modelId", ""): _all_text(point.find(f"{DGM}t"))
        for point in root.iter(f"{DGM}pt")
        if point.get("type", "node") in {"node", "asst"}
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(f"{DGM}cxn"):
        order = link.get("srcOrd", "0")
        if link.get("type", "parOf") == "parOf" and link.get("destId", "") in texts:
            place = int(order) if order.isdecimal() else 0
            below.setdefault(link.get("srcId", ""), []).append((place, link.get("destId", "")))
    hanging = {child for children in below.values() for _, child in children}
    tops = [source for source in below if source not in hanging]
    done: set[str] = set()
    pieces = [piece for top in tops for piece in _branch(top, 1, texts, below, done)]
    loose = [texts[id_] for id_ in texts if id_ not in done and texts[id_]]
    return pieces + [Piece("item", text, level=1) for text in loose]


def _branch(
    parent: str,
    level: int,
    texts: dict[str, str],
    below: dict[str, list[tuple[int, str]]],
    done: set[str],
) -> Iterator[Piece]:
    """``done`` keeps a damaged file, whose shapes hang under each other in a ring, from looping."""
    if level > 9:
        return
    for _, child in sorted(below.get(parent, [])):
        if child in done:
            continue
        done.add(child)
        text = texts[child]
        if text:
            yield Piece("item", text, level=level)
        yield from _branch(child, level + 1 if text else level, texts, below, done)


def _points(element: Element | None) -> dict[int, str]:
    """The texts of a series by their place; numbers as their format shows them."""
    found: dict[int, str] = {}
    if element is None:
        return found
    cache = next(element.iter(f"{C}numCache", f"{C}numLit"), None)
    code = (cache.findtext(f"{C}formatCode") or "") if cache is not None else ""
    for point in element.iter(f"{C}pt"):
        place, text = point.get("idx", ""), " ".join((point.findtext(f"{C}v") or "").split())
        if place.isdecimal() and len(place) < 7 and text:
            own = point.get("formatCode") or code
            found.setdefault(int(place), _number(text, own) if cache is not None else text)
    return found


def _number(text: str, code: str) -> str:
    try:
        value = float(text)
        if _DATE.search(code):
            return f"{_DAY_ZERO + timedelta(days=value):{'%d-%m-%Y' if 'd' in code else '%m-%Y'}}"
    except (ValueError, OverflowError):
        return text
    percent = "%" in code
    value = value * 100 if percent else value
    decimals = _DECIMALS.search(code)
    if decimals or re.search("[0#]", code):
        shown = f"{value:.{len(decimals.group(1)) if decimals else 0}f}"
    else:
        shown = f"{value:.10g}"
    return shown.replace(".", ",") + ("%" if percent else "")


def _all_text(element: Element | None) -> str:
    """The paragraphs of a DrawingML text, parted by a space."""
    if element is None:
        return ""
    paragraphs = element.iter(f"{A}p")
    lines = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in paragraphs)
    return " ".join(" ".join(lines).split())
