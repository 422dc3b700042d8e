from __future__ import annotations

import pytest
from pydantic import ValidationError

from corpus.settings import Settings


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ()),
        ("https://www.school.nl", ("https://www.school.nl",)),
        (
            " https://A.nl/, https://b.nl:8443 ,,http://localhost:3000",
            ("https://a.nl", "https://b.nl:8443", "http://localhost:3000"),
        ),
    ],
)
def test_sites_that_may_show_the_window(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_EMBED_ORIGINS", given)
    assert Settings().embed_origins == kept


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "https://*",
        "school.nl",
        "http://school.nl",
        "https://school.nl/pagina",
        "https://school.nl; script-src *",
        "https://school.nl https://ander.nl",
        "https://naam:woord@school.nl",
        "https://school.nl\r\nX-Kop: ja",
        "'unsafe-inline'",
    ],
)
def test_what_is_no_site_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ROUTEWIJZER_EMBED_ORIGINS", f"https://goed.nl,{given}")
    with pytest.raises(ValidationError, match="geen adres van een site"):
        Settings()


def test_the_environment_is_a_source_and_what_is_given_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")
    assert Settings().otel_endpoint == "http://localhost:4317"
    monkeypatch.setenv("Routewijzer_Max_Pages", "7")
    assert Settings().max_pages == 7
    assert Settings(max_pages=8).max_pages == 8
