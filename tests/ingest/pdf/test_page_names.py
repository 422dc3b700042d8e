"""How messages name pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf.page_names import named


@pytest.mark.parametrize(
    ("pages", "name"),
    [
        ([3], "Pagina 3"),
        ([5, 3], "Pagina 3 en 5"),
        ([1, 2], "Pagina 1 en 2"),
        ([1, 2, 3], "Pagina 1-3"),
        ([2, 4, 5, 6, 7, 12, 12], "Pagina 2, 4-7 en 12"),
        (
            range(1, 60, 2),
            "Pagina 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 enzovoort (30 pagina's)",
        ),
    ],
)
def test_pages_are_named(pages: list[int], name: str) -> None:
    assert named(pages) == name


@given(st.sets(st.integers(1, 9999), min_size=1))
def test_the_name_stays_short_and_begins_with_the_first_page(pages: set[int]) -> None:
    name = named(pages)
    assert len(name) < 170
    assert name.removeprefix("Pagina ").startswith(str(min(pages)))
