"""Questions that ask for names: "welke hogescholen doen mee", "wie zitten erin".

A sentence about hogescholen in general answers none of these; one that names some does, and the
more it names the better. A name is a word with a capital inside a sentence, or a plain word that
is itself such a thing ("bouw" is a sector): ``named_things.toml`` has the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.fits import is_strict
from corpus.dutch import fold
from corpus.types import AnswerType

COMMON = 0.27
"""Rarity of a word (BM25's idf), as a share of that of a word that stands nowhere, below which it
is no name: of 200 passages a fifth hold it."""
_DATA = "named_things.toml"
_HALF = 2
"""Names that count for half of what any number of them can."""
_OF_OTHER_KIND = 0.4
"""What names count beside one of the kind asked for that are not seen to be of that kind."""
_BEFORE = 24
"""Characters before a name in which the word for its kind may stand: "ministerie van EZK"."""
# A capital inside a sentence, with what is joined to it; at its start only two in a row, or one
# with more capitals: any word has one there.
_CAPITAL = r"[A-Z][\w&’'./+-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:(?: (?:van|van de|voor|de|der|&))? {_CAPITAL})*")
_OPENS = re.compile(r"(?:^|[.!?:•\n] ?|[-–] |\d\. )[‘'“\"(]?$")
_INNER = re.compile(r"[A-Z&].*[A-Z]|[a-z][A-Z]")
_WORD = re.compile(r"[a-z0-9][\w’'&-]*")
_WHICH = re.compile(
    r"\b(?:(?:welke?|which)(?: [\w-]+){0,2}?|what|noem\b.{0,30}?"
    r"|voorbeeld(?:en)? (?:geven )?van(?: een| de)?|examples? of|namen van(?: de)?) (?P<kind>@)\b"
)
_WHO = re.compile(
    r"^(?:en |maar )?(?:met )?(?:wie|who)\b(?:.{0,60}\b| zijn de mensen\b.*?|)"
    r"\b(?:zit|zitten|erin|erbij|lid|leden|namen|betrokken|deden|doen|doet|werken|werkt"
    r"|members?|involved|takes? part|partners?)\b"
)
_FOR_WHOM = re.compile(
    r"\bvoor (?:wie|(?:welke?|wat voor) (?:soort )?(?:mensen|studenten|leerlingen|personen))\b"
    r"|^(?:en )?wie (?:kan|kunnen|mag|mogen)\b.*\b(?:mee\w*|deelnemen|volgen)\b"
    r"|^who (?:can|may)\b.*\b(?:join|participate|take part|apply|enroll?)\b"
    r"|\bfor whom\b|\bwho (?:is|are) .{0,40}\bfor\b"
)
ASKING = frozenset(
    """noem noemen geef geven voorbeeld voorbeelden naam namen lijst lijstje paar name names give
    list example examples""".split()  # noqa: SIM905 - a word list reads better as text
)
"""Words that ask for names: no text about the things themselves needs to hold them."""
# Who may and what fits is asked for what it must be, not by name.
_BY_RULE = re.compile(
    r"\b(?:mag|mogen|moet|moeten|voldoe\w*|geschikt|aanmerking|eisen|voorwaarden|criteria|soorten?"
    r"|may|must|should|requirements?|eligible|suitable)\b"
    r"|\bkun\w*\b.{0,40}\b(?:meedoen|deelnemen|aansluiten|mee ?doen)\b"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    asked: re.Pattern[str]
    part: re.Pattern[str]
    words: frozenset[str]
    """All of these words: they say what a thing is, and not which."""
    plain: re.Pattern[str] | None
    people: bool
    """Whether these are groups of people."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a question wants to hear by name; ``kinds`` is empty when any name will do."""

    kinds: tuple[_Kind, ...]

    def share(self, text: str, is_common: Callable[[str], bool]) -> float:
        """How well a text names such things, 0 to 1. ``is_common`` says of a folded word that it
        stands in too many passages to be a name of one thing."""
        said = _said()
        runs = [
            (run, before)
            for run, before in names_in(text)
            if not all(w in said or is_common(w) for w in _WORD.findall(run))
        ]
        if not self.kinds:
            return _saturated(len({run for run, _ in runs}))
        of_kind = {run for run, before in runs if self._is_of_kind(run, before)}
        of_kind |= {w for kind in self.kinds if kind.plain for w in kind.plain.findall(fold(text))}
        if not of_kind:
            return 0.0
        others = {run for run, _ in runs} - of_kind
        return _saturated(len(of_kind) + _OF_OTHER_KIND * len(others))

    def _is_of_kind(self, run: str, before: str) -> bool:
        return any(k.part.search(run) or k.part.search(before) for k in self.kinds)


@lru_cache(maxsize=200)  # asked at every step of an answer
def wanted_names(question: str, asks: AnswerType) -> Names | None:
    """What ``question`` wants by name; None when it wants something else."""
    text = fold(question)
    if asks not in ("yesno", "how") and _FOR_WHOM.search(text):
        return Names(tuple(k for k in _kinds() if k.people))
    if asks in ("yesno", "how", "definition") or is_strict(asks) or _BY_RULE.search(text):
        return None
    kinds = tuple(k for k in _kinds() if k.asked.search(text))
    if kinds:
        return Names(kinds)
    return Names(()) if _WHO.search(text) else None


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def names_in(text: str) -> tuple[tuple[str, str], ...]:
    """The names in a text, folded, each with the words right before it."""
    found = []
    for run in _RUN.finditer(text):
        name, before = run.group().rstrip(".’'-/"), text[: run.start()]
        if _OPENS.search(before) and " " not in name and not _INNER.search(name):
            continue
        found.append((fold(name), fold(before[-_BEFORE:])))
    return tuple(found)


def _saturated(count: float) -> float:
    """More names are better, each by less than the one before it."""
    return count / (count + _HALF)


@cache
def _said() -> frozenset[str]:
    return frozenset().union(*(kind.words for kind in _kinds()))


@cache
def _kinds() -> tuple[_Kind, ...]:
    told = tomllib.loads((files("assistant") / _DATA).read_text(encoding="utf-8"))
    return tuple(
        _Kind(
            asked=re.compile(_WHICH.pattern.replace("@", _any(one["asked"]))),
            part=re.compile(rf"\b(?:{_any(one['part'])})\b"),
            words=frozenset(w for words in (one["asked"], one["part"]) for w in words),
            plain=re.compile(rf"\b(?:{_any(one['plain'])})\b") if "plain" in one else None,
            people=one.get("people", False),
        )
        for one in told["kind"]
    )


def _any(words: Sequence[str]) -> str:
    """One expression for any of ``words``, the longest first; a star is any end of a word."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\*", r"[\w-]*") for w in longest)
