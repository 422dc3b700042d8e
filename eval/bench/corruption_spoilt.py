"""Spoils a sentence, so that it says what its document does not say."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import pairwise

from eval.bench import corruption_words as w
from eval.bench.corruption_cases import Told
from eval.bench.corruption_sentence import VERB, Maker, replace_one, subject_and_rest

_NUMBER = re.compile(r"(?<![\w.,@/-])\d+(?:[.,]\d+)*(?![\w@/-]|[.,]\d)")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w,/-]|\.\d)")
_NAME = re.compile(
    r"(?<=[a-zé,(] )[A-Z][\w&-]*[A-Za-z](?: (?:van|de|der|voor|en|Midden|[A-Z][\w&-]+)(?= [A-Z])"
    r"| [A-Z][\w&-]+)*"
)


def _number(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    found = [m for m in _NUMBER.finditer(told.text) if not _YEAR.fullmatch(m.group())]
    if not found:
        return None
    chosen = dice.choice(found)
    old = chosen.group()
    held = {m.group() for m in found}
    if not old.isdigit():
        new = old[:-1] + str((int(old[-1]) + 3) % 10)
    else:
        new = str(int(old) + dice.choice([1, 2, 5, 10]))
    return None if new in held else told.text[: chosen.start()] + new + told.text[chosen.end() :]


def _number_word(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    made = replace_one(told.text, w.OTHER_NUMBERS, dice)
    words = set(re.findall(r"\w+", told.text.lower()))
    if made is None or set(re.findall(r"\w+", made.lower())) <= words:
        return None
    return made


def _swapped_numbers(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    found = [m for m in _NUMBER.finditer(told.text) if not _YEAR.fullmatch(m.group())]
    if len(found) < 2 or found[0].group() == found[1].group():
        return None
    between = told.text[found[0].end() : found[1].start()].strip()
    if between in w.RANGE_WORDS:
        return None
    return _exchange(told.text, found[0].span(), found[1].span())


def _exchange(text: str, one: tuple[int, int], other: tuple[int, int]) -> str:
    (a, b), (c, d) = one, other
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _date(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    found = list(_YEAR.finditer(told.text))
    if not found:
        return replace_one(told.text, w.OTHER_MONTHS, dice)
    chosen, held = dice.choice(found), {m.group() for m in found}
    new = next(y for y in w.OTHER_YEARS if y not in held)
    return told.text[: chosen.start()] + new + told.text[chosen.end() :]


def _unit(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return replace_one(told.text, w.OTHER_UNITS, dice)


def _name(told: Told, near: Sequence[Told], dice: random.Random) -> str | None:
    found = _names(told.text)
    others = sorted({m.group() for t in near for m in _names(t.text)})
    others = [o for o in others if o not in told.text and o.split()[0] not in told.text]
    if not found or not others:
        return None
    chosen = dice.choice(found)
    return told.text[: chosen.start()] + dice.choice(others) + told.text[chosen.end() :]


def _names(text: str) -> list[re.Match[str]]:
    """Names in the middle of a sentence; "Mkb" and "hbo" name no one."""
    return [m for m in _NAME.finditer(text) if not re.match(r"(?i)(mkb|hbo|mbo)\b", m.group())]


def _swapped_names(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    found = _names(told.text)
    for one, other in pairwise(found):
        between = told.text[one.end() : other.start()]
        # In a list the order says nothing.
        if len(re.findall(r"\w+", between)) >= 2 and not re.search(r",| en | met | of ", between):
            return _exchange(told.text, one.span(), other.span())
    return None


def _role(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    """Another actor in the place of the subject."""
    parts = subject_and_rest(told.text)
    if parts is None:
        return None
    subject, rest = parts
    made = replace_one(subject, w.OTHER_ROLES, dice)
    if made is None or re.search(r"\b(of|en)\b", subject):
        return None
    return f"{made} {rest}"


def _swapped_roles(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    """Who does it and to whom it is done changed places."""
    parts = subject_and_rest(told.text)
    if parts is None:
        return None
    subject, rest = parts
    acts = re.search(rf"\b({'|'.join(w.ROLES)})\b", subject)
    others = [
        m for m in re.finditer(rf"\b({'|'.join(w.ROLES)})\b", rest) if m.group() != (acts or m)[0]
    ]
    if acts is None or not others or len(subject.split()) > 3:
        return None
    other = others[0]
    rest = rest[: other.start()] + acts.group().lower() + rest[other.end() :]
    return f"{subject[: acts.start()]}{other.group()}{subject[acts.end() :]} {rest}"


def _negated(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    if re.search(r"\b(niet|geen|nooit|zonder|niemand)\b", told.text):
        made = re.sub(r"\bgeen\b", "een", told.text, count=1)
        if made == told.text:
            made = re.sub(r" niet(?! alleen)\b", "", told.text, count=1)
        if made == told.text:
            made = re.sub(r"\bzonder\b", "met", told.text, count=1)
        return made if made != told.text else None
    made = re.sub(r"(?<= )een (?=\w+)", "geen ", told.text, count=1)
    if made != told.text and dice.random() < w.EVEN:
        return made
    found = VERB.search(told.text)
    if found is None:
        return None
    return f"{told.text[: found.end()]} niet{told.text[found.end() :]}"


def _modality(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return replace_one(told.text, w.OTHER_MODALITIES, dice)


def _direction(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return replace_one(told.text, w.OPPOSITES, dice)


def _added(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return told.text.rstrip(".!? ") + dice.choice(w.ADDITIONS) + "."


SPOILT: dict[str, Maker] = {
    "number": _number,
    "number word": _number_word,
    "swapped numbers": _swapped_numbers,
    "date": _date,
    "unit": _unit,
    "name": _name,
    "swapped names": _swapped_names,
    "attribution": _role,
    "swapped roles": _swapped_roles,
    "negation": _negated,
    "modality": _modality,
    "direction": _direction,
    "addition": _added,
}
