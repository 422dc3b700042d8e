from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import BusyError
from tests.builders import make_version
from tests.web.staff.editions_office import (
    BETTER,
    BIKES,
    CANTEEN,
    GARDEN,
    WORSE,
    Office,
    office_like,
    open_office,
    publish_before,
    words,
)

PUBLISH = "/beheer/publiceren"


@pytest.fixture
def office(tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    office = open_office(tmp_path / "var", analyser)
    yield office
    office.parts.registry.engine.dispose()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Path:
    return publish_before(tmp_path_factory.mktemp("eerder") / "var", analyser, (BIKES, CANTEEN))


@pytest.fixture
def published(before: Path, tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    with office_like(before, tmp_path / "var", analyser) as office:
        yield office


def test_nothing_waits(published: Office) -> None:
    said = published.publisher.words(PUBLISH)
    assert "Lezers zien nu editie 1" in said
    assert "Er wacht niets." in said
    assert "Klaarzetten" not in said


def test_what_waits_is_told_per_document(published: Office) -> None:
    published.put(GARDEN, WORSE)
    page = published.editor.get(PUBLISH).text
    said = words(page)
    assert "De <b>tuin</b> komt erbij" in said
    assert "&lt;b&gt;tuin&lt;/b&gt;" in page  # shown as text
    assert "Fietsen wordt vervangen" in said
    for place in ("inlezing", "verschil"):
        assert f'href="/beheer/documenten/fietsen/{place}?versie={WORSE.id}"' in page
    assert f'href="/bron/fietsen?versie={BIKES.id}"' in page
    assert "Dat is nog niet gemeten" in said


def test_documents_that_replace_each_other_are_told(published: Office) -> None:
    published.put(
        make_version("een", ["Dit is een."], replaced_by="twee"),
        make_version("twee", ["Dit is twee."], replaced_by="een"),
    )
    assert "is vervangen door" in published.publisher.words(PUBLISH)


def test_a_good_edition_is_measured_and_published(published: Office) -> None:
    published.put(BETTER)
    number = published.measure()
    job = published.last_job()
    assert job.result["next"] == f"{PUBLISH}/oordeel/{number}"
    assert job.result["lines"] == [
        "Goedgekeurd. Van 2 vragen: 0 slechter, 0 beter, 0 anders maar even goed."
    ]
    assert published.current() == 1  # readers see nothing of it yet
    said = published.publisher.words(PUBLISH)
    assert "Goedgekeurd." in said
    assert "Waarom publiceer je toch" not in said
    done = published.publisher.post(PUBLISH, editie=number)
    assert done.headers["location"] == f"/beheer/werk/{published.last_job().id}"
    assert published.last_job().result["lines"] == [
        f"Lezers zien nu editie {number}.",
        "fietsen: vervangen",
    ]
    assert published.current() == number
    act = published.parts.ledger.history(1)[0]
    assert (act.who, act.action, act.detail["edition"]) == ("paula", "publish", number)
    assert "why" not in act.detail


def test_the_verdict_lays_the_answers_side_by_side(published: Office) -> None:
    published.put(WORSE)
    number = published.measure()
    page = published.editor.get(f"{PUBLISH}/oordeel/{number}").text
    said = words(page)
    assert "Afgekeurd." in said
    assert "Een getal in een zin is veranderd" in said
    assert "Kwaliteit" in said
    assert "100 % 50 %" in said  # of two questions one lost everything
    assert "Slechter (1)" in said
    assert "Beter (0)" in said
    assert "Niet meer genoemd: 30 euro" in said
    assert '<del><span class="sr-only">[verdwijnt: </span>30<' in page
    assert '<ins><span class="sr-only">[nieuw: </span>90<' in page
    assert f"/bron/fietsen?versie={BIKES.id}" in page  # what readers see can be opened
    assert f"/bron/fietsen?versie={WORSE.id}" not in page  # readers may not see a draft
    assert f"/beheer/documenten/fietsen/inlezing?versie={WORSE.id}" in page


def test_the_answers_can_be_filtered(published: Office) -> None:
    published.put(WORSE)
    number = published.measure()
    better = published.editor.words(f"{PUBLISH}/oordeel/{number}?wat=beter")
    assert "Er zijn geen antwoorden die beter worden" in better
    assert "Wat kost de verzekering?" not in better.split("naast elkaar")[1]
    for odd in ("?wat=onzin", "?pagina=99", "?pagina=-1"):
        said = published.editor.words(f"{PUBLISH}/oordeel/{number}{odd}")
        assert "Wat kost de verzekering?" in said.split("naast elkaar")[1]


def test_an_edition_without_a_verdict_has_no_page_for_it(published: Office) -> None:
    response = published.editor.get(f"{PUBLISH}/oordeel/1")
    assert response.status_code == 404
    assert "geen meting bewaard" in response.text


def test_a_worse_edition_is_refused_without_a_reason(published: Office) -> None:
    published.put(WORSE)
    number = published.measure()
    assert "Toch publiceren" in published.publisher.words(PUBLISH)
    for reason in ("", "   "):
        refused = published.publisher.post(PUBLISH, editie=number, reden=reason)
        assert refused.status_code == 422
        assert f"Editie {number} is afgekeurd." in words(refused.text)
    assert published.current() == 1


def test_a_publisher_may_publish_it_with_a_reason_that_is_kept(published: Office) -> None:
    published.put(WORSE)
    number = published.measure()
    published.publisher.post(PUBLISH, editie=number, reden=" Het is nu\n90 euro. ")
    assert published.current() == number
    detail = published.parts.ledger.history(1)[0].detail
    assert detail["why"] == "Het is nu 90 euro."
    assert detail["reasons"] > 0
    history = published.editor.words("/beheer/geschiedenis")
    assert "Afgekeurd, toch gepubliceerd: Het is nu 90 euro." in history
    assert "Deze editie is gepubliceerd" in published.editor.words(f"{PUBLISH}/oordeel/{number}")


def test_an_editor_measures_but_does_not_publish(published: Office) -> None:
    published.put(BETTER)
    number = published.measure()
    assert "Een collega met de rol publisher kan" in published.editor.words(PUBLISH)
    assert published.editor.post(PUBLISH, editie=number).status_code == 403
    assert published.current() == 1


@pytest.mark.parametrize("path", ["", "/meten", "/weggooien"])
def test_no_form_is_taken_without_its_token(published: Office, path: str) -> None:
    published.put(BETTER)
    number = published.measure()
    published.publisher.token = "iets anders"
    assert published.publisher.post(PUBLISH + path, editie=number).status_code == 403
    assert (published.current(), published.parts.editions.staged()) == (1, number)


def test_the_second_publisher_is_told_that_it_is_done(published: Office) -> None:
    published.put(BETTER)
    number = published.measure()
    published.publisher.post(PUBLISH, editie=number)
    again = published.publisher.post(PUBLISH, editie=number)
    assert again.status_code == 409
    assert f"Er is intussen al gepubliceerd: editie {number}, door paula" in words(again.text)


def test_a_second_publisher_who_was_as_fast_is_told_on_the_page_of_the_work(
    published: Office,
) -> None:
    published.put(BETTER)
    number = published.measure()
    published.runner.held = True
    published.publisher.post(PUBLISH, editie=number)
    waits = published.publisher.post(PUBLISH, editie=number)
    assert waits.status_code == 409
    assert "Er loopt al werk: Editie 2 publiceren, begonnen door paula" in words(waits.text)
    published.parts.editions.publish("iemand op de server")
    published.runner.go_on()
    job = published.last_job()
    assert job.state == "failed"
    assert job.message.startswith("Er is intussen al gepubliceerd: editie 2, door iemand")
    assert [a.action for a in published.parts.ledger.history()].count("publish") == 2


def test_what_came_in_later_is_not_published_with_it(published: Office) -> None:
    published.put(BETTER)
    number = published.measure()
    published.put(GARDEN)
    assert "daarna is er iets veranderd" in published.publisher.words(PUBLISH)
    refused = published.publisher.post(PUBLISH, editie=number)
    assert refused.status_code == 409
    assert "Er is intussen iets veranderd" in words(refused.text)
    assert published.current() == 1
    assert "wacht niet meer op publiceren" in published.editor.words(f"{PUBLISH}/oordeel/{number}")


def test_what_was_not_measured_is_not_published(published: Office) -> None:
    published.put(BETTER)
    number = published.parts.editions.stage("erik").edition
    assert "nog niet gemeten" in published.publisher.words(PUBLISH)
    refused = published.publisher.post(PUBLISH, editie=number, reden="haast")
    assert (refused.status_code, published.current()) == (409, 1)


def test_the_first_edition_is_published_without_a_comparison(office: Office) -> None:
    office.put(BIKES)
    office.measure()
    assert "nog niets gepubliceerd om haar mee te vergelijken" in office.publisher.words(PUBLISH)
    office.publisher.post(PUBLISH, editie=1)
    assert office.current() == 1


def test_a_draft_that_changes_nothing_is_said_to(published: Office) -> None:
    published.put(WORSE)
    published.put(BIKES)
    published.editor.post(f"{PUBLISH}/meten")
    assert "verandert niets voor lezers" in published.last_job().result["lines"][0]


def test_the_staged_edition_can_be_thrown_away(published: Office) -> None:
    published.put(BETTER)
    published.measure()
    assert published.editor.post(f"{PUBLISH}/weggooien").headers["location"] == PUBLISH
    assert published.parts.editions.staged() is None
    assert published.parts.registry.drafts() == {"fietsen": BETTER.id}
    assert published.parts.ledger.history(1)[0].action == "discard"


def test_measuring_twice_leads_to_the_work_that_goes_on(published: Office) -> None:
    published.put(BETTER)
    published.runner.held = True
    first = published.editor.post(f"{PUBLISH}/meten").headers["location"]
    assert published.publisher.post(f"{PUBLISH}/meten").headers["location"] == first
    said = published.publisher.words(PUBLISH)
    assert "Er loopt al werk: Klaarzetten en meten , begonnen door erik" in said


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BusyError("Een ander proces is bezig."), "Een ander proces is bezig."),
        (OSError(28, "No space left on device"), "De schijf is vol. Maak ruimte"),
        (ValueError("IoError: No space left on device (os error 28)"), "De schijf is vol."),
        (OSError(121, "Remote I/O error"), "De schijf werkt niet mee (Remote I/O error)."),
        (ZeroDivisionError("geheim"), "Er ging iets mis bij ons"),
    ],
)
def test_work_that_fails_says_what_readers_see(
    published: Office, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    published.put(BETTER)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(published.parts.editions, "stage", fail)
    published.editor.post(f"{PUBLISH}/meten")
    job = published.last_job()
    assert job.state == "failed"
    assert job.message.startswith(told)
    assert job.message.endswith("Lezers zien nog steeds editie 1; daaraan is niets veranderd.")
    assert "geheim" not in job.message


def test_work_that_fails_after_publishing_says_so(
    published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.put(BETTER)
    number = published.measure()

    def fail() -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(published.parts.editions, "_clear_leftovers", fail)
    published.publisher.post(PUBLISH, editie=number)
    assert published.last_job().message.endswith(
        f"Lezers zien nu editie {number}: die is wel gepubliceerd."
    )
