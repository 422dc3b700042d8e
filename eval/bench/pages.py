"""The pages that the bench reads: the starter pages, and made-up ones of the same size."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import corpus

STARTER = Path(corpus.__file__).parent / "starter"
_SECTIONS = 8
_SENTENCES = 4  # in a section; with eight sections a page is as long as a starter page
_SHORTEST, _LONGEST = 8, 18  # words in a sentence


def write_pages(folder: Path, count: int) -> None:
    """Fill the new ``folder`` with ``count`` Markdown files, the same ones every time.

    The starter pages come first; the others are of their words, as often as they stand there.
    """
    folder.mkdir(parents=True)
    starter = sorted(STARTER.glob("*.md"))
    for path in starter[:count]:
        shutil.copy(path, folder / path.name)
    words = starter_words()
    for number in range(len(starter) + 1, count + 1):
        path = folder / f"pagina-{number:05d}.md"
        path.write_text(_page(number, words), encoding="utf-8")


def change_page(folder: Path, turn: int) -> None:
    """Put another section below the first page of ``folder``; ``turn`` makes it a new one."""
    page = min(folder.glob("*.md"))
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\n## Wat is er nieuw bij {turn}?\n\nWijziging {turn} staat op deze pagina.\n")


def _page(number: int, words: Sequence[str]) -> str:
    dice = random.Random(number)  # noqa: S311 - text, not secrets
    parts = [f"# Pagina {number} over {' '.join(dice.choices(words, k=3))}"]
    for section in range(1, _SECTIONS + 1):
        parts.append(f"## Vraag {section}: {' '.join(dice.choices(words, k=4))}?")
        sentences = [sentence(dice, words) for _ in range(_SENTENCES)]
        if section % 4 == 0:
            lead, *items = sentences
            parts.append("\n".join([f"{lead[:-1]}:", "", *(f"- {item}" for item in items)]))
        else:
            parts.append(" ".join(sentences))
    return "\n\n".join(parts) + "\n"


def starter_words() -> list[str]:
    """The words of the starter pages, each as often as it stands there."""
    return [w for p in sorted(STARTER.glob("*.md")) for w in _words(p.read_text(encoding="utf-8"))]


def sentence(dice: random.Random, words: Sequence[str]) -> str:
    """A made-up sentence: words of ``words``, without meaning."""
    return " ".join(dice.choices(words, k=dice.randint(_SHORTEST, _LONGEST))).capitalize() + "."


def _words(markdown: str) -> list[str]:
    body = markdown.split("\n---\n", 1)[-1]  # without the front matter
    return re.findall(r"[^\W\d_]+", body.lower())
