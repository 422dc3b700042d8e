"""What is embedded: the words themselves, behind the names of the things around them.

A heading often holds the only mention of what its text is about, and a list item means little
without the sentence that introduces it.
"""

from __future__ import annotations

import hashlib

from corpus.types import Passage, Sentence, Version


def passage_text(version: Version, passage: Passage) -> str:
    """Title, headings and introducing sentence, then the passage."""
    head = " > ".join((version.metadata.title, *passage.section))
    return "\n".join(part for part in (head, passage.lead, passage.text) if part)


def sentence_text(version: Version, passage: Passage, sentence: Sentence) -> str:
    """The innermost heading and the introducing sentence, then the sentence."""
    head = passage.section[-1] if passage.section else version.metadata.title
    lead = version.text[slice(*sentence.lead)] if sentence.lead else ""
    return "\n".join(part for part in (head, lead, sentence.text) if part)


def vector_key(text: str) -> str:
    """Key under which the vector of ``text`` is kept: equal text is embedded once."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
