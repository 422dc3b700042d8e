from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.gold import find_places, find_spans
from eval.questions import Gold
from tests.builders import make_version
from tests.eval.fakes import BIKES, VERSIONS, question


def test_a_quote_is_found_whatever_the_marks_and_the_spacing() -> None:
    texts = {"d": "Een “leer-\nwerkplek”, dát is\nhet. Een leerwerkplek dat!"}
    spans = find_spans(Gold(document="d", quote="leerwerkplek dat"), texts)
    assert [texts["d"][s.start : s.end] for s in spans] == [
        "leer-\nwerkplek”, dát",
        "leerwerkplek dat",
    ]


def test_a_quote_of_another_document_or_without_letters_is_nowhere() -> None:
    assert find_spans(Gold(document="weg", quote="een"), {"d": "een"}) == []
    assert find_spans(Gold(document="d", quote="…!"), {"d": "een…!"}) == []


@given(st.text(alphabet="abé -\n.", max_size=40), st.data())
def test_every_cut_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    cut = text[start : data.draw(st.integers(start, len(text)))]
    letters = [n for n, c in enumerate(cut) if c.isalnum()]
    spans = find_spans(Gold(document="d", quote=cut), {"d": text})
    if letters:
        assert (start + letters[0], start + letters[-1] + 1) in {(s.start, s.end) for s in spans}
    else:
        assert spans == []


def test_a_place_names_every_searched_passage_that_the_quote_touches() -> None:
    [place] = find_places(question("a"), VERSIONS)
    assert place.passages == (BIKES.passages[1].id,)
    across = make_version("d", ["Dit is een", "zin over twee", "zin over"], kinds={2: "reference"})
    gold = (Gold(document="d", quote="een zin over"), Gold(document="weg", quote="een"))
    first, gone = find_places(question("b", gold=gold), {"d": across})
    assert first.passages == tuple(p.id for p in across.passages[:2])
    assert (gone.spans, gone.passages) == ((), ())
