"""The lexical index (BM25) of one edition. The only module that knows tantivy."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import tantivy

from corpus.read_only import lockable

_K1 = 1.2  # tantivy's constant; b is 0.75
_WRITER_BYTES = 50_000_000
_FOOTER = (b"\x39\x05\x00\x00", 8)  # how a file of tantivy ends, and with the length before it


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("version", tokenizer_name="raw", index_option="basic")
    # Terms arrive analysed (corpus.dutch) and joined by spaces; tantivy only counts them.
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_lexical(
    folder: Path, drop_versions: Iterable[str], add: Iterable[tuple[str, str, Sequence[str]]]
) -> None:
    """Create or change the index in ``folder``: drop versions, then add passages.

    ``add`` yields (passage id, version id, terms).
    """
    folder.mkdir(parents=True, exist_ok=True)
    schema = _schema()
    index = tantivy.Index(schema, path=str(folder), reuse=True)
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for version_id in drop_versions:
        writer.delete_documents_by_term("version", version_id)
    for passage_id, version_id, terms in add:
        writer.add_document(
            tantivy.Document(passage=[passage_id], version=[version_id], terms=[" ".join(terms)])
        )
    writer.commit()
    writer.wait_merging_threads()


def damaged_files(folder: Path) -> list[str]:
    """Names of the files in ``folder`` whose bytes are not those that tantivy wrote: it ends each
    with a checksum, and looks at none when it opens them."""
    files = (path for path in sorted(folder.glob("[0-9a-f]*.*")) if path.suffix != ".lock")
    return [path.name for path in files if not _is_whole(path.read_bytes())]


def _is_whole(data: bytes) -> bool:
    magic, tail = _FOOTER
    if len(data) < tail or data[-4:] != magic:
        return False
    length = int.from_bytes(data[-8:-4], "little")
    body, footer = data[: -tail - length], data[-tail - length : -tail]
    try:
        return bool(json.loads(footer)["crc"] == zlib.crc32(body))
    except (ValueError, KeyError, TypeError):
        return False


class LexicalIndex:
    """BM25 over the passages of one edition (k1 = 1.2, b = 0.75, tantivy's constants)."""

    def __init__(self, folder: Path) -> None:
        with lockable(folder) as opened:  # all files are mapped once there is a searcher
            index = tantivy.Index.open(str(opened))
            self._searcher = index.searcher()
        self._schema = index.schema
        # An opened edition never changes, so neither does the rarity of its terms.
        self._idf = lru_cache(maxsize=50_000)(self._read_idf)
        self._ids: dict[tuple[int, int], str] = {}

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> set[str]:
        """Every passage id, for verification."""
        if not len(self):
            return set()
        found = self._searcher.search(tantivy.Query.all_query(), limit=len(self), count=False)
        return {self._passage(address) for _, address in found.hits}

    def knows(self, term: str) -> bool:
        """Whether any passage holds this term."""
        return self._idf(term) < math.log(1 + (len(self) + 0.5) / 0.5)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (n - df + 0.5) / (df + 0.5)), as BM25 counts it."""
        return self._idf(term)

    def _read_idf(self, term: str) -> float:
        # Counted by searching: tantivy's doc_freq includes what was dropped since the last merge.
        found = self._searcher.search(self._term(term), limit=1, count=True)
        df: int = found.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out
        return math.log(1 + (len(self) - df + 0.5) / (df + 0.5))

    def highest(self, terms: Mapping[str, float]) -> float:
        """A bound on the score for weighted terms, above 0: each term met without end."""
        bound = sum(weight * self.idf(term) for term, weight in terms.items()) * (_K1 + 1)
        return bound or 1.0

    def warm(self) -> None:
        """Search for a term that some passage has, so that the next search is no slower."""
        for term, _ in self._searcher.terms_with_prefix("terms", "", limit=1):
            self.search({term: 1.0}, 1)

    def search(self, terms: Mapping[str, float], k: int) -> dict[str, float]:
        """Best ``k`` passage ids with their BM25 score for weighted terms, best first."""
        if not terms:
            return {}
        query = tantivy.Query.boolean_query(self._clauses(terms))
        found = self._searcher.search(query, limit=k, count=False)
        return {self._passage(address): float(score) for score, address in found.hits}

    def _clauses(self, terms: Mapping[str, float]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(term), weight))
            for term, weight in terms.items()
        ]

    def _passage(self, address: tantivy.DocAddress) -> str:
        place = (address.segment_ord, address.doc)
        known = self._ids.get(place)
        if known is None:
            # Reading a stored document is most of what a search costs.
            known = self._ids[place] = str(self._searcher.doc(address)["passage"][0])
        return known

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "terms", term, index_option="freq")
