"""Sharp checks on two editions side by side: what an average over many questions hides.

A change in the order of what is found is left to the averages. What is sharp is a change in what
the documents say: a fact that has lost its sentence, a place with the answer that is gone, a
number that became another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from corpus.dutch import fold
from corpus.types import Version
from eval.evaluation import Evaluation, Place, Result
from eval.gold import letters_of, searched
from eval.questions import Fact, Question, QuestionSet

_LIKE = 0.8
"""Likeness (0 to 1) from which two texts are one text that was edited."""
_AROUND = 6
"""Words shown on each side of a difference."""
_NUMERAL = re.compile(
    r"\d+(?:[.,:]\d+)*|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien"
    r"|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig|dertig|veertig|vijftig"
    r"|zestig|zeventig|tachtig|negentig|honderd|duizend|miljoen|helft|kwart|driekwart|half"
    r"|halve|anderhalf|anderhalve|dubbele?)\b"
)


def find_lost_facts(
    before: Evaluation,
    after: Evaluation,
    question_set: QuestionSet,
    versions: Mapping[str, Version],
) -> Iterator[tuple[str, str]]:
    """(fact, question id) for vital facts that an answer no longer says, when the sentence that
    said it stands in no document of the edition any more.

    ``versions`` is what the edition of ``after`` holds, by document id.
    """
    questions = {q.id: q for q in question_set.questions}
    said_now = {r.id: r for r in after.results}
    standing = _sentences(versions.values())
    for result in before.results:
        now = said_now.get(result.id)
        if now is None or result.id not in questions:
            continue
        for name in result.facts_said:
            fact = _fact(questions[result.id], name)
            if name not in now.facts_said and not _stands(_carriers(result, fact), standing):
                yield name, result.id


def find_lost_gold(
    before: Evaluation,
    after: Evaluation,
    versions: Mapping[str, Version],
    on_purpose: Collection[str],
) -> Iterator[tuple[Place, str]]:
    """(place, question id) for places with the answer that are gone from a document.

    A place that was only reworded, with the same numbers, is not gone. Documents taken out
    ``on_purpose`` take their places along. Nor is it a loss when the question has another place
    left and its answer is no worse.
    """
    now = {r.id: r for r in after.results}
    for result in before.results:
        later = now.get(result.id)
        if later is None or _as_good(result, later):
            continue
        for place in _gone(result, later):
            version = versions.get(place.document_id)
            reworded = version is not None and _reworded(place.quote or "", version)
            if place.document_id not in on_purpose and not reworded:
                yield place, result.id


def find_changed_numbers(old: Version, new: Version) -> list[tuple[str, str]]:
    """(sentence before, sentence after) that say the same with another number."""
    before, after = _spoken(old), _spoken(new)
    left = [s for key, s in before.items() if key not in after]
    come = [s for key, s in after.items() if key not in before]
    changed = []
    for sentence in left:
        twin = _most_like(sentence, come)
        if twin is not None and numerals(sentence) != numerals(twin):
            changed.append((sentence, twin))
    return changed


def numerals(text: str) -> list[str]:
    """Numbers in a text in rising order, in digits and in words. "Een" is left out: it is an
    article far more often."""
    return sorted(_NUMERAL.findall(fold(text)))


def difference_in(before: str, after: str) -> tuple[str, str]:
    """The part of two sentences where they differ, with some words around it."""
    old, new = before.split(), after.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [b for b in blocks if b[0] != "equal"]
    if not changed:
        return before, after
    first, last = changed[0], changed[-1]
    return _cut(old, first[1], last[2]), _cut(new, first[3], last[4])


# --- steps -----------------------------------------------------------------------------------


def _fact(question: Question, name: str) -> Fact:
    return next(f for f in question.facts if f.any[0] == name)


def _carriers(result: Result, fact: Fact) -> list[str]:
    """The quotes that say a fact; all of them when no single one does."""
    quotes = [letters_of(c.quote) for c in result.cited if c.quote]
    wordings = [letters_of(wording) for wording in fact.any]
    return [q for q in quotes if any(w in q for w in wordings)] or quotes


def _stands(quotes: Sequence[str], standing: Collection[str]) -> bool:
    return any(quote in standing for quote in quotes)


def _sentences(versions: Iterable[Version]) -> frozenset[str]:
    return frozenset(letters_of(s.text) for v in versions for p in searched(v) for s in p.sentences)


def _gone(before: Result, after: Result) -> list[Place]:
    held = {(p.document_id, p.quote_hash) for p in after.gold if p.passages}
    return [p for p in before.gold if p.passages and (p.document_id, p.quote_hash) not in held]


def _as_good(before: Result, after: Result) -> bool:
    """Whether another place is left and the answer did not suffer."""
    left = any(p.passages for p in after.gold)
    return left and after.figures["quality"] >= before.figures["quality"]


def _reworded(quote: str, version: Version) -> bool:
    words = quote.split()
    for passage in searched(version):
        spoken = passage.text.split()
        for at in range(max(1, len(spoken) - len(words) + 1)):
            window = " ".join(spoken[at : at + len(words)])
            if _like(quote, window) and numerals(quote) == numerals(window):
                return True
    return False


def _cut(words: Sequence[str], start: int, end: int) -> str:
    begin, stop = max(0, start - _AROUND), min(len(words), end + _AROUND)
    shown = " ".join(words[begin:stop])
    return f"{'… ' if begin else ''}{shown}{' …' if stop < len(words) else ''}"


def _spoken(version: Version) -> dict[str, str]:
    return {letters_of(s.text): s.text for p in version.passages for s in p.sentences}


def _most_like(sentence: str, others: Sequence[str]) -> str | None:
    """The other sentence that this one was edited into, or None."""
    masked, figures = _masked(sentence), numerals(sentence)
    scored = [
        (SequenceMatcher(None, masked, _masked(o)).ratio(), numerals(o) == figures, o)
        for o in others
    ]
    best, _, twin = max(scored, default=(0.0, False, ""))
    return twin if best >= _LIKE else None


def _masked(text: str) -> list[str]:
    """Words, with every number the same, so that only the rest is compared."""
    return _NUMERAL.sub("#", fold(text)).split()


def _like(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, fold(one), fold(other), autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and (
        matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE
    )
