"""What the page of a document shows: the version, what is marked, and the page as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from corpus.errors import BadInputError
from corpus.originals import Original
from corpus.readings import Reading
from corpus.types import Metadata, Version
from ingest.page_pictures import PDF
from web.source_address import Asked, address_of, path_of
from web.source_layout import Block, Line, lay_out, page_spans, within
from web.source_marks import Hits, Piece, hits_of, same_words, search
from web.source_pages import Drawer, Drawn, PageView, draw


class Reader(Protocol):
    """Finds versions: ``corpus.readings.Readings``."""

    def find(self, document_id: str, version_id: str = "") -> Reading:
        """The version asked for, else the one of now. Raises UnknownDocumentError or
        WithdrawnError."""


class Keeper(Protocol):
    """Gives originals back: ``corpus.originals.Originals``."""

    def get(self, version_id: str) -> Original | None:
        """The record of a version's original."""

    def read(self, original: Original) -> bytes:
        """Its bytes. Raises NotReadyError when they are lost."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The parts behind the pages of documents."""

    reader: Reader
    keeper: Keeper
    drawer: Drawer


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a block with its text in pieces, as the template takes it."""

    block: Block
    groups: tuple[tuple[tuple[Line, tuple[Piece, ...]], ...], ...]
    caption: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """The version of now, when an older one is shown."""

    address: str
    has_quote: bool | None
    """Whether it has the same words; None when none are marked."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """All that the template needs."""

    document_id: str
    metadata: Metadata
    version: Version
    asked: Asked
    hits: Hits
    blocks: tuple[Shown, ...]
    outline: tuple[Block, ...]
    is_asked: bool
    is_published: bool
    newer: Newer | None
    successor: str | None
    """Address of the document that took the place of this one."""
    has_pages: bool
    """The pages can be shown as pictures."""
    pages: tuple[PageView, ...]
    last_page: int
    problem: str
    """Why there is no picture where there should be one."""
    is_located: bool
    """The marked words were found on the pages that are shown."""
    can_download: bool
    today: date

    @property
    def path(self) -> str:
        """Of this page, without what it asks for."""
        return path_of(self.document_id)

    @property
    def download(self) -> str:
        """Address of the file itself."""
        return f"{self.path}/origineel?{urlencode({'versie': self.version.id})}"

    @property
    def is_on_page(self) -> bool:
        """Whether the current hit is in the text of the pages that are shown."""
        return any(
            piece.current
            for shown in self.blocks
            for group in shown.groups
            for _, pieces in group
            for piece in pieces
        )

    def is_first(self, page: PageView) -> bool:
        """Whether ``page`` is the first one on which the current hit is marked."""
        marked = [each for each in self.pages if any(mark.current for mark in each.marks)]
        return marked[:1] == [page]

    def title_of(self, block: Block) -> str:
        """The text of a heading."""
        return self.version.text[block.start : block.end]

    def address(self, **changes: str | int) -> str:
        """This page with other fields; an empty one is left out."""
        return address_of(self.asked, self.version.id, changes)

    def hit_address(self, step: int) -> str | None:
        """The page of the hit ``step`` further; None when there is none."""
        at = self.hits.at + step
        if not 0 <= at < len(self.hits.spans):
            return None
        if self.asked.typed:
            return f"{self.address(treffer=at + 1, pagina='')}#citaat"
        start, end = self.hits.spans[at]
        rest = tuple(span for span in self.hits.spans if span != (start, end))
        moved = replace(self.asked, span=(start, end), others=rest, page=None)
        return f"{address_of(moved, self.version.id, {})}#citaat"


def view(asked: Asked, sources: Sources, today: date) -> SourceView:
    """What to show of a document. Raises UnknownDocumentError or WithdrawnError."""
    reading = sources.reader.find(asked.document_id, asked.version_id)
    version = reading.version
    hits = _hits(asked, reading)
    blocks = lay_out(version)
    original = sources.keeper.get(version.id)
    has_pages = original is not None and original.media_type == PDF and bool(version.page_starts)
    drawn = Drawn()
    if original is not None and has_pages and not asked.as_text:
        drawn = draw(asked, sources.drawer, original, version, hits)
        spans = [span for number in drawn.numbers for span in page_spans(version, number)]
        shown = within(blocks, spans)
    else:
        shown = list(blocks)
    shown = [block for block in shown if not _is_title(block, version, hits)]
    is_located = any(mark.current for page in drawn.pages for mark in page.marks)
    return SourceView(
        document_id=asked.document_id,
        metadata=version.metadata,
        version=version,
        asked=asked,
        hits=hits,
        blocks=tuple(_in_pieces(shown, version.text, hits)),
        outline=tuple(block for block in blocks if block.kind == "heading"),
        is_asked=reading.is_asked,
        is_published=reading.current is not None,
        newer=_newer(reading, hits, sources.reader),
        successor=_successor(version.metadata, reading, sources.reader),
        has_pages=has_pages,
        pages=drawn.pages,
        last_page=drawn.last,
        problem=drawn.problem,
        is_located=is_located,
        can_download=original is not None and version.metadata.downloadable,
        today=today,
    )


# --- steps -----------------------------------------------------------------------------------


def _hits(asked: Asked, reading: Reading) -> Hits:
    text = reading.version.text
    if asked.typed:
        spans = search(text, asked.typed)
        return Hits(spans, min(max(asked.hit, 1), len(spans)) - 1) if spans else Hits()
    # Offsets count in one version: in another one they would mark the wrong words.
    return hits_of(asked.span, asked.others, len(text)) if reading.is_asked else Hits()


def _in_pieces(blocks: Sequence[Block], text: str, hits: Hits) -> Iterable[Shown]:
    is_seen = False

    def pieces(line: Line) -> tuple[Piece, ...]:
        nonlocal is_seen
        found = hits.pieces(text, line)
        if not is_seen:
            at = next((n for n, piece in enumerate(found) if piece.current), None)
            if at is not None:
                found[at] = replace(found[at], first=True)
                is_seen = True
        return tuple(found)

    for block in blocks:
        caption = pieces(block.caption) if block.caption else ()
        groups = tuple(tuple((line, pieces(line)) for line in group) for group in block.groups)
        yield Shown(block, groups, caption)


def _is_title(block: Block, version: Version, hits: Hits) -> bool:
    """Whether a block is the title, which stands above the text already, with nothing marked."""
    is_first = block.start == 0 and version.text[: block.end] == version.metadata.title
    return is_first and not any(start < block.end for start, _ in hits.spans)


def _newer(reading: Reading, hits: Hits, reader: Reader) -> Newer | None:
    if reading.current is None or reading.is_current:
        return None
    version = reading.version
    asked = Asked(version.document_id)
    if hits.current is None:
        return Newer(address_of(asked, reading.current, {}), None)
    start, end = hits.current
    there = same_words(version.text[start:end], reader.find(version.document_id).version.text)
    if there is None:
        return Newer(address_of(asked, reading.current, {}), False)
    moved = replace(asked, span=there)
    return Newer(f"{address_of(moved, reading.current, {})}#citaat", True)


def _successor(metadata: Metadata, reading: Reading, reader: Reader) -> str | None:
    """Address of the document that took the place of one that is not published any more."""
    if reading.current is not None or metadata.replaced_by is None:
        return None
    try:
        there = reader.find(metadata.replaced_by)
    except BadInputError:  # not there, not yet published, or withdrawn: nothing to lead to
        return None
    return address_of(Asked(metadata.replaced_by), "", {}) if there.current else None
