"""Headings on the first line of their paragraph: words in bold, a full stop, then the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf.lines import line_of
from ingest.pdf.paragraphs import Group
from ingest.pdf.strips import Part, Strip
from ingest.pdf.styles import Body

_MAX_LENGTH = 70
_FAR = 0.8  # em behind the heading, when no full stop ends it
_ENOUGH = 2


def with_run_ins(strips: Sequence[Strip], body: Body) -> list[Strip]:
    """``strips`` with such headings as groups of their own, when the document has more than one:
    a single one may just be stressed."""
    found = {
        id(part): length
        for strip in strips
        for part in strip.parts
        if isinstance(part, Group) and (length := _length(part, body))
    }
    if len(found) < _ENOUGH:
        return list(strips)
    changed = []
    for strip in strips:
        parts: list[Part] = []
        for part in strip.parts:
            length = found.get(id(part), 0)
            parts += _parted(part, length) if isinstance(part, Group) and length else [part]
        changed.append(replace(strip, parts=tuple(parts)))
    return changed


def _length(group: Group, body: Body) -> int:
    """How many words at the start of ``group`` are a heading; 0 when it has none."""
    first = group.lines[0]
    words = first.words
    bold = next((i for i, word in enumerate(words) if not word.bold), len(words))
    if group.mark is not None or body.bold or not 0 < bold < len(words):
        return 0
    text = " ".join(word.text for word in words[:bold])
    if len(text) > _MAX_LENGTH or not text[0].isupper() or any(w.bold for w in words[bold:]):
        return 0
    far = words[bold].x0 - words[bold - 1].x1 > _FAR * first.size and text[-1] not in ",;:"
    return bold if far or text.endswith(".") else 0


def _parted(group: Group, length: int) -> list[Group]:
    first = group.lines[0]
    head = line_of(first, first.words[:length])
    rest = line_of(first, first.words[length:])
    return [
        replace(group, lines=(head,), run_in=True),
        replace(group, lines=(rest, *group.lines[1:]), gap=1.0),
    ]
