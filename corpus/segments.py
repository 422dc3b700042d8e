"""The list of segments of an edition: which folders of vectors it is made of.

A segment is written once and never changed. The next edition takes it over by hard links, notes
which versions it dropped since, and puts what is new in a segment of its own; as a log-structured
merge tree does (O'Neil et al. 1996), and tantivy for words.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LIST = "segments.json"
_SMALL = 5_000  # vectors that are written again in no time
_MAX_DEAD = 0.3  # of all vectors; beyond it everything is written anew
_LARGER = 2  # times as large as what is new: such a segment stays as it is


@dataclass(frozen=True, slots=True)
class Segment:
    """One folder of vectors, and what no longer counts in it."""

    folder: Path
    vectors: int
    """In its files."""
    dead: int
    """Of these, how many are of a dropped version."""
    dropped: frozenset[str] = frozenset()
    """Versions."""


def read_segments(folder: Path) -> list[Segment]:
    """The segments in ``folder``, the oldest first."""
    rows = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    return [
        Segment(folder / r["name"], r["vectors"], r["dead"], frozenset(r["dropped"]))
        for r in rows["segments"]
    ]


def has_segments(folder: Path) -> bool:
    """Whether a list of segments was written in ``folder``."""
    return (folder / _LIST).is_file()


def write_segments(folder: Path, segments: Sequence[Segment]) -> None:
    """Write the list in ``folder``, where the segments are."""
    rows = [
        {"name": s.folder.name, "vectors": s.vectors, "dead": s.dead, "dropped": sorted(s.dropped)}
        for s in segments
    ]
    text = json.dumps({"segments": rows}, indent=1) + "\n"
    (folder / _LIST).write_text(text, encoding="utf-8")


def kept_segments(segments: Sequence[Segment], new: int, small: int = _SMALL) -> list[Segment]:
    """The segments that stay as they are when ``new`` vectors come in; the rest is merged, and so
    is what is no larger than ``small``.

    So few stay, and a vector is written again only as often as what it lies with has doubled.
    """
    total = sum(s.vectors for s in segments)
    if sum(s.dead for s in segments) > _MAX_DEAD * total:
        return []
    kept = list(segments)
    while kept and kept[-1].vectors <= max(small, _LARGER * new):
        new += kept.pop().vectors
    return kept


def link_folder(folder: Path, to: Path) -> None:
    """Make the new folder ``to`` hold the files of ``folder`` without taking up disk again.

    For files that are never written to: both names are of the same file. Locks are left out.
    Where the disk knows no hard links, files are copied.
    """
    to.mkdir(parents=True)
    for path in folder.iterdir():
        if path.is_dir():
            link_folder(path, to / path.name)
        elif path.suffix != ".lock":
            _link(path, to / path.name)


def _link(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except OSError:  # another disk, or one that has no links
        shutil.copy2(path, to)
