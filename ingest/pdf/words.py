"""Characters become words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from ingest.pages import Word
from ingest.pdf.glyphs import Frame, Run
from ingest.pdf.letters import Letter, visible_letters, with_accents

_ASCENT, _DESCENT = 0.75, 0.25
"""Above and below the baseline, in font sizes: the same for every font, so that words on one
line have one top and one bottom. The figures that fonts give of themselves are often wrong."""

# Distances in font sizes.
_FOUND_SPACE = 0.04  # a narrower gap is none, though PDFium saw one
_SPACE = 0.1  # between text objects; pdftotext takes the same (TextOutputDev, minWordBreakSpace)
_WIDE_SPACE = 0.5  # within a text object, where PDFium allows for the spacing of the letters
_COLUMN = 1.5
_NEW_LINE = 0.5  # a baseline further off is another line
_RAISED = 0.1  # a baseline further off, with another size, is a note mark or an index
_BACK = 0.1  # what starts this much before the letter before it belongs elsewhere
_EVEN = 0.12  # the gaps between letter-spaced letters differ less
_LETTER_SPACED = 0.45  # and are smaller


def words_of(runs: Iterable[Run], frame: Frame) -> list[Word]:
    """The words that ``runs`` (all in the direction of ``frame``) make up, in their order.

    What stands outside the frame is left out, and so is what is drawn a second time in its own
    place, to look bold. A raised or lowered part of another size is a word of its own.
    """
    words: list[Word] = []
    stretch: list[Letter] = []
    for letter in with_accents(visible_letters(runs, frame)):
        if stretch and _breaks(stretch[-1], letter):
            words += _split(stretch)
            stretch = []
        stretch.append(letter)
    return words + _split(stretch)


def _breaks(before: Letter, after: Letter) -> bool:
    """Whether the two are of different lines, columns or levels."""
    size = before.type.size
    shift = abs(after.base - before.base)
    if before.type is not after.type:
        size = max(size, after.type.size)
        differ = abs(after.type.size - before.type.size) > 0.1 * size
        if differ and shift > _RAISED * size:
            return True
    if shift > _NEW_LINE * size:
        return True
    return after.x0 - before.x1 > _COLUMN * size or after.x0 < before.x0 - _BACK * size


def _split(stretch: Sequence[Letter]) -> list[Word]:
    """The words of letters on one line."""
    parts: list[list[Letter]] = []
    for letter in stretch:
        if parts and not _apart(parts[-1][-1], letter):
            parts[-1].append(letter)
        else:
            parts.append([letter])
    return [_word(part) for part in _join_spaced(parts)]


def _apart(before: Letter, after: Letter) -> bool:
    """Whether there is a space between two letters on one line."""
    if after.gap == "typed":
        return True
    gap = _distance(before, after)
    if after.gap == "found":
        return gap > _FOUND_SPACE
    return gap > (_SPACE if after.first else _WIDE_SPACE)


def _distance(before: Letter, after: Letter) -> float:
    """In font sizes."""
    return (after.x0 - before.x1) / max(before.type.size, after.type.size, 0.01)


def _join_spaced(parts: list[list[Letter]]) -> list[list[Letter]]:
    """The words ``parts`` of a line, with rows of single letters at even distances ("M K B")
    made into words."""
    if sum(len(part) == 1 for part in parts) < 3:
        return parts
    spaces = [
        _distance(a[-1], b[0])
        for a, b in pairwise(parts)
        if len(a) > 1 and len(b) > 1 and b[0].gap != "typed"
    ]
    joined: list[list[Letter]] = []
    row: list[Letter] = []
    for part in [*parts, []]:
        if len(part) == 1:
            row += part
            continue
        joined += _words_in_row(row, spaces)
        row = []
        if part:
            joined.append(part)
    return joined


def _words_in_row(row: list[Letter], spaces: Sequence[float]) -> list[list[Letter]]:
    """The words in a row of single letters, on a line where words of more letters have
    ``spaces`` between them. Between such words and these letters nothing may differ."""
    gaps = [_distance(a, b) for a, b in pairwise(row) if b.gap != "typed"]
    letters = sum(letter.char.isalpha() for letter in row)
    needed = 3 if all(letter.char.isupper() for letter in row) else 4
    if len(gaps) < 2 or letters < max(needed, 0.6 * len(row)):
        return [[letter] for letter in row]
    usual = median(gaps)
    if usual > _LETTER_SPACED or any(abs(space - usual) < _EVEN for space in spaces):
        return [[letter] for letter in row]
    words = [[row[0]]]
    for before, letter in pairwise(row):
        if letter.gap != "typed" and _distance(before, letter) <= usual + _EVEN:
            words[-1].append(letter)
        else:
            words.append([letter])
    return words


def _word(letters: Sequence[Letter]) -> Word:
    main = _main(letters)
    size = main.type.size
    return Word(
        text="".join([letter.char for letter in letters]),
        x0=min([letter.x0 for letter in letters]),
        top=main.base - _ASCENT * size,
        x1=max([letter.x1 for letter in letters]),
        bottom=main.base + _DESCENT * size,
        size=size,
        bold=main.type.bold,
        italic=main.type.italic,
    )


def _main(letters: Sequence[Letter]) -> Letter:
    """A letter of the type that most are set in."""
    first = letters[0]
    if all(letter.type is first.type for letter in letters):
        return first
    counts = Counter(letter.type for letter in letters)
    return max(letters, key=lambda letter: (counts[letter.type], letter.type.size))
