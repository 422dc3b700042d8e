from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.evaluation import Estimate
from eval.plots import Row, dot_plot, histogram

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


@given(st.lists(st.floats(0.01, 1e5), min_size=1, max_size=200))
def test_a_histogram_counts_every_value_once(values: list[float]) -> None:
    bars = parsed(histogram(values, [("p50", values[0])], "Tijd")).iter(f"{SVG}rect")
    counts = [int(bar.findtext(f"{SVG}title", "0")) for bar in bars]
    assert sum(counts) == len(values)


def test_nothing_to_count_is_no_plot() -> None:
    assert histogram([], [], "Tijd") == ""


def test_a_dot_stands_where_its_share_is_and_words_are_escaped() -> None:
    rows = [
        Row("<hoe> & wat", 3, Estimate(value=0.0, low=0.0, high=0.5, n=3)),
        Row("midden", 3, Estimate(value=0.5, low=0.5, high=0.5, n=3)),
        Row("vol", 3, Estimate(value=1.0, low=1.0, high=1.0, n=3)),
        Row("niets", 0, Estimate()),
    ]
    plot = parsed(dot_plot(rows, "Kwaliteit"))
    left, middle, right = (float(c.get("cx", "")) for c in plot.iter(f"{SVG}circle"))
    assert middle - left == pytest.approx(right - middle)
    texts = [t.text for t in plot.iter(f"{SVG}text")]
    assert "<hoe> & wat" in texts
    assert "niet gemeten" in texts
