"""Names of people, organisations and schemes, and addresses, in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from assistant.support.quantities import CALENDAR
from assistant.support.words import Word
from corpus.dutch import fold

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+\w")
PHONE = re.compile(r"(?<![\d.,])\+?\(?\d[\d\s()/-]{6,}\d(?![\d.,]*\d)")
_DIGITS_OF_PHONE = 8
_ACRONYM = re.compile(r"[A-Z]{2,}|[A-Z]&[A-Z]|[a-z][A-Z]")
_JOINTS = re.compile(r"[-/’'&.]")
# What English writes with a capital and Dutch does not, or says in words of its own.
_ENGLISH_CAPITALS = frozenset(
    """i i'm dutch english netherlands ministry ministries university universities applied sciences
    board advisory council association associate degree bachelor bachelors parliament house
    representatives programme program route routes ad guide brochure magazine economic affairs
    climate policy education culture science social employment platform foundation college
    chair chairman chairperson director director-general general steering committee report
    baseline study smes sme company companies secretary state civil engineering construction
    logistics maritime engineering automation robotics industrial metal technology part-time
    mobility expert business""".split()  # noqa: SIM905
)


def names_in(
    words: Sequence[Word], is_common: Callable[[str], bool], *, english: bool = False
) -> list[Word]:
    """Words that are (part of) a name: capitals in the middle of a sentence, abbreviations, and
    the first word of a sentence when the next one has a capital as well and it is no common word.
    ``is_common`` tells that of a folded word."""
    found = []
    for place, word in enumerate(words):
        if not _is_capital(word) or word.folded in CALENDAR:
            continue
        if english and word.folded in _ENGLISH_CAPITALS:
            continue
        follows = words[place + 1] if place + 1 < len(words) else None
        heads = follows is not None and not follows.before and _is_capital(follows)
        heads = heads and not is_common(word.folded)
        if not word.opens or heads or _ACRONYM.search(word.text):
            found.append(word)
    return found


def missing_name(
    words: Sequence[Word],
    held: Set[str],
    is_common: Callable[[str], bool],
    *,
    english: bool = False,
) -> str | None:
    """The first name that is not among the folded words and parts of words in ``held``."""
    for word in names_in(words, is_common, english=english):
        pieces = [p for p in _JOINTS.split(word.text) if p]
        capital = [fold(p) for p in pieces if p[:1].isupper()] or [word.folded]
        if english:
            capital = [p for p in capital if p not in _ENGLISH_CAPITALS]
        if word.folded not in held and not all(_is_held(p, held) for p in capital):
            return word.text
    return None


def held_words(words: Sequence[Word]) -> set[str]:
    """Folded words of a text with the parts of those that are joined by a mark."""
    found: set[str] = set()
    for word in words:
        found.add(word.folded)
        found.update(p for p in _JOINTS.split(word.folded) if p)
    return found


def missing_address(text: str, quotes: Sequence[str]) -> str | None:
    """The first e-mail address, web address or telephone number that no quote holds."""
    held = fold(" ".join(quotes))
    for address in ADDRESS.findall(text):
        if not re.search(rf"(?<![\w.@-]){re.escape(fold(address))}(?![\w@-])", held):
            return str(address)
    numbers = re.sub(r"\D", "", held)
    for phone in PHONE.findall(text):
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= _DIGITS_OF_PHONE and digits not in numbers:
            return str(phone).strip()
    return None


def _is_capital(word: Word) -> bool:
    return word.text[:1].isupper() or bool(_ACRONYM.search(word.text))


def _is_held(piece: str, held: Set[str]) -> bool:
    return piece in held or piece.removesuffix("s") in held or f"{piece}s" in held
