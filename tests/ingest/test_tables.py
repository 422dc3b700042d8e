from __future__ import annotations

from ingest.tables import contents_blocks, row_blocks, segments, tab_table_blocks


def test_a_table_with_tabs_is_set_apart_from_the_text() -> None:
    found = list(segments("tekst\n\n\tAantal\nmet\t7\nzonder\t16\n\nslot"))
    assert [segment.kind for segment in found] == ["text", "table", "text"]
    assert found[1].lines == ("\tAantal", "met\t7", "zonder\t16")


def test_bullets_and_numbers_before_a_tab_make_no_table() -> None:
    assert [s.kind for s in segments("•\teen\n•\ttwee\n1.\tdrie\n2.\tvier")] == ["text"]


def test_lines_with_another_number_of_cells_make_no_table() -> None:
    assert [s.kind for s in segments("a\tb\na\tb\tc")] == ["text"]


def test_dotted_lines_are_a_table_of_contents() -> None:
    lines = "<b>Een</b> .....\t<b>4</b>\n1.1. Twee ...... 8"
    (segment,) = segments(lines)
    assert segment.kind == "contents"
    blocks = contents_blocks(segment.lines)
    assert [block.text for block in blocks] == ["Een 4", "1.1. Twee 8"]
    assert all(block.reference for block in blocks)


def test_one_dotted_line_is_text() -> None:
    assert [s.kind for s in segments("wie weet ... 8")] == ["text"]


def test_a_row_names_its_value_and_column() -> None:
    rows = tab_table_blocks(["\tTotaal", "met\t7", "zonder\t16"])
    assert [row.text for row in rows] == ["met: 7 (Totaal)", "zonder: 16 (Totaal)"]


def test_a_first_row_without_numbers_above_numbers_is_the_header() -> None:
    rows = tab_table_blocks(["Jaar\tStudenten", "2020\t5", "2021\t11"])
    assert [row.text for row in rows] == ["2020: 5 (Studenten)", "2021: 11 (Studenten)"]


def test_a_table_without_header_keeps_all_rows() -> None:
    rows = tab_table_blocks(["mbo\tvier jaar", "hbo\ttwee jaar"])
    assert [row.text for row in rows] == ["mbo: vier jaar", "hbo: twee jaar"]


def test_several_columns_are_named_one_by_one() -> None:
    rows = row_blocks(
        ["Wat", "Bedrag", "Voor"], [["Een", "€ 5", "bedrijf"], ["Twee", "", "school"]]
    )
    assert [row.text for row in rows] == ["Een – Bedrag: € 5; Voor: bedrijf", "Twee – Voor: school"]


def test_empty_rows_are_left_out() -> None:
    assert row_blocks(None, [["", ""], []]) == []
