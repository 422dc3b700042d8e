from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.settings import Settings
from corpus.types import Version
from eval.structure import StructureReport, structure_lines, structure_report, with_lead
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source

PAGE = """# Leren bij een bakker

Een leerwerkplek is een plek waar een student werkt en leert.

## Wat u regelt

U regelt drie dingen:

- een contract;
- een begeleider;
    - met tijd;
    - met een cursus.
- een werkplek.

## In cijfers

Tabel 1: studenten per jaar

| jaar | studenten | bedrijven |
|---|---|---|
| 2023 | 4 | 3 |
| 2024 | 9 | 5 |

“Wij leren elke dag van onze studenten, en zij van ons.”

## Colofon

Geschreven door een bakker.
"""

Report = Callable[[str], StructureReport]


@pytest.fixture
def report() -> Report:
    def make(text: str) -> StructureReport:
        return structure_report(read(text))

    return make


def read(text: str) -> Version:
    source = Source("bakker.md", text.encode("utf-8"), PartialMetadata())
    return read_source(source, Settings())


def test_everything_is_counted_once(report: Report) -> None:
    found = report(PAGE)
    assert found.headings == (("Wat u regelt",), ("In cijfers",), ("Colofon",))
    assert [len(group.members) for group in found.lists] == [3, 2]
    assert [len(group.members) for group in found.tables] == [2]
    assert found.quotations == 1
    assert found.apart == (("Colofon", 1),)
    assert found.definitions == ("leerwerkplek",)
    assert sum(found.sentences.values()) == 1 + 1 + 5 + 1 + 2 + 1 + 1
    assert found.longest_passage <= found.characters


def test_lists_and_tables_carry_what_introduces_them(report: Report) -> None:
    found = report(PAGE)
    assert [group.lead for group in found.lists] == ["U regelt drie dingen:", "een begeleider;"]
    assert found.tables[0].lead == "Tabel 1: studenten per jaar"
    assert found.tables[0].has_header
    assert found.weak == ()


def test_what_is_weak_is_named(report: Report) -> None:
    loose = "Gewone tekst over leren.\n\nEn meer.\n\n***\n\n"
    found = report(f"# Kop\n\n{loose}|  |  |\n|---|---|\n| een | twee |\n| drie | vier |\n")
    assert not found.tables[0].has_header
    assert any("geen kolom" in text for text in found.weak)


def test_a_list_that_goes_on_in_the_next_passage_is_one_list(report: Report) -> None:
    items = "\n".join(f"- {number}. {'woord ' * 40}" for number in range(12))
    version = read(f"# Kop\n\nDit hoort erbij:\n\n{items}\n")
    assert sum(passage.kind == "list" for passage in version.passages) > 1
    found = structure_report(version)
    assert len(found.lists) == with_lead(found.lists) == 1


def test_the_lines_say_it_in_dutch(report: Report) -> None:
    lines = structure_lines(report(PAGE))
    assert any(line.startswith("lijsten") and "2, waarvan 2" in line for line in lines)
    assert any("Colofon (1)" in line for line in lines)
    assert any("geen pagina's" in line for line in lines)


def test_a_document_of_one_line_has_no_structure(report: Report) -> None:
    found = report("Alleen deze zin.")
    assert (found.headings, found.lists, found.tables, found.apart) == ((), (), (), ())
    assert any(line.startswith("let op:") for line in structure_lines(found))
