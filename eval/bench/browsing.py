"""`python -m eval.bench.browsing`: how heavy the first page is, how soon a reader sees an answer.

The site with the starter pages, served on this machine by a process of its own and read by a real
browser beside it. Without a browser that part is left out, and said so.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import numpy as np

from corpus.errors import RoutewijzerError
from corpus.settings import Settings
from eval.bench.machine import describe_machine
from eval.bench.output import keep, say
from eval.bench.report import RESULTS
from eval.bench.serving import environment, serving, told_by
from eval.sets import find_set

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGE_VIEWS = 200
QUESTIONS = 20
_PATIENCE_S = 120
_WARM = 5
"""Views before anything is counted: the first ones fill caches."""

# From the key that sends the question until the frame after the one that shows the first statement.
_FIRST_STATEMENT = """(question) => new Promise((done) => {
  const field = document.getElementById('vraag');
  field.value = question;
  const sent = performance.now();
  const before = document.querySelectorAll('article.answer .text').length;
  const seen = new MutationObserver(() => {
    const texts = document.querySelectorAll('article.answer .text');
    if (texts.length <= before || ![...texts].some((text) => text.querySelector('p, li'))) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - sent)));
  });
  seen.observe(document.body, { childList: true, subtree: true });
  const enter = { key: 'Enter', bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent('keydown', enter));
})"""


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds."""

    p50: float
    p95: float
    worst: float
    count: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What the first page takes, with an empty cache."""

    bytes_sent: int
    """Over the wire, headers and all, compressed as it was sent."""
    requests: int
    hosts: int


@dataclass(frozen=True, slots=True)
class BrowsingBench:
    """What was measured, where and on what; None where there was no browser."""

    date: str
    machine: dict[str, object]
    first_page: Spread
    """From asking for the page to its last byte, over one connection that stays open."""
    answer_page: Spread
    """The same for a page with an answer on it, as a reader without JavaScript gets it."""
    weight: Weight | None
    first_statement: Spread | None
    """From pressing Enter to the first statement on screen."""


def run_browsing_bench(settings: Settings, say: Callable[[str], None]) -> BrowsingBench:
    """Measure in a temporary folder. Raises NotReadyError when the site does not start."""
    questions = [
        q.question for q in find_set("starter").questions if q.answerable and not q.history
    ][:QUESTIONS]
    with tempfile.TemporaryDirectory() as name:
        say("Startpagina's publiceren")
        told = environment(settings.model_copy(update={"data_dir": Path(name)}))
        told_by(told, "setup")
        with serving(told, workers=1) as server:
            address = f"http://127.0.0.1:{server.port}"
            say("Pagina's opvragen")
            first = _page_times(address, ["/"], PAGE_VIEWS)
            asked = [f"/?vraag={quote(question)}" for question in questions]
            answers = _page_times(address, asked, len(asked))
            say("Vragen stellen in een browser")
            weight, statements = _in_a_browser(address, questions, say)
    return BrowsingBench(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=describe_machine(),
        first_page=first,
        answer_page=answers,
        weight=weight,
        first_statement=statements,
    )


def browsing_lines(bench: BrowsingBench) -> list[str]:
    """The figures for people, in Dutch."""
    lines = [
        _line("Eerste pagina", bench.first_page),
        _line("Pagina met een antwoord", bench.answer_page),
    ]
    if bench.weight is not None:
        lines.append(
            f"Eerste pagina in alles: {bench.weight.bytes_sent / 1000:.1f} kB in "
            f"{bench.weight.requests} verzoeken aan {bench.weight.hosts} host"
        )
    if bench.first_statement is not None:
        lines.append(_line("Eerste zin van het antwoord op het scherm", bench.first_statement))
    return lines


def find_browser() -> str | None:
    """Where a browser is, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def weigh(page: Page, address: str) -> Weight:
    """Open a page with an empty cache and count all that it takes."""
    sizes: list[int] = []
    hosts: set[str] = set()
    watching = page.context.new_cdp_session(page)
    watching.send("Network.enable")
    watching.on("Network.loadingFinished", lambda e: sizes.append(int(e["encodedDataLength"])))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(address, wait_until="networkidle")
    return Weight(sum(sizes), len(sizes), len(hosts))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code: 0, or 2 when something that it needs is not there."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.browsing", description="Meet de pagina's in een browser."
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "bench-pages.json", metavar="BESTAND")
    given = parser.parse_args(arguments)
    try:
        bench = run_browsing_bench(Settings(), say)
    except RoutewijzerError as error:
        print(f"eval.bench.browsing: {error}", file=sys.stderr)
        return 2
    keep(bench, browsing_lines(bench), given.out)
    return 0


# --- steps -----------------------------------------------------------------------------------


def _page_times(address: str, paths: Sequence[str], count: int) -> Spread:
    """Times of ``count`` views of these paths in turn, after a few that are not counted."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE_S)
    times = []
    for n in range(count + _WARM):
        started = time.perf_counter()
        connection.request("GET", paths[n % len(paths)], headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return _spread(times[_WARM:])


def _in_a_browser(
    address: str, questions: Sequence[str], say: Callable[[str], None]
) -> tuple[Weight | None, Spread | None]:
    path = find_browser()
    if path is None:
        say("Er is geen browser; installeer hem met: apt-get install chromium")
        return None, None
    # A package of those who work on Routewijzer: without it the rest of the bench still runs.
    from playwright.sync_api import sync_playwright

    unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--disable-gpu", "--disable-background-networking", *unconfined],
        )
        page = browser.new_page()
        weight = weigh(page, address)
        times = [_first_statement(page, address, question) for question in questions]
        browser.close()
    return weight, _spread(times[1:])  # the first one loads what is loaded once


def _first_statement(page: Page, address: str, question: str) -> float:
    page.goto(address, wait_until="networkidle")
    return float(page.evaluate(_FIRST_STATEMENT, question))


def _spread(times: Sequence[float]) -> Spread:
    p50, p95 = np.percentile(times, [50, 95])
    return Spread(round(float(p50), 1), round(float(p95), 1), round(max(times), 1), len(times))


def _line(what: str, spread: Spread) -> str:
    return f"{what}: p50 {spread.p50} ms, p95 {spread.p95} ms ({spread.count} keer)"


if __name__ == "__main__":
    sys.exit(main())
