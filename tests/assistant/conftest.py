"""What the tests of the assistant share: documents as the reader reads them, and evidence."""

from __future__ import annotations

from corpus.settings import Settings
from corpus.types import Evidence, Hit, Passage, Query, Sentence, Version
from ingest.reader import read_source
from tests.builders import make_source


def read(markdown: str, name: str = "gids.md", **metadata: object) -> Version:
    """A version with lists, leads and exact spans, read from Markdown."""
    return read_source(make_source(name, markdown, **metadata), Settings())


def find(version: Version, words: str) -> tuple[Passage, Sentence]:
    """The first sentence that holds ``words``, with its passage."""
    return next(
        (p, s) for p in version.passages for s in p.sentences if words.lower() in s.text.lower()
    )


def hit_of(version: Version, passage: Passage, score: float = 1.0) -> Hit:
    arms = {"dense": score, "lexical": score}
    return Hit(passage, version.document_id, version.metadata, score, arms)


def evidence_of(
    version: Version, words: str, score: float = 1.0, *, semantic: float = 0.9, fits: bool = True
) -> Evidence:
    """Evidence from the sentence that holds ``words``."""
    passage, sentence = find(version, words)
    return Evidence(sentence, hit_of(version, passage), score, semantic, 1.0, fits)


def query_of(text: str, **fields: object) -> Query:
    """A Dutch question without a special kind of answer, unless ``fields`` say so."""
    known: dict[str, object] = {"language": "nl", "audience": None, "asks": "open", **fields}
    return Query(original=text, text=text, **known)  # type: ignore[arg-type]
