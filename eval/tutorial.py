"""The tutorial's pipeline beside ours: judged by the same gold, over the same texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.dutch import fold
from corpus.lexical import LexicalIndex, write_lexical
from corpus.types import Embedder, Version
from eval.arms import by_rank
from eval.bench.embedders import TimedEmbedder
from eval.bench.tutorial import CHUNK, Tutorial
from eval.gold import Span
from eval.retrieval import Ranked, judge_ids

DENSE = f"tutorial: stukken van {CHUNK} tekens"
BM25 = "tutorial: alleen BM25"
BOTH = "tutorial met BM25, op rang (RRF)"
_DEPTH = 100  # chunks that go into rank fusion, as in the paper


class TutorialSearch:
    """Chunks of the canonical texts in Chroma, and the same chunks in BM25 on their bare words."""

    def __init__(self, folder: Path, versions: Mapping[str, Version], embedder: Embedder) -> None:
        """Read in the texts of ``versions`` (by document id); ``folder`` is for its files.

        Raises NotReadyError when LangChain's splitter is not installed.
        """
        pages = folder / "pages"
        pages.mkdir(parents=True)
        for document, version in versions.items():
            # Line ends as they are: places in the text must stay what they are.
            (pages / f"{document}.txt").write_bytes(version.text.encode())
        self._tutorial = Tutorial(folder / "chroma", TimedEmbedder(embedder))
        self._tutorial.ingest(pages)
        self._spans = _places(self._tutorial.chunks, versions)
        rows = (
            (str(number), "all", _words(text))
            for number, (_, text) in enumerate(self._tutorial.chunks)
        )
        write_lexical(folder / "bm25", (), rows)
        self._bm25 = LexicalIndex(folder / "bm25")

    def ranked(self, question: str, gold: Sequence[Span]) -> dict[str, Ranked]:
        """The order of the chunks by each way to search. A chunk that meets a gold quote is
        relevant, as one of our passages is."""
        relevant = {str(n) for n, span in enumerate(self._spans) if _meets(span, gold)}
        dense = [str(n) for n in self._tutorial.nearest(question, min(_DEPTH, len(self._spans)))]
        lexical = list(self._bm25.search(dict.fromkeys(_words(question), 1.0), _DEPTH))
        found = {DENSE: dense, BM25: lexical, BOTH: by_rank([dense, lexical])}
        return {name: judge_ids(order, relevant) for name, order in found.items()}

    def close(self) -> None:
        """Close the files."""
        self._tutorial.close()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _places(chunks: Sequence[tuple[str, str]], versions: Mapping[str, Version]) -> list[Span]:
    """Where each chunk stands in its document. Chunks come in the order of the text."""
    spans: list[Span] = []
    before = ("", 0)
    for page, chunk in chunks:
        document = page.removesuffix(".txt")
        after = before[1] if before[0] == document else 0
        start = versions[document].text.index(chunk, after)
        spans.append(Span(document, start, start + len(chunk)))
        before = (document, start + 1)
    return spans


def _meets(chunk: Span, gold: Sequence[Span]) -> bool:
    return any(g.meets(chunk.document, chunk.start, chunk.end) for g in gold)
