"""First step: bytes become pages of text, or of words, with the form that they are in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.editions import no_progress
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.settings import Settings
from ingest.arrive.formats import Form as FileForm
from ingest.arrive.formats import sniff
from ingest.decode import decode
from ingest.frontmatter_block import split_front_matter
from ingest.html.meta import html_metadata
from ingest.html.reader import declared_charset
from ingest.pages import Page, Read
from ingest.pdf.ocr import read_with_ocr
from ingest.sandbox import read_in_child
from ingest.source import PartialMetadata, Source

Form = Literal["markdown", "html", "plain", "pdf"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it came: what was read, in what form, and what it says of itself."""

    form: Form
    """How the text of the pages is written; a PDF has words on pages instead."""
    read: Read
    front: PartialMetadata = field(default_factory=PartialMetadata)
    front_id: str | None = None

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n\n".join(page.text for page in self.read.pages)


def load(source: Source, settings: Settings, progress: Progress = no_progress) -> Loaded:
    """Read ``source`` by what it is, whatever its name says. A PDF or office file is read in a
    process of its own; ``progress`` hears of its pages.

    Raises BadInputError for what is no document (naming what it looks like), cannot be read,
    is empty, or is longer than ``settings.max_text_mb`` million characters.
    """
    sniffed = sniff(source.name, source.data)
    loaded = _load(sniffed.form, source, settings, progress)
    _check_size(source, loaded, settings)
    warnings = (*sniffed.warnings, *loaded.read.warnings)
    return replace(loaded, read=replace(loaded.read, warnings=warnings))


def _load(form: FileForm, source: Source, settings: Settings, progress: Progress) -> Loaded:
    match form:
        case "pdf":
            return Loaded("pdf", read_with_ocr(source.data, source.name, settings, progress))
        case "docx" | "odt" | "pptx":
            return Loaded("html", read_in_child(form, source.data, source.name, settings, _silent))
        case "zip":
            raise BadInputError(
                f"{source.name} is een ZIP. Geef hem de extensie .zip, of pak hem uit."
            )
    text, warnings = decode(source.data, source.name, declared_charset)
    if form == "html":
        read = Read(pages=(Page(None, text),), warnings=warnings)
        return Loaded("html", read, html_metadata(text).partial())
    front, front_id, body = split_front_matter(text, source.name)
    read = Read(pages=(Page(None, body),), warnings=warnings)
    return Loaded("markdown" if body is not text else form, read, front, front_id)


def _check_size(source: Source, loaded: Loaded, settings: Settings) -> None:
    words = sum(len(word.text) + 1 for page in loaded.read.pdf for word in page.words)
    length = sum(len(page.text) for page in loaded.read.pages) + words
    if not words and not loaded.text.strip("\ufeff\x00 \t\r\n\x0b\x0c"):
        raise BadInputError(f"{source.name} bevat geen tekst. Geef een bestand met tekst.")
    if length > settings.max_text_mb * 1_000_000:
        raise BadInputError(
            f"{source.name} bevat te veel tekst ({length / 1_000_000:.1f} miljoen tekens). "
            f"Ten hoogste {settings.max_text_mb} miljoen; splits het document."
        )


def _silent(_done: int, _total: int) -> None:
    """An office file is read in one go: it has no parts to report."""
