"""Changes one line of a glossary file and leaves the rest, comments and all, as it stands.

A change is made in the text and proved by reading: what comes out says what was meant, or nothing
is changed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from corpus.errors import BadInputError

LineKind = Literal["say", "same", "abbreviation", "english"]
"""Say one and search the other; say either; an abbreviation; English words."""
_TABLES: dict[LineKind, str] = {"abbreviation": "abbreviations", "english": "english"}
_WIDTH = 100
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a glossary: what is said, and what is searched for then."""

    kind: LineKind
    said: tuple[str, ...]
    means: tuple[str, ...] = ()
    """Empty for ``same``: there every word means the others."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header or a value of a TOML file, with the lines of text that it takes."""

    start: int
    end: int
    read: dict[str, Any]
    is_header: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Where a line of the glossary stands in the text."""

    start: int
    end: int


@lru_cache(maxsize=4)  # the same list comes by with every page of it
def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a sound glossary file, in order: groups, abbreviations, English."""
    read = tomllib.loads(text)
    groups = [
        Line("same", tuple(group["same"]))
        if "same" in group
        else Line("say", tuple(group["say"]), tuple(group["means"]))
        for group in read.get("group", [])
    ]
    short = [
        Line("abbreviation", (key,), _listed(value))
        for key, value in read.get("abbreviations", {}).items()
    ]
    english = [
        Line("english", tuple(word.strip() for word in key.split(",")), _listed(value))
        for key, value in read.get("english", {}).items()
    ]
    return (*groups, *short, *english)


def with_line(text: str, line: Line, place: int | None = None) -> str:
    """``text`` with ``line`` in the place of the one at ``place``, or added when that is None.

    Raises BadInputError when there is no such place, or when it cannot be written in this file.
    """
    before = read_lines(text)
    if place is not None and _table_of(_at(before, place).kind) != _table_of(line.kind):
        # Another part of the file: it goes, and comes in there.
        return with_line(without_line(text, place), line)
    rows = text.splitlines(keepends=True)
    if place is not None:
        block = _blocks(text)[place]
        rows[block.start : block.end] = [_written(line)]
        wanted = [*before[:place], line, *before[place + 1 :]]
    else:
        at, heading = _end_of(text, line.kind)
        if at and not rows[at - 1].endswith("\n"):
            rows[at - 1] += "\n"
        rows[at:at] = [heading + _written(line)]
        end = sum(_rank(known.kind) <= _rank(line.kind) for known in before)
        wanted = [*before[:end], line, *before[end:]]
    return _proved("".join(rows), wanted)


def without_line(text: str, place: int) -> str:
    """``text`` without the line at ``place``. Raises BadInputError when there is none."""
    before = read_lines(text)
    _at(before, place)
    rows = text.splitlines(keepends=True)
    block = _blocks(text)[place]
    del rows[block.start : block.end]
    return _proved("".join(rows), [*before[:place], *before[place + 1 :]])


# --- steps -----------------------------------------------------------------------------------


def _at(lines: Sequence[Line], place: int) -> Line:
    if not 0 <= place < len(lines):
        raise BadInputError("Deze regel staat niet (meer) in de woordenlijst. Zoek hem opnieuw op.")
    return lines[place]


def _proved(text: str, wanted: Sequence[Line]) -> str:
    """``text``, when it says exactly ``wanted``."""
    try:
        if list(read_lines(text)) == list(wanted):
            return text
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"Zo past de regel niet in het bestand: {error}.") from error
    raise BadInputError(
        "Deze woordenlijst is zo geschreven dat de regel er hier niet in kan. "
        "Verander hem in het bestand zelf."
    )


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _table_of(kind: LineKind) -> str:
    return _TABLES.get(kind, "group")


def _rank(kind: LineKind) -> int:
    return ("group", "abbreviations", "english").index(_table_of(kind))


def _statements(text: str) -> Iterator[_Statement]:
    """The statements of a sound TOML file: as few lines each as can be read by themselves."""
    rows = text.splitlines(keepends=True)
    start = 0
    while start < len(rows):
        end, read = _whole(rows, start)
        if read:
            yield _Statement(start, end, read, rows[start].lstrip().startswith("["))
        start = end


def _whole(rows: Sequence[str], start: int) -> tuple[int, dict[str, Any]]:
    for end in range(start + 1, len(rows) + 1):
        try:
            return end, tomllib.loads("".join(rows[start:end]))
        except tomllib.TOMLDecodeError:
            continue  # it goes on on the next line
    return len(rows), {}


def _blocks(text: str) -> list[_Block]:
    """Where each line of the glossary stands, in the order of `read_lines`."""
    found: dict[str, list[_Block]] = {"group": [], "abbreviations": [], "english": []}
    table = ""
    for statement in _statements(text):
        if statement.is_header:
            table = next(iter(statement.read))
            if table == "group":
                found[table].append(_Block(statement.start, statement.end))
        elif table == "group":  # its block goes on to the last of its values
            found[table][-1] = _Block(found[table][-1].start, statement.end)
        elif table in found:
            found[table].append(_Block(statement.start, statement.end))
    return [block for blocks in found.values() for block in blocks]


def _end_of(text: str, kind: LineKind) -> tuple[int, str]:
    """Where a new line of a kind is written, and the heading that must go before it."""
    table, end, current = _table_of(kind), None, ""
    for statement in _statements(text):
        if statement.is_header:
            current = next(iter(statement.read))
        if current == table:
            end = statement.end
    if end is not None:
        return end, ""
    return len(text.splitlines()), "" if table == "group" else f"\n[{table}]\n"


def _written(line: Line) -> str:
    if line.kind == "same":
        return f"[[group]]\nsame = {_array(line.said, 'same')}\n"
    if line.kind == "say":
        said, means = _array(line.said, "say"), _array(line.means, "means")
        return f"[[group]]\nsay = {said}\nmeans = {means}\n"
    key = ", ".join(line.said)
    key = key if _BARE_KEY.fullmatch(key) else _quoted(key)
    return f"{key} = {_array(line.means, key)}\n"


def _array(words: Sequence[str], key: str) -> str:
    """The words between square brackets, on more lines when they are long."""
    quoted = list(map(_quoted, words))
    short = f"[{', '.join(quoted)}]"
    if len(key) + 3 + len(short) <= _WIDTH:
        return short
    rows = ["   "]
    for word in quoted:
        if len(rows[-1]) + len(word) + 2 > _WIDTH:
            rows.append("   ")
        rows[-1] += f" {word},"
    return "\n".join(("[", *rows, "]"))


def _quoted(word: str) -> str:
    """A basic string of TOML; those of JSON are, but for one character that JSON leaves."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
