from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.evaluation import Said
from web.staff.answer_diff import Line, marked

texts = st.lists(st.text(alphabet="ab .\n", min_size=1, max_size=12), max_size=5)


def said(*found: str) -> list[Said]:
    return [Said(text=text, citations=(1,), kind="sentence") for text in found]


def shown(lines: tuple[Line, ...]) -> list[str]:
    """Changed pieces in brackets."""
    return ["".join(f"[{p.text}]" if p.changed else p.text for p in line.pieces) for line in lines]


def test_a_changed_number_is_marked_on_both_sides() -> None:
    old, new = marked(said("Het kost 30 euro."), said("Het kost 90 euro."))
    assert shown(old) == ["Het kost [30] euro."]
    assert shown(new) == ["Het kost [90] euro."]


def test_statements_that_are_gone_or_new_are_marked_whole() -> None:
    old, new = marked(said("Anna kookt.", "Blijft."), said("Blijft.", "De fiets is rood."))
    assert shown(old) == ["[Anna kookt.]", "Blijft."]
    assert shown(new) == ["Blijft.", "[De fiets is rood.]"]


def test_another_place_is_no_change() -> None:
    old, new = marked(said("Een.", "Twee."), said("Twee.", "Een."))
    assert shown(old) == ["Een.", "Twee."]
    assert shown(new) == ["Twee.", "Een."]


def test_each_statement_has_one_counterpart_the_most_alike() -> None:
    before = said("De verzekering kost 30 euro per jaar.")
    after = said("De verzekering kost 90 euro per jaar.", "De verzekering kost veel per maand.")
    assert shown(marked(before, after)[1]) == [
        "De verzekering kost [90] euro per jaar.",
        "[De verzekering kost veel per maand.]",
    ]


@given(texts, texts)
def test_no_word_is_lost_and_what_is_equal_is_not_marked(
    before: list[str], after: list[str]
) -> None:
    old, new = marked(said(*before), said(*after))
    for texts_in, lines, others in ((before, old, after), (after, new, before)):
        assert ["".join(p.text for p in line.pieces) for line in lines] == texts_in
        for text, line in zip(texts_in, lines, strict=True):
            assert any(p.changed for p in line.pieces) <= (text not in others)
