"""What a sentence must say to answer a question of a certain form: `answer_shapes.toml` has them.

"Hoe lang duurt het?" wants a length of time, "moet dat?" a sentence about what must be. How often
such a sentence stands near the words of a question is no measure for that: a sentence with "per
week" may hold them all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from corpus.dutch import fold
from corpus.types import Passage, Sentence

_DATA = "answer_shapes.toml"


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of question, and what answers it."""

    asked: re.Pattern[str] | None
    """None when it counts for every question."""
    unless: re.Pattern[str] | None
    says: Callable[[str], bool]
    """Whether a sentence says what answers it."""
    lead: Callable[[str], bool] | None
    """Whether a heading, or the line that introduces a list, does; None when none can."""
    points: float
    alone: bool
    """Whether it counts for a sentence that has no word of the question, too."""
    only_asks: frozenset[str]
    bit: int
    """Its place in what `forms_in` gives; 0 when it does not count for every question."""

    def is_asked(self, folded: str) -> bool:
        """Whether a folded question has this form."""
        if self.asked is not None and not self.asked.search(folded):
            return False
        return self.unless is None or not self.unless.search(folded)


def shapes_of(question: str) -> tuple[Shape, ...]:
    """The forms that ``question`` has; most have none but those that count for every one."""
    return _shapes_of(fold(question))


def forms_in(text: str) -> int:
    """Which of the forms that count for every question a sentence has, a bit for each."""
    return sum(shape.bit for shape in _shapes() if shape.bit and shape.says(text))


def shape_points(
    shapes: Sequence[Shape], sentence: Sentence, passage: Passage, coverage: float, forms: int
) -> float:
    """Points for a sentence of ``passage`` that holds ``coverage`` (0 to 1) of the words asked;
    ``forms`` is what `forms_in` gives for its text."""
    points = 0.0
    for shape in shapes:
        says = forms & shape.bit if shape.bit else shape.says(sentence.text)
        if says or (shape.lead is not None and shape.lead(_around(sentence, passage))):
            points += shape.points * (1.0 if shape.alone else coverage)
    return points


def is_of_form(shapes: Sequence[Shape], passage: Passage) -> bool:
    """Whether the heading of a passage, or what introduces its list, is of a form asked for."""
    leads = [s.text for s in passage.sentences if s.kind == "lead"]
    around = "\n".join((*passage.section[-1:], passage.lead, *leads))
    return any(s.lead is not None and s.points > 0 and s.lead(around) for s in shapes)


@lru_cache(maxsize=200)  # asked of every word of a question
def words_of_form(question: str) -> frozenset[str]:
    """The words of ``question`` that belong to its form alone, folded: no sentence needs to hold
    "bedoeld" to say for whom something is."""
    found = (shape.only_asks for shape in shapes_of(question) if shape.asked is not None)
    return frozenset().union(*found)


# --- steps -----------------------------------------------------------------------------------


def _around(sentence: Sentence, passage: Passage) -> str:
    """The innermost heading, and the line that introduces the list of a sentence."""
    lead = ""
    if sentence.lead is not None:
        start, end = (at - passage.start for at in sentence.lead)
        lead = passage.text[max(0, start) : max(0, end)] or passage.lead
    return "\n".join((*passage.section[-1:], lead))


@lru_cache(maxsize=200)  # asked of every sentence of a question
def _shapes_of(folded: str) -> tuple[Shape, ...]:
    return tuple(shape for shape in _shapes() if shape.is_asked(folded))


@cache
def _shapes() -> tuple[Shape, ...]:
    told = tomllib.loads((files("assistant") / _DATA).read_text(encoding="utf-8"))
    return tuple(_read(one, 1 << place) for place, one in enumerate(told["shape"]))


def _read(one: Mapping[str, Any], bit: int) -> Shape:
    return Shape(
        asked=_any(one.get("asked")),
        unless=_any(one.get("unless")),
        says=_finder(one["says"]),
        lead=_finder(one["lead"]) if "lead" in one else None,
        points=float(one["points"]),
        alone=bool(one.get("alone", False)),
        only_asks=frozenset(one.get("only_asks", ())),
        bit=0 if "asked" in one else bit,
    )


def _any(patterns: Sequence[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def _finder(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a text has one of ``patterns``. What was read is kept: the same sentences come by
    with every question about their subject, and a pattern as part of the key would cost more."""
    pattern = re.compile("|".join(patterns))
    return lru_cache(maxsize=4_000)(lambda text: pattern.search(fold(text)) is not None)
