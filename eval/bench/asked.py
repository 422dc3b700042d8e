"""Questions for load: as many as are asked for, no two the same.

Each is one of the starter set in which one word is another Dutch word, as rare as words are in
Dutch (wordfreq). What a cache would keep of one question is of no use to the next.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, islice

import wordfreq

from eval.sets import find_set

_WORDS = 30_000


def distinct_questions(count: int, seed: int = 1) -> Iterator[str]:
    """``count`` questions; the same ones for the same ``seed``, others for another."""
    return islice(_questions(random.Random(seed)), count)  # noqa: S311 - text, not secrets


def _questions(dice: random.Random) -> Iterator[str]:
    asked = [q.question.split() for q in find_set("starter").questions if not q.history]
    found = wordfreq.top_n_list("nl", _WORDS)
    weights = list(accumulate(wordfreq.word_frequency(word, "nl") for word in found))
    given: set[str] = set()
    while True:
        words = list(dice.choice(asked))
        words[dice.randrange(len(words))] = dice.choices(found, cum_weights=weights)[0]
        question = " ".join(words)
        if question not in given:
            given.add(question)
            yield question
