"""Metadata as people write it (manifest entry, front matter, arguments), checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from slugify import slugify

from corpus.errors import BadInputError
from corpus.types import Audience, Kind
from ingest.source import PartialMetadata

KINDS: tuple[str, ...] = get_args(Kind)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_PUBLISHED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ID_LENGTH = 80


def _one_line(value: object) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise ValueError("moet een tekst zijn die niet leeg is")
    return text


def _kind(value: object) -> object:
    if value not in KINDS:
        raise ValueError(f"kies een van: {', '.join(KINDS)}")
    return value


def _audiences(value: object) -> object:
    given = (value,) if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not given or any(a not in AUDIENCES for a in given):
        raise ValueError(f"kies een of meer van: {', '.join(AUDIENCES)}")
    return tuple(dict.fromkeys(given))


def _url(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]\S*", value):
        raise ValueError("moet beginnen met http:// of https://")
    return value


def _published(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    if _PUBLISHED.fullmatch(text):
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            pass  # right shape, but no day of the calendar: the message below says what is asked
        else:
            return text
    raise ValueError("schrijf 2021, 2022-07 of 2022-07-21")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("schrijf een datum als 2026-12-31") from None


def _id(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if not _ID.fullmatch(text) or len(text) > _ID_LENGTH:
        raise ValueError(
            f"gebruik kleine letters, cijfers en streepjes, ten hoogste {_ID_LENGTH} tekens"
        )
    return text


def _ids(value: object) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise ValueError("moet een lijst van document-id's zijn")
    return tuple(dict.fromkeys(_id(entry) for entry in given))


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("schrijf true of false")
    return value


class Fields(BaseModel):
    """The metadata keys that a manifest entry and front matter share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, BeforeValidator(_one_line)] | None = None
    id: Annotated[str, BeforeValidator(_id)] | None = None
    kind: Annotated[Kind, BeforeValidator(_kind)] | None = None
    audiences: Annotated[tuple[Audience, ...], BeforeValidator(_audiences)] | None = None
    publisher: Annotated[str, BeforeValidator(_one_line)] | None = None
    url: Annotated[str, BeforeValidator(_url)] | None = None
    published: Annotated[str, BeforeValidator(_published)] | None = None
    valid_from: Annotated[date, BeforeValidator(_day)] | None = None
    valid_until: Annotated[date, BeforeValidator(_day)] | None = None
    summary_of: Annotated[tuple[str, ...], BeforeValidator(_ids)] | None = None
    replaced_by: Annotated[str, BeforeValidator(_id)] | None = None
    downloadable: Annotated[bool, BeforeValidator(_yes_or_no)] | None = None
    """Whether readers may download the file itself: only where its publisher allows that."""

    def metadata(self) -> PartialMetadata:
        """The fields without the id."""
        return PartialMetadata(
            **{k: getattr(self, k) for k in PartialMetadata.__dataclass_fields__}
        )


T = TypeVar("T", bound=Fields)


def read_fields(model: type[T], values: Mapping[str, Any], where: str) -> T:
    """``values`` as a ``model``; BadInputError names ``where``, the key and what is allowed."""
    try:
        read = model.model_validate(dict(values))
    except ValidationError as problem:
        raise BadInputError(f"{where}: {_explain(problem, model)}") from None
    check_validity(read.valid_from, read.valid_until, where)
    return read


def check_validity(start: date | None, end: date | None, where: str) -> None:
    """BadInputError when a document would stop being valid before it starts."""
    if start and end and end < start:
        raise BadInputError(f"{where}: 'valid_until' ({end}) ligt voor 'valid_from' ({start}).")


def document_id(title: str) -> str:
    """The id that a title leads to: lower case, ASCII, hyphens, at most 80 characters.

    Empty when the title has no letter or digit that ASCII can show.
    """
    return slugify(title, max_length=_ID_LENGTH, word_boundary=True)


def _explain(problem: ValidationError, model: type[Fields]) -> str:
    error = problem.errors(include_url=False)[0]
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"onbekende sleutel '{key}'. Toegestaan: {', '.join(model.model_fields)}."
    if error["type"] == "missing":
        return f"sleutel '{key}' ontbreekt."
    reason = (
        str(error["ctx"]["error"]) if "ctx" in error and "error" in error["ctx"] else error["msg"]
    )
    return f"'{key}' is ongeldig ({_shown(error['input'])}): {reason}."


def _shown(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."
