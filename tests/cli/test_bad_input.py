"""Every wrong use: one clear line on standard error, nothing on standard output, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import given as given_options
from cli import wording
from cli.main import run
from corpus.errors import BadInputError
from corpus.lock import WriteLock
from tests.cli.conftest import BIKES, Cli, refused

ENTRY = '[[document]]\nfile = "fietsen.md"\ntitle = "Fiets"\nkind = "brochure"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ["is leeg"]),
        (b" \n\t\n", ["bevat geen tekst"]),
        (b"\x7fELF\x02\x01\x01\x00\x00", ["lijkt een programma"]),
        (b"%PDF-1.7\n%\xe2\xe3", ["niet volledig", "PDF"]),
        (b"Wel tekst\x00maar binair", ["nulbytes"]),
        (b"Een heel lange zin van het soort. " * 600_000, ["te veel tekst", "20.4 miljoen"]),
    ],
    ids=["empty", "blank", "program", "pdf", "nul", "20 MB"],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    published: Cli, files: Path, data_dir: Path, content: bytes, said: list[str]
) -> None:
    (files / "nieuw.md").write_text(BIKES.replace("Fietsen", "Steppen"), encoding="utf-8")
    (files / "stuk.txt").write_bytes(content)
    before = state(published, data_dir)
    refused(published("ingest", files, "--publish"), "stuk.txt", *said)
    assert state(published, data_dir) == before
    assert published("corpus", "verify").out == "Alles klopt.\n"


def state(cli: Cli, data_dir: Path) -> object:
    """All that a refused command must leave alone."""
    return (
        cli("corpus", "list", "--json").json,
        cli("corpus", "history", "--json").json,
        sorted(p.relative_to(data_dir) for p in (data_dir / "editions").iterdir()),
    )


def test_latin_1_is_read_correctly(cli: Cli, tmp_path: Path) -> None:
    text = "De coördinator reist naar Curaçao.\n\nZij heeft één café geërfd."
    (tmp_path / "oud.txt").write_bytes(text.encode("latin-1"))
    ran = cli("ingest", tmp_path / "oud.txt", "--publish")
    assert ran.code == 0
    assert "let op: De tekens zijn niet in UTF-8" in ran.out
    assert cli("corpus", "text", "oud").out.strip() == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest"], ["Noem een bestand"]),
        (["ingest", "{files}/weg.txt"], ["weg.txt bestaat niet"]),
        (["ingest", "{files}/leeg"], ["leeg", "geen documenten"]),
        (["ingest", "{files}/plaatje.png"], ["plaatje.png", ".png"]),
        (["ingest", "{files}/fietsen.md", "--kind", "roman"], ["'kind'", "roman", "brochure"]),
        (["ingest", "{files}/fietsen.md", "--audience", "x"], ["'audiences'", "bedrijf"]),
        (["ingest", "{files}/fietsen.md", "--url", "fiets"], ["'url'", "https://"]),
        (["ingest", "{files}/fietsen.md", "--published", "mei"], ["'published'", "2022-07"]),
        (["ingest", "{files}/fietsen.md", "--valid-until", "ooit"], ["'valid_until'"]),
        (["ingest", "{files}/fietsen.md", "--id", "A B"], ["'id'", "kleine letters"]),
        (["ingest", "{files}/fietsen.md", "--title", " "], ["'title'"]),
        (["ingest", "{files}", "--title", "Alles"], ["enkel bestand"]),
        (["ingest", "{files}", "--manifest", "x.toml"], ["niet allebei"]),
        (["ingest", "--manifest", "x.toml", "--title", "T"], ["in het manifest zelf"]),
        (["ingest", "--manifest", "{files}"], ["documenten is niet te lezen"]),
        (["ingest", "--manifest", "{files}/weg.toml"], ["weg.toml bestaat niet"]),
        (["corpus", "show", "weg"], ["'weg'", "routewijzer corpus list"]),
        (["corpus", "text", "weg"], ["'weg'", "routewijzer corpus list"]),
        (["corpus", "passages", "weg"], ["'weg'", "routewijzer corpus list"]),
        (["corpus", "withdraw", "weg"], ["weg", "routewijzer corpus list"]),
        (["corpus", "withdraw", "fietsen-naar-het-werk", "weg"], ["weg"]),
        (["corpus", "withdraw", "fietsen-naar-het-werk", "eten-in-de-kantine"], ["geen enkel"]),
        (["corpus", "rollback", "7"], ["Editie 7", "routewijzer corpus history"]),
        (["corpus", "rollback", "een"], ["N: moet een geheel getal zijn"]),
        (["corpus", "rollback"], ["N ontbreekt"]),
        (["corpus", "withdraw"], ["ID... ontbreekt"]),
        (["ask", ""], ["De vraag is leeg"]),
        (["ask", " \n "], ["De vraag is leeg"]),
        (["ask", "a" * 2001], ["2001 tekens", "2000"]),
        (["ask", "x", "--audience", "pers"], ["--audience: kies uit 'bedrijf'"]),
        (["ask"], ["VRAAG ontbreekt", "`routewijzer ask --help`"]),
        (["ask", "een", "twee"], ["'twee' is te veel"]),
        (["ask", "een", "--snel"], ["--snel bestaat niet"]),
        (["serve", "--port", "0"], ["--port: moet ten minste 1 zijn"]),
        (["serve", "--port"], ["Bij --port hoort een waarde"]),
        (["serve", "--workers", "veel"], ["--workers: moet een geheel getal zijn"]),
        (["zing"], ["De opdracht 'zing' bestaat niet"]),
        (["corpus"], ["Noem een opdracht", "`routewijzer corpus --help`"]),
        ([], ["Noem een opdracht"]),
    ],
    ids=lambda value: " ".join(value)[:60],
)
def test_wrong_use(
    published: Cli, files: Path, data_dir: Path, arguments: list[str], said: list[str]
) -> None:
    (files / "leeg").mkdir()
    if "plaatje" in str(arguments):
        (files / "plaatje.png").write_bytes(b"\x89PNG")
    if arguments[:2] == ["ingest", "{files}"]:
        (files / "leeg").rmdir()
    before = state(published, data_dir)
    refused(published(*(a.replace("{files}", str(files)) for a in arguments)), *said)
    assert state(published, data_dir) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ENTRY + 'prijs = "3"\n', ["document 1 (fietsen.md)", "onbekende sleutel 'prijs'"]),
        (ENTRY.replace("brochure", "roman"), ["document 1", "'kind'", "roman"]),
        (ENTRY.replace("fietsen.md", "weg.md"), ["document 1", "'weg.md'"]),
        (ENTRY + ENTRY, ["document 2", "document 1"]),
        ("[[document]\n", ["geen geldige TOML"]),
        ("", ["geen documenten"]),
        ("titel = 'x'\n", ["onbekende sleutel 'titel'"]),
    ],
    ids=["key", "kind", "file", "twice", "toml", "nothing", "top"],
)
def test_a_wrong_manifest(
    published: Cli, files: Path, data_dir: Path, content: str, said: list[str]
) -> None:
    manifest = files / "lijst.toml"
    manifest.write_text(content, encoding="utf-8")
    before = state(published, data_dir)
    refused(published("ingest", "--manifest", manifest, "--publish"), "lijst.toml", *said)
    assert state(published, data_dir) == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAX_FILE_MB", "x", "moet een geheel getal zijn"),
        ("MAX_FILE_MB", "0", "moet groter zijn dan 0"),
        ("LOCK_TIMEOUT_S", "-1", "moet ten minste 0 zijn"),
        ("LOCK_TIMEOUT_S", "snel", "moet een getal zijn"),
        ("EMBED_ORIGINS", "school.nl", "'school.nl' is geen adres van een site"),
    ],
)
@pytest.mark.parametrize("command", [("corpus", "list"), ("ask", "x"), ("serve",)])
def test_a_wrong_setting(
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    said: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setenv(f"ROUTEWIJZER_{name}", value)
    refused(cli(*command), f"ROUTEWIJZER_{name} ('{value}') klopt niet: {said}")


def test_a_file_that_is_too_large_by_setting(
    published: Cli, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_MAX_FILE_MB", "1")
    (files / "groot.txt").write_bytes(b"woord " * 200_000)
    refused(published("ingest", files / "groot.txt"), "groot.txt", "1.2 MB", "1 MB")


@pytest.mark.parametrize("command", [("corpus", "list"), ("ask", "x"), ("corpus", "publish")])
def test_a_data_folder_that_is_a_file(cli: Cli, data_dir: Path, command: tuple[str, ...]) -> None:
    data_dir.write_text("geen map")
    refused(cli(*command), str(data_dir), "is een bestand", "ROUTEWIJZER_DATA_DIR")
    assert data_dir.read_text() == "geen map"


def test_a_data_folder_below_a_file(
    cli: Cli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir.write_text("geen map")
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(data_dir / "dieper"))
    refused(cli("corpus", "list"), "dieper", "ROUTEWIJZER_DATA_DIR")


def test_asking_before_anything_is_published(cli: Cli, files: Path) -> None:
    refused(cli("ask", "Wat is een leenfiets?"), "nog geen editie", "routewijzer ingest")
    refused(cli("corpus", "rollback", "1"), "Editie 1")
    refused(cli("corpus", "withdraw", "x"), "x")
    refused(cli("corpus", "reindex"), "nog geen documenten")
    assert cli("ingest", files).code == 0
    refused(cli("ask", "Wat is een leenfiets?"), "nog geen editie")


def test_without_a_model_nothing_comes_in(
    cli: Cli, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(data_dir))
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    refused(cli("ingest", files), "geen-model", "make install")
    refused(cli("ask", "Wat is een leenfiets?"), "make install")
    refused(cli("serve"), "make install")
    assert cli("corpus", "list", "--json").json == []
    monkeypatch.setenv("ROUTEWIJZER_EMBEDDING_MODEL", str(tmp_path / "onbekend"))
    refused(cli("ingest", files), "onbekend")


def test_another_process_that_writes(
    published: Cli, files: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_LOCK_TIMEOUT_S", "0")
    (files / "fietsen.md").write_text(BIKES.replace("450", "475"), encoding="utf-8")
    with WriteLock(data_dir, 0).held():
        for command in (["ingest", files], ["corpus", "reindex"], ["corpus", "rollback", "1"]):
            refused(published(*command), "Een ander proces", code=1)
        assert published("ask", "Wat is een leenfiets?").code == 0
    assert published("ingest", files).code == 0


def test_ctrl_c_stops_without_a_trace(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.corpus_commands.open_parts", interrupt)
    ran = cli("corpus", "list")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_bug_is_not_hidden(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cli.corpus_commands.open_parts", break_down)
    monkeypatch.setattr(sys, "argv", ["routewijzer", "corpus", "list"])
    with pytest.raises(ZeroDivisionError):
        run()


@given(st.text(min_size=1))
def test_any_complaint_becomes_one_line(message: str) -> None:
    said = wording.reason(message)
    assert "\n" not in said


@given(st.text())
def test_any_text_as_an_option_is_taken_or_refused_in_one_line(value: str) -> None:
    for name in ("id", "title", "kind", "url", "published", "valid_until", "replaced_by"):
        said = complaint(name, value)
        assert said is None or (name in said and "\n" not in said)
    assert complaint("title", "Een titel") is None


def complaint(name: str, value: str) -> str | None:
    try:
        fields = given_options.fields(None, **{name: value})
    except BadInputError as error:
        return str(error)
    assert getattr(fields, name) is not None
    return None


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert given_options.who().startswith("uid ")
