"""What several ways of changing a sentence have in common."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from eval.bench import corruption_words as w
from eval.bench.corruption_cases import Told

LEAST = 6
"""Words of the shortest sentence that is used or made."""
VERB = re.compile(rf"\b({'|'.join(w.VERBS)})\b")

Maker = Callable[[Told, Sequence[Told], random.Random], str | None]
"""Makes another text of a sentence, with the others of its document at hand; None where the
sentence does not lend itself to it."""


def subject_and_rest(text: str) -> tuple[str, str] | None:
    """Subject and predicate, where a sentence begins with its subject."""
    found = VERB.search(text)
    if found is None or not 1 <= len(text[: found.start()].split()) <= w.LONGEST_SUBJECT:
        return None
    subject = text[: found.start()].strip()
    if subject.split()[0].lower() in w.NO_SUBJECT or "," in subject:
        return None
    return subject, text[found.start() :]


def inside(text: str) -> str:
    """As it is written inside a sentence: "De" becomes "de", a name stays as it is."""
    first = text.split()[0]
    return text if first not in w.LOWERED else text[0].lower() + text[1:]


def replace_one(text: str, table: dict[str, str], dice: random.Random) -> str | None:
    """``text`` with one of the words of ``table`` in another's place; None when it has none."""
    found = [m for m in re.finditer(r"[\wé]+(?:-\w+)*", text) if m.group().lower() in table]
    if not found:
        return None
    chosen = dice.choice(found)
    new = table[chosen.group().lower()]
    new = new.capitalize() if chosen.group()[0].isupper() else new
    return text[: chosen.start()] + new + text[chosen.end() :]
