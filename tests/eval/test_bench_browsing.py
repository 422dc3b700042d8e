from __future__ import annotations

from eval.bench.browsing import BrowsingBench, Spread, Weight, browsing_lines

SPREAD = Spread(p50=4.2, p95=9.5, worst=20.0, count=200)


def test_the_figures_for_people() -> None:
    bench = BrowsingBench("2026-11-22", {}, SPREAD, SPREAD, Weight(20_014, 10, 1), SPREAD)
    assert browsing_lines(bench) == [
        "Eerste pagina: p50 4.2 ms, p95 9.5 ms (200 keer)",
        "Pagina met een antwoord: p50 4.2 ms, p95 9.5 ms (200 keer)",
        "Eerste pagina in alles: 20.0 kB in 10 verzoeken aan 1 host",
        "Eerste zin van het antwoord op het scherm: p50 4.2 ms, p95 9.5 ms (200 keer)",
    ]


def test_without_a_browser_its_figures_are_left_out() -> None:
    bench = BrowsingBench("2026-11-22", {}, SPREAD, SPREAD, None, None)
    assert len(browsing_lines(bench)) == 2
