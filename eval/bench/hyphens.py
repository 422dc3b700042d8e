"""`python -m eval.bench.hyphens`: how often a line-end hyphen is judged right, by rival.

Everything is measured twice: on cases that the rules were made with, and on cases that were only
looked at once the rules stood (texts given with ``--kept``, the other half of a word list).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from zlib import crc32

from corpus.errors import BadInputError, RoutewijzerError
from eval.bench.hyphen_cases import (
    Breaks,
    Case,
    by_patterns,
    by_rule,
    cases_of_text,
    cases_of_word,
)
from eval.bench.hyphen_words import WITH_HYPHEN, WITHOUT_HYPHEN
from ingest.hyphen_lexicon import dutch_frequency
from ingest.hyphens import Joiner, words_of

RESULTS = Path(__file__).parents[1] / "results"
_DOCUMENT = 150  # paragraphs: some five thousand words
_SHARE = 10  # one in so many words of a list that have no hyphen
_WORD = re.compile(r"(?=.*[^\W\d_])(?:[^\W_]+-)+[^\W_]+|[^\W\d_][^\W\d_A-Z]+")
_REPORT = """# Line-end hyphens

Made by `python -m eval.bench.hyphens`. How often two lines, the first of which ends
in a hyphen, come out as they were: "is van de regel" when the hyphen is only there because the
line ended (oplei-/ding), "hoort erbij" when the word has it (mbo-/hbo). In texts the cases are
what narrow columns make of them, so frequent words count more; in lists every word counts once.

## Cases that the rules were made with

Texts: {texts}.

{tuned}

## Cases that were only looked at when the rules stood

Texts: {texts_kept}.

{kept}
"""

Join = Callable[[str, str], str]
"""Two lines as one."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the cases of one kind came out as they were."""

    source: str
    method: str
    real: bool
    category: str
    right: int
    cases: int


@dataclass(frozen=True, slots=True)
class Pile:
    """Cases from one source. ``words`` are what the document itself writes."""

    source: str
    cases: Sequence[Case]
    words: frozenset[str] = frozenset()


def always(left: str, right: str) -> str:
    """Every hyphen at the end of a line goes."""
    return left[:-1] + right


def by_word_list(left: str, right: str) -> str:
    """The hyphen goes when the word list knows the whole word, and stays otherwise."""
    first, second = left[:-1].split(" ")[-1], right.split(" ")[0]
    whole = (first + second).strip("\"'“”‘’().,:;!?").casefold()
    return left[:-1] + right if dutch_frequency(whole) else left + right


def methods(words: frozenset[str]) -> dict[str, Join]:
    """The rivals by name, for a document that writes ``words``."""
    alone, informed = Joiner(frozenset()), Joiner(words)
    return {
        "altijd samen": always,
        "alleen een woordenlijst": by_word_list,
        "Routewijzer, zonder het document": lambda left, right: alone.lines([left, right]),
        "Routewijzer": lambda left, right: informed.lines([left, right]),
    }


def text_piles(name: str, paragraphs: Sequence[str], breaks: Breaks) -> Iterator[Pile]:
    """The cases of a text, in documents of 150 paragraphs."""
    rest = iter(paragraphs)
    while part := list(islice(rest, _DOCUMENT)):
        cases, printed = cases_of_text(part, breaks)
        yield Pile(name, cases, words_of(printed))


def word_piles(name: str, words: Sequence[str], kept: bool, breaks: Breaks) -> Iterator[Pile]:
    """The cases of the half of a word list that is kept apart, or of the other half."""
    half = (word for word in words if is_kept(word) == kept)
    yield Pile(name, [case for word in half for case in cases_of_word(word, breaks)])


def own_pile(kept: bool) -> Pile:
    """Half of the list of our own."""
    cases: list[Case] = []
    for category, words in WITH_HYPHEN.items():
        for word in words.split():
            if is_kept(word) == kept:
                found = _hanging(word) if "_" in word else cases_of_word(word, by_patterns)
                cases += [replace(case, category=category) for case in found]
    for marked in WITHOUT_HYPHEN.split():
        parts = marked.split("|")
        for place in range(1, len(parts)) if is_kept(marked) == kept else ():
            left, right = "".join(parts[:place]), "".join(parts[place:])
            cases.append(Case(f"{left}-", right, left + right, False, "op de naad"))
    return Pile("eigen lijst", cases)


def _hanging(word: str) -> list[Case]:
    left, right = word.replace("_", " ").split(" ", 1)
    return [Case(left, right, f"{left} {right}", True, "")]


def is_kept(word: str) -> bool:
    """Whether a word is only looked at in the end. Forms of a word may fall on both sides."""
    return crc32(word.casefold().encode("utf-8")) % 2 == 1


def scores(piles: Iterable[Pile]) -> list[Score]:
    """Right answers per source, method, kind and category, in the order of the piles."""
    right: dict[tuple[str, str, bool, str], list[int]] = {}
    for pile in piles:
        for method, join in methods(pile.words).items():
            for case in pile.cases:
                counts = right.setdefault((pile.source, method, case.real, case.category), [0, 0])
                counts[0] += join(case.left, case.right) == case.whole
                counts[1] += 1
    return [Score(*key, *counts) for key, counts in right.items()]


def wrong(piles: Iterable[Pile]) -> Iterator[tuple[Case, str]]:
    """The cases that the product gets wrong, with what it made of them."""
    for pile in piles:
        join = methods(pile.words)["Routewijzer"]
        for case in pile.cases:
            made = join(case.left, case.right)
            if made != case.whole:
                yield case, made


def table(found: Sequence[Score]) -> str:
    """A Markdown table: percentages right, with the number of cases, per source and category."""
    names = list(dict.fromkeys(score.method for score in found))
    lines = [f"| bron | streepje | soort | gevallen | {' | '.join(names)} |"]
    lines.append("|---|---|---|---|" + "---|" * len(names))
    for source in dict.fromkeys(score.source for score in found):
        for real in (False, True):
            rows = [score for score in found if (score.source, score.real) == (source, real)]
            for category in ["alles", *sorted({row.category for row in rows})] if rows else ():
                cells = [row for row in rows if category in ("alles", row.category)]
                lines.append(_line(source, real, category, cells, names))
    return "\n".join(lines)


def _line(
    source: str, real: bool, category: str, cells: Sequence[Score], names: Sequence[str]
) -> str:
    shares = []
    for name in names:
        mine = [cell for cell in cells if cell.method == name]
        total = sum(cell.cases for cell in mine)
        shares.append(f"{100 * sum(cell.right for cell in mine) / total:.1f} %")
    kind = "hoort erbij" if real else "is van de regel"
    return f"| {source} | {kind} | {category} | {total} | {' | '.join(shares)} |"


def measure(texts: Sequence[Path], words: Path | None, kept: bool) -> list[Score]:
    """Scores on texts (a paragraph a line), half of a word list and half of our own list."""
    piles: list[Pile] = [own_pile(kept)]
    if words is not None:
        listed = [word for word in _lines(words) if _WORD.fullmatch(word)]
        # solid words are many, and all alike
        chosen = [w for w in listed if "-" in w or crc32(w[::-1].encode("utf-8")) % _SHARE == 0]
        piles += word_piles("woordenlijst", chosen, kept, by_patterns)
    for path in texts:
        paragraphs = _lines(path)
        piles += text_piles("tekst, gebroken volgens patronen", paragraphs, by_patterns)
        piles += text_piles("tekst, grof gebroken", paragraphs, by_rule)
    return scores(piles)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInputError(f"{path} is niet te lezen als tekst in UTF-8 ({problem}).") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and keep the figures. Exit code 0, or 2 for a bad file."""
    given = _parser().parse_args(arguments)
    try:
        tuned = measure(given.texts, given.words, kept=False)
        kept = measure(given.kept, given.words, kept=True)
    except RoutewijzerError as error:
        print(f"eval.bench.hyphens: {error}", file=sys.stderr)
        return 2
    report = _REPORT.format(
        texts=_names(given.texts),
        tuned=table(tuned),
        texts_kept=_names(given.kept),
        kept=table(kept),
    )
    figures = {"tuned": [asdict(s) for s in tuned], "kept": [asdict(s) for s in kept]}
    given.out.with_suffix(".md").write_text(report, encoding="utf-8")
    given.out.with_suffix(".json").write_text(
        json.dumps(figures, indent=1) + "\n", encoding="utf-8"
    )
    print(report)
    return 0


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.stem for path in paths) or "none"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.hyphens",
        description="Meet hoe vaak een streepje aan het eind van een regel goed wordt beoordeeld.",
    )
    parser.add_argument("texts", nargs="*", type=Path, help="teksten, een alinea per regel")
    parser.add_argument(
        "--kept", nargs="*", type=Path, default=[], help="teksten waar niet op is afgestemd"
    )
    parser.add_argument("--words", type=Path, help="een woordenlijst, een woord per regel")
    parser.add_argument("--out", type=Path, default=RESULTS / "hyphens", help="waar het komt")
    return parser


if __name__ == "__main__":
    sys.exit(main())
