from __future__ import annotations

import re
from html.parser import HTMLParser

from eval.compare import compare
from eval.evaluation import compact
from eval.report import report
from tests.eval.fakes import evaluation, result
from tests.eval.test_runner import measured

VOID = {"meta", "line", "circle", "rect", "br"}


class Balanced(HTMLParser):
    """Fails on an element that is closed in the wrong place, and keeps the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> str:
    page = Balanced()
    page.feed(html)
    assert page.open == []
    return " ".join(" ".join(page.text).split())


def test_one_file_that_needs_nothing_else() -> None:
    html = report(measured()[0])
    assert not re.search(r"""(src|href)=|url\(|@import|<script""", html)
    assert "prefers-color-scheme: dark" in html
    text = read(html)
    for said in ("Kwaliteit per soort vraag", "Terecht geweigerd", "Tijd per vraag", "450 euro"):
        assert said in text


def test_failing_questions_of_the_final_half_stay_closed_unless_asked_for() -> None:
    whole = measured()[0]
    text = read(report(whole))
    assert "Wat kost een fiets, fout?" not in text
    assert "Nog 1 uit de helft final" in text
    final = whole.model_copy(update={"part": "final"})
    assert "Wat kost een fiets, fout?" in read(report(final))


def test_text_from_documents_cannot_become_markup() -> None:
    bad = result("a", figures={"quality": 0.0}, question="<script>alert(1)</script>", answer="<b>")
    html = report(evaluation(bad))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_changes_show_both_answers_worst_first_and_why_the_gate_stops() -> None:
    before = evaluation(result("a", answer="Eerst zo."), result("b", answer="Toen dit."))
    worse = {"figures": {"quality": 0.0}, "answer": "Nu anders.", "answer_hash": "b"}
    after = evaluation(result("a", question="Vraag A?", **worse), result("b", answer="Toen dit."))
    found = compare(before, after)
    text = read(report(after, before, found, ("Kwaliteit: te laag.",)))
    assert "De poort houdt deze editie tegen Kwaliteit: te laag." in text
    assert "1 slechter" in text
    assert text.index("Eerst zo.") < text.index("Nu anders.")
    assert "Toen dit." not in text


def test_a_bare_baseline_gives_its_sources_only() -> None:
    full = measured()[0]
    changed = full.results[0].model_copy(update={"answer_hash": "x", "gold_rank": 5})
    after = full.model_copy(update={"results": (changed, *full.results[1:])})
    before = compact(full)
    text = read(report(after, before, compare(before, after)))
    assert "Van deze meting zijn alleen cijfers bewaard. Bronnen: fietsen." in text


def test_an_evaluation_without_unanswerable_questions_has_a_report() -> None:
    assert "In het kort" in read(report(evaluation(result("a"))))
