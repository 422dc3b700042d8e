"""In which language a sentence is written, by how common its words are in each."""

from __future__ import annotations

import re

from corpus.types import Language

_LANGUAGES = ("nl", "en", "de", "fr", "es")
_MARGIN = 0.5
"""Zipf points (powers of ten) by which another language must win: names and jargon are shared."""
_ENOUGH = 4
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def warm() -> None:
    """Load the word lists now, so that the first statement need not wait for them."""
    is_in("een zin van woorden", "nl")


def is_in(text: str, language: Language) -> bool:
    """False when the words of ``text`` are on average clearly more common in another language.

    By the word frequencies of the wordfreq package. Too few words to tell count as right.
    """
    from wordfreq import zipf_frequency  # half a second, and only a language model needs it

    words = _WORD.findall(text)
    if len(words) < _ENOUGH:
        return True
    means = {
        other: sum(zipf_frequency(word, other, wordlist="small") for word in words) / len(words)
        for other in _LANGUAGES
    }
    return max(means.values()) - means[language] <= _MARGIN
