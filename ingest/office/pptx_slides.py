"""The slides of a PowerPoint file with their layouts, and where shapes stand on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from corpus.errors import BadInputError
from ingest.office.container import Package, Relation
from ingest.office.ooxml import A, P, R, number_in
from ingest.office.pptx_text import paragraph_text
from ingest.office.reading_order import Spot

TITLES = frozenset({"title", "ctrTitle"})


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide with what it calls on."""

    number: int
    """Counted from 1, hidden slides too, as PowerPoint does."""
    root: Element
    relations: dict[str, Relation]
    layout: Element | None
    master: Element | None

    @property
    def is_hidden(self) -> bool:
        """Whether the slide is left out when the show is given."""
        return self.root.get("show") in {"0", "false"}

    @property
    def kind(self) -> str:
        """The kind of its layout: ``title``, ``secHead``, ``obj`` and so on."""
        return (self.layout.get("type") or "") if self.layout is not None else ""


def slides(package: Package, main: str, root: Element) -> Iterator[Slide]:
    """The slides in the order of the show.

    Raises BadInputError when one of them is missing or damaged.
    """
    relations = package.relations(main)
    ids = [entry.get(f"{R}id", "") for entry in root.iterfind(f"{P}sldIdLst/{P}sldId")]
    models: dict[str, Element | None] = {}
    for number, id_ in enumerate(dict.fromkeys(ids), start=1):
        part = relations[id_].target if id_ in relations else None
        slide = package.xml(part) if part else None
        if part is None or slide is None:
            raise BadInputError(
                f"{package.name} is beschadigd: dia {number} ontbreekt. "
                "Open het in PowerPoint, sla het opnieuw op en probeer het nog eens."
            )
        layout = package.related(part, "slideLayout") or ""
        master = package.related(layout, "slideMaster") or "" if layout else ""
        for model in {layout, master} - models.keys():
            models[model] = package.xml(model)
        own = package.relations(part)
        yield Slide(number, slide, own, models[layout], models[master])


def place_of(shape: Element) -> Element | None:
    """The placeholder that a shape fills."""
    return shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")


def models_of(place: Element | None, slide: Slide) -> list[Element]:
    """The shapes of the layout and the master that a placeholder takes after, in that order.

    On the layout it is the one with the same index, on the master the one of the same kind.
    """
    if place is None:
        return []
    kind, index = place.get("type", "obj"), place.get("idx")
    family = TITLES if kind in TITLES else {kind} if kind == "subTitle" else {kind, "body"}
    found = []
    for root, by_index in ((slide.layout, index is not None), (slide.master, False)):
        for shape in root.iterfind(f"{P}cSld/{P}spTree/{P}sp") if root is not None else ():
            own = place_of(shape)
            if own is None:
                continue
            if own.get("idx") == index if by_index else own.get("type", "obj") in family:
                found.append(shape)
                break
    return found


def is_hidden(shape: Element) -> bool:
    """Whether a shape was hidden in the selection pane."""
    properties = next((child.find(f"{P}cNvPr") for child in shape), None)
    return properties is not None and properties.get("hidden") in {"1", "true"}


def spot_of(transform: Element | None) -> Spot | None:
    """The rectangle that an a:xfrm or p:xfrm gives, None when it is not whole."""
    if transform is None:
        return None
    corner, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    left, top = number_in(corner, "x"), number_in(corner, "y")
    wide, high = number_in(extent, "cx"), number_in(extent, "cy")
    if left is None or top is None or wide is None or high is None:
        return None
    return Spot(left, top, left + wide, top + high)


def has_notes(root: Element) -> bool:
    """Whether the speaker wrote something on a notes page."""
    for shape in root.iter(f"{P}sp"):
        place = place_of(shape)
        if place is not None and place.get("type") == "body":
            return any(paragraph_text(paragraph).strip() for paragraph in shape.iter(f"{A}p"))
    return False
