"""What a page says of itself besides its text: its address, its publisher and its dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ingest.html.inline import plain
from ingest.html.tree import Node, find, parse, raw_text
from ingest.source import PartialMetadata

_URL = re.compile(r"https?://[^\s/<>\"]+\.[^\s<>\"]+")
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|.{0,200}?\burl:\s*)(https?://[^\s<>\"]+)", re.DOTALL
)
_ISO_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:?\d{2}.*)?")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_WRITTEN_DAY = re.compile(r"(?:\w+ )?(\d{1,2}) ([a-z]+)\.? (\d{4})", re.IGNORECASE)
_MONTHS = ["jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_MRT = "mrt"
_PUBLISHED = (
    "article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.available",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
)
_MODIFIED = (
    "article:modified_time",
    "dcterms.modified",
    "dc.date.modified",
    "og:updated_time",
    "last-modified",
)
_PUBLISHERS = ("dcterms.publisher", "dc.publisher", "citation_publisher")
_CREATORS = ("dcterms.creator", "overheid.authority", "dc.creator")
_SITE_NAMES = ("og:site_name", "application-name")
_MAX_HEAD = 100_000
_MAX_NAME = 120
_FIRST_YEAR = 1990
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What is sure of a page; None where it says nothing, or nothing that can be trusted.

    Dates are as precise as the page is: ``2021``, ``2022-07`` or ``2022-07-21``.
    """

    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None

    def partial(self) -> PartialMetadata:
        """As metadata of a document. A page counts as of the day when it last changed, since it
        has no other text of the day when it was first published."""
        return PartialMetadata(
            url=self.url, publisher=self.publisher, published=self.modified or self.published
        )


def html_metadata(text: str) -> PageMetadata:
    """What the page says in <meta>, <link>, <time>, JSON-LD and the mark of a browser that saved
    it. Never raises."""
    root = parse(text)
    if root is None:
        return PageMetadata()
    meta = _meta(root)
    linked = list(_linked_data(root))
    published = _first_day(_values(meta, _PUBLISHED)) or _first_day(_texts(linked, "datePublished"))
    modified = _first_day(_values(meta, _MODIFIED)) or _first_day(_texts(linked, "dateModified"))
    if published is None and modified is None:
        published = _day_of_article(root)
    if published and modified and modified < published:
        modified = None
    return PageMetadata(
        url=_address(root, meta, text),
        publisher=_publisher(meta, linked),
        published=published,
        modified=modified,
    )


def _meta(root: Node) -> dict[str, str]:
    """The first value of every <meta>, by its name in lower case."""
    values: dict[str, str] = {}
    for tag in find(root, ["meta"]):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop")
        value = " ".join(tag.get("content").split())
        if name and value:
            values.setdefault(name.strip().lower(), value)
    return values


def _values(meta: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _address(root: Node, meta: Mapping[str, str], text: str) -> str | None:
    """The canonical address, else where a browser saved the page from."""
    links = (
        link for link in find(root, ["link"]) if "canonical" in link.get("rel").lower().split()
    )
    saved = _SAVED_FROM.search(text[:_MAX_HEAD])
    given = [*(link.get("href").strip() for link in links), *_values(meta, ["og:url"])]
    given += [saved.group(1)] if saved else []
    return next((url for url in given if _URL.fullmatch(url)), None)


def _publisher(meta: Mapping[str, str], linked: list[Mapping[str, object]]) -> str | None:
    named = (
        name
        for entry in linked
        for publisher in _entries(entry.get("publisher"))
        for name in _texts([publisher], "name")
    )
    given = [
        *_values(meta, _PUBLISHERS),
        *_values(meta, _CREATORS),
        *named,
        *_values(meta, _SITE_NAMES),
    ]
    return next((plain(name) for name in given if _is_name(name)), None)


def _is_name(value: str) -> bool:
    return value[:4].lower() != "http" and len(value) <= _MAX_NAME and any(map(str.isalpha, value))


def _first_day(values: Iterable[str]) -> str | None:
    return next((day for day in map(_day, values) if day), None)


def _day(value: str) -> str | None:
    """A date as the metadata of documents have it, None when ``value`` is no sure date."""
    value = value.strip()
    iso, dutch, written = (
        pattern.fullmatch(value) for pattern in (_ISO_DAY, _DUTCH_DAY, _WRITTEN_DAY)
    )
    if iso:
        parts = [part for part in iso.groups() if part]
    elif dutch:
        parts = [dutch.group(3), dutch.group(2), dutch.group(1)]
    elif written and _month(written.group(2)):
        parts = [written.group(3), str(_month(written.group(2))), written.group(1)]
    else:
        return None
    year, month, day = [*map(int, parts), 1, 1][:3]
    try:
        found = date(year, month, day)
    except ValueError:  # the right form, but no day of the calendar
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return found.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _month(name: str) -> int | None:
    start = name.lower()[:3]
    start = "maa" if start == _MRT else start
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def _day_of_article(root: Node) -> str | None:
    """The only day that the top of the article names with <time>."""
    places = [*find(root, ["main"]), *find(root, ["article"])]
    headers = [header for place in places for header in find(place, ["header"])]
    for place in (*headers, *places[:1]):
        days = {time.get("datetime") or raw_text(time) for time in find(place, ["time"])}
        if len(days) == 1:
            return _first_day(days)
    return None


def _linked_data(root: Node) -> Iterator[Mapping[str, object]]:
    """The objects in JSON-LD (https://www.w3.org/TR/json-ld11/) that describe the page."""
    for script in find(root, ["script"]):
        if "ld+json" not in script.get("type").lower():
            continue
        text = "".join(child for child in script.children if isinstance(child, str))
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):  # broken data of the page says nothing
            continue
        for entry in _entries(value):
            yield from _entries(entry.get("@graph")) if "@graph" in entry else (entry,)


def _entries(value: object) -> list[Mapping[str, object]]:
    found = value if isinstance(value, list) else [value]
    return [entry for entry in found if isinstance(entry, dict)]


def _texts(entries: Iterable[Mapping[str, object]], key: str) -> Iterator[str]:
    for entry in entries:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            yield value
