from __future__ import annotations

from eval.gap_report import gap_report
from eval.gaps import Gap, Nearest
from tests.eval.gap_fakes import kept

EVIL = "<script>alert(1)</script>"


def test_the_report_shows_groups_with_examples_words_and_passages() -> None:
    questions = (
        kept(1, f"Wat kost {EVIL}?"),
        kept(2, "Hoe duur is het?", status="answered", word="de prijs"),
        kept(3, "Hoe duur is het?", status="answered"),
    )
    gap = Gap(4, "Prijzen", "Anja", "wanted", "gevraagd", ("lezer-1",), questions)
    page = gap_report([(gap, [Nearest("p:1", "d", "Fietsen", "Deel", EVIL)])], 7, 30)
    assert EVIL not in page
    assert page.count("&lt;script&gt;") == 2
    assert page.count("Hoe duur is het?") == 1
    for said in (
        "Prijzen",
        "document gewenst",
        "eigenaar: Anja",
        "3 keer gevraagd (2 beantwoord, maar hielp niet; 1 niet gevonden)",
        "de prijs",
        "Toetsvragen: lezer-1",
        "<code>p:1</code>",
        "editie 7",
        "na 30 dagen gewist",
    ):
        assert said in page
    assert "http" not in page  # it needs nothing from elsewhere


def test_only_some_examples_are_shown() -> None:
    gap = Gap(1, "Veel", "", "open", "", (), tuple(kept(n, f"vraag {n}") for n in range(8)))
    page = gap_report([(gap, [])], None, 90)
    assert page.count("<li>vraag") == 5
    assert "En nog 3 andere vormen." in page
    assert "nog geen eigenaar" in page


def test_an_empty_report_says_so() -> None:
    assert "Er zijn geen vragen bewaard." in gap_report([], 1, 90)
