"""What the first step hands on, and that step for text: bytes become pages of text.

Apart from the readers of other formats, so that a process that only reads text loads no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.errors import BadInputError
from ingest.arrive.formats import TEXT, sniff
from ingest.decode import decode
from ingest.html.meta import html_metadata
from ingest.html.reader import declared_charset
from ingest.pages import Page, Read
from ingest.source import PartialMetadata

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


def load_text(name: str, data: bytes, max_chars: int) -> Loaded:
    """The HTML, Markdown or plain text ``data``; ``name`` is for messages.

    Raises BadInputError for what is no such text (naming what it looks like), is empty or has
    more than ``max_chars`` characters.
    """
    sniffed = sniff(name, data)
    if sniffed.form not in TEXT:
        raise BadInputError(f"{name} is een ZIP. Geef hem de extensie .zip, of pak hem uit.")
    text, warnings = decode(data, name, declared_charset)
    if sniffed.form == "html":
        loaded = Loaded("html", _one_page(text), html_metadata(text).partial())
    else:
        front, front_id, body = _front_matter(text, name)
        form: Form = "markdown" if body is not text or sniffed.form == "markdown" else "plain"
        loaded = Loaded(form, _one_page(body), front, front_id)
    check_size(name, loaded, max_chars)
    return with_warnings(loaded, (*sniffed.warnings, *warnings))


def _front_matter(text: str, name: str) -> tuple[PartialMetadata, str | None, str]:
    if not text.lstrip().startswith("---"):
        return PartialMetadata(), None, text
    # YAML and pydantic take as long to load as all the rest, and few texts have such a block.
    from ingest.frontmatter_block import split_front_matter

    return split_front_matter(text, name)


def with_warnings(loaded: Loaded, warnings: tuple[str, ...]) -> Loaded:
    """``loaded`` with these warnings before those that it has."""
    read = loaded.read
    return replace(loaded, read=replace(read, warnings=(*warnings, *read.warnings)))


def check_size(name: str, loaded: Loaded, max_chars: int) -> None:
    """BadInputError when there is no text at all, or more than ``max_chars`` characters."""
    words = sum(len(word.text) + 1 for page in loaded.read.pdf for word in page.words)
    length = sum(len(page.text) for page in loaded.read.pages) + words
    if not words and not loaded.text.strip("\ufeff\x00 \t\r\n\x0b\x0c"):
        raise BadInputError(f"{name} bevat geen tekst. Geef een bestand met tekst.")
    if length > max_chars:
        raise BadInputError(
            f"{name} bevat te veel tekst ({length / 1_000_000:.1f} miljoen tekens). "
            f"Ten hoogste {max_chars // 1_000_000} miljoen; splits het document."
        )


def _one_page(text: str) -> Read:
    return Read(pages=(Page(None, text),))
