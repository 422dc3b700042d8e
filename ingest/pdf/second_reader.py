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
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

PAGES = 20
_FEW_LETTERS = 100
_LONG_WORD = 4
_MAY_MISS = 0.1
_FEW_MISSING = 5
_MOST_DATA = 500_000  # bytes; more on a page is a drawing, and takes pypdf minutes
_MOST_UNPACKED = 50_000_000  # bytes; no further is a stream checked
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
    except DependencyError:
        return Opinion(len(texts))  # locked in a way that it needs the package cryptography for
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
        sizes = [_unpacked(stream) for stream in _contents(page)]
        if any(size is None for size in sizes):
            return True
        if text is None or sum(map(int, filter(None, sizes))) + _in_forms(page) > _MOST_DATA:
            return False
        return _finds_more(page, text)
    except _TooMuchError:
        return False
    except _PROBLEMS:
        return True


def _contents(page: PageObject) -> list[StreamObject]:
    contents = page.get("/Contents")
    found = contents.get_object() if contents is not None else None
    parts = [part.get_object() for part in found] if isinstance(found, ArrayObject) else [found]
    return [part for part in parts if isinstance(part, StreamObject)]


def _in_forms(page: PageObject) -> int:
    """How much data there is in the drawings (form XObjects) that the page can show."""
    waiting: list[DictionaryObject] = [page]
    seen: set[int] = set()
    total = 0
    while waiting and total <= _MOST_DATA:
        resources = waiting.pop().get("/Resources", DictionaryObject()).get_object()
        for value in resources.get("/XObject", DictionaryObject()).get_object().values():
            form = value.get_object()
            if form.get("/Subtype") == "/Form" and id(form) not in seen:
                seen.add(id(form))
                total += _unpacked(form) or 0
                waiting.append(form)
    return total


def _unpacked(stream: StreamObject) -> int | None:
    """How many bytes ``stream`` holds, counted up to `_MOST_UNPACKED`; None when it is damaged, so
    that zlib cannot unpack it to its end."""
    filters = stream.get("/Filter")
    waiting = stream._data
    if filters == ["/ASCII85Decode", "/FlateDecode"]:
        waiting = base64.a85decode(waiting.strip().removesuffix(b"~>"))
    elif filters not in ("/FlateDecode", ["/FlateDecode"]):
        return len(waiting)
    unpack = zlib.decompressobj()
    total = 0
    try:
        while waiting and not unpack.eof and total <= _MOST_UNPACKED:
            total += len(unpack.decompress(waiting, _CHUNK))
            waiting = unpack.unconsumed_tail
    except zlib.error:
        return None
    return total if unpack.eof or waiting else None


def _finds_more(page: PageObject, text: str) -> bool:
    """Whether pypdf reads words that are not in ``text``."""
    operations = 0

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        if operations > _MOST_OPERATIONS:
            raise _TooMuchError

    known = bare(text)
    words = {bare(word) for word in page.extract_text(visitor_operand_before=count).split()}
    # No digits: where PDFium finds a symbol that is no letter, pypdf gives names such as "dot2".
    words = {word for word in words if len(word) >= _LONG_WORD and word.isalpha()}
    missing = sum(not _is_known(word, known) for word in words)
    return missing > max(_MAY_MISS * len(words), _FEW_MISSING)


def _is_known(word: str, known: str) -> bool:
    """Whether ``word`` is in ``known``, or is two words of it that pypdf ran together."""
    return word in known or any(
        word[:place] in known and word[place:] in known for place in range(3, len(word) - 2)
    )


def bare(text: str) -> str:
    """The letters and digits of ``text`` without accents, so that spaces and ligatures do not
    matter."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text)))
