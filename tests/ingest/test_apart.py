"""Documents of any form are read in processes of their own, many texts in one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from corpus.errors import BadInputError
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.types import Version
from ingest import sandbox
from ingest.apart import read_apart
from ingest.loaded import load_text
from ingest.parse import packed, parse
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests import office, pdfs

HTML = """<html><head><title>Fietsen</title><meta property="og:url" content="https://x.nl/fiets">
<meta name="dcterms.issued" content="2024-05-06"></head><body><h1>Fietsen lenen</h1>
<p>Een leenfiets kost het bedrijf 450 euro.</p><ul><li>Een slot</li><li>Een lamp</li></ul>"""
FRONT = "---\ntitle: Soep van de dag\nid: soep\naudience: bedrijf\nvalid_from: 2026-01-02\n---\n"
MARKDOWN = (
    FRONT + "# Soep\n\nEr is soep, ook op maandag.\n\n## Wat kost het?\n\nVijf euro per kom.\n"
)
PLAIN = "Een brief\n\nWij schrijven over de kosten. Die zijn lager dan gedacht."


def source(name: str, data: str | bytes, **given: Any) -> Source:
    data = data if isinstance(data, bytes) else data.encode()
    return Source(name, data, PartialMetadata(**given))


def read(*sources: Source, **settings: int) -> list[Version]:
    return list(read_apart(sources, Settings(**settings), no_progress))


def refused(*sources: Source, **settings: int) -> str:
    with pytest.raises(BadInputError) as caught:
        read(*sources, **settings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The commands of the processes that were started."""
    commands: list[Sequence[str]] = []
    real = subprocess.Popen

    def start(command: Sequence[str], **options: Any) -> Any:
        commands.append(command)
        return real(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", start)
    return commands


def test_every_form_yields_what_reading_it_here_does(started: list[Sequence[str]]) -> None:
    sources = (
        source("fiets.html", HTML, kind="brochure"),
        source("soep.md", MARKDOWN),
        source("brief.txt", PLAIN.encode("cp1252"), title="Brief"),
        source("plan.pdf", pdfs.book(2, rows=6)),
        source("plan.docx", office.make_docx(office.paragraph("Het plan is klaar. Wij beginnen."))),
    )
    found = read(*sources)
    assert len(started) == 3  # the PDF, the office file, and one for the passages of all
    assert found == [read_source(each, Settings()) for each in sources]


def test_many_texts_take_one_process(started: list[Sequence[str]]) -> None:
    found = read(*(source(f"{number}.txt", f"Dit is tekst {number}.") for number in range(40)))
    assert [version.text for version in found] == [f"Dit is tekst {n}." for n in range(40)]
    assert len(started) == 1


def test_more_than_one_document_may_be_takes_another_process(
    started: list[Sequence[str]],
) -> None:
    long = "x" * 600_000
    assert len(read(source("a.txt", long), source("b.txt", long), max_text_mb=1)) == 2
    assert len(started) == 2


def test_what_is_wrong_is_said_of_the_file_that_has_it() -> None:
    good = source("goed.txt", PLAIN)
    assert refused(good, source("leeg.txt", " \n")).startswith("leeg.txt bevat geen tekst")
    assert refused(good, source("fout.md", FRONT.replace("bedrijf", "iedereen"))).startswith(
        "fout.md, kop met gegevens: 'audiences' is ongeldig"
    )


def test_too_much_memory_is_said_of_the_file_that_asks_for_it() -> None:
    wide = source("breed.html", "<p>" + "<b>x</b>" * 60_000)
    said = refused(source("goed.txt", PLAIN), wide, read_memory_mb=65)
    assert said.startswith("breed.html lezen vraagt te veel geheugen (meer dan 65 MB)")


def says(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have this code run in the place of the reader."""
    ready = "import json, os, sys, time\nprint('{\"ready\": true}', flush=True)\n"
    monkeypatch.setattr(sandbox, "_START", ready + code)


def test_too_much_time_is_said_of_the_file_that_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, f"print({json.dumps(parsed())!r}, flush=True); time.sleep(60)")
    said = refused(source("een.txt", PLAIN), source("twee.txt", PLAIN), read_seconds=1)
    assert said.startswith("twee.txt lezen duurt langer dan 1 seconden")


def parsed(**changes: object) -> dict[str, object]:
    """What the process says of a text, with changes."""
    found = packed(parse(load_text("x.txt", PLAIN.encode(), 1000), None))
    return {"parsed": {**found, **changes}}


DRAFT = {"start": 0, "end": 9, "kind": "text", "section": [], "sentences": [], "lead": None}
FRONT_OF = dict.fromkeys(PartialMetadata.__dataclass_fields__)


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 3},
        {"text": "kort"},
        {"text": PLAIN + "\ud800"},
        {"title": ["een"]},
        {"title": "\ud800"},
        {"drafts": [DRAFT | {"start": -1}]},
        {"drafts": [DRAFT | {"end": 10**9}]},
        {"drafts": [DRAFT | {"start": 9, "end": 8}]},
        {"drafts": [DRAFT | {"lead": [0, 10**9]}]},
        {"drafts": [DRAFT | {"kind": "gevaar"}]},
        {"drafts": [DRAFT | {"sentences": [{"start": 0, "end": 999, "kind": "item"}]}]},
        {"page_starts": [[5, 1], [2, 2]]},
        {"page_starts": [[10**9, 1]]},
        {"front": FRONT_OF | {"url": "javascript:alert(1)"}},
        {"front": FRONT_OF | {"kind": "gevaar"}},
        {"front_id": "../weg"},
    ],
)
def test_nonsense_from_a_process_that_was_taken_over_is_refused(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    says(monkeypatch, f"print({json.dumps(parsed(**changes))!r}); print('{{\"done\": true}}')")
    assert refused(source("brief.txt", PLAIN), max_text_mb=1).startswith("brief.txt is beschadigd")


def test_too_much_text_from_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"said = {parsed()!r}; said['parsed']['text'] = 'x' * 3_000_000; print(json.dumps(said))"
    says(monkeypatch, code + "; print('{\"done\": true}')")
    assert refused(source("brief.txt", PLAIN), max_text_mb=1).startswith("brief.txt is beschadigd")


@pytest.mark.parametrize("times", [0, 2])
def test_it_says_as_much_as_was_asked(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    line = json.dumps(parsed())
    says(monkeypatch, f"for _ in range({times}): print({line!r})\nprint('{{\"done\": true}}')")
    assert refused(source("brief.txt", PLAIN)).startswith("brief.txt is beschadigd")


def test_nothing_to_read_starts_nothing(started: list[Sequence[str]]) -> None:
    assert read() == []
    assert started == []
