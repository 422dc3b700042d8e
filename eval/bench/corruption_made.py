"""Makes statements from sentences: true ones in other words, and spoilt ones."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence

from eval.bench.corruption_cases import Case, Told
from eval.bench.corruption_sentence import LEAST, inside, subject_and_rest
from eval.bench.corruption_spoilt import SPOILT
from eval.bench.corruption_true import TRUE

_MOST = 60


def made_cases(told: Sequence[Told], per_kind: int = 40) -> list[Case]:
    """Up to ``per_kind`` statements of every kind in each half, always the same ones."""
    usable = [t for t in told if LEAST <= len(t.text.split()) <= _MOST and _is_sentence(t.text)]
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
    joined = f"{one.text.rstrip('.!?')}, en {inside(other.text)}"
    yield Case("two sentences", True, joined, quotes, context, one.half)
    yield Case("wrong citation", False, other.text, (one.text,), context, one.half)
    first, second = subject_and_rest(one.text), subject_and_rest(other.text)
    if first and second and first[0].lower() != second[0].lower():
        mixed = f"{first[0]} {second[1]}"
        # "De student" and "Studenten" are one subject: nothing would be false.
        if not _same_subject(first[0], second[0]) and mixed not in joined:
            yield Case("merged", False, mixed, quotes, context, one.half)


def _same_subject(one: str, other: str) -> bool:
    first, second = ({x[:6].lower() for x in re.findall(r"\w{4,}", s)} for s in (one, other))
    return bool(first & second) or not first or not second
