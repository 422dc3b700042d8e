"""Says a sentence in other words, so that it stays true."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from eval.bench import corruption_words as w
from eval.bench.corruption_cases import Told
from eval.bench.corruption_sentence import LEAST, Maker, inside, replace_one

_ACCORDING = re.compile(r",? (?:volgens|in) (?:de|het) (?:\w+ )?\w+ (?:van|uit) (?:19|20)\d\d\b")
_PASSIVE = re.compile(rf"^(.{{3,60}}?) ({'|'.join(w.PASSIVES)}) ((?:de|het|een|deze) .{{3,90}})\.$")
_LIST = re.compile(r"(\b[\wé-]+(?: [\wé-]+)?), ([\wé-]+(?: [\wé-]+)?) en ([\wé-]+)\b")


def _shortened(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    text = _ACCORDING.sub("", told.text, count=1)
    if text != told.text:
        return text[0].upper() + text[1:]
    text = re.sub(r" \([^)]*\)", "", told.text, count=1)
    if text != told.text:
        return text
    for mark in ("; ", ", want ", ", omdat ", ", zodat "):
        head = told.text.split(mark)[0]
        if head != told.text and len(head.split()) >= LEAST:
            return f"{head}."
    return None


def _reordered(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    if "; " in told.text:
        one, other = told.text.rstrip(".").split("; ", 1)
        if len(one.split()) >= 4 and len(other.split()) >= 4:
            return f"{other[0].upper()}{other[1:]}; {inside(one)}."
    found = _LIST.search(told.text)
    if found and not any(part.lower() in w.NO_LIST_ITEM for part in found.groups()):
        one, two, three = found.groups()
        if not {x.split()[0].lower() for x in (one, two)} & w.NO_LIST_ITEM and " " not in one:
            start, end = found.span()
            return f"{told.text[:start]}{two}, {one} en {three}{told.text[end:]}"
    return None


def _synonym(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    text, count = told.text, 0
    for word, other in w.SYNONYMS.items():
        text, n = re.subn(rf"(?<![\w-]){word}(?![\w-])", other, text, count=1)
        count += n
    return text if count else None


def _digits(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    made = replace_one(told.text, w.AS_DIGITS, dice)
    return None if made is None or re.search(r"\d derde", made) else made


def _passive(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    found = _PASSIVE.match(_ACCORDING.sub("", told.text, count=1))
    if not found or "," in found[3] or found[1].split()[0].lower() in w.NO_SUBJECT:
        return None
    subject, verb, thing = found.groups()
    verb_form = "worden" if re.match(r"(de|deze) \w+en\b", thing) else "wordt"
    agent = inside(subject)
    return f"{thing[0].upper()}{thing[1:]} {verb_form} door {agent} {w.PASSIVES[verb]}."


def _framed(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return f"{dice.choice(w.FRAMES)} {inside(told.text)}"


TRUE: dict[str, Maker] = {
    "shortened": _shortened,
    "reordered": _reordered,
    "synonyms": _synonym,
    "digits": _digits,
    "passive": _passive,
    "framed": _framed,
}
