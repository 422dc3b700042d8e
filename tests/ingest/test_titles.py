from __future__ import annotations

import pytest

from ingest.blocks import Block
from ingest.loaded import Form, Loaded
from ingest.pages import Page, PdfPage, Read, Word
from ingest.titles import own_title

HEADINGS = [Block("paragraph", "Vooraf."), Block("heading", "De leerwerkplek", 1)]


def loaded(form: Form, title: str | None, cover: str = "", html: str = "") -> Loaded:
    words = tuple(Word(text, 0, 0, 1, 1, 10) for text in cover.split())
    pdf = (PdfPage(1, 100, 100, words),) if form == "pdf" else ()
    pages = () if form == "pdf" else (Page(None, html),)
    return Loaded(form, Read(pages=pages, pdf=pdf, title=title))


def test_the_properties_of_a_word_file_name_it() -> None:
    assert own_title(loaded("html", "Handreiking werkplek"), HEADINGS) == "Handreiking werkplek"


@pytest.mark.parametrize(
    "left_over",
    ["Microsoft Word - rapport_def3.docx", "Untitled", "Document1", "PowerPoint-presentatie.pptx",
     "naamloos", "rapport.indd", " - "],
)  # fmt: skip
def test_what_a_program_left_behind_is_no_title(left_over: str) -> None:
    assert own_title(loaded("html", left_over), HEADINGS) == "De leerwerkplek"


def test_the_title_of_a_pdf_counts_when_the_first_pages_say_it() -> None:
    pdf = loaded("pdf", "Handreiking werkplek", cover="De handreiking Werkplek 2024")
    assert own_title(pdf, HEADINGS) == "Handreiking werkplek"


def test_the_title_of_another_pdf_gives_way_to_the_first_heading() -> None:
    pdf = loaded("pdf", "Jaarverslag vorige opdracht", cover="De handreiking Werkplek")
    assert own_title(pdf, HEADINGS) == "De leerwerkplek"


def test_a_pdf_without_headings_keeps_the_title_of_its_properties() -> None:
    assert own_title(loaded("pdf", "Jaarverslag", cover="Iets anders"), []) == "Jaarverslag"


def test_a_web_page_is_named_by_its_own_heading() -> None:
    page = loaded("html", None, html="<title>Site</title><main><h1>Kosten</h1><p>x</p></main>")
    assert own_title(page, []) == "Kosten"


def test_without_anything_there_is_no_title() -> None:
    assert own_title(loaded("plain", None), []) is None
