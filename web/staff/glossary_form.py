"""A line of the glossary as it stands in a form: words under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from corpus.errors import BadInputError
from corpus.glossary_lines import Line, LineKind
from web.staff.picking import lines_of

KINDS: dict[LineKind, str] = {
    "say": "Wie dit zegt, vindt ook iets anders",
    "same": "Deze woorden betekenen hetzelfde",
    "abbreviation": "Afkorting",
    "english": "Engelse woorden",
}
"""What a line does, by its kind."""
BRIEF: dict[LineKind, str] = {
    "say": "vindt ook",
    "same": "hetzelfde",
    "abbreviation": "afkorting",
    "english": "Engels",
}
SHOWN = 50
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form."""

    place: int | None
    """Of the line that is edited; None for a new one."""
    seen: str
    """The release of the glossary that the form was made from."""
    kind: LineKind
    said: str
    means: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its place in the file."""

    place: int
    line: Line


def read_kind(value: str) -> LineKind:
    """The kind of an address or a form; ``say`` when it is none."""
    return cast(LineKind, value) if value in get_args(LineKind) else "say"


def read_form(given: Given) -> Line:
    """The line that a form means. Raises BadInputError when something is missing."""
    said, means = lines_of(given.said), lines_of(given.means)
    if not said:
        raise BadInputError("Schrijf bij ‘Wat mensen zeggen’ ten minste één woord.")
    if given.kind == "same":
        if means:
            raise BadInputError(
                "Bij woorden die hetzelfde betekenen blijft ‘Waar we naar zoeken’ leeg. "
                "Zet alle woorden bij elkaar."
            )
    elif not means:
        raise BadInputError("Schrijf bij ‘Waar we naar zoeken’ ten minste één woord.")
    if given.kind == "abbreviation" and len(said) > 1:
        raise BadInputError(f"Een afkorting is één woord; hier staan er {len(said)}. Kies er een.")
    for word in (*said, *means):
        _check(word, given.kind)
    return Line(given.kind, tuple(said), tuple(means))


def find_lines(lines: Sequence[Line], words: str, kind: str) -> list[Placed]:
    """The lines of a kind (all when it is empty) that hold every one of ``words``."""
    wanted = words.casefold().split()
    return [
        Placed(place, line)
        for place, line in enumerate(lines)
        if (not kind or line.kind == kind) and all(w in _held(line) for w in wanted)
    ]


# --- steps -----------------------------------------------------------------------------------


def _held(line: Line) -> str:
    return "\n".join((*line.said, *line.means)).casefold()


def _check(word: str, kind: LineKind) -> None:
    if len(word) > _LONGEST or not word.isprintable():
        raise BadInputError(
            f"‘{word[:_LONGEST]}’ is te lang of bevat vreemde tekens. "
            f"Neem hoogstens {_LONGEST} gewone tekens per regel."
        )
    if kind == "english" and "," in word:
        raise BadInputError(f"‘{word}’ heeft een komma. Zet elk Engels woord op een eigen regel.")
