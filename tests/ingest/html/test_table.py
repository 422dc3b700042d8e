from __future__ import annotations

import pytest

from ingest.html.reader import html_blocks


def rows(table: str) -> list[str]:
    return [b.text for b in html_blocks(f"<table>{table}</table>") if b.kind == "row"]


def test_header_rows_one_above_the_other() -> None:
    assert rows(
        "<thead><tr><th rowspan=2>Fase<th colspan=2>Kosten<tr><th>begin<th>eind</thead>"
        "<tr><th>A<td>1<td>2"
    ) == ["A – Kosten, begin: 1; Kosten, eind: 2"]


def test_a_cell_over_several_rows_or_columns_is_filled_in() -> None:
    assert rows(
        "<tr><th>Dag<th>Ochtend<th>Middag<tr><td>ma<td colspan=2>dicht<tr><td rowspan=2>di<td>1"
        "<td>2<tr><td>3<td>4"
    ) == [
        "ma – Ochtend: dicht; Middag: dicht",
        "di – Ochtend: 1; Middag: 2",
        "di – Ochtend: 3; Middag: 4",
    ]


def test_a_row_over_the_whole_width_names_the_rows_below_it() -> None:
    assert rows(
        "<tr><th>Post<th>Jaar 1<th>Jaar 2<tr><td colspan=3>Kosten<tr><td>Loon<td>1<td>2"
        "<tr><td colspan=3>Baten<tr><td>Werk<td>3<td>4"
    ) == ["Kosten, Loon – Jaar 1: 1; Jaar 2: 2", "Baten, Werk – Jaar 1: 3; Jaar 2: 4"]


def test_two_columns_that_name_the_row() -> None:
    assert rows(
        "<tr><th>Fase<th>Wie<th>Uren<tr><th rowspan=2>Start<th>school<td>4<tr><th>bedrijf<td>8"
    ) == ["Start, school: 4 (Uren)", "Start, bedrijf: 8 (Uren)"]


@pytest.mark.parametrize(
    "first",
    [
        "<td><b>Plek</b><td><strong>Dagen</strong>",
        "<td><td>Dagen",
        "<td>Plek<td>Dagen",
    ],
)
def test_names_of_columns_without_th(first: str) -> None:
    assert rows(f"<tr>{first}<tr><td>winkel<td>3<tr><td>kantoor<td>2") == [
        "winkel: 3 (Dagen)",
        "kantoor: 2 (Dagen)",
    ]


def test_rows_with_their_name_in_th_have_no_header_row() -> None:
    assert rows("<tr><th>Start<td>mei<tr><th>Duur<td>twee jaar") == [
        "Start: mei",
        "Duur: twee jaar",
    ]


def test_a_number_that_names_a_row_gets_the_name_of_its_column() -> None:
    assert rows("<tr><th>Week<th>Taak<tr><td>1<td>kennismaken") == ["Week 1: kennismaken (Taak)"]


def test_the_foot_of_a_table_comes_last_and_lists_in_cells_are_parted() -> None:
    assert rows(
        "<tfoot><tr><td>Som<td>3</tfoot><tr><td>Taken<td><ul><li>a<li>b</ul><p>Klaar.</p>"
    ) == ["Taken: a; b; Klaar.", "Som: 3"]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>een<td>twee<tr><td>drie<td>vier</table>",
        "<table><tr><td>een<td>twee</table><p>drie</p><p>vier</p>",
        "<table><tr><td>een<td><table><tr><td>twee</table>drie<tr><td>vier</table>",
        "<table><tr><td><h2>een</h2><td>twee<tr><td>drie<td>vier</table>",
        "<table><tr><td>een<tr><td>twee<tr><td>drie<tr><td>vier</table>",
    ],
)
def test_a_table_made_for_its_looks_is_read_cell_by_cell(table: str) -> None:
    found = html_blocks(table)
    assert [block.text for block in found] == ["een", "twee", "drie", "vier"]
    assert "row" not in {block.kind for block in found}


def test_text_between_the_parts_of_a_table_is_kept() -> None:
    found = " ".join(
        b.text for b in html_blocks("<table>los<tr>tussen<td>a<td>1<tr><td>b<td>2</table>")
    )
    assert set(found.replace(":", "").split()) == {"los", "tussen", "a", "1", "b", "2"}


def test_enormous_spans_do_no_harm() -> None:
    found = rows("<tr><td colspan=999999999 rowspan=999999999>a<td>b<tr><td colspan=x>c<td>d")
    assert "a" in " ".join(found)
    assert "d" in " ".join(found)
