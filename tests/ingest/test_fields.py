from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from ingest.fields import Fields, document_id, read_fields


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"titel": "x"}, "onbekende sleutel 'titel'. Toegestaan: title"),
        ({"title": ""}, "'title'"),
        ({"title": 3}, "'title'"),
        ({"kind": "folder"}, "handreiking, programmapagina"),
        ({"kind": ["brochure"]}, "handreiking, programmapagina"),
        ({"audiences": ["docent"]}, "bedrijf, hogeschool, beleid"),
        ({"audiences": []}, "bedrijf, hogeschool, beleid"),
        ({"url": "www.x.nl"}, "http://"),
        ({"published": "juli 2021"}, "2022-07-21"),
        ({"published": "2021-13"}, "2022-07-21"),
        ({"valid_until": "morgen"}, "2026-12-31"),
        ({"id": "Met Spatie"}, "kleine letters"),
        ({"summary_of": 3}, "lijst"),
        ({"replaced_by": ["een", "twee"]}, "kleine letters"),
        ({"valid_from": "2022-01-02", "valid_until": "2022-01-01"}, "ligt voor"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(values: dict[str, object], says: str) -> None:
    with pytest.raises(BadInputError) as refused:
        read_fields(Fields, values, "lijst.toml, document 1")
    message = str(refused.value)
    assert message.startswith("lijst.toml, document 1")
    assert says in message
    assert "\n" not in message


def test_right_fields_become_metadata() -> None:
    read = read_fields(
        Fields,
        {
            "title": " Een  titel ",
            "audiences": ["beleid", "beleid"],
            "published": date(2022, 7, 21),
            "valid_until": "2030-01-01",
            "summary_of": ["een-document"],
            "replaced_by": "een-ander",
        },
        "x",
    ).metadata()
    assert read.title == "Een titel"
    assert read.audiences == ("beleid",)
    assert read.published == "2022-07-21"
    assert read.valid_until == date(2030, 1, 1)
    assert read.summary_of == ("een-document",)
    assert read.replaced_by == "een-ander"
    assert read.kind is None


@pytest.mark.parametrize("published", [2021, "2021", "2021-07", "2021-07-31"])
def test_a_date_is_as_precise_as_it_is_given(published: object) -> None:
    assert read_fields(Fields, {"published": published}, "x").published == str(published)


def test_an_id_is_made_of_a_title() -> None:
    assert document_id("Créëer: één Mkb-route!") == "creeer-een-mkb-route"
    assert document_id("«»") == ""


@given(st.text())
def test_an_id_made_of_a_title_is_a_valid_id(title: str) -> None:
    made = document_id(title)
    if made:
        assert read_fields(Fields, {"id": made}, "x").id == made
