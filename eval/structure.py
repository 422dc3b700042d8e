"""What the reader made of a document, in numbers: to see at a glance whether it was read well.

It counts only what stands in the version: a heading that was taken for a sentence does not show,
but a list without an introduction, a table without header or a passage that is too long does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.definitions import defined_term
from corpus.types import Passage, Sentence, SentenceKind, Version

LONG_PASSAGE = 1800
"""Characters: more does not fit the embedding model."""
LONG_SENTENCE = 600
_SHORT_HEADING = 3
_COLUMN = re.compile(r"([^;:]{1,80}): ")
_IN_BRACKETS = re.compile(r"\(([^()]{1,80})\)$")


@dataclass(frozen=True, slots=True)
class Group:
    """A list or table: its items or rows, and the sentence that introduces them ("" for none)."""

    kind: SentenceKind
    lead: str
    members: tuple[str, ...]

    @property
    def has_header(self) -> bool:
        """Whether each row names its columns."""
        return len(self.members) > 0 and bool(set.intersection(*map(_columns, self.members)))


@dataclass(frozen=True, slots=True)
class StructureReport:
    """Counts of one version. Lengths are in characters."""

    document_id: str
    title: str
    characters: int
    pages: int
    headings: tuple[tuple[str, ...], ...]
    """Every heading with text under it, as the path from the outermost, in reading order."""
    passages: dict[str, int]
    sentences: dict[str, int]
    lists: tuple[Group, ...]
    tables: tuple[Group, ...]
    quotations: int
    """Runs of sentences that are someone's words."""
    apart: tuple[tuple[str, int], ...]
    """What is kept out of answers: the heading it stands under, and how many passages."""
    definitions: tuple[str, ...]
    """Terms that a sentence explains."""
    longest_passage: int
    longest_sentence: int
    warnings: tuple[str, ...]

    @property
    def weak(self) -> tuple[str, ...]:
        """What staff should look at, in Dutch; empty when nothing stands out."""
        found = [
            (len(self.lists) - with_lead(self.lists), "lijst(en) zonder zin die ze inleidt"),
            (len(self.tables) - with_lead(self.tables), "tabel(len) zonder titel of inleiding"),
            (
                sum(not table.has_header for table in self.tables),
                "tabel(len) waarvan de rijen geen kolom noemen",
            ),
            (int(self.longest_passage > LONG_PASSAGE), "passage(s) die te lang zijn"),
            (int(self.longest_sentence > LONG_SENTENCE), "zin(nen) die erg lang zijn"),
            (sum(len(path[-1]) < _SHORT_HEADING for path in self.headings), "heel korte kop(pen)"),
        ]
        return tuple(f"{count} {what}" for count, what in found if count)


def structure_report(version: Version) -> StructureReport:
    """What stands in ``version``, counted."""
    sentences = [sentence for passage in version.passages for sentence in passage.sentences]
    answers = [passage for passage in version.passages if passage.kind != "reference"]
    groups = [group for passages in _by_run(answers) for group in _groups(version.text, passages)]
    said = [sentence for passage in answers for sentence in passage.sentences]
    terms = (defined_term(sentence.text) for sentence in said)
    return StructureReport(
        document_id=version.document_id,
        title=version.metadata.title,
        characters=len(version.text),
        pages=len({number for _, number in version.page_starts}),
        headings=_headings(version.passages),
        passages=dict(Counter(passage.kind for passage in version.passages)),
        sentences=dict(Counter(sentence.kind for sentence in sentences)),
        lists=tuple(group for group in groups if group.kind == "item"),
        tables=tuple(group for group in groups if group.kind == "row"),
        quotations=sum(1 for kind, _ in groupby(said, key=lambda s: s.kind) if kind == "quote"),
        apart=_apart(version.passages),
        definitions=tuple(dict.fromkeys(term for term in terms if term)),
        longest_passage=max((len(passage.text) for passage in version.passages), default=0),
        longest_sentence=max((len(sentence.text) for sentence in said), default=0),
        warnings=version.warnings,
    )


def with_lead(groups: Sequence[Group]) -> int:
    """How many of ``groups`` have a sentence that introduces them."""
    return sum(bool(group.lead) for group in groups)


def structure_lines(report: StructureReport) -> list[str]:
    """The report in Dutch, a line for each thing that was counted."""
    lists, tables = report.lists, report.tables
    rows = [
        ("tekens", str(report.characters)),
        ("pagina's", str(report.pages) if report.pages else "de bron heeft geen pagina's"),
        ("koppen", f"{len(report.headings)}, {_depth(report.headings)} diep"),
        ("passages", _counted(report.passages, _PASSAGES)),
        ("zinnen", _counted(report.sentences, _SENTENCES)),
        ("lijsten", f"{len(lists)}, waarvan {with_lead(lists)} met de zin die ze inleidt"),
        (
            "tabellen",
            f"{len(tables)}, waarvan {with_lead(tables)} met titel of inleiding en "
            f"{sum(table.has_header for table in tables)} met de kolom in elke rij",
        ),
        ("citaten", str(report.quotations)),
        ("apart gezet", ", ".join(f"{name} ({n})" for name, n in report.apart) or "niets"),
        ("legt uit", ", ".join(report.definitions) or "geen begrippen"),
        ("langste passage", f"{report.longest_passage} tekens"),
        ("langste zin", f"{report.longest_sentence} tekens"),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value}" for name, value in rows]
    return [*lines, *(f"let op: {text}" for text in (*report.weak, *report.warnings))]


_PASSAGES = {
    "text": "tekst",
    "list": "lijst",
    "table": "tabel",
    "quote": "citaat",
    "reference": "apart",
}
_SENTENCES = {
    "sentence": "gewoon",
    "lead": "inleidend",
    "item": "in een lijst",
    "row": "rij",
    "quote": "citaat",
}


def _counted(counts: dict[str, int], names: dict[str, str]) -> str:
    parts = [f"{counts[kind]} {name}" for kind, name in names.items() if kind in counts]
    return f"{sum(counts.values())} ({', '.join(parts)})" if parts else "0"


def _depth(headings: Sequence[Sequence[str]]) -> int:
    return max((len(path) for path in headings), default=0)


def _headings(passages: Sequence[Passage]) -> tuple[tuple[str, ...], ...]:
    paths = (p.section[:end] for p in passages for end in range(1, len(p.section) + 1))
    return tuple(dict.fromkeys(paths))


def _apart(passages: Sequence[Passage]) -> tuple[tuple[str, int], ...]:
    names = ((p.section or ("boven de eerste kop",))[-1] for p in passages if p.kind == "reference")
    return tuple(Counter(names).items())


def _by_run(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages together with those that go on with their list."""
    run: list[Passage] = []
    for passage in passages:
        if run and not passage.lead:
            yield run
            run = []
        run.append(passage)
    if run:
        yield run


def _groups(text: str, passages: Sequence[Passage]) -> Iterator[Group]:
    """The lists and tables in ``passages``: runs of items or rows with the same introduction.

    An item inside an item has that item as introduction and makes a list of its own.
    """
    members: dict[tuple[SentenceKind, tuple[int, int] | None, int], list[Sentence]] = {}
    number = 0
    before: Sentence | None = None
    for sentence in (s for passage in passages for s in passage.sentences):
        if sentence.kind in ("item", "row"):
            if sentence.lead is None and (before is None or before.kind != sentence.kind):
                number += 1  # without introduction only their standing together makes a list
            key = (sentence.kind, sentence.lead, number if sentence.lead is None else 0)
            members.setdefault(key, []).append(sentence)
        before = sentence
    for (kind, lead, _), said in members.items():
        introduction = text[lead[0] : lead[1]] if lead else ""
        yield Group(kind, introduction, tuple(sentence.text for sentence in said))


def _columns(row: str) -> set[str]:
    """The names of columns that a row gives: "label: 7 (aantal)", "label – jaar: 2; kosten: 3"."""
    in_brackets = _IN_BRACKETS.search(row)
    named = _COLUMN.findall(row.partition(" – ")[2] or "")
    return {name.strip() for name in named} | ({in_brackets.group(1)} if in_brackets else set())
