"""The search index of one edition: a folder that is written once and then only read.

    editions/000007/vectors    dense vectors of passages and sentences, in segments
    editions/000007/lexical    BM25
    editions/000007/words.txt  the words as they are written
    editions/000007/sums.json  checksums of all these

It is made beside its final place and renamed, so that a folder with its final name is whole.
The next edition links the files of this one and writes only the differences.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.chroma_folder import read_chroma
from corpus.disk import sync, sync_tree
from corpus.duplicates import DuplicateFinder
from corpus.dutch import DutchAnalyser
from corpus.embedding_text import list_hint
from corpus.errors import NotReadyError
from corpus.index_sums import check_sums, is_damaged, write_sums
from corpus.lexical import LexicalIndex, write_lexical
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.segments import has_segments, link_folder
from corpus.twins import Twins
from corpus.types import UNITS, Passage, Unit, Vectors
from corpus.vector_home import Files, Home
from corpus.vectors import open_vectors, write_vectors
from corpus.words import EditionWords, count_words, grow_words, read_words, write_words

_WRITTEN_ANEW = 2_000
"""Passages up to which writing the word index anew takes about a second."""


@dataclass(frozen=True, slots=True)
class Base:
    """A built edition to start from, and the versions in it."""

    folder: Path
    version_ids: frozenset[str]


class IndexBuilder:
    """Builds the folder of an edition from what SQL holds."""

    def __init__(
        self,
        registry: Registry,
        analyser: DutchAnalyser,
        model_id: str,
        home: Home | None = None,
    ) -> None:
        """``home`` keeps the vectors; by default they are files."""
        self.home: Home = home or Files()
        self._registry = registry
        self._analyser = analyser
        self._model_id = model_id
        self._duplicates = DuplicateFinder(registry, Twins(registry.engine), analyser, model_id)

    def build(
        self,
        folder: Path,
        version_ids: Sequence[str],
        base: Base | None,
        progress: Progress,
        settled: frozenset[str] = frozenset(),
    ) -> None:
        """Make ``folder`` hold exactly the passages of ``version_ids``.

        ``settled`` are versions that were in one edition before: what says the same among them
        is in the database, and is not looked for again.

        When it fails, nothing of it is left. Raises NotReadyError when a version has no vectors of
        this model.
        """
        building = folder.with_name(f".building-{folder.name}")
        shutil.rmtree(building, ignore_errors=True)
        wanted = frozenset(version_ids)
        try:
            self._write(building, folder.name, wanted, base, settled, progress)
            building.rename(folder)
        except BaseException:
            # On a full disk there must be room again at once.
            shutil.rmtree(building, ignore_errors=True)
            raise
        sync(folder.parent)

    def _write(
        self,
        building: Path,
        name: str,
        wanted: frozenset[str],
        base: Base | None,
        settled: frozenset[str],
        progress: Progress,
    ) -> None:
        compared = base.version_ids if base is not None else settled
        if base is not None and not self.home.holds(base.folder / "vectors"):
            base = None  # made by an earlier release, or for another home
        if base is not None and is_damaged(base.folder):
            base = None  # nothing is built upon it; the database has it all
        self._write_lexical(building, wanted, base, progress)
        self._write_words(building, wanted, base)
        self._write_vectors(building, name, wanted, base)
        self._find_duplicates(building, wanted, compared, progress)
        write_sums(building, base.folder if base is not None else None)
        sync_tree(building)

    def _write_vectors(
        self, building: Path, name: str, wanted: frozenset[str], base: Base | None
    ) -> None:
        known = base.version_ids if base is not None else frozenset()
        add = sorted(wanted - known)
        write_vectors(
            building / "vectors",
            name,
            {unit: self._vector_rows(unit, add) for unit in UNITS},
            sum(sum(self._registry.counts(unit, add).values()) for unit in UNITS),
            base.folder / "vectors" if base is not None else None,
            known - wanted,
            self.home,
        )

    def _find_duplicates(
        self, building: Path, wanted: frozenset[str], compared: frozenset[str], progress: Progress
    ) -> None:
        vectors = open_vectors(building / "vectors", self.home)
        try:
            lexical = LexicalIndex(building / "lexical")
            self._duplicates.find(vectors, lexical, wanted, compared, progress)
        finally:
            vectors.close()

    def _write_lexical(
        self, building: Path, wanted: frozenset[str], base: Base | None, progress: Progress
    ) -> None:
        """The word index: grown from the base's, or written anew after a drop.

        Tantivy counts dropped passages in its scores until it merges them away, which would make
        the same question score otherwise after a change that has nothing to do with it.
        """
        if base is None or (not base.version_ids <= wanted and self._is_small(wanted)):
            rows = self._lexical_rows(sorted(wanted), progress)
            write_lexical(building / "lexical", (), rows)
            return
        link_folder(base.folder / "lexical", building / "lexical")
        rows = self._lexical_rows(sorted(wanted - base.version_ids), progress)
        write_lexical(building / "lexical", sorted(base.version_ids - wanted), rows)

    def _is_small(self, version_ids: frozenset[str]) -> bool:
        counts = self._registry.counts("passages", sorted(version_ids))
        return sum(counts.values()) <= _WRITTEN_ANEW

    def _write_words(self, building: Path, wanted: frozenset[str], base: Base | None) -> None:
        """The words as they are written, by which typing errors are mended."""
        if base is None:
            write_words(building, self._words(wanted))
            return
        came, went = wanted - base.version_ids, base.version_ids - wanted
        grow_words(base.folder, building, self._words(came), self._words(went))

    def _words(self, version_ids: Iterable[str]) -> Counter[str]:
        texts = (text for version in self._searched(sorted(version_ids)) for _, text in version)
        return count_words(texts, self._analyser)

    def _lexical_rows(
        self, version_ids: Sequence[str], progress: Progress
    ) -> Iterator[tuple[str, str, Sequence[str]]]:
        found = zip(version_ids, self._searched(version_ids), strict=True)
        for done, (version_id, texts) in enumerate(found, start=1):
            for passage_id, text in texts:
                yield passage_id, version_id, self._analyser.terms(text)
            progress("Index maken", done, len(version_ids))

    def _searched(self, version_ids: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
        """(passage id, what is searched of it) of each version, without what is for reference."""
        titles = {v: m.title for v, (_, m) in self._registry.metadata(version_ids).items()}
        found = zip(version_ids, self._registry.passages_of(version_ids), strict=True)
        for version_id, passages in found:
            yield [
                (passage.id, _searched(titles[version_id], passage))
                for passage in passages
                if passage.kind != "reference"
            ]

    def _vector_rows(
        self, unit: Unit, version_ids: Sequence[str]
    ) -> Iterator[tuple[Sequence[str], Sequence[str], Vectors]]:
        counts = self._registry.counts(unit, version_ids)
        for version_id, expected in counts.items():
            ids, vectors = self._registry.vectors.of_version(unit, self._model_id, version_id)
            if len(ids) != expected:
                raise NotReadyError(
                    f"Van versie {version_id} zijn {len(ids)} van de {expected} vectoren gemaakt "
                    f"met model {self._model_id}. Maak de index opnieuw met: "
                    "routewijzer corpus reindex"
                )
            if ids:
                yield ids, [version_id] * len(ids), vectors


class EditionIndex:
    """The opened index of one edition."""

    def __init__(self, number: int, folder: Path, home: Home | None = None) -> None:
        """Open ``folder``, whose vectors are in ``home``, by default in files. Raises NotReadyError
        when it is not there or cannot be read."""
        segments, chroma = folder / "vectors", folder / "chroma"
        if not has_segments(segments) and not chroma.is_dir():
            raise NotReadyError(
                f"De index van editie {number} ontbreekt ({folder}). "
                "Maak hem opnieuw met: routewijzer corpus reindex"
            )
        self.number = number
        self._folder = folder
        try:
            check_sums(folder)
            self.vectors = (
                open_vectors(segments, home) if has_segments(segments) else read_chroma(chroma)
            )
            self.lexical = LexicalIndex(folder / "lexical")
        except NotReadyError:
            raise  # it is whole, and cannot be used now
        except Exception as error:  # a damaged file fails in each library's own way
            raise NotReadyError(
                f"De index van editie {number} is niet te lezen ({folder}: {error}). "
                "Herstel hem met: routewijzer corpus verify --repair"
            ) from error

    @cached_property
    def words(self) -> EditionWords:
        """The words of the edition as they are written."""
        return read_words(self._folder)

    def warm(self) -> None:
        """Read what searches read, so that the first answer is as fast as the tenth."""
        self.vectors.warm()
        self.lexical.warm()


def copy_index(folder: Path, to: Path) -> None:
    """Make the new folder ``to`` the same index; nothing happens when there is none."""
    if has_segments(folder / "vectors"):
        link_folder(folder, to)
    elif folder.is_dir():
        shutil.copytree(folder, to)  # Chroma writes in its files


def _searched(title: str, passage: Passage) -> str:
    parts = (title, *passage.section, list_hint(passage), passage.lead)
    return "\n".join((*parts, passage.text))
