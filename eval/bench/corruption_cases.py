"""Statements with the quotes that they cite: carried by them, or spoilt on purpose."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from assistant.support.words import text_language
from corpus.types import Passage, Sentence, Version

Half = Literal["tune", "final"]
_BACK = 4
HALVES: tuple[Half, ...] = ("tune", "final")
WRITTEN = Path(__file__).parent / "paraphrases.yaml"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that can be cited, with what stands above it."""

    text: str
    document_id: str
    section: str
    context: tuple[str, ...]
    """Title and headings."""
    in_list: bool

    @property
    def half(self) -> Half:
        """All of a section falls in one half."""
        return half_of(f"{self.document_id} {self.section}")


@dataclass(frozen=True, slots=True)
class Case:
    """One statement to judge."""

    kind: str
    carried: bool
    """Whether the quotes do carry it."""
    statement: str
    quotes: tuple[str, ...]
    context: tuple[str, ...]
    half: Half
    written: bool = False
    """By hand, rather than made from the quote."""


def half_of(name: str) -> Half:
    """The half that a name falls in, always the same one."""
    return HALVES[zlib.crc32(name.encode()) % 2]


def told_of(versions: Iterable[Version]) -> list[Told]:
    """Every sentence of the versions that an answer could cite, in order."""
    return [
        _told(version, passage, sentence)
        for version in versions
        for passage in version.passages
        if passage.kind not in ("reference", "table")
        for sentence in passage.sentences
    ]


def _told(version: Version, passage: Passage, sentence: Sentence) -> Told:
    return Told(
        text=" ".join(sentence.text.split()),
        document_id=version.document_id,
        section=passage.section_path,
        context=(version.metadata.title, *passage.section),
        in_list=sentence.kind in ("lead", "item", "row"),
    )


def written_cases(told: Sequence[Told], path: Path = WRITTEN) -> list[Case]:
    """The statements written by hand whose quotes are among ``told``; none for other documents."""
    cases: list[Case] = []
    before: list[Sequence[Told]] = []
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        cited = [next((t for t in told if t.text.startswith(q)), None) for q in group["quotes"]]
        quotes = [t for t in cited if t is not None]
        if len(quotes) == len(cited):
            cases += _of_group(group, quotes)
            cases += _wrongly_cited(group, before[-_BACK:])
            before.append(quotes)
    return cases


def _wrongly_cited(group: dict[str, list[str]], before: Sequence[Sequence[Told]]) -> Iterator[Case]:
    """True statements that cite the sentences of a group before; English ones, of which there are
    fewer, those of several."""
    half = half_of(group["quotes"][0])
    for text in group["carried"]:
        for quotes in before if text_language(text) == "en" else before[-1:]:
            texts = tuple(t.text for t in quotes)
            yield Case("wrong citation", False, text, texts, quotes[0].context, half, written=True)


def _of_group(group: dict[str, list[str]], quotes: Sequence[Told]) -> Iterator[Case]:
    texts = tuple(t.text for t in quotes)
    half = half_of(group["quotes"][0])
    context = quotes[0].context
    for text in group["carried"]:
        yield Case("paraphrase", True, text, texts, context, half, written=True)
    spoilt: list[dict[str, str]] = group["spoilt"]  # type: ignore[assignment]  # maps in the file
    for each in spoilt:
        for kind, text in each.items():
            yield Case(kind, False, text, texts, context, half, written=True)
