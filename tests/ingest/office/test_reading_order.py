from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.office.reading_order import Spot, reading_order


def order(*spots: tuple[float, float, float, float]) -> list[int]:
    return reading_order([Spot(*spot) for spot in spots], 100, 100)


def test_top_to_bottom_whatever_the_order_of_the_file() -> None:
    assert order((0, 60, 100, 80), (0, 0, 100, 20), (0, 30, 100, 50)) == [1, 2, 0]


def test_columns_under_a_wide_heading() -> None:
    heading, left, right, lower_left = (
        (0, 0, 100, 10),
        (0, 15, 45, 40),
        (55, 14, 100, 90),
        (0, 45, 45, 90),
    )
    assert order(right, lower_left, heading, left) == [2, 3, 1, 0]


def test_a_card_keeps_its_heading_and_its_text_together() -> None:
    cards = [(0, 0, 40, 10), (60, 0, 100, 10), (0, 11, 40, 50), (60, 11, 100, 50)]
    assert order(*cards) == [0, 2, 1, 3]


def test_boxes_that_overlap_a_little_still_stand_under_each_other() -> None:
    assert order((0, 18, 100, 60), (0, 0, 100, 20)) == [1, 0]


@given(
    st.lists(
        st.tuples(
            st.integers(-50, 150), st.integers(-50, 150), st.integers(0, 99), st.integers(0, 99)
        ),
        max_size=30,
    )
)
def test_each_box_comes_once(boxes: list[tuple[int, int, int, int]]) -> None:
    spots = [Spot(x, y, x + width, y + height) for x, y, width, height in boxes]
    assert sorted(reading_order(spots, 100, 100)) == list(range(len(spots)))
