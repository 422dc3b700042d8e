from __future__ import annotations

from pathlib import Path

import pytest

from cli import output
from corpus.types import Answer
from tests.cli.conftest import BIKES, Cli, refused

BIKE, CANTEEN_ID = "fietsen-naar-het-werk", "eten-in-de-kantine"


def test_ingest_keeps_drafts_and_says_how_to_publish(cli: Cli, files: Path) -> None:
    ran = cli("ingest", files)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{BIKE}: nieuw (2 passages, fietsen.md)",
        f"{CANTEEN_ID}: nieuw (2 passages, kantine.md)",
        "Klaargezet als concept. Publiceren: routewijzer corpus publish",
    ]
    assert ran.err.splitlines()[0] == "Documenten lezen: 2 van 2"
    assert [d["state"] for d in cli("corpus", "list", "--json").json] == ["draft", "draft"]


def test_ingest_of_what_has_not_changed_does_nothing_and_says_so(
    published: Cli, files: Path, data_dir: Path
) -> None:
    before = published("corpus", "history", "--json").json
    ran = published("ingest", files, "--publish")
    assert (ran.code, ran.out, ran.err) == (0, "Er is niets veranderd (2 documenten).\n", "")
    assert published("corpus", "history", "--json").json == before
    assert [f.name for f in (data_dir / "editions").iterdir()] == ["000001"]


def test_options_of_ingest_become_metadata(cli: Cli, files: Path) -> None:
    options = ["--title", "Op de fiets", "--kind", "brochure", "--audience", "hogeschool,bedrijf"]
    options += ["--url", "https://voorbeeld.nl/fiets", "--published", "2022-07"]
    options += ["--valid-until", "2099-12-31", "--publish"]
    ran = cli("ingest", files / "fietsen.md", *options)
    assert (ran.code, ran.out.splitlines()[1:]) == (
        0,
        ["Editie 1 gepubliceerd.", "  nieuw: op-de-fiets"],
    )
    facts = cli("corpus", "show", "op-de-fiets", "--json").json
    wanted = {
        "id": "op-de-fiets",
        "title": "Op de fiets",
        "kind": "brochure",
        "url": "https://voorbeeld.nl/fiets",
        "published": "2022-07",
        "valid_until": "2099-12-31",
        "source": "fietsen.md",
        "state": "published",
        "warnings": [],
    }
    assert wanted.items() <= facts.items()
    assert sorted(facts["audiences"]) == ["bedrijf", "hogeschool"]
    shown = cli("corpus", "show", "op-de-fiets").out
    assert "geldig tot en met  2099-12-31\n" in shown
    assert "geldig vanaf" not in shown  # what is not known is left out


def test_a_manifest_names_documents(cli: Cli, files: Path) -> None:
    manifest = files / "lijst.toml"
    manifest.write_text(
        '[[document]]\nfile = "fietsen.md"\ntitle = "Een fiets"\nkind = "magazine"\n'
        'audiences = ["bedrijf"]\n',
        encoding="utf-8",
    )
    assert cli("ingest", "--manifest", manifest).code == 0
    rows = cli("corpus", "list", "--json").json
    assert [(r["id"], r["kind"], r["audiences"]) for r in rows] == [
        ("een-fiets", "magazine", ["bedrijf"])
    ]


def test_list_has_one_line_for_each_document(published: Cli) -> None:
    assert published("corpus", "list").out.splitlines() == [
        "id                     soort            stand         passages  titel",
        "eten-in-de-kantine     programmapagina  gepubliceerd  2         Eten in de kantine",
        "fietsen-naar-het-werk  programmapagina  gepubliceerd  2         Fietsen naar het werk",
    ]
    row = published("corpus", "list", "--json").json[0]
    assert {"id", "title", "kind", "version_id", "state", "passages"} <= row.keys()


def test_list_of_an_empty_corpus_says_what_to_do(cli: Cli) -> None:
    assert "routewijzer ingest" in cli("corpus", "list").out
    assert cli("corpus", "list", "--json").json == []
    assert cli("corpus", "history").out == "Er is nog niets gebeurd.\n"
    assert cli("corpus", "verify").out == "Alles klopt.\n"


def test_list_needs_no_model(
    published: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "gegevens"))
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    assert len(published("corpus", "list", "--json").json) == 2
    assert published("corpus", "text", BIKE).code == 0
    refused(published("ask", "Wat is een leenfiets?"), "make install", "geen-model")


def test_passages_point_into_the_text(published: Cli) -> None:
    text = published("corpus", "text", BIKE).out
    assert published("corpus", "text", BIKE, "--json").json["text"] == text
    rows = published("corpus", "passages", BIKE, "--json").json
    assert len(rows) == 2
    for row in rows:
        assert row.keys() >= {"id", "text", "page", "start", "end", "section"}
        assert text[row["start"] : row["end"]] == row["text"]
    shown = published("corpus", "passages", BIKE).out
    assert shown.startswith(f"[{rows[0]['id']}] ")
    assert "Hoeveel kost een leenfiets? (lijst)" in shown


def test_stage_diff_publish(published: Cli, files: Path) -> None:
    assert published("corpus", "diff").out.startswith("Er staat geen editie klaar.")
    assert published("corpus", "diff", "--json").json["edition"] is None
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    ran = published("ingest", files)
    assert f"{BIKE}: nieuwe versie" in ran.out
    assert published("corpus", "list").out.count("gepubliceerd + concept") == 1
    wanted = f"Editie 2 staat klaar.\n  vervangen: {BIKE}\n"
    assert published("corpus", "stage").out == wanted
    assert published("corpus", "diff").out.startswith(wanted)
    assert "450 euro" in published("corpus", "text", BIKE).out  # readers see the old one still
    ran = published("corpus", "publish", "--force")
    assert ran.out.startswith(wanted.replace("staat klaar", "gepubliceerd"))
    assert "475 euro" in published("corpus", "text", BIKE).out
    assert published("corpus", "publish").out == "Er is niets veranderd.\n"


def test_withdraw_and_roll_back(published: Cli, files: Path) -> None:
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    assert published("ingest", files, "--publish").code == 0
    ran = published("corpus", "rollback", "1")
    assert ran.out == f"Editie 3 gepubliceerd.\n  vervangen: {BIKE}\n"
    assert "450 euro" in published("corpus", "text", BIKE).out
    ran = published("corpus", "withdraw", BIKE)
    assert ran.out == f"Editie 4 gepubliceerd.\n  weg: {BIKE}\n"
    assert published("corpus", "rollback", "1").out == "Er is niets veranderd.\n"
    assert "ingetrokken" in published("corpus", "list").out
    answer = Answer.model_validate(published("ask", "Wat is een leenfiets?", "--json").json)
    assert BIKE not in {c.document_id for c in answer.citations}
    assert published("corpus", "verify").out == "Alles klopt.\n"


def test_history_tells_who_did_what(published: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "mieke")
    assert published("corpus", "withdraw", BIKE).code == 0
    rows = published("corpus", "history", "--json").json
    assert [r["action"] for r in rows] == ["withdraw", "publish", "stage"]
    assert rows[0]["who"] == "mieke"
    assert rows[0]["detail"]["removed"] == [BIKE]
    assert rows[0]["at"].endswith("+00:00")
    lines = published("corpus", "history").out.splitlines()
    assert lines[0].split() == ["wanneer", "(UTC)", "wie", "wat", "editie", "documenten"]
    assert lines[1].split()[2:] == ["mieke", "ingetrokken", "2", f"-{BIKE}"]


def test_history_tells_what_came_in(cli: Cli, files: Path) -> None:
    assert cli("ingest", files).code == 0
    (entry,) = cli("corpus", "history", "--json").json
    assert (entry["action"], entry["detail"]["added"]) == ("ingest", [CANTEEN_ID, BIKE][::-1])


def test_verify_finds_a_fault(published: Cli, data_dir: Path) -> None:
    (data_dir / "editions" / "000009").mkdir()
    ran = published("corpus", "verify")
    assert (ran.code, ran.err) == (1, "")
    assert "000009" in ran.out
    ran = published("corpus", "verify", "--json")
    assert ran.code == 1
    assert len(ran.json["faults"]) == 1


def test_reindex_makes_a_new_edition_of_the_same(published: Cli) -> None:
    before = published("corpus", "list", "--json").json
    assert published("corpus", "reindex").out == "Editie 2 gepubliceerd.\n"
    assert published("corpus", "list", "--json").json == before
    assert published("corpus", "verify").code == 0


def test_ask_shows_quotes_that_stand_in_the_text(published: Cli) -> None:
    question = "Wat is een leenfiets?"
    answer = Answer.model_validate(published("ask", question, "--json").json)
    assert answer.status == "answered"
    assert answer.citations
    for citation in answer.citations:
        text = published("corpus", "text", citation.document_id).out
        assert text[citation.start : citation.end] == citation.quote
    ran = published("ask", question, "--audience", "bedrijf")
    assert (ran.code, ran.err) == (0, "")
    assert "\nBronnen\n[1] Fietsen naar het werk: Wat is een leenfiets?\n" in ran.out
    assert f'    "{answer.citations[0].quote}"' in ran.out
    assert "(beantwoord, letterlijk uit de bronnen, editie 1, " in ran.out
    assert "Besluit" not in ran.out


def test_ask_shows_a_follow_up_as_it_was_understood(published: Cli) -> None:
    ran = published("ask", "En hoeveel kost dat?", "--history", "Wat is een leenfiets?")
    assert ran.out.startswith("Vraag: En hoeveel kost dat? (over: een leenfiets)\n")


def test_setup_publishes_the_starter_corpus_once(
    cli: Cli, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.main.ensure_model", lambda _settings, _progress: None)
    monkeypatch.setattr("cli.main.STARTER", files)
    assert cli("setup", "--model-only").out == "Alles is klaar voor gebruik.\n"
    assert cli("corpus", "list", "--json").json == []
    assert cli("setup").out.startswith("Editie 1 gepubliceerd.\n")
    assert cli("setup").out == "Alles is klaar voor gebruik.\n"
    assert len(cli("corpus", "history", "--json").json) == 2  # stage and publish, once


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_no_line_is_too_wide_and_no_id_broken(
    published: Cli, monkeypatch: pytest.MonkeyPatch, files: Path, columns: int
) -> None:
    monkeypatch.setattr(output, "_width", lambda: columns)
    name = "een-heel-lang-id-dat-toch-heel-moet-blijven-op-het-scherm"
    assert published("ingest", files / "fietsen.md", "--id", name, "--publish").code == 0
    commands = (
        ["corpus", "list"],
        ["corpus", "history"],
        ["corpus", "show", name],
        ["corpus", "passages", name],
        ["ask", "Hoeveel kost een leenfiets?", "--explain"],
    )
    for command in commands:
        ran = published(*command)
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= columns, (command, ran.out)
    assert name in published("corpus", "list").out.split()


def test_show_says_what_structure_was_found(published: Cli) -> None:
    document = published("corpus", "list", "--json").json[0]["id"]
    said = published("corpus", "show", document, "--structure").out
    assert "koppen" in said
    assert "lijsten" in said
    report = published("corpus", "show", document, "--structure", "--json").json
    assert report["document_id"] == document
    assert report["sentences"]
