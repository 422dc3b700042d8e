"""Every Dutch message of the pages for readers has an English one, and no other is kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from web.language import LOCALE
from web.rendering import HERE

KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
JINJA = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
FOR_STAFF = ("beheer", "staff")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]*>")


def files() -> Iterator[tuple[str, Path]]:
    for path in sorted(HERE.rglob("*")):
        if not set(FOR_STAFF) & set(path.relative_to(HERE).parts):
            if path.suffix == ".html":
                yield "jinja2.ext:babel_extract", path
            elif path.suffix == ".py":
                yield "python", path


def messages() -> dict[str, str]:
    """Message (the first form of a plural) and where it stands."""
    found: dict[str, str] = {}
    for method, path in files():
        with path.open("rb") as file:
            for line, message, *_ in extract(method, file, KEYWORDS, (), JINJA):
                one = message if isinstance(message, str) else message[0]
                found.setdefault(one, f"{path.name}:{line}")
    return found


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (LOCALE / "en.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def key(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def strings(message: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def test_nothing_is_left_untranslated(english: Catalog) -> None:
    translated = {key(m.id) for m in english if m.id and all(strings(m.string))}
    missing = {m: where for m, where in messages().items() if m and m not in translated}
    assert missing == {}


def test_nothing_is_translated_that_no_page_says(english: Catalog) -> None:
    assert {key(m.id) for m in english if m.id} - set(messages()) == set()


def test_a_translation_fills_in_the_same(english: Catalog) -> None:
    for message in english:
        if message.id:
            for dutch, translated in zip(strings(message.id), strings(message.string), strict=True):
                wanted = sorted(PLACES.findall(dutch))
                assert sorted(PLACES.findall(translated)) == wanted, message.id
    assert not [m for m in english if m.fuzzy]
