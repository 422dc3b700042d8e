"""Metadata of a document as a form on a page, both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.datastructures import FormData

from corpus.errors import BadInputError
from corpus.types import Metadata
from ingest.fields import KINDS, Fields, read_fields

NAMES = {
    "titel": "title",
    "id": "id",
    "soort": "kind",
    "doelgroep": "audiences",
    "uitgever": "publisher",
    "webadres": "url",
    "datum": "published",
    "geldig_vanaf": "valid_from",
    "geldig_tot": "valid_until",
    "samenvatting_van": "summary_of",
    "vervangen_door": "replaced_by",
    "downloaden": "downloadable",
}
"""Name in the form, name of the field."""

LABELS = {
    "title": "Titel",
    "id": "Id",
    "kind": "Soort",
    "audiences": "Voor wie",
    "publisher": "Uitgever",
    "url": "Webadres",
    "published": "Datum",
    "valid_from": "Geldig vanaf",
    "valid_until": "Geldig tot en met",
    "summary_of": "Samenvatting van",
    "replaced_by": "Vervangen door",
}
"""What each is called on the page."""

AUDIENCE_NAMES = {"bedrijf": "bedrijven", "hogeschool": "hogescholen", "beleid": "beleid"}


def add_field_words(environment: Environment) -> None:
    """Make the words for the fields known to the templates of ``environment``."""
    environment.globals.update(all_kinds=KINDS, audience_names=AUDIENCE_NAMES)


async def sent_form(request: Request) -> FormData:
    """The form of this request, read before by FastAPI itself."""
    return await request.form()


SentForm = Annotated[FormData, Depends(sent_form)]


def read_form(form: FormData) -> Fields:
    """What is filled in. Raises BadInputError that names the field as it is on the page."""
    values: dict[str, object] = {}
    for name, field in NAMES.items():
        given = [v.strip() for v in form.getlist(name) if isinstance(v, str) and v.strip()]
        if not given:
            continue
        if field == "audiences":
            values[field] = given
        elif field == "summary_of":
            values[field] = given[0].replace(",", " ").split()
        else:
            values[field] = True if field == "downloadable" else given[0]
    return _read(values)


def checked_address(address: str) -> str:
    """An address on the web. Raises BadInputError when it is none."""
    return _read({"url": address}).url or ""


def _read(values: Mapping[str, object]) -> Fields:
    try:
        return read_fields(Fields, values, "Gegevens")
    except BadInputError as error:
        message = str(error)
        for field, label in LABELS.items():
            message = message.replace(f"'{field}'", f"'{label}'")
        raise BadInputError(message) from None


def as_values(form: FormData) -> Mapping[str, str | Sequence[str]]:
    """The form as it was sent, to be shown again."""
    values: dict[str, str | Sequence[str]] = dict.fromkeys(NAMES, "")
    for name in NAMES:
        sent = [value for value in form.getlist(name) if isinstance(value, str)]
        values[name] = sent if name == "doelgroep" else "".join(sent[:1])
    return values


def filled(metadata: Metadata | None, document_id: str = "") -> Mapping[str, str | Sequence[str]]:
    """The form with what is known of a document; empty without one."""
    if metadata is None:
        return {**dict.fromkeys(NAMES, ""), "doelgroep": ()}
    m = metadata
    return {
        "titel": m.title,
        "id": document_id,
        "soort": m.kind,
        "doelgroep": m.audiences,
        "uitgever": m.publisher,
        "webadres": m.url or "",
        "datum": m.published or "",
        "geldig_vanaf": m.valid_from.isoformat() if m.valid_from else "",
        "geldig_tot": m.valid_until.isoformat() if m.valid_until else "",
        "samenvatting_van": " ".join(m.summary_of),
        "vervangen_door": m.replaced_by or "",
        "downloaden": "ja" if m.downloadable else "",
    }


def as_metadata(fields: Fields) -> Metadata:
    """Metadata out of a whole form. Raises BadInputError that names what is left empty."""
    if fields.title is None or fields.kind is None or fields.audiences is None:
        needed = ("title", "kind", "audiences")
        empty = [LABELS[name] for name in needed if getattr(fields, name) is None]
        raise BadInputError(f"Nog niet ingevuld: {', '.join(empty)}. Vul dat eerst in.")
    return Metadata(
        title=fields.title,
        kind=fields.kind,
        audiences=fields.audiences,
        publisher=fields.publisher or "",
        url=fields.url,
        published=fields.published,
        valid_from=fields.valid_from,
        valid_until=fields.valid_until,
        summary_of=fields.summary_of or (),
        replaced_by=fields.replaced_by,
        downloadable=bool(fields.downloadable),
    )
