from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from tests.web.staff.editions_office import (
    BETTER,
    BIKES,
    CANTEEN,
    GARDEN,
    Office,
    office_like,
    open_office,
    publish_before,
    words,
)

HISTORY = "/beheer/geschiedenis"
BACK = f"{HISTORY}/terugzetten/1"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Path:
    return publish_before(
        tmp_path_factory.mktemp("eerder") / "var", analyser, (BIKES, CANTEEN), (BETTER,), (GARDEN,)
    )


@pytest.fixture
def office(before: Path, tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    """Three editions: bikes and canteen; bikes in another version; a garden, too."""
    with office_like(before, tmp_path / "var", analyser) as office:
        yield office


def test_nothing_published_is_said(tmp_path: Path, analyser: DutchAnalyser) -> None:
    office = open_office(tmp_path / "leeg", analyser)
    assert "Er is nog niets gepubliceerd" in office.editor.words(HISTORY)
    assert "is nooit gepubliceerd" in office.editor.get(f"{HISTORY}/editie/1").text
    office.parts.registry.engine.dispose()


def test_every_edition_says_who_when_and_what(office: Office) -> None:
    said = office.editor.words(HISTORY)
    assert said.index("Editie 3 lezers zien deze") < said.index("Editie 2") < said.index("Editie 1")
    assert "vroeger Gepubliceerd: 1 erbij 3 niet gemeten" in said
    assert "vroeger Gepubliceerd: 1 vervangen 2 niet gemeten" in said
    assert "vroeger Gepubliceerd: 2 erbij 2 niet gemeten" in said


def test_figures_are_shown_where_they_were_kept(office: Office) -> None:
    office.put(BIKES)
    number = office.measure()
    office.publisher.post("/beheer/publiceren", editie=number)
    assert "100 % → 100 %" in office.editor.words(HISTORY)


def test_an_edition_shows_its_documents(office: Office) -> None:
    page = office.editor.get(f"{HISTORY}/editie/2").text
    assert f'href="/bron/fietsen?versie={BETTER.id}"' in page
    said = words(page)
    assert "2 documenten Fietsen handreiking Kantine handreiking" in said
    assert "vergelijk met editie 1" in said
    assert "woorden-1" in said
    assert "lezers nu zien" not in said
    assert office.editor.get(f"{HISTORY}/editie/9").status_code == 404


def test_two_editions_are_compared(office: Office) -> None:
    said = office.editor.words(f"{HISTORY}/vergelijken?van=1&naar=3")
    assert "2 documenten verschillen, 1 is gelijk" in said
    assert "Alleen in editie 3 (1) De <b>tuin</b>" in said
    assert "Andere versie (1) Fietsen" in said
    back = office.editor.words(f"{HISTORY}/vergelijken?van=3&naar=2")
    assert "Alleen in editie 3 (1) De <b>tuin</b>" in back
    assert "zijn gelijk: 2 documenten" in office.editor.words(f"{HISTORY}/vergelijken?van=2&naar=2")
    assert office.editor.get(f"{HISTORY}/vergelijken?van=1&naar=9").status_code == 404


def test_rolling_back_is_looked_at_first(office: Office) -> None:
    said = office.publisher.words(BACK)
    assert "Fietsen wordt vervangen" in said
    assert "De <b>tuin</b> gaat weg" in said
    assert office.current() == 3
    office.publisher.post(BACK, nu=3)
    assert office.current() == 4
    assert office.parts.ledger.members(4) == office.parts.ledger.members(1)
    act = office.parts.ledger.history(1)[0]
    assert (act.who, act.action, act.detail["to"]) == ("paula", "rollback", 1)
    assert "Teruggezet naar editie 1" in office.editor.words(HISTORY)
    assert "Er valt niets terug te zetten" in office.publisher.words(BACK)


def test_what_was_withdrawn_stays_away(office: Office) -> None:
    office.parts.editions.withdraw(["kantine"], "paula")
    said = office.publisher.words(BACK)
    assert "Wat niet terugkomt" in said
    assert "Kantine" in said.split("Wat niet terugkomt")[1]
    office.publisher.post(BACK, nu=4)
    assert office.parts.ledger.members(5) == {"fietsen": BIKES.id}


def test_an_edition_of_which_all_is_withdrawn_cannot_come_back(office: Office) -> None:
    office.parts.editions.withdraw(["fietsen", "kantine"], "paula")
    said = office.publisher.words(BACK)
    assert "Er zou niets overblijven" in said
    assert "Lezers merken dit" not in said
    office.publisher.post(BACK, nu=4)
    assert (office.last_job().state, office.current()) == ("failed", 4)


def test_drafts_go_on_waiting(office: Office) -> None:
    office.put(BIKES)
    office.measure()
    said = office.publisher.words(f"{HISTORY}/terugzetten/2")
    assert "1 nieuwe versie blijft wachten" in said
    assert "De klaargezette editie vervalt" in said
    office.publisher.post(f"{HISTORY}/terugzetten/2", nu=3)
    assert office.parts.registry.drafts() == {"fietsen": BIKES.id}


def test_what_was_published_meanwhile_is_looked_at_first(office: Office) -> None:
    office.publisher.get(BACK)
    office.parts.editions.withdraw(["tuin"], "een ander")
    refused = office.publisher.post(BACK, nu=3)
    assert refused.status_code == 409
    assert "intussen een andere editie" in refused.text
    office.runner.held = True
    office.publisher.post(BACK, nu=4)
    office.parts.editions.withdraw(["kantine"], "een ander")
    current = office.current()
    office.runner.go_on()
    assert office.last_job().message.startswith("Lezers zien intussen een andere editie")
    assert office.current() == current


def test_an_editor_does_not_roll_back(office: Office) -> None:
    assert "Een collega met de rol publisher" in office.editor.words(BACK)
    assert office.editor.post(BACK, nu=3).status_code == 403
    office.publisher.token = "verlopen"
    assert office.publisher.post(BACK, nu=3).status_code == 403
    assert office.current() == 3


def test_an_index_of_another_model_is_made_anew(office: Office) -> None:
    with office.parts.registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE edition SET model_id = 'oud' WHERE number = 1")
    office.publisher.post(BACK, nu=3)
    assert office.last_job().state == "done"
    assert office.parts.ledger.members(4) == office.parts.ledger.members(1)
