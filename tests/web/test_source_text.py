from hypothesis import given
from hypothesis import strategies as st

from web.source_text import paragraphs

TEXT = "Kop\n\nEerste regel\ntweede regel\n \n\nLaatste."


def marked(text: str, start: int, end: int) -> str:
    return "".join(p.text for pieces in paragraphs(text, start, end) for p in pieces if p.marked)


def test_blank_lines_part_paragraphs_and_single_line_ends_do_not() -> None:
    assert [pieces[0].text for pieces in paragraphs(TEXT)] == [
        "Kop",
        "Eerste regel\ntweede regel",
        "Laatste.",
    ]


def test_the_cited_span_is_marked_exactly() -> None:
    start = TEXT.index("tweede")
    before, mark = paragraphs(TEXT, start, start + len("tweede regel"))[1]
    assert (before.text, before.marked) == ("Eerste regel\n", False)
    assert (mark.text, mark.marked, mark.first) == ("tweede regel", True, True)


def test_a_span_over_two_paragraphs_has_one_place_to_link_to() -> None:
    pieces = [p for pieces in paragraphs(TEXT, 0, len(TEXT)) for p in pieces]
    assert [p.marked for p in pieces] == [True, True, True]
    assert [p.first for p in pieces] == [True, False, False]


def test_a_span_outside_the_text_marks_nothing() -> None:
    for start, end in ((0, 0), (5, 3), (0, len(TEXT) + 1), (-1, 4)):
        assert marked(TEXT, start, end) == ""


@given(
    st.text(alphabet="ab .\n", max_size=60),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=0, max_value=60),
)
def test_no_word_is_lost_or_moved(text: str, start: int, end: int) -> None:
    shown = [p for pieces in paragraphs(text, start, end) for p in pieces]
    assert "".join("".join(p.text for p in shown).split()) == "".join(text.split())
    if start < end <= len(text):
        assert "".join(marked(text, start, end).split()) == "".join(text[start:end].split())
    assert sum(p.first for p in shown) == (1 if any(p.marked for p in shown) else 0)
