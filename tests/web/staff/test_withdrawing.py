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
    publish_before,
)

BIKE = "/beheer/intrekken/fietsen"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Path:
    return publish_before(tmp_path_factory.mktemp("eerder") / "var", analyser, (BIKES, CANTEEN))


@pytest.fixture
def office(before: Path, tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    with office_like(before, tmp_path / "var", analyser) as office:
        yield office


def test_a_withdrawal_is_tried_on_a_copy(office: Office) -> None:
    assert "Dat is nog niet gemeten" in office.editor.words(BIKE)
    office.editor.post(f"{BIKE}/proef")
    job = office.last_job()
    assert (job.state, job.result["next"]) == ("done", BIKE), job.message
    said = office.editor.words(BIKE)
    assert "worden antwoorden slechter" in said
    assert "Niet meer genoemd: 30 euro" in said
    assert office.current() == 1
    assert office.parts.ledger.history(1)[0].action == "publish"  # nothing was done


def test_a_trial_of_an_earlier_edition_is_not_shown_as_of_today(office: Office) -> None:
    office.editor.post(f"{BIKE}/proef")
    office.publish(GARDEN)
    said = office.editor.words(BIKE)
    assert "De vorige proef was tegen editie 1; lezers zien nu editie 2." in said
    assert "30 euro" not in said


def test_a_publisher_withdraws(office: Office) -> None:
    office.put(BETTER)
    said = office.publisher.words(BIKE)
    assert "Er wacht een nieuwe versie van dit document. Die vervalt." in said
    office.publisher.post(BIKE)
    assert office.last_job().result["lines"] == ["Lezers zien nu editie 2.", "fietsen: weg"]
    assert office.parts.ledger.members(2) == {"kantine": CANTEEN.id}
    assert office.parts.ledger.history(1)[0].who == "paula"
    assert "al ingetrokken" in office.publisher.words(BIKE)
    assert office.publisher.post(BIKE).status_code == 409


def test_an_urgent_withdrawal_waits_behind_other_work_and_is_not_refused(office: Office) -> None:
    office.runner.held = True
    office.editor.post(f"{BIKE}/proef")
    assert "het komt daarna aan de beurt" in office.publisher.words(BIKE)
    office.publisher.post(BIKE)
    office.runner.go_on()
    assert office.current() == 2


def test_an_editor_may_try_but_not_withdraw(office: Office) -> None:
    assert "Een collega met de rol publisher" in office.editor.words(BIKE)
    assert office.editor.post(BIKE).status_code == 403
    assert office.current() == 1


def test_no_form_is_taken_without_its_token(office: Office) -> None:
    office.publisher.token = ""
    assert office.publisher.post(BIKE).status_code == 403
    assert office.publisher.post(f"{BIKE}/proef").status_code == 403
    assert office.parts.jobs.recent() == []


def test_the_last_document_cannot_go(office: Office) -> None:
    office.publisher.post(BIKE)
    said = office.publisher.words("/beheer/intrekken/kantine")
    assert "het enige document" in said
    office.publisher.post("/beheer/intrekken/kantine")
    assert office.last_job().message.endswith("editie 2; daaraan is niets veranderd.")


def test_a_draft_and_an_unknown_document_cannot_be_withdrawn(office: Office) -> None:
    office.put(GARDEN)
    assert "nog niet gepubliceerd" in office.publisher.words("/beheer/intrekken/tuin")
    assert office.publisher.post("/beheer/intrekken/tuin").status_code == 409
    assert office.publisher.get("/beheer/intrekken/niets").status_code == 404
    assert office.publisher.get("/beheer/intrekken/..%2f..%2fetc").status_code == 404
