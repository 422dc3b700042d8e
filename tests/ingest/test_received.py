"""What a reading process says is checked."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.child import messages_of
from ingest.pages import Bookmark, Box, Page, PdfPage, Read, Word
from ingest.received import Received

WORD = ["hallo", 1.0, 2.0, 3.0, 4.0, 11.0, True, False]
PDF = {"number": 1, "width": 10, "height": 10, "words": [WORD], "drawn": [], "pictures": []}


def test_what_was_read_comes_out_whole() -> None:
    read = Read(
        pages=(Page(1, "een"), Page(None, "twee")),
        pdf=(
            PdfPage(
                7,
                100.0,
                200.0,
                (Word("Één", 1.0, 2.0, 3.5, 4.25, 11.0, True, False),),
                (Box(0.0, 1.0, 2.0, 3.0),),
                (Box(5.0, 6.0, 7.0, 8.0),),
            ),
        ),
        outline=(Bookmark(2, "Stap", 7),),
        title="Titel",
        warnings=("let op",),
    )
    received = Received(100)
    for message in messages_of(read):
        assert received.take(message) is None
    assert received.read() == read


def test_progress_is_given_back() -> None:
    assert Received(1).take({"progress": [2, 5]}) == (2, 5)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"progress": [1]},
        {"progress": ["1", 2]},
        {"pdf": {**PDF, "number": "1"}},
        {"pdf": {**PDF, "width": float("nan")}},
        {"pdf": {**PDF, "height": None}},
        {"pdf": {**PDF, "words": [WORD[:5]]}},
        {"pdf": {**PDF, "words": [[3, *WORD[1:]]]}},
        {"pdf": {**PDF, "words": [["a", float("inf"), *WORD[2:]]]}},
        {"pdf": {**PDF, "words": [["a", "1", *WORD[2:]]]}},
        {"pdf": {**PDF, "drawn": [[1, 2, 3]]}},
        {"pdf": {**PDF, "drawn": [[1, 2, 3, float("nan")]]}},
        {"page": {"number": 1.5, "text": "a"}},
        {"page": {"number": 1, "text": None}},
        {"page": {"number": 1, "text": "\ud800"}},
        {"bookmark": {"level": 1, "title": "a"}},
        {"title": 3, "warnings": []},
        {"title": None, "warnings": 3},
    ],
)
def test_anything_else_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        Received(100).take(message)


def test_there_is_no_more_text_than_was_allowed() -> None:
    received = Received(8)
    received.take({"pdf": PDF})
    with pytest.raises(ValueError, match="too much"):
        received.take({"page": {"number": 1, "text": "meer"}})
