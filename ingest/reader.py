"""Reads a source into a version. Pure: nothing is stored, embedded or fetched."""

from __future__ import annotations

from corpus.progress import Progress, no_progress
from corpus.settings import Settings
from corpus.types import Version
from ingest import fingerprint
from ingest.describe import describe
from ingest.load import load
from ingest.parse import parse
from ingest.source import Source


def read_source(source: Source, settings: Settings, progress: Progress = no_progress) -> Version:
    """The version that ``source`` yields. Raises BadInputError for what cannot be read."""
    parsed = parse(load(source, settings, progress), source.metadata.title)
    return describe(source, parsed, fingerprint.READER_RELEASE)
