from __future__ import annotations

import pytest

from ingest.lists import split_mark


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("• visie", "-", "visie"),
        ("- visie", "-", "visie"),
        ("1. visie", "1.", "visie"),
        ("12) visie", "12)", "visie"),
        ("a) visie", "a)", "visie"),
        ("(b) visie", "(b)", "visie"),
        ("gewone zin", "", "gewone zin"),
        ("-uitwisseling", "", "-uitwisseling"),
        ("2021. Een jaar", "", "2021. Een jaar"),
        ("1.1 Kop", "", "1.1 Kop"),
        ("•", "", "•"),
    ],
)
def test_the_mark_is_parted_from_the_item(line: str, mark: str, text: str) -> None:
    assert split_mark(line) == (mark, text)
