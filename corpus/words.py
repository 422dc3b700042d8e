"""The words of an edition as they are written, with the number of passages that hold each.

    editions/000007/words.txt    one "word count" per line, in alphabetical order

Written when the edition is built. Questions are checked against it for typing errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.dutch import DutchAnalyser
from corpus.near_words import NearWords

_FILE = "words.txt"
_LONGEST = 40  # longer is no word but an address or a key


@dataclass(frozen=True, eq=False)
class EditionWords:
    """The words of one edition, folded; what is made of them is made when it is first asked for."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Passages that hold a word. A hyphenated word stands here as it is written."""

    @cached_property
    def written(self) -> Mapping[str, str]:
        """The hyphenated word per word without its hyphens: "mkb-route" for "mkbroute"."""
        hyphened = sorted((w for w in self.counts if "-" in w), key=self.counts.__getitem__)
        # The most usual comes last, and stays.
        return {w.replace("-", ""): w for w in hyphened if w.replace("-", "").isalpha()}

    @cached_property
    def near(self) -> NearWords:
        """Finds the words that look like another."""
        return NearWords([w for w in self.counts if w.isascii() and w.isalpha()])


def count_words(texts: Iterable[str], analyser: DutchAnalyser) -> Counter[str]:
    """In how many of ``texts`` (passages with all that is searched of them) each word stands."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({w for w in analyser.words(text) if _is_word(w)})
    return counts


def write_words(folder: Path, counts: Mapping[str, int]) -> None:
    """Write the words into the folder of an edition; what occurs nowhere is left out."""
    lines = [f"{word} {count}\n" for word, count in sorted(counts.items()) if count > 0]
    # A new file in its place: the old one may be shared with another edition by a hard link.
    fresh = folder / f"{_FILE}.new"
    fresh.write_text("".join(lines), encoding="utf-8")
    fresh.replace(folder / _FILE)


def read_words(folder: Path) -> EditionWords:
    """The words of an edition; none for one that was built before words were kept."""
    path = folder / _FILE
    if not path.exists():
        return EditionWords()
    pairs = path.read_text(encoding="utf-8").split()
    return EditionWords(dict(zip(pairs[::2], map(int, pairs[1::2]), strict=True)))


def grow_words(
    base: Path, folder: Path, added: Mapping[str, int], dropped: Mapping[str, int]
) -> None:
    """Write into ``folder`` the words of the edition in ``base`` with the counts of the passages
    that came and without those of the passages that went."""
    counts = Counter(read_words(base).counts)
    counts.update(added)
    counts.subtract(dropped)
    write_words(folder, counts)


def _is_word(word: str) -> bool:
    return len(word) <= _LONGEST and word.replace("-", "").replace("'", "").isalpha()
