"""The YAML block at the top of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import frontmatter
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from corpus.errors import BadInputError
from ingest.fields import Fields, document_id, read_fields
from ingest.source import PartialMetadata

_STARTS = re.compile(r"\s*---[ \t]*\n\s*[A-Za-z_]+[ \t]*:")
_ENDS = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LONGEST = 10_000
"""Characters of a block. Reading YAML takes much longer when it is nested without end."""


class _SourceLine(BaseModel):
    """One document that a summary was made from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str | None = None
    year: int | str | None = None
    section: str | None = None


def _sources(value: object) -> object:
    if not isinstance(value, list) or not all(
        isinstance(v, dict) and v.get("title") for v in value
    ):
        raise ValueError("moet een lijst zijn met bij elke bron een title")
    return value


class _FrontMatter(Fields):
    sources: Annotated[tuple[_SourceLine, ...], BeforeValidator(_sources)] | None = None


def split_front_matter(text: str, name: str) -> tuple[PartialMetadata, str | None, str]:
    """``text`` as (metadata, id or None, what follows the block).

    ``audience`` may stand for ``audiences``. ``sources`` names what the document summarises and
    becomes ``summary_of``, the ids of those titles, unless ``summary_of`` stands there itself.
    Raises BadInputError for broken YAML, unknown keys and wrong values.
    """
    if not _STARTS.match(text):
        return PartialMetadata(), None, text
    ends = [end.start() for end in _ENDS.finditer(text)]
    if len(ends) < 2:
        raise BadInputError(f"{name}: de kop met gegevens begint met --- maar wordt niet gesloten.")
    if ends[1] - ends[0] > _LONGEST:
        raise BadInputError(
            f"{name}: de kop met gegevens is te lang ({ends[1] - ends[0]} tekens). "
            f"Geef er hoogstens {_LONGEST}; de rest hoort in de tekst."
        )
    try:
        values, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f" (bij regel {mark.line + 2})" if mark else ""
        raise BadInputError(
            f"{name}: de kop met gegevens is geen geldige YAML{where}. Controleer de "
            "aanhalingstekens, het inspringen en de datums."
        ) from None
    read = read_fields(_FrontMatter, _renamed(values, name), f"{name}, kop met gegevens")
    return _metadata(read), read.id, body


def _renamed(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    if not all(isinstance(key, str) for key in values):
        raise BadInputError(f"{name}, kop met gegevens: elke sleutel moet een woord zijn.")
    if "audience" in values and "audiences" in values:
        raise BadInputError(
            f"{name}, kop met gegevens: geef 'audience' of 'audiences', niet beide."
        )
    return {"audiences" if key == "audience" else key: value for key, value in values.items()}


def _metadata(read: _FrontMatter) -> PartialMetadata:
    given = read.metadata()
    if given.summary_of is not None or not read.sources:
        return given
    ids = dict.fromkeys(document_id(source.title) for source in read.sources)
    fields = {name: getattr(given, name) for name in PartialMetadata.__dataclass_fields__}
    return PartialMetadata(**{**fields, "summary_of": tuple(i for i in ids if i)})
