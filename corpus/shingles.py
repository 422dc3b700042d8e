"""What two texts have in common: their words, runs of words, terms and numbers. Nothing is stored.

Runs of words ("shingles"), and the share of one text's runs that another holds ("containment"),
are those of A. Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.dutch import fold

Runs = NDArray[np.uint32]
"""Hashes of the runs of words of one text: each once, in rising order."""


@dataclass(frozen=True, eq=False, slots=True)
class ManyRuns:
    """The runs of many texts, one text after the other: reads faster than an array for each."""

    joined: Runs
    sizes: NDArray[np.int64]
    """Runs per text."""


RUN_WORDS = 3
FEWEST_WORDS = 8
"""Words that a text needs to be compared; of a shorter one only a literal copy is known."""
NEAR = 0.5
"""Containment from which most of the words of the shorter text stand in the longer one: one word
in five changed, here and there, leaves half of the runs of three."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_IN_WORDS = {
    "twee": "2",
    "drie": "3",
    "vier": "4",
    "vijf": "5",
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
    "elf": "11",
    "twaalf": "12",
}
"""Not "een": it is an article far more often."""
_CHUNK = 2_000  # new texts that are compared at once: bounds the memory
_COMMON = 500  # texts that share a run; beyond it the run is a figure of speech, no copy
_WORTH_COUNTING = 0.2  # containment, counted without common runs, from which it is counted whole
_BITS = 20


def words(text: str) -> list[str]:
    """The words of a text, folded: without capitals, accents, list marks and punctuation."""
    return _WORD.findall(fold(text))


def key_of(spoken: Sequence[str]) -> str:
    """Key of the words of a text: equal for texts that are the same word for word."""
    return hashlib.sha256(" ".join(spoken).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def runs(spoken: Sequence[str]) -> Runs:
    """The runs of three words of a text; none when it is too short to be compared."""
    if len(spoken) < FEWEST_WORDS:
        return np.empty(0, np.uint32)
    shifted = zip(*(spoken[at:] for at in range(RUN_WORDS)), strict=False)
    hashes = {zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in shifted}
    return np.array(sorted(hashes), np.uint32)


def containment(one: Runs, other: Runs) -> float:
    """Share (0 to 1) of the runs of the shorter text that the longer one holds."""
    fewest = min(len(one), len(other))
    shared = np.intersect1d(one, other, assume_unique=True)
    return len(shared) / fewest if fewest else 0.0


def join_runs(texts: Sequence[Runs]) -> ManyRuns:
    """The runs of these texts."""
    joined = np.concatenate([np.empty(0, np.uint32), *texts])
    return ManyRuns(joined, np.array([len(text) for text in texts], np.int64))


def near_pairs(known: ManyRuns, new: ManyRuns) -> Iterator[tuple[int, int, float]]:
    """(place, place, containment) of every two texts of which most of the words are the same.

    Places count in ``known`` and ``new`` after each other; the first is lower, and at least one
    of both is new. A run that stands in hundreds of texts brings no two of them together.
    """
    sizes = np.concatenate([known.sizes, new.sizes])
    ends = np.concatenate(([0], np.cumsum(sizes)))
    everything = np.concatenate([known.joined, new.joined])
    owners = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    for first in range(len(known.sizes), len(sizes), _CHUNK):
        last = min(first + _CHUNK, len(sizes))
        mine = slice(ends[first], ends[last])
        left, right = _meetings(
            everything[mine], owners[mine], everything[: ends[last]], owners[: ends[last]]
        )
        codes, shared = np.unique(left * len(sizes) + right, return_counts=True)
        left, right = codes // len(sizes), codes % len(sizes)
        worth = shared >= _WORTH_COUNTING * np.minimum(sizes[left], sizes[right])
        for a, b in zip(left[worth].tolist(), right[worth].tolist(), strict=True):
            share = containment(
                everything[ends[a] : ends[a + 1]], everything[ends[b] : ends[b + 1]]
            )
            if share >= NEAR:
                yield b, a, share


def _meetings(
    mine: Runs, my_owners: NDArray[np.int64], all_runs: Runs, all_owners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(owner of mine, owner before it) for every run that both hold."""
    # Most runs meet nothing: a bit per hash tells those apart without sorting all of them.
    seen = np.zeros(1 << _BITS, bool)
    seen[mine & (len(seen) - 1)] = True
    found = np.flatnonzero(seen[all_runs & (len(seen) - 1)])
    order = found[np.argsort(all_runs[found], kind="stable")]
    sorted_runs, sorted_owners = all_runs[order], all_owners[order]
    starts = np.searchsorted(sorted_runs, mine, "left")
    counts = np.searchsorted(sorted_runs, mine, "right") - starts
    counts[counts > _COMMON] = 0
    left = np.repeat(my_owners, counts)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    right = sorted_owners[np.repeat(starts, counts) + steps]
    before = right < left
    return left[before], right[before]


def likeness(one: Set[str], other: Set[str], weight: Callable[[str], float]) -> float:
    """Dice coefficient (Dice 1945) of two sets of terms, each weighed by its rarity: 0 to 1."""
    together = sum(map(weight, one)) + sum(map(weight, other))
    return 2 * sum(map(weight, one & other)) / together if together else 0.0


def numbers(text: str, spoken: Sequence[str]) -> frozenset[str]:
    """The numbers in a text with the words ``spoken``: in digits, or as a word up to twelve."""
    in_words = (_IN_WORDS[word] for word in spoken if word in _IN_WORDS)
    return frozenset((*_NUMBER.findall(text), *in_words))


def other_numbers(one: Set[str], other: Set[str]) -> bool:
    """Whether each of two texts holds a number that the other lacks: then they do not say the
    same, however alike they sound."""
    return bool(one - other) and bool(other - one)


def numbers_clash(one: Set[str], other: Set[str]) -> bool:
    """Whether both texts tell of several numbers, and of mostly different ones."""
    fewest = min(len(one), len(other))
    return fewest >= 2 and 2 * len(one & other) < fewest
