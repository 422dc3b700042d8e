"""Finds the statements in a model's reply while it is still being written.

Asked for is one JSON object a line. Small models put it in code fences or an array, forget line
ends or leave a comma too many: every flat object is taken as soon as it is complete, wherever it
stands. What cannot be read is given back as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

REPLY_SCHEMA = {
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "numbers": {"type": "array", "items": {"type": "integer"}},
                    "text": {"type": "string"},
                },
                "required": ["numbers", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}
"""The form of a reply, as JSON Schema, for servers that can hold a model to one. The numbers come
first: a model that has chosen its passages keeps closer to them."""

LONGEST = 1500
"""Characters up to which something can be one statement."""

_OBJECT = re.compile(r'\{(?=\s*")(?:[^{}"]|"(?:\\.|[^"\\\n])*")*\}')
"""A flat JSON object; a brace inside a string does not end it."""
_EXTRA_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_MARK = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
"""A citation as the model may write it inside its sentence."""
_WORD = re.compile(r"[^\W\d_]{3}")
_PACKING = re.compile(r'```\w*|"\w+"\s*:\s*(?=[\[{]|$)')
"""What may stand around the objects: a code fence, the name of an array."""
_PACKED_NOTHING = re.compile(r'\{\s*"\w+"\s*:\s*\[\s*\]\s*\}')


def _numbers(value: object) -> object:
    """3, "3", "[3]" and "[3] [4]" all name passages."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [value]
    if isinstance(value, str):
        return re.findall(r"\d+", value)
    if isinstance(value, list):
        return [n.strip(" []") if isinstance(n, str) else n for n in value]
    return value


class Said(BaseModel):
    """One statement as the model wrote it."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(min_length=1, max_length=LONGEST)
    numbers: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    """Of the passages that it says it rests on."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something in the reply that is no statement."""

    text: str
    reason: str
    chatter: bool = False
    """Whether it is talk around the statements, not a statement that went wrong."""


class StatementReader:
    """Takes pieces of a reply, gives what has become complete."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, piece: str) -> Iterator[Said | Unreadable]:
        """What ``piece`` completes."""
        self._buffer += piece
        if "}" in piece:
            yield from self._objects()
        if len(self._buffer) > 2 * LONGEST:
            cut, self._buffer = self._buffer[:LONGEST], self._buffer[LONGEST:]
            yield Unreadable(_short(cut), "is no statement and does not end")

    def end(self) -> Iterator[Unreadable]:
        """What is left when the reply has ended."""
        yield from _chatter(self._buffer)
        self._buffer = ""

    @property
    def is_inside_statement(self) -> bool:
        """Whether a statement was begun that is not complete."""
        return "{" in self._buffer and _WORD.search(self._buffer.rsplit("{", 1)[1]) is not None

    def _objects(self) -> Iterator[Said | Unreadable]:
        while found := _OBJECT.search(self._buffer):
            before, self._buffer = self._buffer[: found.start()], self._buffer[found.end() :]
            yield from _chatter(before)
            if not _PACKED_NOTHING.fullmatch(found.group()):
                yield _said(found.group())


def _said(text: str) -> Said | Unreadable:
    try:
        said = Said.model_validate_json(_EXTRA_COMMA.sub(lambda m: m.group(1) or "", text))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "JSON"
        return Unreadable(_short(text), f"{where}: {first['msg']}")
    marks = [int(n) for mark in _MARK.findall(said.text) for n in re.findall(r"\d+", mark)]
    return Said(
        text=" ".join(_MARK.sub("", said.text).split()) or said.text,
        numbers=tuple(dict.fromkeys(said.numbers or marks)),
    )


def _chatter(text: str) -> Iterator[Unreadable]:
    if _WORD.search(_PACKING.sub("", text)):
        yield Unreadable(_short(text), "is no statement", chatter=True)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"
