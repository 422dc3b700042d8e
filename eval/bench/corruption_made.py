"""Makes statements from sentences: true ones in other words, and spoilt ones."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from eval.bench import corruption_words as w
from eval.bench.corruption_cases import Case, Told

_LEAST, _MOST = 6, 60
_NUMBER = re.compile(r"(?<![\w.,@/-])\d+(?:[.,]\d+)*(?![\w@/-]|[.,]\d)")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w,/-]|\.\d)")
_NAME = re.compile(
    r"(?<=[a-zé,(] )[A-Z][\w&-]*[A-Za-z](?: (?:van|de|der|voor|en|Midden|[A-Z][\w&-]+)(?= [A-Z])"
    r"| [A-Z][\w&-]+)*"
)
_VERB = re.compile(rf"\b({'|'.join(w.VERBS)})\b")
_ACCORDING = re.compile(r",? (?:volgens|in) (?:de|het) (?:\w+ )?\w+ (?:van|uit) (?:19|20)\d\d\b")
_PASSIVE = re.compile(rf"^(.{{3,60}}?) ({'|'.join(w.PASSIVES)}) ((?:de|het|een|deze) .{{3,90}})\.$")
_LIST = re.compile(r"(\b[\wé-]+(?: [\wé-]+)?), ([\wé-]+(?: [\wé-]+)?) en ([\wé-]+)\b")

Maker = Callable[[Told, Sequence[Told], random.Random], str | None]


def made_cases(told: Sequence[Told], per_kind: int = 40) -> list[Case]:
    """Up to ``per_kind`` statements of every kind in each half, always the same ones."""
    usable = [t for t in told if _LEAST <= len(t.text.split()) <= _MOST and _is_sentence(t.text)]
    counts: dict[tuple[str, str], int] = {}
    order = sorted(usable, key=lambda t: zlib.crc32(t.text.encode()))
    cases: list[Case] = []
    seen: set[str] = set()
    for each in order:
        for case in _of_sentence(each, usable):
            key = (case.kind, case.half)
            if counts.get(key, 0) < per_kind and case.statement not in seen:
                counts[key] = counts.get(key, 0) + 1
                seen.add(case.statement)
                cases.append(case)
    return cases


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and not text.endswith(":") and "|" not in text


def _of_sentence(told: Told, all_told: Sequence[Told]) -> Iterator[Case]:
    dice = random.Random(zlib.crc32(told.text.encode()))  # noqa: S311 - nothing secret
    near = [t for t in all_told if t.document_id == told.document_id and t.text != told.text]
    for makers, carried in ((TRUE, True), (SPOILT, False)):
        for kind, maker in makers.items():
            made = maker(told, near, dice)
            if made is not None and made != told.text:
                yield Case(kind, carried, made, (told.text,), told.context, told.half)
    yield Case("verbatim", True, told.text, (told.text,), told.context, told.half)
    beside = [t for t in near if t.section == told.section]
    if beside:
        yield from _of_two(told, dice.choice(beside))


def _of_two(one: Told, other: Told) -> Iterator[Case]:
    quotes, context = (one.text, other.text), one.context
    joined = f"{one.text.rstrip('.!?')}, en {_lower(other.text)}"
    yield Case("two sentences", True, joined, quotes, context, one.half)
    yield Case("wrong citation", False, other.text, (one.text,), context, one.half)
    first, second = _split(one.text), _split(other.text)
    if first and second and first[0].lower() != second[0].lower():
        mixed = f"{first[0]} {second[1]}"
        # "De student" and "Studenten" are one subject: nothing would be false.
        if not _same_subject(first[0], second[0]) and mixed not in joined:
            yield Case("merged", False, mixed, quotes, context, one.half)


def _split(text: str) -> tuple[str, str] | None:
    """Subject and predicate, where a sentence begins with its subject."""
    found = _VERB.search(text)
    if found is None or not 1 <= len(text[: found.start()].split()) <= w.LONGEST_SUBJECT:
        return None
    subject = text[: found.start()].strip()
    if subject.split()[0].lower() in w.NO_SUBJECT or "," in subject:
        return None
    return subject, text[found.start() :]


def _same_subject(one: str, other: str) -> bool:
    first, second = ({x[:6].lower() for x in re.findall(r"\w{4,}", s)} for s in (one, other))
    return bool(first & second) or not first or not second


def _lower(text: str) -> str:
    first = text.split()[0]
    return text if first not in w.LOWERED else text[0].lower() + text[1:]


def _replace_one(text: str, table: dict[str, str], dice: random.Random) -> str | None:
    found = [m for m in re.finditer(r"[\wé]+(?:-\w+)*", text) if m.group().lower() in table]
    if not found:
        return None
    chosen = dice.choice(found)
    new = table[chosen.group().lower()]
    new = new.capitalize() if chosen.group()[0].isupper() else new
    return text[: chosen.start()] + new + text[chosen.end() :]


# --- true ------------------------------------------------------------------------------------


def _shortened(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    text = _ACCORDING.sub("", told.text, count=1)
    if text != told.text:
        return text[0].upper() + text[1:]
    text = re.sub(r" \([^)]*\)", "", told.text, count=1)
    if text != told.text:
        return text
    for mark in ("; ", ", want ", ", omdat ", ", zodat "):
        head = told.text.split(mark)[0]
        if head != told.text and len(head.split()) >= _LEAST:
            return f"{head}."
    return None


def _reordered(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    if "; " in told.text:
        one, other = told.text.rstrip(".").split("; ", 1)
        if len(one.split()) >= 4 and len(other.split()) >= 4:
            return f"{other[0].upper()}{other[1:]}; {_lower(one)}."
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
    made = _replace_one(told.text, w.AS_DIGITS, dice)
    return None if made is None or re.search(r"\d derde", made) else made


def _passive(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    found = _PASSIVE.match(_ACCORDING.sub("", told.text, count=1))
    if not found or "," in found[3] or found[1].split()[0].lower() in w.NO_SUBJECT:
        return None
    subject, verb, thing = found.groups()
    verb_form = "worden" if re.match(r"(de|deze) \w+en\b", thing) else "wordt"
    agent = _lower(subject)
    return f"{thing[0].upper()}{thing[1:]} {verb_form} door {agent} {w.PASSIVES[verb]}."


def _framed(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return f"{dice.choice(w.FRAMES)} {_lower(told.text)}"


# --- spoilt ----------------------------------------------------------------------------------


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
    made = _replace_one(told.text, w.OTHER_NUMBERS, dice)
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
        return _replace_one(told.text, w.OTHER_MONTHS, dice)
    chosen, held = dice.choice(found), {m.group() for m in found}
    new = next(y for y in w.OTHER_YEARS if y not in held)
    return told.text[: chosen.start()] + new + told.text[chosen.end() :]


def _unit(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return _replace_one(told.text, w.OTHER_UNITS, dice)


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
    parts = _split(told.text)
    if parts is None:
        return None
    subject, rest = parts
    made = _replace_one(subject, w.OTHER_ROLES, dice)
    if made is None or re.search(r"\b(of|en)\b", subject):
        return None
    return f"{made} {rest}"


def _swapped_roles(told: Told, _near: Sequence[Told], _dice: random.Random) -> str | None:
    """Who does it and to whom it is done changed places."""
    parts = _split(told.text)
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
    found = _VERB.search(told.text)
    if found is None:
        return None
    return f"{told.text[: found.end()]} niet{told.text[found.end() :]}"


def _modality(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return _replace_one(told.text, w.OTHER_MODALITIES, dice)


def _direction(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return _replace_one(told.text, w.OPPOSITES, dice)


def _added(told: Told, _near: Sequence[Told], dice: random.Random) -> str | None:
    return told.text.rstrip(".!? ") + dice.choice(w.ADDITIONS) + "."


TRUE: dict[str, Maker] = {
    "shortened": _shortened,
    "reordered": _reordered,
    "synonyms": _synonym,
    "digits": _digits,
    "passive": _passive,
    "framed": _framed,
}
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
