from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dutch import DutchAnalyser
from corpus.ledger import AuditEntry
from tests.web.staff.editions_office import BIKES, Office, office_like, publish_before
from web.staff.audit_log import as_csv, in_words

LOG = "/beheer/geschiedenis/logboek"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser) -> Path:
    return publish_before(tmp_path_factory.mktemp("eerder") / "var", analyser, (BIKES,))


@pytest.fixture
def office(before: Path, tmp_path: Path, analyser: DutchAnalyser) -> Iterator[Office]:
    with office_like(before, tmp_path / "var", analyser) as office:
        office.parts.ledger.log("paula", "sign in", {})
        office.parts.ledger.log("=cmd()", "iets nieuws", {"vreemd": "<i>ja</i>"})
        yield office


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def test_the_log_says_who_did_what(office: Office) -> None:
    page = office.editor.get(LOG).text
    assert "vreemd: &lt;i&gt;ja&lt;/i&gt;" in page
    said = office.editor.words(LOG)
    assert "vroeger Gepubliceerd" in said
    assert "erbij: fietsen" in said
    assert said.index("iets nieuws") < said.index("Ingelogd")


def test_the_log_is_filtered(office: Office) -> None:
    assert "1 regel." in office.editor.words(f"{LOG}?wie=paula")
    assert "1 regel." in office.editor.words(f"{LOG}?wat=publish&wie=vroeger")
    assert "Niets gevonden" in office.editor.words(f"{LOG}?wat=publish&wie=paula")
    assert "Niets gevonden" in office.editor.words(f"{LOG}?tot=2001-01-01")
    today = datetime.now(UTC).date().isoformat()
    assert "Niets gevonden" not in office.editor.words(f"{LOG}?van={today}")
    assert "is geen dag" in office.editor.words(f"{LOG}?van=gisteren")


def test_the_day_is_that_of_the_netherlands(office: Office) -> None:
    with office.parts.registry.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET at = '2026-07-01 22:30:00.000000'")
    assert "Niets gevonden" in office.editor.words(f"{LOG}?tot=2026-07-01")
    assert "2 jul" in office.editor.words(f"{LOG}?van=2026-07-02&tot=2026-07-02")


def test_the_log_is_leafed_through(office: Office) -> None:
    for number in range(60):
        office.parts.ledger.log("druk", "sign in", {"keer": number})
    first = office.editor.words(f"{LOG}?wie=druk")
    assert "Bladzijde 1 van 2" in first
    assert "keer: 59" in first
    assert "keer: 9" not in first.replace("keer: 59", "")
    page = office.editor.get(f"{LOG}?wie=druk").text
    assert f'href="{LOG}?wie=druk&amp;pagina=2"' in page
    assert "keer: 9" in office.editor.words(f"{LOG}?wie=druk&pagina=2")
    assert "Bladzijde 2 van 2" in office.editor.words(f"{LOG}?wie=druk&pagina=99")


def test_the_download_holds_what_is_filtered(office: Office) -> None:
    response = office.editor.get(f"{LOG}.csv?wie=%3Dcmd()")
    assert response.headers["content-disposition"] == 'attachment; filename="logboek.csv"'
    header, row = rows_of(response.content)
    assert header == ["wanneer", "wie", "wat", "bijzonderheden"]
    assert row[1:] == ["'=cmd()", "iets nieuws", "vreemd: <i>ja</i>"]


def test_nobody_reads_it_without_signing_in(office: Office) -> None:
    office.editor.client.cookies.clear()
    for address in (LOG, f"{LOG}.csv"):
        assert office.editor.get(address).headers["location"].startswith("/beheer/inloggen")


@given(st.text(), st.text())
def test_no_cell_is_a_formula(who: str, why: str) -> None:
    act = AuditEntry(datetime(2026, 1, 1, tzinfo=UTC), who, "publish", {"why": why})
    body = as_csv([act]).decode("utf-8-sig")
    assert body.startswith("wanneer;wie;wat;bijzonderheden\r\n2026-01-01 01:00:00+01:00;")
    for cell in next(csv.reader(io.StringIO(body, newline="").readlines()[1:], delimiter=";")):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_an_act_in_words() -> None:
    detail = {"edition": 4, "added": ["a", "b"], "removed": [], "why": "haast", "iets": 1}
    assert in_words(detail) == ("editie 4; erbij: a, b; toch gepubliceerd omdat: haast; iets: 1")
