"""Splits texts into the pieces that the default model knows.

As the Unigram model of the `tokenizers` library does it (Kudo, 2018; the best path by Viterbi,
1967), and with the same result; but that library takes some 280 MB for 250,000 pieces, a third of
all that a web process held, and this takes about a fifth of it.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

COMPACT_FILE = "pieces.npz"

_UNKNOWN_PENALTY = 10.0  # below the least likely piece, as that library has it
_KEPT_WORDS = 20_000  # some 5 MB
_LONGEST_KEPT = 40  # characters


@dataclass(frozen=True, slots=True)
class Unigram:
    """A Unigram model of the `tokenizers` library."""

    pieces: list[str]
    scores: array[float]
    """Log probability of each piece."""
    told: dict[str, Any]
    """All else that its ``tokenizer.json`` tells."""


def read_tokenizer(file: Path) -> Unigram:
    """Read the ``tokenizer.json`` of a Unigram model."""
    told = json.loads(file.read_text(encoding="utf-8"))
    vocabulary = told["model"].pop("vocab")
    scores = array("d", (score for _, score in vocabulary))
    return Unigram([piece for piece, _ in vocabulary], scores, told)


def write_compact(file: Path, model: Unigram) -> None:
    """Keep a model such that it is read in a tenth of the time that the JSON takes."""
    told = json.dumps({"told": model.told, "pieces": model.pieces}, ensure_ascii=False).encode()
    with file.open("wb") as opened:
        np.savez(opened, scores=np.array(model.scores), told=np.frombuffer(told, np.uint8))


def read_compact(file: Path) -> Unigram:
    """Read what `write_compact` wrote."""
    with np.load(file) as kept:
        scores, told = array("d", kept["scores"].tobytes()), json.loads(kept["told"].tobytes())
    return Unigram(told["pieces"], scores, told["told"])


class Pieces:
    """Gives the numbers of the pieces of a text. Safe to use from several threads."""

    def __init__(self, unigram: Unigram, most: int) -> None:
        """Take a model; a text gets ``most`` numbers at most."""
        told, model = unigram.told, unigram.told["model"]
        self._unknown = int(model["unk_id"])
        self._numbers = {piece: number for number, piece in enumerate(unigram.pieces)}
        self._scores = unigram.scores
        self._longest = max(map(len, self._numbers))
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        # The library still tidies the text and cuts it into words.
        unknown = (unigram.pieces[self._unknown], self._scores[self._unknown])
        told = told | {"model": model | {"vocab": [unknown], "unk_id": 0}}
        marks = {mark["content"]: int(mark["id"]) for mark in told["added_tokens"]}
        self._marks = marks
        self._between_marks = re.compile(f"({'|'.join(map(re.escape, marks))})")
        bare = Tokenizer.from_str(json.dumps(told | {"added_tokens": []}))
        self._normalizer, self._pre_tokenizer = bare.normalizer, bare.pre_tokenizer
        first, _, last = told["post_processor"]["single"]
        self._first, self._last = (marks[mark["SpecialToken"]["id"]] for mark in (first, last))
        self._most = most - 2
        self._word = lru_cache(maxsize=_KEPT_WORDS)(self._best_path)

    def of_all(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text, with the marks for its begin and end."""
        return [self.of(text) for text in texts]

    def of(self, text: str) -> list[int]:
        """The same for one text. A mark such as ``</s>`` in it stands for itself, as it does with
        that library."""
        found: list[int] = []
        for part in self._between_marks.split(text):
            if part in self._marks:
                found.append(self._marks[part])
            else:
                self._add(part, found)
        return [self._first, *found[: self._most], self._last]

    # --- steps -------------------------------------------------------------------------------

    def _add(self, text: str, found: list[int]) -> None:
        tidy = self._normalizer.normalize_str(text)
        for word, _ in self._pre_tokenizer.pre_tokenize_str(tidy):
            if len(found) >= self._most:
                break
            found += self._word(word) if len(word) <= _LONGEST_KEPT else self._best_path(word)

    def _best_path(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces that make ``word``, with the highest sum of scores."""
        best = [0.0] + [-inf] * len(word)
        came_from: list[tuple[int, int]] = [(0, 0)] * len(best)
        for start in range(len(word)):
            known = False
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None:
                    known = known or end == start + 1
                    self._step(best, came_from, start, end, number, self._scores[number])
            if not known:
                unknown = (self._unknown, self._unknown_score)
                self._step(best, came_from, start, start + 1, *unknown)
        return self._read_back(came_from)

    def _step(
        self,
        best: list[float],
        came_from: list[tuple[int, int]],
        start: int,
        end: int,
        number: int,
        score: float,
    ) -> None:
        if best[start] + score > best[end]:
            best[end] = best[start] + score
            came_from[end] = (start, number)

    def _read_back(self, came_from: list[tuple[int, int]]) -> tuple[int, ...]:
        found: list[int] = []
        at = len(came_from) - 1
        while at:
            at, number = came_from[at]
            if number != self._unknown or found[-1:] != [number]:  # a row of unknowns is one
                found.append(number)
        return tuple(reversed(found))
