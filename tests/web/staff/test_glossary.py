from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.glossary_lines import Line, read_lines
from corpus.glossary_shelf import release
from corpus.live_glossary import LOOK_EVERY_S
from tests.web.staff.conftest import SCRIPT, Desk, sign_in, words_of
from web.staff.glossary_form import Given, find_lines, read_form

PAGE = "/beheer/woordenlijst"
LINE = f"{PAGE}/regel"
SMALL = """[[group]]
say = ["karretje"]
means = ["fiets"]
[[group]]
same = ["conciërge", "huismeester"]
[abbreviations]
mkb = "midden- en kleinbedrijf"
[english]
"bike, cycle" = ["fiets"]
"""


@pytest.fixture
def boss(desk: Desk, data_dir: Path) -> Iterator[Desk]:
    """Somebody who may publish, with a small glossary of their own."""
    path = data_dir / "glossary.toml"
    path.write_text(SMALL, encoding="utf-8")
    if "chef" not in {a.name for a in desk.parts.accounts.all()}:
        desk.parts.accounts.add("chef", "vier losse woorden samen", "publisher")
    client = TestClient(desk.client.app, base_url="https://testserver")
    token = sign_in(desk.parts, client, "chef")
    desk.parts.glossary._looked_at -= LOOK_EVERY_S
    yield Desk(desk.parts, client, token)
    path.unlink(missing_ok=True)
    shutil.rmtree(data_dir / "glossary-earlier", ignore_errors=True)
    desk.parts.glossary._looked_at -= LOOK_EVERY_S


def given(desk: Desk, **fields: str) -> dict[str, str]:
    return {"versie": release(desk.parts.glossary_shelf.text())} | fields


def lines(desk: Desk) -> tuple[Line, ...]:
    return read_lines(desk.parts.glossary_shelf.text())


# --- the list --------------------------------------------------------------------------------


def test_all_lines_are_listed_and_can_be_searched(boss: Desk) -> None:
    page = words_of(boss.page(PAGE))
    assert "4 van 4 regels" in page
    assert "elk van deze woorden" in page
    assert "1 van 4 regels" in words_of(boss.page(f"{PAGE}?zoek=huis+CONCI"))
    assert "1 van 4 regels" in words_of(boss.page(f"{PAGE}?soort=abbreviation"))
    assert "Geen regel met deze woorden" in boss.page(f"{PAGE}?zoek=zebra")


def test_a_long_list_has_pages(desk: Desk) -> None:
    first = desk.page(PAGE)
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    last = desk.page(f"{PAGE}?vanaf=99999")
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_what_staff_typed_is_shown_as_text(boss: Desk) -> None:
    fields = given(boss, soort="say", zegt=SCRIPT, betekent="fiets", vraag=f"fiets {SCRIPT}")
    tried = boss.post(f"{LINE}/proef", **fields)
    saved = boss.post(f"{LINE}/bewaar", **fields)
    assert saved.status_code == 303
    for page in (tried.text, boss.page(f"{PAGE}?zoek=<script>"), boss.page(f"{LINE}?nr=2")):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


# --- trying ----------------------------------------------------------------------------------


def test_a_change_is_tried_before_it_counts(boss: Desk) -> None:
    fields = given(
        boss,
        soort="say",
        zegt="sleutelbos",
        betekent="conciërge\nflapdrol",
        vraag="Wie heeft de sleutelbos?",
    )
    tried = boss.post(f"{LINE}/proef", **fields)
    assert tried.status_code == 200
    before, after = re.findall(r'<ul class="terms">(.*?)</ul>', tried.text, re.DOTALL)
    assert "conciërge" not in before
    assert "conciërge" in after
    assert "In geen enkel document dat lezers zien: flapdrol." in tried.text
    assert len(lines(boss)) == 4


def test_a_change_that_does_nothing_says_so(boss: Desk) -> None:
    fields = given(boss, soort="say", zegt="zebra", betekent="fiets", vraag="Wie regelt dat?")
    assert "doet niets met deze vraag" in boss.post(f"{LINE}/proef", **fields).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"zegt": "zebra", "betekent": "fiets"}, "De vraag is leeg"),
        ({"betekent": "fiets", "vraag": "x?"}, "Wat mensen zeggen"),
        ({"zegt": "zebra", "vraag": "x?"}, "Waar we naar zoeken"),
        ({"soort": "same", "zegt": "a\nb", "betekent": "c", "vraag": "x?"}, "blijft"),
        ({"soort": "same", "zegt": "zebra", "vraag": "x?"}, "maar één woord"),
        ({"soort": "abbreviation", "zegt": "a\nb", "betekent": "c"}, "één woord"),
        ({"soort": "english", "zegt": "a, b", "betekent": "c"}, "komma"),
        ({"zegt": "de", "betekent": "fiets", "vraag": "x?"}, "te gewoon"),
        ({"zegt": "zebra\nzebra", "betekent": "fiets", "vraag": "x?"}, "twee keer"),
        ({"zegt": "z" * 81, "betekent": "fiets", "vraag": "x?"}, "te lang"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_saved(
    boss: Desk, fields: dict[str, str], said: str
) -> None:
    before = lines(boss)
    tried = boss.post(f"{LINE}/proef", **given(boss, **fields))
    assert tried.status_code == 400
    assert said in words_of(tried.text).replace("&#39;", "'")
    assert lines(boss) == before


# --- saving ----------------------------------------------------------------------------------


def test_what_is_saved_counts_at_once(boss: Desk) -> None:
    fields = given(boss, soort="say", zegt="sleutelbos", betekent="conciërge")
    assert boss.post(f"{LINE}/bewaar", **fields).status_code == 303
    boss.parts.glossary._looked_at -= LOOK_EVERY_S
    stem = boss.parts.analyser.stem
    assert boss.parts.assistant._selector._glossary.meanings(stem("sleutelbos"))
    assert "glossary change" in boss.acts()


def test_a_line_is_changed_in_its_place(boss: Desk) -> None:
    page = boss.page(f"{LINE}?nr=0")
    assert "karretje</textarea>" in page
    fields = given(boss, nr="0", soort="say", zegt="karretje\ntweewieler", betekent="fiets")
    boss.post(f"{LINE}/bewaar", **fields)
    assert lines(boss)[0] == Line("say", ("karretje", "tweewieler"), ("fiets",))
    assert len(lines(boss)) == 4


def test_a_line_goes_and_may_come_back(boss: Desk) -> None:
    before = lines(boss)
    boss.post(f"{LINE}/weg", **given(boss, nr="1", zegt="conciërge"))
    assert len(lines(boss)) == 3
    (name,) = re.findall(r'name="naam" value="([^"]+)"', boss.page(PAGE))
    done = boss.post(f"{PAGE}/terugzetten", naam=name, **given(boss))
    assert done.status_code == 303
    assert lines(boss) == before
    assert "glossary restore" in boss.acts()


def test_who_edits_an_old_list_is_told(boss: Desk) -> None:
    old = given(boss, nr="0", soort="say", zegt="a", betekent="fiets", vraag="x?")
    boss.post(f"{LINE}/weg", **given(boss, nr="1"))
    for way in ("proef", "bewaar", "weg"):
        refused = boss.post(f"{LINE}/{way}", **old)
        assert refused.status_code == 400
        assert "Iemand anders" in refused.text
    assert len(lines(boss)) == 3


def test_an_unknown_line_is_refused(boss: Desk) -> None:
    assert boss.client.get(f"{LINE}?nr=99").status_code == 400
    assert boss.post(f"{LINE}/weg", **given(boss)).status_code == 400


@pytest.mark.parametrize("way", ["bewaar", "weg"])
def test_an_editor_may_try_but_not_save(desk: Desk, boss: Desk, way: str) -> None:
    fields = given(boss, nr="0", soort="say", zegt="zebra", betekent="fiets", vraag="zebra?")
    assert desk.post(f"{LINE}/proef", **fields).status_code == 200
    assert desk.post(f"{LINE}/{way}", **fields).status_code == 403
    assert len(lines(boss)) == 4


@pytest.mark.parametrize("way", ["regel/proef", "regel/bewaar", "regel/weg", "terugzetten"])
def test_a_form_without_its_token_is_refused(boss: Desk, way: str) -> None:
    fields = given(boss, nr="0", zegt="a", betekent="b", naam="x")
    assert boss.client.post(f"{PAGE}/{way}", data=fields).status_code == 403
    assert len(lines(boss)) == 4


def test_words_stand_under_each_other_in_a_form() -> None:
    form = Given(None, "", "say", " op  de fiets \n\nkar", "fiets")
    assert read_form(form) == Line("say", ("op de fiets", "kar"), ("fiets",))
    known = [Line("say", ("Kar",), ("fiets",)), Line("same", ("a", "b"))]
    assert [placed.place for placed in find_lines(known, "kar fiets", "")] == [0]
    assert [placed.place for placed in find_lines(known, "", "same")] == [1]
