"""A second opinion on a PDF: does pypdf find the same letters, and is the data undamaged?

PDFium mends what it can and says nothing of what it leaves out. pypdf is as slow as the whole of
our own reading, so it looks at no more than twenty pages, spread evenly, and at those on which
PDFium found next to nothing.
"""

from __future__ import annotations

import base64
import io
import logging
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, StreamObject

PAGES = 20
_FEW_LETTERS = 100
_LONG_WORD = 4
_MAY_MISS = 0.1
_FEW_MISSING = 5
_MOST_DATA = 400_000  # bytes, packed; more on a page is a drawing, and takes pypdf minutes
_MOST_OPERATIONS = 60_000
_CHUNK = 1_000_000

# What pypdf 7 raises on damaged files besides its own errors, found by flipping bytes.
_PROBLEMS = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What pypdf makes of a PDF."""

    pages: int | None
    """How many it counts; None when it cannot open the file."""
    doubtful: tuple[int, ...] = ()
    """Numbers of pages with words that PDFium did not find, with damaged data, or that pypdf
    cannot read."""


class _TooMuchError(ValueError):
    """A page with more on it than a page of text has."""


def second_opinion(data: bytes, texts: Sequence[str]) -> Opinion:
    """What pypdf says of the pages of ``data``, of which PDFium read ``texts``, one for each
    page, with or without spaces. Of a file with a password it says nothing but the number."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            return Opinion(len(texts))
        count = len(reader.pages)
    except _PROBLEMS:
        return Opinion(None)
    chosen = _chosen(texts)
    doubtful = [
        index + 1
        for index, text in enumerate(texts)
        if _is_doubtful(reader, index, text if index in chosen else None)
    ]
    return Opinion(count, tuple(doubtful))


def _chosen(texts: Sequence[str]) -> set[int]:
    """Which pages pypdf reads: spread evenly, and those with next to no text."""
    step = max(len(texts) / PAGES, 1.0)
    spread = {int(step * i) for i in range(min(PAGES, len(texts)))}
    bare = [index for index, text in enumerate(texts) if len(text) < _FEW_LETTERS]
    return spread | set(bare[:PAGES])


def _is_doubtful(reader: PdfReader, index: int, text: str | None) -> bool:
    try:
        page = reader.pages[index]
        if any(_is_damaged(stream) for stream in _streams(page)):
            return True
        return text is not None and _finds_more(page, text)
    except _TooMuchError:
        return False
    except _PROBLEMS:
        return True


def _streams(page: PageObject) -> list[StreamObject]:
    """The packed contents of a page."""
    contents = page.get("/Contents")
    found = contents.get_object() if contents is not None else None
    parts = [part.get_object() for part in found] if isinstance(found, ArrayObject) else [found]
    return [part for part in parts if isinstance(part, StreamObject)]


def _is_damaged(stream: StreamObject) -> bool:
    """Whether zlib cannot unpack a stream to its end."""
    filters = stream.get("/Filter")
    waiting = stream._data
    if filters == ["/ASCII85Decode", "/FlateDecode"]:
        waiting = base64.a85decode(waiting.strip().removesuffix(b"~>"))
    elif filters not in ("/FlateDecode", ["/FlateDecode"]):
        return False
    unpack = zlib.decompressobj()
    try:
        while waiting and not unpack.eof:
            unpack.decompress(waiting, _CHUNK)
            waiting = unpack.unconsumed_tail
    except zlib.error:
        return True
    return not unpack.eof


def _finds_more(page: PageObject, text: str) -> bool:
    """Whether pypdf reads words that are not in ``text``."""
    if sum(len(stream._data) for stream in _streams(page)) > _MOST_DATA:
        raise _TooMuchError
    operations = 0

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        if operations > _MOST_OPERATIONS:
            raise _TooMuchError

    known = bare(text)
    words = [bare(word) for word in page.extract_text(visitor_operand_before=count).split()]
    # No digits: where PDFium finds a symbol that is no letter, pypdf gives names such as "dot2".
    words = [word for word in words if len(word) >= _LONG_WORD and word.isalpha()]
    missing = sum(word not in known for word in words)
    return missing > max(_MAY_MISS * len(words), _FEW_MISSING)


def bare(text: str) -> str:
    """The letters and digits of ``text`` without accents, so that spaces and ligatures do not
    matter."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text)))
