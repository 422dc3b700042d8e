"""Whatever comes in: pages come out, or one clear line."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from corpus.errors import BadInputError
from ingest.office.docx import read_docx
from ingest.office.odt import read_odt
from ingest.office.pptx import read_pptx
from ingest.pages import Read
from tests.office import (
    in_list,
    make_docx,
    make_odt,
    members_of,
    numbering,
    paragraph,
    word_row,
    word_style,
    word_table,
    zipped,
)

Reader = Callable[[bytes, str], Read]
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def samples() -> dict[str, tuple[Reader, bytes]]:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Kosten"
    slide.placeholders[1].text = "Loon\nReis"
    slide.shapes.add_table(2, 2, 0, 0, 9, 9).table.cell(0, 0).text = "Soort"
    shown = io.BytesIO()
    deck.save(shown)
    written = io.BytesIO()
    document = docx.Document()
    document.add_heading("Kosten", 1)
    document.add_paragraph("Loon", style="List Bullet")
    document.save(written)
    by_hand = make_docx(
        paragraph("Kop", "Kop1") + in_list("een", 1) + word_table(word_row("a", "b")),
        {
            "styles": word_style("Kop1", "heading 1"),
            "numbering": numbering({"1": [("decimal", "%1.")]}),
        },
    )
    opened = make_odt(
        "<text:h>Kop</text:h><text:list><text:list-item><text:p>een</text:p></text:list-item>"
        "</text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    return {
        "docx": (read_docx, written.getvalue()),
        "by hand": (read_docx, by_hand),
        "odt": (read_odt, opened),
        "pptx": (read_pptx, shown.getvalue()),
    }


def survives(reader: Reader, data: bytes) -> None:
    refusal = ""
    try:
        read = reader(data, "naam met é.bin")
    except BadInputError as refused:
        read, refusal = Read(), str(refused)
    assert all(page.text for page in read.pages)
    assert refusal.startswith("naam met é.bin") or not refusal
    assert "\n" not in refusal


@pytest.mark.parametrize("kind", ["docx", "by hand", "odt", "pptx"])
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
@MANY
def test_bytes_that_changed(kind: str, changes: list[tuple[float, int]]) -> None:
    reader, whole = samples()[kind]
    data = bytearray(whole)
    for where, value in changes:
        data[min(int(where * len(data)), len(data) - 1)] = value
    survives(reader, bytes(data))


@pytest.mark.parametrize("kind", ["by hand", "odt", "pptx"])
@given(st.data())
@MANY
def test_xml_whose_tags_and_values_changed(kind: str, data: st.DataObject) -> None:
    reader, whole = samples()[kind]
    members = members_of(whole)
    parts = [name for name in members if name.endswith((".xml", ".rels")) and "theme" not in name]
    name = data.draw(st.sampled_from(sorted(parts)))
    words = members[name].split(b'"')
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(words) - 1))
        if place % 2:
            odd = st.sampled_from(
                [b"", b"-1", b"x", b"99999999999999999999", b"1e400", b"../..", b"0"]
            )
            words[place] = data.draw(odd)
        else:
            other = data.draw(st.integers(0, len(words) - 1))
            words[place] = words[other - other % 2]
    survives(reader, zipped({**members, name: b'"'.join(words)}))


@pytest.mark.parametrize("kind", ["by hand", "odt", "pptx"])
@given(st.data())
@MANY
def test_parts_that_are_gone_or_swapped(kind: str, data: st.DataObject) -> None:
    reader, whole = samples()[kind]
    members = members_of(whole)
    names = sorted(members)
    gone, one, other = (data.draw(st.sampled_from(names)) for _ in range(3))
    swapped = {**members, one: members[other]}
    swapped.pop(gone)
    survives(reader, zipped(swapped))


@given(st.binary(max_size=200))
@MANY
def test_bytes_that_are_nothing(data: bytes) -> None:
    for reader, whole in samples().values():
        survives(reader, data)
        survives(reader, whole[: len(data) * 40])


def test_tables_in_tables_in_tables() -> None:
    nested = paragraph("diep")
    for _ in range(60):
        nested = word_table(word_row(nested + paragraph("a"), "b"), word_row("c", "d"))
    assert "diep" in read_docx(make_docx(nested), "x.docx").pages[0].text
    for _ in range(60):
        nested = word_table(word_row(nested))
    survives(read_docx, make_docx(nested))


def test_styles_that_build_on_each_other_in_a_ring() -> None:
    ring = word_style("A", "a", '<w:basedOn w:val="B"/>') + word_style(
        "B", "b", '<w:basedOn w:val="A"/>'
    )
    page = read_docx(make_docx(paragraph("Tekst.", "A"), {"styles": ring}), "x").pages[0]
    assert page.text == "<p>Tekst.</p>"
