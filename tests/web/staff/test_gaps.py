from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from eval.gaps import Gap
from eval.questions import load_set
from tests.eval.gap_fakes import kept
from tests.web.staff.conftest import SCRIPT, Desk, words_of
from web.staff.gap_board import Filter, board, read_filter
from web.staff.trend import WEEKS, trend

BOARD = "/beheer/open-vragen"
ZEBRA = f"Hoe snel loopt een zebra? {SCRIPT}"
TODAY = date(2026, 3, 1)


def ask(desk: Desk, question: str, trace_id: str = "", word: str = "") -> str:
    """A reader who was not helped; the reference of the answer."""
    trace_id = trace_id or f"spoor-{question[:20]}"
    desk.parts.questions.feedback(trace_id, False, 1, question=question, word=word)
    return trace_id


def sorted_group(desk: Desk, question: str = ZEBRA, **fields: str) -> int:
    ask(desk, question, **fields)
    desk.work(f"{BOARD}/indelen")
    found = re.findall(rf'href="{BOARD}/(\d+)"', desk.page(BOARD))
    return int(found[-1])


# --- the board -------------------------------------------------------------------------------


def test_without_questions_the_board_says_what_will_come(desk: Desk) -> None:
    assert "nog geen vragen zonder goed antwoord" in desk.page(BOARD)


def test_new_questions_wait_until_they_are_sorted(desk: Desk) -> None:
    ask(desk, ZEBRA)
    page = words_of(desk.page(BOARD))
    assert "1 nieuwe vraag is nog niet in een groep gezet" in page
    told = desk.work(f"{BOARD}/indelen")
    assert "1 nieuwe vragen zijn ingedeeld" in told
    assert "1 van 1 groep" in words_of(desk.page(BOARD))


def test_what_readers_typed_is_shown_as_text(desk: Desk) -> None:
    number = sorted_group(desk, word=f"{SCRIPT} nee")
    for page in (desk.page(BOARD), desk.page(f"{BOARD}/{number}")):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
    assert "Lezer: “&lt;script&gt;" in desk.page(f"{BOARD}/{number}")


def test_a_filter_keeps_what_fits() -> None:
    zebra = Gap(1, "Zebra's", "anja", "open", "", (), (kept(1, "Hoe snel is een zebra?"),))
    soup = Gap(2, "Soep", "", "solved", "recept gevraagd", (), (kept(2, "Welke soep?"),) * 2)
    both = [soup, zebra]

    def found(**fields: str) -> list[int]:
        given = {"state": "", "owner": "", "words": "", "order": ""} | fields
        return [row.gap.id for row in board(both, read_filter(**given), TODAY)]

    assert found() == [2, 1]
    assert found(state="solved") == [2]
    assert found(state="onzin") == [2, 1]
    assert found(owner="anja") == [1]
    assert found(words="RECEPT") == [2]
    assert found(words="zebra snel") == [1]
    assert found(words="zebra soep") == []


def test_the_last_asked_may_come_first() -> None:
    old = Gap(1, "oud", "", "open", "", (), (kept(1, "a", day=TODAY - timedelta(9)),) * 3)
    new = Gap(2, "nieuw", "", "open", "", (), (kept(2, "b", day=TODAY),))
    gone = Gap(3, "weg", "anja", "open", "", (), ())
    rows = board([old, new, gone], Filter(order="laatst"), TODAY)
    assert [row.gap.id for row in rows] == [2, 1, 3]
    assert rows[-1].last_day is None


def test_a_trend_compares_two_halves() -> None:
    days = [TODAY, TODAY, TODAY - timedelta(weeks=5), TODAY - timedelta(weeks=20)]
    found = trend(days, TODAY)
    assert (found.lately, found.before, found.word) == (2, 1, "meer")
    assert found.weeks == (0, 0, 1, 0, 0, 0, 0, 2)
    assert len(found.bars) == WEEKS
    assert found.bars[-1].height == max(bar.height for bar in found.bars)
    assert trend([], TODAY).word == "stil"


# --- one group -------------------------------------------------------------------------------


def test_staff_take_a_group_on(desk: Desk) -> None:
    number = sorted_group(desk)
    done = desk.post(
        f"{BOARD}/{number}",
        stand="wanted",
        eigenaar="anja",
        titel=f"Zebra's {SCRIPT}",
        notitie="Document gevraagd\nbij Artis",
    )
    assert (done.status_code, done.headers["location"]) == (
        303,
        f"{BOARD}/{number}?klaar=bewaard",
    )
    page = words_of(desk.page(f"{BOARD}?stand=wanted&wie=anja"))
    assert "Zebra&#39;s &lt;script&gt;" in page
    assert "document gewenst" in page
    assert "Document gevraagd bij Artis" in page
    assert "gap change" in desk.acts()


def test_a_group_shows_what_comes_near(desk: Desk) -> None:
    number = sorted_group(desk, "Hoeveel kost een leenfiets in de zomer?")
    page = desk.page(f"{BOARD}/{number}")
    assert "Een leenfiets kost het bedrijf 450 euro" in page
    assert 'href="/bron/' in page


def test_an_unknown_group_is_not_found(desk: Desk) -> None:
    assert desk.client.get(f"{BOARD}/999").status_code == 404
    assert desk.post(f"{BOARD}/999", stand="open").status_code == 404


@pytest.mark.parametrize(
    "address", ["indelen", "controle", "vergeet", "1", "1/opnieuw", "1/vergeet", "1/toets/1"]
)
def test_a_form_without_its_token_changes_nothing(desk: Desk, address: str) -> None:
    sorted_group(desk)
    before = desk.parts.questions.questions()
    fields = {"stand": "solved", "vraag": "1", "kenmerk": "x"}
    refused = desk.client.post(f"{BOARD}/{address}", data=fields, follow_redirects=False)
    assert refused.status_code == 403
    assert desk.parts.questions.questions() == before


def test_questions_of_a_group_are_asked_again(desk: Desk) -> None:
    number = sorted_group(desk)
    told = desk.work(f"{BOARD}/{number}/opnieuw")
    assert "Was beantwoord, nu " in told
    assert "<script>alert" not in told
    desk.post(f"{BOARD}/{number}", stand="solved")
    assert "Alles is nog opgelost" in (told := desk.work(f"{BOARD}/controle")) or (
        "Niet alles is nog opgelost" in told
    )


# --- privacy ---------------------------------------------------------------------------------


def test_a_question_is_forgotten_for_good(desk: Desk) -> None:
    number = sorted_group(desk)
    (question,) = desk.parts.questions.questions()
    done = desk.post(f"{BOARD}/{number}/vergeet", vraag=question.id)
    assert done.headers["location"] == f"{BOARD}?klaar=gewist"
    assert desk.parts.questions.questions() == []
    assert "gap forget" in desk.acts()
    assert all(ZEBRA not in str(entry) for entry in desk.parts.ledger.history())


def test_a_question_of_another_group_is_not_forgotten(desk: Desk) -> None:
    number = sorted_group(desk)
    assert desk.post(f"{BOARD}/{number}/vergeet", vraag=9999).status_code == 404
    assert len(desk.parts.questions.questions()) == 1


def test_a_reader_may_have_a_question_erased_by_its_reference(desk: Desk) -> None:
    trace_id = ask(desk, ZEBRA, "abc123")
    (question,) = desk.parts.questions.questions()
    for wrong in ("bestaat-niet", str(question.id)):
        done = desk.post(f"{BOARD}/vergeet", kenmerk=wrong)
        assert done.headers["location"].endswith("klaar=niets")
    done = desk.post(f"{BOARD}/vergeet", kenmerk=f" {trace_id} ")
    assert done.headers["location"].endswith("klaar=gewist")
    assert desk.parts.questions.questions() == []


# --- cases -----------------------------------------------------------------------------------


def case_page(desk: Desk, number: int) -> tuple[str, int]:
    (question,) = desk.parts.questions.questions()
    return f"{BOARD}/{number}/toets/{question.id}", question.id


def sentence_with(page: str, words: str) -> str:
    found = re.findall(r'name="zin" value="([^"]+)"[^>]*> <span>([^<]+)</span>', page)
    return next(i for i, text in found if words in text)


def test_a_question_becomes_a_case_with_a_chosen_sentence(desk: Desk, data_dir: Path) -> None:
    number = sorted_group(desk, "Wat kost een leenfiets bij jullie?")
    address, question_id = case_page(desk, number)
    sentence = sentence_with(desk.page(f"{address}?zoek=leenfiets+kost"), "450 euro")
    done = desk.post(
        address, vraag="Wat kost een leenfiets?", zin=sentence, feiten="450 euro|€ 450"
    )
    assert done.status_code == 303, words_of(done.text)
    (case,) = load_set(data_dir / "eval" / "own.yaml").questions
    assert (case.id, case.answerable) == (f"lezer-{question_id}", True)
    assert case.facts[0].any == ("450 euro", "€ 450")
    assert case.gold[0].quote.startswith("Een leenfiets kost")
    assert "gap case" in desk.acts()
    assert f"lezer-{question_id}" in desk.page(f"{BOARD}/{number}")
    again = desk.post(address, vraag="Nog eens", reden="missing")
    assert again.status_code == 400
    assert "al een toetsvraag" in again.text


def test_a_case_may_be_that_refusing_is_right(desk: Desk, data_dir: Path) -> None:
    number = sorted_group(desk)
    address, _ = case_page(desk, number)
    assert desk.post(address, vraag="Hoe snel is een zebra?", reden="off_topic").status_code == 303
    (case,) = load_set(data_dir / "eval" / "own.yaml").questions
    assert (case.answerable, case.unanswerable) == (False, "off_topic")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"feiten": "450 euro"}, "Kies de zin"),
        ({"zin": "v:1:1", "feiten": " | "}, "Kies de zin"),
        ({"zin": "v:1:1", "feiten": "450"}, "niet (meer) in wat lezers zien"),
        ({"reden": "saai"}, "geen reden"),
    ],
)
def test_a_wrong_case_is_refused_with_what_was_typed(
    desk: Desk, data_dir: Path, fields: dict[str, str], said: str
) -> None:
    number = sorted_group(desk)
    address, _ = case_page(desk, number)
    refused = desk.post(address, vraag=f"Mijn vraag {SCRIPT}", **fields)
    assert refused.status_code == 400
    assert said in refused.text
    assert "Mijn vraag &lt;script&gt;" in refused.text
    assert not (data_dir / "eval" / "own.yaml").exists()


def test_the_same_words_are_one_line_and_are_erased_together(desk: Desk) -> None:
    for reference in ("a", "b", "c"):
        ask(desk, ZEBRA, f"spoor-{reference}", word=reference)
    number = sorted_group(desk, trace_id="spoor-a")
    sorted_group(desk, "Hoe snel loopt een zebra?", trace_id="spoor-d")
    page = words_of(desk.page(f"{BOARD}/{number}"))
    assert "3 keer · 3 keer niet geholpen" in page
    question = next(q for q in desk.parts.questions.questions() if q.text == ZEBRA)
    done = desk.post(f"{BOARD}/{question.group_id}/vergeet", vraag=question.id)
    assert done.status_code == 303, done.text
    assert [q.text for q in desk.parts.questions.questions()] == ["Hoe snel loopt een zebra?"]
