"""Questions that ask for one side of things: "nadelen", "waarom stoppen", "wie mag niet".

What stands nearest to such a question is often the very opposite: by meaning and by words, why
companies take part is near to why they stop. ``opposites.toml`` has the words of either side.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from corpus.dutch import fold
from corpus.types import AnswerType

Speaks = Literal["asked", "opposite", "neither"]

_DATA = "opposites.toml"
_NOT = re.compile(
    r"\b(?:niet|geen|nooit|zonder|onvoldoende|gebrek|weinig|minder|minst|not|no|never|without)\b"
)
_CLAUSE = re.compile(r"[,;:.!?()]|\b(?:maar|terwijl|but|while)\b")
# Under a condition the opposite is what is put, not what is asked: "Wat als hij wil stoppen?"
_CONDITION = re.compile(r"\b(?:als|stel|wanneer|indien|if|unless|tenzij|mits)\b")


@dataclass(frozen=True, slots=True)
class OneSide:
    """A side that questions ask for, and the words by which a text is seen to speak of it."""

    ask: re.Pattern[str]
    holds: re.Pattern[str]
    other: re.Pattern[str]

    def of(self, text: str) -> Speaks:
        """Which side a text speaks of; both of them count as the one that is asked."""
        found: Speaks = "neither"
        for clause in _CLAUSE.split(fold(text)):
            other = self.other.search(clause) is not None
            if self.holds.search(clause) or (other and _NOT.search(clause)):
                return "asked"
            if other:
                found = "opposite"
        return found


@lru_cache(maxsize=200)  # asked at every step of an answer
def asked_side(question: str, asks: AnswerType) -> OneSide | None:
    """The side that ``question`` asks for, where it asks for one and not for a yes or a no."""
    text = fold(question)
    if asks == "yesno" or _CONDITION.search(text):
        return None
    return next((side for side in _sides() if side.ask.search(text)), None)


@cache
def _sides() -> tuple[OneSide, ...]:
    told = tomllib.loads((files("assistant") / _DATA).read_text(encoding="utf-8"))
    return tuple(
        OneSide(_any(side["ask"]), _any(side["holds"]), _any(side["other"]))
        for side in told["side"]
    )


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(_pattern, words))})\b")


def _pattern(word: str) -> str:
    ends = re.escape(fold(word)).replace(r"\*", r"\w*")
    return ends.replace(r"\ \.\.\.\ ", r" (?:\S+ ){0,5}?")
