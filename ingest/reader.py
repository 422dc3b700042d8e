"""Reads a source into a version. Pure: nothing is stored, embedded or fetched."""

from __future__ import annotations

from corpus.editions import no_progress
from corpus.index import Progress
from corpus.settings import Settings
from corpus.types import Version
from ingest import fingerprint
from ingest.clean import clean
from ingest.describe import describe
from ingest.layout import lay_out
from ingest.load import load
from ingest.source import Source
from ingest.split import split
from ingest.structure import structure


def read_source(source: Source, settings: Settings, progress: Progress = no_progress) -> Version:
    """The version that ``source`` yields. Raises BadInputError for what cannot be read."""
    loaded = load(source, settings, progress)
    cleaned = clean(loaded)
    structured = structure(cleaned, source.metadata.title)
    layout = lay_out(structured.blocks)
    drafts = split(layout)
    return describe(source, loaded, structured.title, layout, drafts, fingerprint.READER_RELEASE)
