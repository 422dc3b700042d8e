from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ingest.html.reader import html_blocks
from ingest.office.flow import Cell, Piece, table_pieces, title_of, to_html


def cell(text: str, bold: bool = False, header: bool = False, shaded: bool = False) -> Cell:
    return Cell((Piece("paragraph", text, bold=bold),), header=header, shaded=shaded)


def item(text: str, level: int = 1, number: int = 0, mark: str | None = None) -> Piece:
    own = f"{number}." if number else ""
    return Piece("item", text, level, own if mark is None else mark, number)


def test_lists_nest_by_level() -> None:
    pieces = [item("een"), item("onder een", 2), item("twee"), Piece("paragraph", "Erna.")]
    assert to_html(pieces).replace("\n", "") == (
        "<ul><li>een<ul><li>onder een</li></ul></li><li>twee</li></ul><p>Erna.</p>"
    )


def test_a_paragraph_inside_an_item_stays_there() -> None:
    pieces = [item("een"), Piece("paragraph", "Meer over een.", 1), item("twee")]
    assert to_html(pieces).replace("\n", "") == (
        "<ul><li>een<p>Meer over een.</p></li><li>twee</li></ul>"
    )


def test_numbers_go_on_skip_and_begin_anew() -> None:
    pieces = [item("c", 1, 3), item("e", 1, 5), item("a", 1, 1)]
    assert to_html(pieces).replace("\n", "") == (
        '<ol start="3"><li>c</li><li value="5">e</li></ol><ol><li>a</li></ol>'
    )


def test_letters_and_roman_numerals_are_the_type_of_a_list() -> None:
    assert '<ol type="a" start="2">' in to_html([item("x", 1, 2, "b)")])
    assert '<ol type="I">' in to_html([item("x", 1, 1, "I.")])
    assert 'data-mark="1.2"' in to_html([item("x", 2, 2, "1.2")])


def test_notes_and_boxes_in_a_list_come_after_it() -> None:
    pieces = [
        item("een"),
        Piece("note", "Bron."),
        Piece("box", inner=(Piece("paragraph", "Kader."),)),
        item("twee"),
        Piece("paragraph", "Erna."),
    ]
    found = [(block.kind, block.text) for block in html_blocks(to_html(pieces))]
    assert found == [
        ("item", "een"),
        ("item", "twee"),
        ("note", "Bron."),
        ("paragraph", "Kader."),
        ("paragraph", "Erna."),
    ]


def test_a_title_is_the_only_heading_of_the_first_level() -> None:
    pieces = [Piece("title", "Gids"), Piece("heading", "Eerst", 1), Piece("heading", "Dan", 2)]
    assert to_html(pieces).split("\n") == ["<h1>Gids</h1>", "<h2>Eerst</h2>", "<h3>Dan</h3>"]


def test_a_title_over_several_lines_or_in_a_box_is_one() -> None:
    lines = (Piece("title", "Gids"), Piece("title", "voor bedrijven"), Piece("paragraph", "x"))
    assert title_of(lines) == "Gids voor bedrijven"
    assert title_of([Piece("box", inner=lines)]) == "Gids voor bedrijven"
    assert title_of([Piece("heading", "Kop", 1)]) is None


def test_captions_go_with_their_table() -> None:
    table = next(iter(table_pieces([[cell("a"), cell("b")]])))
    above = to_html([Piece("caption", "Tabel 1: aantallen"), table])
    below = to_html([table, Piece("caption", "Tabel 1: aantallen")])
    figure = to_html([table, Piece("caption", "Figuur 1: de route")])
    assert "<caption>Tabel 1: aantallen</caption>" in above
    assert below == above
    assert "<figcaption>Figuur 1: de route</figcaption>" in figure


def test_the_first_row_is_a_header_when_it_alone_stands_out() -> None:
    bold = [[cell("Soort", bold=True), cell("Aantal", bold=True)], [cell("a"), cell("7")]]
    shaded = [[cell("Soort", shaded=True), cell("Aantal", shaded=True)], [cell("a"), cell("7")]]
    plain = [[cell("Soort"), cell("Aantal")], [cell("a"), cell("7")]]
    everywhere = [[cell("a", bold=True), cell("b", bold=True)]] * 2
    for rows, expected in ((bold, 2), (shaded, 2), (plain, 0), (everywhere, 0)):
        assert to_html(table_pieces(rows)).count("<th>") == expected


def test_notes_of_a_table_come_after_it() -> None:
    noted = Cell((Piece("paragraph", "7"), Piece("note", "Peiling van mei.")))
    found = list(table_pieces([[cell("Aantal"), noted]]))
    assert [piece.kind for piece in found] == ["table", "note"]


@given(
    st.lists(
        st.builds(
            Piece,
            kind=st.sampled_from(["heading", "title", "paragraph", "item", "quote", "note"]),
            text=st.text(min_size=1, max_size=5),
            level=st.integers(1, 4),
            mark=st.sampled_from(["", "1.", "b)"]),
            number=st.integers(0, 5),
        ),
        max_size=12,
    )
)
def test_every_tag_that_opens_closes_and_no_text_is_lost(pieces: list[Piece]) -> None:
    written = to_html(pieces)
    for tag in ("ul", "ol", "li"):
        assert written.count(f"<{tag}>") + written.count(f"<{tag} ") == written.count(f"</{tag}>")
    printable = [p.text for p in pieces if p.text.isprintable() and p.text.strip()]
    shown = html.tostring(
        html.fromstring(f"<div>{written}</div>"), method="text", encoding="unicode"
    )
    assert all(text in shown for text in printable)
