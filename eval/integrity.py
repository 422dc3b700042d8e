"""Sharp checks on an edition by itself: is every sentence, page and vector where it should be?

They look at everything that an edition holds, whether a question of a set asks for it or not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from corpus.embedding_text import passage_text, sentence_text
from corpus.index import EditionIndex
from corpus.types import UNITS, Embedder, Passage, Sentence, Unit, Version
from eval.evaluation import Evaluation
from eval.gold import searched
from eval.verdict import Check

Fault = tuple[Check, str]
"""Which check, and what is wrong, in Dutch."""

_SAMPLE: Mapping[Unit, int] = {"passages": 32, "sentences": 64}
"""Texts embedded again per unit. Half a second for each four passages on a slow machine."""
_SAME = 0.999
"""Cosine of two vectors of one text: batches differ in the sixth decimal."""
_TWINS = 10


def find_text_faults(version: Version) -> list[Fault]:
    """Spans that are not their text, that cut a word, or that name a wrong page."""
    where = f"{version.document_id}: "
    if not _rises(version.page_starts):
        return [("page", f"{where}de bladzijden staan niet op volgorde.")]
    faults: list[Fault] = []
    for passage in version.passages:
        parts: tuple[Passage | Sentence, ...] = (passage, *passage.sentences)
        for part in parts:
            told = f'{where}"{_short(part.text)}"'
            if version.text[part.start : part.end] != part.text:
                faults.append(("span", f"{told} staat niet op {part.start}-{part.end}."))
            elif _cuts_word(version.text, part.start) or _cuts_word(version.text, part.end):
                faults.append(("word", f"{told} begint of eindigt midden in een woord."))
            if part.page != (right := page_at(version, part.start)):
                faults.append(("page", f"{told} hoort {_page(right)}, niet {_page(part.page)}."))
    return faults


def find_citation_faults(
    evaluation: Evaluation, versions: Mapping[str, Version]
) -> Iterator[tuple[Check, str, str]]:
    """(check, fault, question id) for each citation that is not what the documents hold.

    ``versions`` is by document id. An evaluation without texts has no citations to check.
    """
    for result in evaluation.results:
        for cited in result.cited:
            if cited.quote is None or cited.start is None or cited.end is None:
                continue
            version = versions.get(cited.document_id)
            told = f'{cited.document_id}: citaat "{_short(cited.quote)}"'
            if version is None or version.id != cited.version_id:
                yield "index", f"{told} komt niet uit deze editie.", result.id
            elif version.text[cited.start : cited.end] != cited.quote:
                yield "span", f"{told} is niet de tekst op die plek.", result.id
            elif cited.page != (right := page_at(version, cited.start)):
                yield "page", f"{told} hoort {_page(right)}, niet {_page(cited.page)}.", result.id


def find_index_faults(index: EditionIndex, versions: Iterable[Version]) -> list[Fault]:
    """Texts that the index lacks, and texts that it holds of documents that are not there."""
    held = list(versions)
    faults: list[Fault] = []
    for unit in UNITS:
        wanted, found = {i for v in held for i, _ in _texts(unit, v)}, index.vectors.ids(unit)
        name = _UNITS[unit]
        if missing := wanted - found:
            faults.append(("index", f"In de index ontbreken {len(missing)} {name}."))
        if extra := found - wanted:
            faults.append(
                ("index", f"In de index staan {len(extra)} {name} die niet in de editie zitten.")
            )
    passages = sum(1 for v in held for _ in searched(v))
    if len(index.lexical) != passages:
        faults.append(
            ("index", f"De woordindex telt {len(index.lexical)} passages, de editie {passages}.")
        )
    return faults


def find_vector_faults(
    index: EditionIndex, versions: Sequence[Version], known: Sequence[Version], embedder: Embedder
) -> list[Fault]:
    """Texts that are not found when they are searched for with their own words.

    Every new text comes before those that ``known`` versions hold too; of the rest, and of very
    many new ones, a sample that is spread evenly.
    """
    faults: list[Fault] = []
    for unit in UNITS:
        before = {text for v in known for _, text in _texts(unit, v)}
        texts = [pair for v in versions for pair in _texts(unit, v)]
        fresh = [pair for pair in texts if pair[1] not in before]
        rest = [pair for pair in texts if pair[1] in before]
        looked = _spread(fresh, _SAMPLE[unit])
        looked += _spread(rest, _SAMPLE[unit] - len(looked))
        faults += _unfound(unit, index, looked, embedder)
    return faults


def page_at(version: Version, offset: int) -> int | None:
    """The page that an offset lies on; None when the source has no pages."""
    place = bisect_right([start for start, _ in version.page_starts], offset)
    return version.page_starts[place - 1][1] if place else None


# --- steps -----------------------------------------------------------------------------------

_UNITS: Mapping[Unit, str] = {"passages": "passages", "sentences": "zinnen"}


def _unfound(
    unit: Unit, index: EditionIndex, looked: Sequence[tuple[str, str]], embedder: Embedder
) -> list[Fault]:
    if not looked:
        return []
    vectors = embedder.embed_passages([text for _, text in looked])
    faults: list[Fault] = []
    for (key, text), vector in zip(looked, np.asarray(vectors, dtype=np.float32), strict=True):
        found = index.vectors.search(unit, vector, _TWINS)
        # Equal texts under other ids are found as well, and may fill all the places.
        crowded = len(found) == _TWINS and min(found.values()) >= _SAME
        if found.get(key, 0.0) < _SAME and not crowded:
            faults.append(
                (
                    "vector",
                    f'"{_short(text)}" heeft een vector van een andere tekst. '
                    "Maak de index opnieuw met: routewijzer corpus reindex",
                )
            )
    return faults


def _texts(unit: Unit, version: Version) -> Iterator[tuple[str, str]]:
    """(id, text as it was embedded) of what is searched."""
    for passage in searched(version):
        if unit == "passages":
            yield passage.id, passage_text(version, passage)
        else:
            yield from ((s.id, sentence_text(version, passage, s)) for s in passage.sentences)


def _spread(pairs: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """``count`` of the pairs, at even distances."""
    if count <= 0 or not pairs:
        return []
    step = max(1.0, len(pairs) / count)
    return [pairs[int(n * step)] for n in range(min(count, len(pairs)))]


def _rises(page_starts: Sequence[tuple[int, int]]) -> bool:
    return all(a[0] <= b[0] and a[1] < b[1] for a, b in pairwise(page_starts))


def _cuts_word(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _page(page: int | None) -> str:
    return "bij geen bladzijde" if page is None else f"op blz. {page}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
