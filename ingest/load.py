"""First step: bytes become pages of text, or of words, with the form that they are in."""

from __future__ import annotations

from corpus.progress import Progress, no_progress
from corpus.settings import Settings
from ingest.arrive.formats import is_packed, sniff
from ingest.loaded import Loaded, check_size, load_text, with_warnings
from ingest.pdf.ocr import read_with_ocr
from ingest.sandbox import read_in_child
from ingest.source import Source


def load(source: Source, settings: Settings, progress: Progress = no_progress) -> Loaded:
    """Read ``source`` by what it is, whatever its name says. A PDF or office file is read in a
    process of its own; ``progress`` hears of its pages.

    Raises BadInputError for what is no document (naming what it looks like), cannot be read,
    is empty, or is longer than ``settings.max_text_mb`` million characters.
    """
    max_chars = settings.max_text_mb * 1_000_000
    if not is_packed(source.name, source.data):
        return load_text(source.name, source.data, max_chars)
    sniffed = sniff(source.name, source.data)
    if sniffed.form in ("docx", "odt", "pptx"):
        read = read_in_child(sniffed.form, source.data, source.name, settings, _silent)
        loaded = Loaded("html", read)
    elif sniffed.form == "pdf":
        loaded = Loaded("pdf", read_with_ocr(source.data, source.name, settings, progress))
    else:
        return load_text(source.name, source.data, max_chars)
    check_size(source.name, loaded, max_chars)
    return with_warnings(loaded, sniffed.warnings)


def _silent(_done: int, _total: int) -> None:
    """An office file is read in one go: it has no parts to report."""
