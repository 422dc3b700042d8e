"""Reads documents as `ingest.reader` does, with all that looks into them in processes apart.

PDF and Office files are first read in a process each, see `ingest.sandbox`. What came out of
those, and files of text as they are, then goes to one process that finds the passages in it. That
takes many small documents, so that a folder of pages does not wait for a process for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.progress import Progress
from corpus.settings import Settings
from corpus.types import Version
from ingest.arrive.formats import is_packed
from ingest.child import messages_of
from ingest.describe import describe
from ingest.fingerprint import READER_RELEASE
from ingest.load import load
from ingest.loaded import Form
from ingest.parse import Parsed
from ingest.sandbox import BYTES_PER_CHAR, broken, job_of, messages_from
from ingest.source import Source
from ingest.unpack import unpacked


@dataclass(frozen=True, slots=True)
class _Item:
    """What goes to the process for one source: a text as it came, or what was read of a file."""

    source: Source
    form: Form | None
    """Of what was read; None for a text."""
    data: bytes
    """The text, or lines of JSON."""


def read_apart(
    sources: Sequence[Source], settings: Settings, progress: Progress
) -> Iterator[Version]:
    """The version that each of ``sources`` yields, in their order.

    Raises BadInputError for a source that cannot be read, or not within the time and memory of
    ``settings``; its message names the source.
    """
    for batch in _batches(sources, settings, progress):
        yield from _read_batch(batch, settings)


def _batches(
    sources: Iterable[Source], settings: Settings, progress: Progress
) -> Iterator[list[_Item]]:
    """Together at most as much as one document may be: its limits will do for a batch."""
    batch: list[_Item] = []
    for source in sources:
        item = _item(source, settings, progress)
        size = sum(len(each.data) for each in batch) + len(item.data)
        if batch and size > settings.max_text_mb * 1_000_000:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _item(source: Source, settings: Settings, progress: Progress) -> _Item:
    if not is_packed(source.name, source.data):
        return _Item(source, None, source.data)
    loaded = load(source, settings, progress)
    lines = (json.dumps(message).encode("ascii") for message in messages_of(loaded.read))
    return _Item(source, loaded.form, b"\n".join(lines))


def _read_batch(batch: Sequence[_Item], settings: Settings) -> Iterator[Version]:
    job = job_of("parse", batch[0].source.name, settings, settings.read_seconds)
    heads = [
        {
            "name": item.source.name,
            "title": item.source.metadata.title,
            "form": item.form,
            "size": len(item.data),
        }
        for item in batch
    ]
    data = b"".join([json.dumps(heads).encode("ascii"), b"\n", *(item.data for item in batch)])
    found: list[Parsed] = []

    def name() -> str:
        return batch[min(len(found), len(batch) - 1)].source.name

    most = BYTES_PER_CHAR * job.max_chars
    with messages_from(job, data, settings.read_seconds, most, name) as messages:
        for message in messages:
            try:
                found.append(unpacked(message["parsed"], 2 * job.max_chars))
            except (KeyError, ValueError):
                raise broken(name()) from None
    if len(found) != len(batch):
        raise broken(name())
    for item, parsed in zip(batch, found, strict=True):
        yield describe(item.source, parsed, READER_RELEASE)
