"""What the model gets to read: numbered sentences of the best passages, as data.

A sentence goes in on one line behind its number. Addresses become tokens (``LINK-2``), which a
model copies without slips; they are put back in what it writes. Marks that could be taken for
the frame around the passages are made harmless, and a sentence that gives orders to a model
stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.fits import leans_back
from assistant.orders import is_order
from corpus.types import Evidence, Passage, Sentence

MAX_CHARS = 4000
"""About 1,500 tokens of a small model, some thirty sentences: two cores read that in seconds."""
QUOTABLE = 8
"""Sentences, from the best, that may be quoted in the place of a statement that fails."""

_ADDRESS = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?:https?://|www\.)[^\s<>()\"']*[\w/#=-]"
)
_TOKEN = re.compile(r"\b(LINK|MAIL)-(\d+)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?=/?[a-z])", re.IGNORECASE)
_NUMBER_MARK = re.compile(r"\[(\d[\d\s,]*)\]")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The passages as the model reads them, and what its numbers and tokens stand for."""

    text: str
    evidence: Mapping[int, Evidence]
    """By number, from 1."""
    best: frozenset[int]
    """Numbers whose quotes may be shown in the place of what the model said of them."""
    tokens: Mapping[str, str]
    """The address for each token."""
    withheld: tuple[str, ...]
    """Sentences that give orders to a model and were left out."""

    def unmasked(self, text: str) -> str:
        """``text`` with the addresses in the place of their tokens; KeyError for one unknown."""
        return _TOKEN.sub(lambda m: self.tokens[m.group().upper()], text)

    def cited(self, numbers: Sequence[int]) -> tuple[Evidence, ...]:
        """The evidence for numbers, then what it cannot be understood without: the words that
        introduce a list item, the sentence before one that leans on it. KeyError for a number
        that was not given."""
        named = [self.evidence[n] for n in numbers]
        found = {_span(e): e for e in named}
        for one in named:
            support = _leaned_on(one)
            if support is not None:
                found.setdefault(_span(support), support)
        return tuple(found.values())


def harmless(text: str) -> str:
    """Text on one line, without marks that could be taken for the frame around it."""
    return _NUMBER_MARK.sub(r"(\1)", _TAG.sub("‹", " ".join(text.split())))


def number_passages(
    rankings: Sequence[Sequence[Evidence]], max_chars: int = MAX_CHARS, best: int = QUOTABLE
) -> Numbered:
    """Number the sentences of the best passages, in the order of their best sentence.

    ``rankings`` holds the evidence for each part of the question, best first; the parts take
    turns. A passage goes in whole while there is room (``max_chars``), then its best sentences.
    The ``best`` first of each ranking may be shown as quotes.
    """
    order = [e for turn in zip_longest(*rankings) for e in turn if e is not None]
    withheld = tuple(dict.fromkeys(e.sentence.text for e in order if _is_order(e)))
    chosen = _fill([e for e in order if not _is_order(e)], max_chars)
    quotable = {_span(e) for ranking in rankings for e in ranking[:best]}
    masker = _Masker()
    lines: list[str] = []
    evidence: dict[int, Evidence] = {}
    for group in chosen:
        lines.append(f"# {harmless(masker.masked(_heading(group[0])))}")
        for one in group:
            number = len(evidence) + 1
            evidence[number] = one
            mark = "- " if one.sentence.kind in ("item", "row") else ""
            lines.append(f"[{number}] {mark}{harmless(masker.masked(one.sentence.text))}")
    return Numbered(
        text="\n".join(lines),
        evidence=evidence,
        best=frozenset(n for n, e in evidence.items() if _span(e) in quotable),
        tokens=masker.tokens,
        withheld=withheld,
    )


class _Masker:
    """Hands out one token for each address."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def masked(self, text: str) -> str:
        # What looks like a token already must not be taken for one of ours.
        return _ADDRESS.sub(self._token, _TOKEN.sub(r"\1 \2", text))

    def _token(self, found: re.Match[str]) -> str:
        address = found.group()
        if address not in self._known:
            token = f"{'MAIL' if found['mail'] else 'LINK'}-{len(self.tokens) + 1}"
            self._known[address] = token
            self.tokens[token] = address
        return self._known[address]


def _fill(order: Sequence[Evidence], max_chars: int) -> list[list[Evidence]]:
    """Evidence by passage, each in the order of its text, as much as there is room for."""
    groups: dict[str, dict[tuple[str, int, int], Evidence]] = {}
    for one in order:
        groups.setdefault(one.hit.passage.id, {}).setdefault(_span(one), one)
    room, chosen = max_chars, []
    for group in groups.values():
        kept = list(_fitting(list(group.values()), room))
        room -= sum(map(_length, kept))
        if kept:
            chosen.append(sorted(kept, key=lambda e: e.sentence.start))
    return chosen


def _fitting(ranked: Sequence[Evidence], room: int) -> Iterator[Evidence]:
    for one in ranked:
        if _length(one) <= room:
            room -= _length(one)
            yield one


def _length(one: Evidence) -> int:
    return len(one.sentence.text)


def _is_order(one: Evidence) -> bool:
    return is_order(one.sentence.text)


def _heading(one: Evidence) -> str:
    known = one.hit.metadata
    when = f" ({known.published[:4]})" if known.published else ""
    return " > ".join((known.title + when, *one.hit.passage.section))


def _span(one: Evidence) -> tuple[str, int, int]:
    return one.hit.passage.version_id, one.sentence.start, one.sentence.end


def _leaned_on(one: Evidence) -> Evidence | None:
    """The sentence without which this one cannot be understood, or may mean the opposite."""
    passage, sentence = one.hit.passage, one.sentence
    if sentence.lead is not None:
        return replace(one, sentence=_lead(passage, sentence, sentence.lead))
    if leans_back(sentence.text):
        before = [s for s in passage.sentences if s.end <= sentence.start and s.kind != "lead"]
        return replace(one, sentence=before[-1]) if before else None
    return None


def _lead(passage: Passage, item: Sentence, span: tuple[int, int]) -> Sentence:
    inside = next((s for s in passage.sentences if (s.start, s.end) == span), None)
    # In a list that goes on from the passage before, the passage itself keeps the words.
    return inside or Sentence(
        id=f"{item.id}:lead",
        start=span[0],
        end=span[1],
        text=passage.lead,
        kind="lead",
        page=item.page,
    )
