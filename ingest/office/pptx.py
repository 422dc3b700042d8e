"""PowerPoint files: each slide that is shown, as a page of HTML.

The number of a slide is the number of its page. Speaker notes are left out: they are not on the
slide, and whoever wrote them did not mean to publish them. Hidden slides, footers, dates and
slide numbers are left out too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.errors import BadInputError
from ingest.office.container import Package, open_package
from ingest.office.drawing import chart_pieces, diagram_pieces
from ingest.office.flow import Piece, text_of, to_html
from ingest.office.ooxml import DGM, MC, A, C, P, R, chosen, core_title, number_in, sensible_title
from ingest.office.pptx_slides import (
    TITLES,
    Slide,
    has_notes,
    is_hidden,
    models_of,
    place_of,
    slides,
    spot_of,
)
from ingest.office.pptx_text import list_styles, style_of_master, table_piece, text_pieces
from ingest.office.reading_order import Spot, reading_order
from ingest.pages import Page, Read

_FURNITURE = {"dt", "ftr", "hdr", "sldNum"}
_MAX_TITLE = 150
_TOP_PART = 0.4
"""Share of the slide, from the top, in which a title stands that is no placeholder."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What stands at one spot of a slide."""

    pieces: tuple[Piece, ...]
    spot: Spot | None
    is_title: bool = False


@dataclass(slots=True)
class _Seen:
    """What staff should hear of, with the numbers of the slides."""

    hidden: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    charts: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


def read_pptx(data: bytes, name: str) -> Read:
    """The slides of a PowerPoint file (.pptx, .pptm, .ppsx, .potx), called ``name`` in messages.

    Raises BadInputError for what is no such file, damaged, protected, or a bomb.
    """
    package = open_package(data, name, "pptx")
    main = package.related("", "officeDocument") or "ppt/presentation.xml"
    root = package.xml(main)
    if root is None:
        raise BadInputError(
            f"{name} is geen volledig PowerPointbestand: {main} ontbreekt. "
            "Open het in PowerPoint, sla het opnieuw op en probeer het nog eens."
        )
    reader = _Reader(package, root)
    pages, title, in_section = [], None, False
    for slide in slides(package, main, root):
        if slide.is_hidden:
            reader.seen.hidden.append(slide.number)
            continue
        heading, rest = reader.slide(slide)
        opens_section = slide.kind == "secHead" and bool(heading)
        in_section = in_section or opens_section
        level = 2 if opens_section or not in_section else 3
        if slide.number == 1 and slide.kind == "title":
            level = 1
        title = heading if slide.number == 1 else title
        pieces = [Piece("heading", heading, level), *rest] if heading else rest
        if pieces:
            pages.append(Page(slide.number, to_html(pieces)))
    return Read(
        pages=tuple(pages),
        title=sensible_title(title) or core_title(package),
        warnings=tuple(_warnings(reader.seen)),
    )


class _Reader:
    """Reads the slides of one file."""

    def __init__(self, package: Package, root: Element) -> None:
        size = root.find(f"{P}sldSz")
        self._package = package
        self._width = number_in(size, "cx") or 12_192_000
        self._height = number_in(size, "cy") or 6_858_000
        self._defaults = root.find(f"{P}defaultTextStyle")
        self.seen = _Seen()

    def slide(self, slide: Slide) -> tuple[str, list[Piece]]:
        """The title of a slide ("" when it has none) and what else it says."""
        self._note_what_is_left_out(slide)
        tree = slide.root.find(f"{P}cSld/{P}spTree")
        shapes = list(self._shapes(tree, slide)) if tree is not None else []
        shapes = self._in_order([shape for shape in shapes if text_of(shape.pieces)])
        titles = [shape for shape in shapes if shape.is_title]
        if not titles:
            titles = self._made_title(shapes)
        heading, under_title = _split_title([piece for shape in titles for piece in shape.pieces])
        if not shapes and next(slide.root.iter(f"{P}pic"), None) is not None:
            self.seen.pictures.append(slide.number)
        rest = [shape.pieces for shape in shapes if shape not in titles]
        return heading, [piece for pieces in (under_title, *rest) for piece in _boxed(pieces)]

    def _note_what_is_left_out(self, slide: Slide) -> None:
        kinds = {relation.kind: relation.target for relation in slide.relations.values()}
        notes = self._package.xml(kinds["notesSlide"]) if "notesSlide" in kinds else None
        if notes is not None and has_notes(notes):
            self.seen.notes.append(slide.number)
        if "comments" in kinds:
            self.seen.comments.append(slide.number)

    def _shapes(self, tree: Element, slide: Slide) -> Iterator[_Shape]:
        for child in tree:
            if child.tag == f"{MC}AlternateContent":
                version = chosen(child)
                yield from self._shapes(version, slide) if version is not None else ()
            elif is_hidden(child):
                continue
            elif child.tag == f"{P}grpSp":
                inner = self._in_order(list(self._shapes(child, slide)))
                pieces = [piece for shape in inner for piece in _boxed(shape.pieces)]
                yield _Shape(tuple(pieces), spot_of(child.find(f"{P}grpSpPr/{A}xfrm")))
            elif child.tag == f"{P}graphicFrame":
                pieces = list(self._graphic(child, slide))
                yield _Shape(tuple(pieces), spot_of(child.find(f"{P}xfrm")))
            elif child.tag == f"{P}sp":
                yield from self._text_shape(child, slide)

    def _text_shape(self, shape: Element, slide: Slide) -> Iterator[_Shape]:
        place = place_of(shape)
        kind = place.get("type", "obj") if place is not None else None
        if kind in _FURNITURE:
            return
        models = [shape, *models_of(place, slide)]
        styles = [model.find(f"{P}txBody/{A}lstStyle") for model in models]
        inherited = list_styles(*styles, style_of_master(slide.master, kind), self._defaults)
        pieces = text_pieces(shape.find(f"{P}txBody"), inherited)
        spots = (spot_of(model.find(f"{P}spPr/{A}xfrm")) for model in models)
        spot = next((spot for spot in spots if spot is not None), None)
        yield _Shape(tuple(pieces), spot, kind in TITLES)

    def _graphic(self, frame: Element, slide: Slide) -> Iterator[Piece]:
        """The table, chart or SmartArt in a frame."""
        known = False
        for element in frame.iter(f"{A}tbl", f"{C}chart", f"{DGM}relIds"):
            known = True
            if element.tag == f"{A}tbl":
                yield table_piece(element)
                continue
            is_chart = element.tag == f"{C}chart"
            relation = slide.relations.get(element.get(f"{R}id" if is_chart else f"{R}dm", ""))
            root = self._package.xml(relation.target) if relation else None
            pieces = [] if root is None else (chart_pieces if is_chart else diagram_pieces)(root)
            if is_chart:
                read = any(piece.kind == "table" for piece in pieces)
                (self.seen.charts if read else self.seen.objects).append(slide.number)
            yield from pieces
        if not known:
            self.seen.objects.append(slide.number)

    def _in_order(self, shapes: list[_Shape]) -> list[_Shape]:
        """In reading order; as they come when the file does not say where one of them stands."""
        spots = [shape.spot for shape in shapes if shape.spot is not None]
        if len(spots) < len(shapes):
            return shapes
        return [shapes[place] for place in reading_order(spots, self._width, self._height)]

    def _made_title(self, shapes: Sequence[_Shape]) -> list[_Shape]:
        """On a slide without a title of its own: the one line near the top that is larger than
        all else."""
        sizes = [max((piece.size for piece in shape.pieces), default=0.0) for shape in shapes]
        largest = max(sizes, default=0.0)
        if not largest or sizes.count(largest) > 1:
            return []
        shape = shapes[sizes.index(largest)]
        near_top = shape.spot is not None and shape.spot.top < _TOP_PART * self._height
        is_line = len(shape.pieces) == 1 and len(text_of(shape.pieces)) <= _MAX_TITLE
        return [shape] if near_top and is_line and len(shapes) > 1 else []


def _split_title(pieces: Sequence[Piece]) -> tuple[str, tuple[Piece, ...]]:
    """The title, and the paragraphs under it that were typed into the same box."""
    whole = text_of(pieces)
    if len(whole) <= _MAX_TITLE or len(pieces) == 1:
        return whole, ()
    return text_of(pieces[:1]), tuple(pieces[1:])


def _boxed(pieces: tuple[Piece, ...]) -> list[Piece]:
    return [Piece("box", inner=pieces)] if text_of(pieces) else []


def _warnings(seen: _Seen) -> Iterator[str]:
    """What staff should know of how the file was read."""
    for numbers, what in (
        (seen.hidden, "Verborgen dia's zijn weggelaten"),
        (seen.notes, "Notities van de spreker zijn weggelaten"),
        (seen.comments, "Opmerkingen zijn weggelaten"),
        (seen.charts, "Grafieken zijn als tabel gelezen; controleer de cijfers"),
        (seen.objects, "Ingevoegde bestanden of grafieken zijn niet gelezen"),
        (seen.pictures, "Alleen afbeeldingen; tekst daarin is niet gelezen"),
    ):
        if numbers:
            listed = ", ".join(str(number) for number in dict.fromkeys(numbers))
            yield f"{what} (dia {listed})."
