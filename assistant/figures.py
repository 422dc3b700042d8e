"""Figures in a sentence, and what each of them counts: "minstens 20 opleidingen" is 20, opleiding.

Numbers in words and in digits are the same. What is no count (a year, a page, the number of a
table or a level) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.dutch import DutchAnalyser, fold

_SMALL = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[€%]|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_NAMES_A_NUMBER = frozenset(
    """tabel figuur hoofdstuk paragraaf pagina bijlage niveau mbo nummer motie artikel stap fase
    deel versie jaargang januari februari maart april mei juni juli augustus september oktober
    november december""".split()  # noqa: SIM905 - a word list reads better as text
)
"""A number behind such a word is its name, and counts nothing."""
_HEDGES = frozenset(
    """minstens minimaal maximaal hoogstens ongeveer circa ruim bijna zo'n zo’n de het deze die al
    """.split()  # noqa: SIM905
)
_RANGE = frozenset(("of", "tot", "a", "à", "-", "–"))
_GROWS = re.compile(
    r"\b(?:aantal|uitbreiding van(?: de| het)?(?: aantal)?|groei van(?: de| het)?)\s+"
    r"(?P<noun>[^\W\d_][\w’'-]+)(?P<between>[^.;:]{0,80}?)\b(?:tot|naar|op|is|was|bedraagt)\s+$"
)
_OF_THEM = re.compile(r"^(?:daarvan|hiervan|ervan)\b.{0,30}?\bals\s+(?P<noun>[\w’'-]+)")
UNITS = frozenset("jaar maand maanden week weken dag dagen uur keer".split())  # noqa: SIM905
"""What is behind a unit is not counted: "een vijftien jaar bestaande route"."""
_LOOKED_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts."""

    values: frozenset[float]
    """One value, or the ends of a range ("drie of vier dagen")."""
    counts: tuple[str, ...]
    """Stems of the words that it may count, nearest first; ``%`` and ``€`` are words, too."""
    at: int
    """Where it stands in the sentence, in characters."""


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def figures(text: str, analyser: DutchAnalyser) -> tuple[Figure, ...]:
    """The counts in one sentence, in order. What counts nothing that can be named is left out."""
    if not _may_hold().search(text):
        return ()
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
    words = [fold(token) for token, _ in tokens]
    found = []
    read, known = 0, _in_words()
    for place, (token, at) in enumerate(tokens):
        if place < read or not (token[0].isdigit() or words[place] in known):
            continue
        value = number(token)
        if value is None or _is_name(tokens, words, place):
            continue
        values, read = _whole_range(value, tokens, words, place)
        if counted := _counted(text, tokens, words, place, read, analyser):
            found.append(Figure(values, counted, at))
    return tuple(found)


def number(token: str) -> float | None:
    """The value of a number in digits or in Dutch words below a hundred. None for anything else;
    "een" is an article unless it has its accents."""
    if _NUMBER.fullmatch(token):
        plain = token.replace(".", "") if _THOUSANDS.fullmatch(token) else token
        try:
            return float(plain.replace(",", "."))
        except ValueError:  # 21.7.2022 is a date
            return None
    if token.lower() == "een":
        return None
    return _in_words().get(fold(token))


def like(one: str, other: str) -> bool:
    """Whether two stems are of the same word: the stemmer leaves some plurals their s."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return long.startswith(short) and long[len(short) :] in ("", "s", "es")


@lru_cache(maxsize=5_000)
def alike(stem: str) -> frozenset[str]:
    """All stems that are ``like`` a stem."""
    return frozenset(
        (stem, f"{stem}s", f"{stem}es", stem.removesuffix("s"), stem.removesuffix("es"))
    )


def head(word: str, analyser: DutchAnalyser) -> str:
    """Stem of what a word is: of a compound its last part ("hbo-pilots" are pilots)."""
    whole, parts = analyser.forms(fold(word))
    return parts[-1] if parts else whole


# --- steps -----------------------------------------------------------------------------------

_Tokens = Sequence[tuple[str, int]]


@cache
def _in_words() -> dict[str, float]:
    known = {word: float(value) for value, word in enumerate(_SMALL)}
    known |= {word: float(value) for word, value in _TENS.items()}
    for ten, value in _TENS.items():
        for unit, digit in zip(_SMALL[1:10], range(1, 10), strict=True):
            known[f"{unit}en{ten}"] = float(value + digit)
    return known | {"honderd": 100.0, "duizend": 1000.0}


@cache
def _may_hold() -> re.Pattern[str]:
    """Most sentences hold no number: they are passed over without looking at their words."""
    opening = "|".join((*_SMALL[2:], *_TENS, "[eé]én", "éen", "een[eë]n", "honderd", "duizend"))
    return re.compile(rf"\d|\b(?:{opening})", re.IGNORECASE)


def _is_name(tokens: _Tokens, words: Sequence[str], place: int) -> bool:
    """Whether a number is a year, a date or the number of something."""
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    token, at = tokens[place]
    is_year = re.fullmatch(r"(?:19|20)\d\d", token) is not None
    # "(vijf) routes" says how many of the routes before it, "mbo-4" and "[3]" are names.
    glued = place > 0 and before in "([-/" and tokens[place - 1][1] + 1 == at
    return is_year or glued or before in _NAMES_A_NUMBER or after in _NAMES_A_NUMBER


def _whole_range(
    value: float, tokens: _Tokens, words: Sequence[str], place: int
) -> tuple[frozenset[float], int]:
    """The values of "drie of vier", and the place behind them."""
    if place + 2 < len(words) and words[place + 1] in _RANGE:
        other = number(tokens[place + 2][0])
        if other is not None:
            return frozenset((value, other)), place + 3
    return frozenset((value,)), place + 1


def _counted(
    text: str,
    tokens: _Tokens,
    words: Sequence[str],
    place: int,
    end: int,
    analyser: DutchAnalyser,
) -> tuple[str, ...]:
    """Stems of what the number at ``place`` counts: the words behind it, or what grows to it."""
    if place and words[place - 1] == "€":
        return ("€",)
    if end < len(words) and words[end] in ("%", "procent"):
        return ("%",)
    if end < len(words) and words[end] == "euro":
        return ("€",)
    # What grows is read without hedges: "tot zo'n 25", "naar minstens 20 opleidingen".
    start = place
    while start and words[start - 1] in _HEDGES:
        start -= 1
    growing = _GROWS.search(fold(text[: tokens[start][1]] if start < len(tokens) else text))
    grown = (head(growing["noun"], analyser),) if growing else ()
    behind = text[tokens[end][1] :] if end < len(tokens) else ""
    of_them = _OF_THEM.search(fold(behind))
    if of_them:
        return (head(of_them["noun"], analyser),)
    return (*_nouns(words[end : end + _LOOKED_AHEAD], analyser), *grown)


def _nouns(words: Sequence[str], analyser: DutchAnalyser) -> Iterator[str]:
    for word in words:
        if number(word) is not None or not analyser.words(word):
            return
        yield head(word, analyser)
        if word in UNITS:
            return
