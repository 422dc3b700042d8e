from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Citation, Outcome, Query, Statement
from tests.web.conftest import BESIDE, FakeAnswering, quote_of
from web.answer_text import MAX_MAIL, mail_address, mail_link, plain_text
from web.present import AnswerView, Around, present

AROUND = Around(site="https://route.nl", mail_to="vragen@programma.nl")


def view_of(question: str = "vraag", outcome: Outcome | None = None) -> AnswerView:
    return present(outcome or FakeAnswering().answer(question), question, [])


def test_the_text_holds_question_answer_and_numbered_sources() -> None:
    lines = plain_text(view_of("deels beantwoord"), AROUND).split("\n")
    assert lines[0] == "Vraag: deels beantwoord"
    assert f"{quote_of(0)} [1]" in lines
    assert f"- {quote_of(1)} [2]" in lines
    at = lines.index("Hierover staat niets in de documenten:")
    assert lines[at + 1] == "- deels beantwoord"
    (source,) = [line for line in lines if line.startswith("[2] ")]
    assert source.startswith(
        "[2] Leren op de werkplek, Aan de slag > Werkplek, pagina 3, 21 juli 2022: "
        "https://route.nl/bron/werkplek?versie=werkplek-v1&start="
    )
    assert lines[-1].endswith("uit editie 7.")


def test_what_only_bears_on_it_stands_apart() -> None:
    assert f"{quote_of(2)} [3]\n\n{BESIDE}\n{quote_of(3)} [4]\n" in plain_text(
        view_of("wat staat ernaast"), AROUND
    )


def test_a_mail_that_is_cut_does_not_end_with_the_line_above_nothing() -> None:
    outcome = replace(long_outcome(9, "woord " * 30, "vraag"), headings=((8, BESIDE),))
    mail = unquote(mail_link(view_of(outcome=outcome), AROUND))
    assert "Ingekort" in mail
    assert BESIDE not in mail
    short = replace(long_outcome(2, "kort", "vraag"), headings=((1, BESIDE),))
    mail = unquote(mail_link(view_of(outcome=short), AROUND))
    assert f"- kort [1]\r\n\r\n{BESIDE}\r\n- kort [2]" in mail


def test_a_refusal_is_text_too() -> None:
    text = plain_text(view_of("niets"), AROUND)
    assert "Daar staat niets over." in text
    assert text.count("niets\n") == 1  # the question stands there once
    assert "Bronnen" not in text


def test_the_mail_holds_the_same_and_goes_to_the_programme() -> None:
    link = urlsplit(mail_link(view_of("Wat & wie, 100%?"), AROUND))
    assert (link.scheme, link.path) == ("mailto", "vragen@programma.nl")
    fields = parse_qs(link.query, strict_parsing=True)
    assert fields["subject"] == ["Vraag over de Mkb-route in het hbo"]
    body = fields["body"][0]
    assert "Wat & wie, 100%?\r\n" in body
    assert f"{quote_of(0)} [1]" in body
    assert "https://route.nl/bron/werkplek" in body
    assert body.endswith("Wat ik nog wil weten:\r\n")
    assert "+" not in link.query.replace("%2B", "")  # RFC 6068: a space is %20


def test_without_an_address_it_is_left_open() -> None:
    assert mail_link(view_of(), replace(AROUND, mail_to="")).startswith("mailto:?subject=")


def long_outcome(count: int, words: str, question: str) -> Outcome:
    outcome = FakeAnswering().answer("vraag")
    cited = outcome.answer.citations[0]
    citations = tuple(
        Citation(**(cited.model_dump() | {"number": n, "start": n, "quote": words}))
        for n in range(1, count + 1)
    )
    said = tuple(Statement(text=words, citations=(c.number,), kind="item") for c in citations)
    answer = outcome.answer.model_copy(
        update={"statements": said, "citations": citations, "question": question}
    )
    query = Query(question, question, "nl", None, "open")
    return replace(outcome, answer=answer, query=query)


@given(
    st.integers(0, 30),
    st.text(st.characters(codec="utf-8"), max_size=400),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=2000),
)
def test_no_mail_is_too_long(count: int, words: str, question: str) -> None:
    link = mail_link(view_of(question, long_outcome(count, words, question)), AROUND)
    assert len(link) <= MAX_MAIL
    assert unquote(link).isprintable() or "\r\n" in unquote(link)


def test_what_does_not_fit_is_said() -> None:
    short = mail_link(view_of(outcome=long_outcome(2, "kort", "vraag")), AROUND)
    assert "Ingekort" not in unquote(short)
    long = unquote(mail_link(view_of(outcome=long_outcome(30, "woord " * 30, "vraag")), AROUND))
    assert "(Ingekort: het hele antwoord staat op de pagina.)" in long
    assert long.count("woord…") + long.count("[…]") >= 2  # statements stay, cut short
    assert "Bronnen:" in long


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("hulp@programma.nl", "hulp@programma.nl"),
        ("Mail hulp@programma.nl of bel", "hulp@programma.nl"),
        ("https://programma.nl/contact", ""),
        ("[nog invullen: e-mailadres of pagina]", ""),
    ],
)
def test_the_address_comes_from_the_settings(setting: str, address: str) -> None:
    assert mail_address(setting) == address


def test_else_the_address_is_what_the_documents_give(answering: Any) -> None:
    outcome = answering.answer("niets")
    told = answering.answer("vraag").answer.citations[0]
    contact = told.model_copy(update={"quote": "Mail aan team@programma.nl."})
    outcome = replace(outcome, contact=(contact,))
    assert mail_address("[nog invullen]", outcome) == "team@programma.nl"
    assert mail_address("hulp@programma.nl", outcome) == "hulp@programma.nl"
