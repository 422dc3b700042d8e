from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from ingest.fingerprint import fingerprint
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source

FRONT = "---\ntitle: Voor\nid: voor-id\nkind: brochure\n---\n# Kop\n\nTekst van het document.\n"


def source(
    text: str = "# Kop\n\nTekst van het document.",
    name: str = "bestand.md",
    document_id: str | None = None,
    **given: object,
) -> Source:
    metadata = PartialMetadata(**given)  # type: ignore[arg-type]
    return Source(name, text.encode("utf-8"), metadata, document_id)


def test_given_goes_before_front_matter_before_heading_before_file_name(settings: Settings) -> None:
    def title(made: Source) -> str:
        return read_source(made, settings).metadata.title

    assert title(source(FRONT, title="Gegeven")) == "Gegeven"
    assert title(source(FRONT)) == "Voor"
    assert title(source()) == "Kop"
    assert title(source("Alleen tekst.")) == "bestand"
    assert title(source("<title>Pagina</title><p>Tekst.</p>", name="a.html")) == "Pagina"


def test_the_id_is_given_or_stands_in_front_or_comes_of_the_title(settings: Settings) -> None:
    assert read_source(source(FRONT, document_id="mijn-id"), settings).document_id == "mijn-id"
    assert read_source(source(FRONT), settings).document_id == "voor-id"
    assert read_source(source(title="Eén titel"), settings).document_id == "een-titel"


def test_defaults_are_filled_in(settings: Settings) -> None:
    metadata = read_source(source(), settings).metadata
    assert metadata.kind == "programmapagina"
    assert metadata.audiences == ("bedrijf", "hogeschool", "beleid")
    assert metadata.publisher == ""


def test_a_title_that_makes_no_id_is_refused(settings: Settings) -> None:
    with pytest.raises(BadInputError, match="Geef een id op"):
        read_source(source(title="«»"), settings)


def test_a_validity_that_ends_before_it_starts_is_refused(settings: Settings) -> None:
    text = "---\nvalid_from: 2026-01-02\n---\nTekst.\n"
    with pytest.raises(BadInputError, match="ligt voor"):
        read_source(source(text, valid_until=date(2026, 1, 1)), settings)


@pytest.mark.parametrize(
    "text", ["# Alleen een kop", "# Een\n\n## Twee", "![plaatje](x.png)", "---"]
)
def test_a_document_without_running_text_is_refused(text: str, settings: Settings) -> None:
    with pytest.raises(BadInputError, match="geen lopende tekst"):
        read_source(source(text), settings)


def test_what_is_doubtful_is_said_in_a_warning(settings: Settings) -> None:
    def warnings(text: str) -> str:
        return " ".join(read_source(source(text), settings).warnings)

    plenty = "Een zin die lang genoeg is om te tellen. " * 8
    assert "Weinig tekst" in warnings("Kort.")
    assert "één passage" in warnings(plenty)
    assert "onleesbaar" in warnings(plenty + "caf\ufffd en bÃ©ta")
    assert "niets om mee te antwoorden" in warnings("# T\n\n## Colofon\n\nTekst: Jan")
    assert warnings(f"# T\n\n## A\n\n{plenty}\n\n## B\n\n{plenty}") == ""


def test_the_same_source_gives_the_same_version(settings: Settings) -> None:
    first, again = read_source(source(), settings), read_source(source(), settings)
    assert first == again
    assert first.fingerprint == fingerprint(source())


@pytest.mark.parametrize(
    "other",
    [
        source("# Kop\n\nAndere tekst van het document."),
        source(kind="brochure"),
        source(document_id="anders"),
        source(valid_until=date(2030, 1, 1)),
    ],
)
def test_another_source_gives_another_version_and_fingerprint(
    other: Source, settings: Settings
) -> None:
    assert fingerprint(other) != fingerprint(source())
    assert read_source(other, settings).id != read_source(source(), settings).id


def test_ids_count_passages_and_sentences(settings: Settings) -> None:
    version = read_source(source("## A\n\nEen. Twee.\n\n## B\n\nDrie."), settings)
    assert len(version.id) == 16
    assert [passage.id for passage in version.passages] == [f"{version.id}:0", f"{version.id}:1"]
    assert [s.id for s in version.passages[0].sentences] == [
        f"{version.id}:0:0",
        f"{version.id}:0:1",
    ]
