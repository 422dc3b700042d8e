"""Whole pages of many makes: all of the text, none of the furniture."""

from __future__ import annotations

import re

import pytest

from ingest.blocks import Block
from ingest.html.reader import html_blocks, html_title
from tests.web_pages import ARTICLES, ELEMENTOR, NAMED_DIVS, PAGES, SEMANTIC, TABLES, WebPage
from tests.web_pages_office import (
    DRUPAL,
    GOOGLE_DOCS,
    LIBREOFFICE,
    OFFICE_PAGES,
    SHAREPOINT,
    WORD,
    WORD_FILTERED,
)

ALL = [*PAGES, *OFFICE_PAGES]


def said(page: WebPage) -> str:
    return " ".join(block.text for block in html_blocks(page.html))


def shape(page: WebPage) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.mark, block.text) for block in html_blocks(page.html)]


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
def test_all_of_the_text_is_read(page: WebPage) -> None:
    text = said(page)
    assert page.content
    assert [piece for piece in page.content if piece not in text] == []


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
def test_nothing_of_the_furniture_is_read(page: WebPage) -> None:
    text = said(page)
    leaked = [p for p in page.furniture if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text)]
    assert leaked == []


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
def test_the_text_is_read_in_its_order(page: WebPage) -> None:
    moved = [b.text for b in html_blocks(page.html) if b.kind in {"row", "caption", "quote"}]
    pieces = [p for p in page.content if len(p) > 12 and not any(p in text for text in moved)]
    text = said(page)
    places = [text.index(piece) for piece in pieces]
    assert places == sorted(places)


def test_a_table_in_a_figure_has_its_caption_before_its_rows() -> None:
    found = shape(SEMANTIC)
    place = found.index(("caption", 0, "", "Kosten voor het bedrijf"))
    assert found[place + 1] == ("row", 0, "", "Begeleiding: € 2.400 (Per jaar)")


def test_a_tip_beside_the_text_is_text_and_ends_where_the_text_goes_on() -> None:
    found = [(kind, text) for kind, _, _, text in shape(SEMANTIC)]
    place = found.index(("paragraph", "Tip"))
    assert found[place + 2][1].startswith("Daarna bekijkt de school")


def test_a_list_made_with_hyphens_has_its_lead() -> None:
    found = shape(NAMED_DIVS)
    place = found.index(("paragraph", 0, "", "U leert:"))
    assert found[place + 1 : place + 3] == [
        ("item", 1, "-", "doelen opstellen"),
        ("item", 1, "-", "feedback geven"),
    ]


def test_addresses_behind_links_are_told() -> None:
    assert "Mail de trainers (training@voorbeeld.nl) of bel het bureau (+31301234567)." in said(
        NAMED_DIVS
    )


def test_headings_of_fonts_and_a_table_in_a_table() -> None:
    found = shape(TABLES)
    assert ("heading", 2, "", "Werkend leren in het mkb") in found
    assert ("heading", 2, "", "Hoe het werkt") in found
    assert ("row", 0, "", "Winkel: 3 (Dagen)") in found


def test_tabs_and_what_folds_out_stand_above_their_text() -> None:
    texts = [text for _, _, _, text in shape(ELEMENTOR)]
    for above, below in (
        ("Wat verdient een student?", "Het loon volgt de cao."),
        ("School", "De school kiest de vakken."),
    ):
        assert texts[texts.index(below) - 1] == above
    assert "Wij zouden het zo weer doen, ook al kost het tijd. (Jan de Boer, bakker)" in texts


def test_of_a_sidebar_only_whom_to_ask_stays_and_it_comes_last() -> None:
    found = shape(ARTICLES)
    assert [text for _, _, _, text in found[-2:]] == [
        "Contact",
        "Vragen over meedoen? Mail Els Vis, els@voorbeeld.nl.",
    ]


def test_lists_tables_and_notes_of_word() -> None:
    found = shape(WORD)
    assert ("item", 1, "-", "het plan") in found
    assert ("item", 2, "-", "met de doelen") in found
    assert ("item", 1, "2.", "de agenda") in found
    assert ("row", 0, "", "Week 1: kennismaken (Taak)") in found
    assert ("note", 0, "", "Zie het formulier van de school.") in found
    assert [text for kind, _, _, text in shape(WORD_FILTERED) if kind == "item"] == [
        "op tijd komen",
        "afmelden bij ziekte",
        "voor negen uur",
    ]


def test_a_cell_over_two_rows_stands_in_both() -> None:
    assert [text for kind, _, _, text in shape(SHAREPOINT) if kind == "row"] == [
        "Periode 1: start; 1 september",
        "Periode 1: einde; 10 november",
    ]


def test_lists_of_google_docs_have_their_depth() -> None:
    items = [(level, text) for kind, level, _, text in shape(GOOGLE_DOCS) if kind == "item"]
    assert items == [(1, "de taken"), (2, "per week"), (1, "de toetsen")]


def test_notes_of_office_pages_are_notes() -> None:
    for page in (GOOGLE_DOCS, LIBREOFFICE):
        assert [kind for kind, _, _, _ in shape(page)].count("note") == 1


def test_a_heading_outside_the_main_element_is_the_first_block() -> None:
    first: Block = html_blocks(DRUPAL.html)[0]
    assert (first.kind, first.level, first.text) == ("heading", 1, "Aanmelden")
    assert html_title(DRUPAL.html) == "Aanmelden"
