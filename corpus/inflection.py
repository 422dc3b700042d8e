"""The forms in which people write a word, good enough to recognise it in a question.

Too many forms do no harm: one that nobody writes is never met. The rules are the common ones of
Dutch and English spelling (open and closed syllables, a doubled consonant, a dropped e).
"""

from __future__ import annotations

import re

_VOWELS = "aeiou"
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_NO_GE = ("be", "ge", "her", "ont", "ver")
_LONG = frozenset({"aa", "ee", "oo", "uu"})
_ENGLISH_SHORT = re.compile(r"(?:qu|[^aeiou])[aeiou][bdfgklmnprt]$")
_SHORT = re.compile(r"(?:^|[^aeiou])([aeou])[bcdfghjklmnpqrstvwxz]$")


def dutch_forms(word: str) -> tuple[str, ...]:
    """A folded word with the forms whose stem may be another: plural or singular, past, participle.

    Forms that the stemmer brings back to one of these ("werkt" to "werk") are left out.
    """
    if word.endswith("en") and len(word) > 4:
        closed = _closed(word[:-2])
        forms = [word, closed, closed + "t", closed + "de", *participles(word)]
    elif word[-1] in "aeiouy":
        forms = [word, word + "s"]
    else:
        forms = [word, *(root + "en" for root in _opened(word))]
    return tuple(dict.fromkeys(forms))


def participles(verb: str, prefix: str = "") -> tuple[str, ...]:
    """Regular participles of an infinitive; ``prefix`` is the loose part of a separable verb."""
    root = _closed(verb.removesuffix("en"))
    ge = "" if verb.startswith(_NO_GE) else "ge"
    ends = ("",) if root.endswith(("t", "d")) else ("t", "d")
    return tuple(f"{prefix}{ge}{root}{end}" for end in ends)


def english_forms(word: str) -> tuple[str, ...]:
    """A lower-case word with its plural and its regular verb forms."""
    if len(word) < 3 or not word.isalpha():
        return (word,)
    if word.endswith("e"):
        ends = [word + "s", word + "d", word[:-1] + "ing"]
    elif word.endswith("y") and word[-2] not in _VOWELS:
        ends = [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    elif word.endswith(("s", "x", "ch", "sh")):
        ends = [word + "es", word + "ed", word + "ing"]
    else:
        ends = [word + "s", word + "ed", word + "ing"]
        if _ENGLISH_SHORT.search(word):
            ends += [word + word[-1] + "ed", word + word[-1] + "ing"]
    return (word, *ends)


def plain(stem: str) -> str:
    """A stem without what Dutch spelling does at its end: "stopp" and "stop" become one, and
    "haak" and "hak"."""
    if stem[-2:-1] == stem[-1:] and stem[-1:] in _CONSONANTS:
        stem = stem[:-1]
    if stem[-3:-1] in _LONG and stem[-1] in _CONSONANTS:
        stem = stem[:-2] + stem[-1]
    return stem


def _closed(root: str) -> str:
    """The root as it is spelled at the end of a word: stopp -> stop, hak -> haak, werv -> werf."""
    short = _SHORT.search(root)
    if root[-2:-1] == root[-1:]:
        root = root[:-1]
    elif short and (short[1] != "e" or not any(v in root[: short.start(1)] for v in _VOWELS)):
        root = root[: short.start(1)] + short[1] + root[short.start(1) :]
    return root[:-1] + {"v": "f", "z": "s"}.get(root[-1:], root[-1:])


def _opened(word: str) -> tuple[str, ...]:
    """The root as it is spelled before -en or -e: baan -> ban, klas -> klass, brief -> briev."""
    short = plain(word)
    softened = short[:-1] + {"f": "v", "s": "z"}.get(short[-1], short[-1])
    if short != word:
        return tuple(dict.fromkeys((short, softened)))
    doubled = word + word[-1] if _SHORT.search(word) else word
    return tuple(dict.fromkeys((word, softened, doubled)))
