"""Documents of every format, all the way from bytes to a version: what holds for each of them."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from pptx import Presentation

from corpus.errors import BadInputError
from corpus.settings import Settings
from corpus.types import Version
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests import pages, pdfs
from tests.web_pages import GOVERNMENT, TABLES

LEAD = "Een leerplek heeft drie dingen nodig:"
ITEMS = ("een begeleider", "een plan", "tijd om te leren")


def word_file() -> bytes:
    document = Document()
    document.add_heading("De leerplek", 0)
    document.add_heading("Wat is er nodig", 1)
    document.add_paragraph(LEAD)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Wat", "Uur"), ("Leren", "8")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = text in ("Wat", "Uur")
    document.add_paragraph("Daarna begint het werk. Dat duurt een jaar.")
    return saved(document)


def slides() -> bytes:
    show = Presentation()
    for number in (1, 2):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"Deel {number}"
        slide.placeholders[1].text = f"Dit is wat deel {number} zegt. Het is niet veel."
    return saved(show)


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


FILES = {
    "tijdschrift.pdf": pages.magazine_pdf,
    "rapport.pdf": pages.report_pdf,
    "tabel.pdf": pages.long_table_pdf,
    "folder.pdf": pages.brochure_pdf,
    "boek.pdf": lambda: pdfs.book(12),
    "werkplek.docx": word_file,
    "dia's.pptx": slides,
    "overheid.html": lambda: GOVERNMENT.html.encode(),
    "tabellen.html": lambda: TABLES.html.encode(),
    "tekst.md": lambda: f"# Kop\n\n{LEAD}\n\n- een\n- twee\n".encode(),
    "tekst.txt": lambda: b"Een regel.\n\nNog een regel van de tekst.\n",
}


@pytest.fixture(scope="module", params=FILES)
def version(request: pytest.FixtureRequest) -> Version:
    name = str(request.param)
    return read_source(Source(name, FILES[name](), PartialMetadata()), Settings())


def test_every_passage_and_sentence_is_what_stands_there(version: Version) -> None:
    assert_sound(version)


def assert_sound(version: Version) -> None:
    text = version.text
    for passage in version.passages:
        assert text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert text[sentence.start : sentence.end] == sentence.text
            assert passage.start <= sentence.start < sentence.end <= passage.end
    assert all(a.end <= b.start for a, b in pairwise(version.passages))
    starts = version.page_starts
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(starts))
    assert not starts or starts[0][0] == 0


def test_pages_are_those_of_the_source(version: Version) -> None:
    found = {s.page for p in version.passages for s in p.sentences}
    if version.source_name.endswith((".pdf", ".pptx")):
        assert found <= {number for _, number in version.page_starts}
    else:
        assert found == {None}


def test_a_word_file_gives_a_list_with_its_lead_and_a_table_with_its_header() -> None:
    version = read_source(Source("werkplek.docx", word_file(), PartialMetadata()), Settings())
    said = {s.text: s for p in version.passages for s in p.sentences}
    for item in ITEMS:
        lead = said[item].lead
        assert lead is not None
        assert version.text[slice(*lead)] == LEAD
    assert "Leren: 8 (Uur)" in said
    assert version.metadata.title == "De leerplek"


def test_slides_are_cited_by_their_number() -> None:
    version = read_source(Source("dia's.pptx", slides(), PartialMetadata()), Settings())
    pages_of = {s.text: s.page for p in version.passages for s in p.sentences}
    assert pages_of["Dit is wat deel 1 zegt."] == 1
    assert pages_of["Dit is wat deel 2 zegt."] == 2


@with_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(FILES)), data=st.data())
def test_damage_gives_a_version_or_a_message(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name]())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    whole = bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        version = read_source(Source(name, whole, PartialMetadata()), Settings())
    except BadInputError as problem:
        lines = str(problem).count("\n") + 1
    else:
        assert_sound(version)
        lines = 1
    assert lines == 1
