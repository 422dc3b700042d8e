"""Reads and checks a glossary file; every mistake in it is one plain line that says where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.dutch import fold
from corpus.errors import BadInputError
from corpus.types import Language

_TABLES = ("group", "abbreviations", "english", "verbs")
_KEYS = (frozenset({"say", "means"}), frozenset({"same"}))
_SEPARABLE = re.compile(r"[^\W\d_]+\|[^\W\d_]+en|[^\W\d_]+\|[^\W\d_]*[aeio]+n")


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that people say, each with the same words of the documents."""

    where: str
    """Where it stands, to begin a message with."""
    said: tuple[str, ...]
    """Folded."""
    means: tuple[str, ...]
    """As written."""
    language: Language = "nl"


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What a glossary file says."""

    entries: tuple[Entry, ...]
    verbs: dict[str, tuple[str, ...]]
    """Irregular forms per folded infinitive."""


def read_glossary(path: Path) -> GlossaryFile:
    """Read and check the file. Raises BadInputError naming file, place and what is wrong."""
    return check_glossary(read_text(path), path)


def read_text(path: Path) -> str:
    """What a glossary file holds. Raises BadInputError when it cannot be read as text."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInputError(
            f"De woordenlijst {path} is niet te openen ({error.strerror}). "
            "Noem met ROUTEWIJZER_GLOSSARY een bestand dat er is."
        ) from error
    except UnicodeDecodeError as error:
        raise _no_toml(path, error) from error


def check_glossary(text: str, path: Path) -> GlossaryFile:
    """Check what a glossary file holds, or would hold; ``path`` is for messages only. Raises
    BadInputError naming file, place and what is wrong."""
    try:
        read: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(path, error) from error
    unknown = sorted(set(read) - set(_TABLES))
    if unknown:
        raise BadInputError(
            f"De woordenlijst {path} kent `{unknown[0]}` niet. "
            "Gebruik [[group]], [abbreviations], [english] of [verbs]."
        )
    entries = [*_groups(read, path), *_abbreviations(read, path), *_english(read, path)]
    verbs = {
        fold(verb): _words(forms, f"Het werkwoord {verb} in de woordenlijst {path}", "vormen")
        for verb, forms in _table(read, "verbs", path).items()
    }
    return GlossaryFile(tuple(entries), verbs)


def _no_toml(path: Path, error: Exception) -> BadInputError:
    return BadInputError(
        f"De woordenlijst {path} is geen geldige TOML in UTF-8: {error}. Verbeter het bestand."
    )


def _table(read: dict[str, object], name: str, path: Path) -> dict[str, object]:
    table = read.get(name, {})
    if not isinstance(table, dict):
        raise BadInputError(
            f"In de woordenlijst {path} is `{name}` geen tabel. Zet erboven: [{name}]"
        )
    return table


# --- parts of the file -----------------------------------------------------------------------


def _groups(read: dict[str, object], path: Path) -> Iterator[Entry]:
    groups = read.get("group", [])
    if not isinstance(groups, list):
        raise BadInputError(
            f"In de woordenlijst {path} is `group` geen reeks groepen. "
            "Zet boven elke groep: [[group]]"
        )
    for number, group in enumerate(groups, start=1):
        where = f"Groep {number} in de woordenlijst {path}"
        if not isinstance(group, dict):
            raise BadInputError(f"{where} mist `say` en `means`. Zet boven elke groep: [[group]]")
        yield from _group(group, where)


def _group(group: dict[str, object], where: str) -> Iterator[Entry]:
    unknown = sorted(set(group) - frozenset().union(*_KEYS))
    if unknown:
        raise BadInputError(
            f"{where} heeft een onbekend woord `{unknown[0]}`. "
            "Gebruik `say` met `means`, of alleen `same`."
        )
    if "same" in group:
        if set(group) != {"same"}:
            raise BadInputError(f"{where} heeft `same` naast `say` of `means`. Kies een van beide.")
        words = _words(group["same"], where, "same")
        if len(words) == 1:
            raise BadInputError(f"{where} noemt bij `same` maar één woord. Noem er twee of meer.")
        yield from _alike(words, where)
        return
    said, means = (_words(group.get(key), where, key) for key in ("say", "means"))
    meant = set(map(fold, means))
    both = [word for word in said if fold(word) in meant]
    if both:
        raise BadInputError(
            f'{where} heeft "{both[0]}" bij `say` en bij `means`. Laat het bij een van beide weg.'
        )
    yield _entry(where, said, means)


def _abbreviations(read: dict[str, object], path: Path) -> Iterator[Entry]:
    for short, value in _table(read, "abbreviations", path).items():
        where = f"De afkorting {short} in de woordenlijst {path}"
        long = _words([value] if isinstance(value, str) else value, where, "betekenis")
        if fold(short) in map(fold, long):
            raise BadInputError(f"{where} betekent zichzelf. Schrijf haar voluit.")
        yield from _alike((short, *long), where)


def _english(read: dict[str, object], path: Path) -> Iterator[Entry]:
    seen: set[str] = set()
    for key, value in _table(read, "english", path).items():
        where = f'De regel "{key}" bij [english] in de woordenlijst {path}'
        said = _words([word.strip() for word in key.split(",")], where, "Engels")
        means = _words([value] if isinstance(value, str) else value, where, "Nederlands")
        again = [word for word in map(fold, said) if word in seen]
        if again:
            raise BadInputError(
                f'{where} noemt "{again[0]}", maar dat staat al eerder. Voeg samen.'
            )
        seen.update(map(fold, said))
        yield _entry(where, said, means, "en")


def _alike(words: Sequence[str], where: str) -> Iterator[Entry]:
    """Each word means all the others."""
    for word in words:
        yield _entry(where, (word,), [other for other in words if other != word])


def _entry(
    where: str, said: Sequence[str], means: Sequence[str], language: Language = "nl"
) -> Entry:
    return Entry(where, tuple(map(fold, said)), tuple(means), language)


# --- words -----------------------------------------------------------------------------------


def _words(value: object, where: str, key: str) -> tuple[str, ...]:
    """A list of words and phrases. Raises BadInputError when it is none, or holds one twice."""
    if not isinstance(value, list) or not value or not all(_is_word(v) for v in value):
        raise BadInputError(f"{where} mist `{key}`: een lijst met woorden tussen aanhalingstekens.")
    words = tuple(" ".join(v.split()) for v in value)
    folded = [fold(word) for word in words]
    again = [word for n, word in enumerate(words) if folded[n] in folded[:n]]
    if again:
        raise BadInputError(f'{where} noemt "{again[0]}" twee keer. Laat er één weg.')
    wrong = [word for word in words if "|" in word and not _SEPARABLE.fullmatch(word)]
    if wrong:
        raise BadInputError(
            f'{where} heeft "{wrong[0]}": het streepje | staat alleen in een werkwoord, '
            "zoals aan|nemen."
        )
    return words


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
