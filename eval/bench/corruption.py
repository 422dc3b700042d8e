"""`python -m eval.bench.corruption`: which spoilt statements are caught, and which true ones too.

Statements are made from the sentences of documents and written by hand, true ones and spoilt ones.
Half of the sections is there to set the weights of `assistant.support` by; the other half is only
counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist

import corpus
from assistant.support.checker import Judgement, SupportChecker
from assistant.support.signals import SupportSettings
from corpus.database import open_database
from corpus.dutch import DutchAnalyser
from corpus.embedder import open_embedder
from corpus.errors import NotReadyError, RoutewijzerError
from corpus.glossary import load_glossary
from corpus.ledger import Ledger
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.types import Embedder, Reranker, Version
from eval.bench.corruption_cases import HALVES, Case, Half, told_of, written_cases
from eval.bench.corruption_fit import fit_support
from eval.bench.corruption_made import made_cases
from ingest.arrive.files import collect_sources
from ingest.reader import read_source
from ingest.source import PartialMetadata

RESULTS = Path(__file__).parents[1] / "results"
_CORPUS = Path(corpus.__file__).parent
STARTER = _CORPUS / "starter"
_DATABASE = "routewijzer.sqlite3"
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the checker said of it."""

    case: Case
    judgement: Judgement

    @property
    def dropped(self) -> bool:
        """Whether the statement would not be shown."""
        return self.judgement.reason is not None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % Wilson interval (Wilson 1927)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0


def rate(count: int, of: int) -> Rate:
    """``count`` of ``of`` with its interval."""
    if not of:
        return Rate(0, 0, 0.0, 1.0)
    share, z2 = count / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5
    return Rate(count, of, max(0.0, middle - half), min(1.0, middle + half))


def versions_of(place: Path, settings: Settings) -> list[Version]:
    """The documents in a folder, or those of the edition that a data folder has published.

    Raises BadInputError for a folder without documents, NotReadyError without an edition.
    """
    if not (place / _DATABASE).is_file():
        sources = collect_sources([place], PartialMetadata(), settings)
        return [read_source(source, settings) for source in sources]
    registry = Registry(open_database(place))
    ledger = Ledger(registry.engine)
    current = ledger.current()
    if current is None:
        raise NotReadyError(f"In {place} is nog niets gepubliceerd. Publiceer eerst een editie.")
    return [registry.version(v) for v in ledger.members(current).values()]


def cases_of(versions: Iterable[Version], per_kind: int = 25) -> list[Case]:
    """Statements about the documents: ``per_kind`` of every kind in each half, and those written
    by hand where they are about these documents."""
    told = told_of(versions)
    return made_cases(told, per_kind) + written_cases(told)


def open_checker(
    embedder: Embedder | None,
    settings: SupportSettings | None = None,
    grounding: Reranker | None = None,
) -> SupportChecker:
    """A checker with the glossary that comes along."""
    analyser = DutchAnalyser()
    glossary = load_glossary(_CORPUS / "glossary.toml", analyser)
    return SupportChecker(analyser, glossary, embedder, settings, grounding)


def judge(cases: Sequence[Case], checker: SupportChecker) -> list[Judged]:
    """What the checker says of each case."""
    return [Judged(c, checker.judge(c.statement, c.quotes, c.context)) for c in cases]


def rates(judged: Sequence[Judged]) -> dict[str, Rate]:
    """Share that was dropped per kind, and over all: ``caught`` and ``false alarms``. What was
    written by hand has rows of its own."""
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        total = "false alarms" if each.case.carried else "caught"
        names = [total, f"{'true' if each.case.carried else 'spoilt'}: {each.case.kind}"]
        names[1] += " (by hand)" if each.case.written and each.case.kind != "paraphrase" else ""
        if each.case.written:
            names.append(f"{total}, by hand")
        if each.judgement.foreign:
            names.append(f"{total}, in English")
        for name in names:
            groups.setdefault(name, []).append(each)
    return {n: rate(sum(j.dropped for j in g), len(g)) for n, g in sorted(groups.items())}


Table = Mapping[str, Mapping[Half, dict[str, Rate]]]


def measure(
    corpora: Mapping[str, Sequence[Case]], checker: SupportChecker
) -> tuple[Table, dict[str, list[Judged]]]:
    """Rates per corpus and half, and every case with what was said of it."""
    judged = {name: judge(cases, checker) for name, cases in corpora.items()}
    found: dict[str, dict[Half, dict[str, Rate]]] = {}
    for name, every in judged.items():
        found[name] = {h: rates([j for j in every if j.case.half == h]) for h in HALVES}
    return found, judged


def write_table(table: Table) -> str:
    """The rates as text."""
    lines = []
    for name, halves in table.items():
        lines += ["", f"{name:<34}" + "".join(f"{half:>30}" for half in HALVES)]
        kinds = dict.fromkeys(k for half in HALVES for k in halves[half])
        for kind in sorted(kinds, key=_order):
            cells = [_cell(halves[half].get(kind)) for half in HALVES]
            lines.append(f"{kind:<34}" + "".join(f"{cell:>30}" for cell in cells))
    return "\n".join(lines[1:])


def _order(kind: str) -> tuple[int, str]:
    firsts = ("caught", "false")
    return (0 if kind.startswith(firsts) else 1, kind)


def _cell(found: Rate | None) -> str:
    if found is None:
        return "-"
    low, high = round(100 * found.low), round(100 * found.high)
    return f"{found.count}/{found.of} {100 * found.share:.1f}% [{low}-{high}]"


# --- command ---------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns the exit code: 0, or 2 for wrong use or a missing part."""
    given = _parser().parse_args(arguments)
    settings = Settings()
    try:
        corpora = {
            place.resolve().name: cases_of(versions_of(place, settings), given.per_kind)
            for place in given.places
        }
        checker = open_checker(None if given.words_only else open_embedder(settings))
    except RoutewijzerError as error:
        print(f"eval.bench.corruption: {error}", file=sys.stderr)
        return 2
    table, judged = measure(corpora, checker)
    text = write_table(table)
    print(text)
    if given.show:
        _show(judged)
    if given.fit:
        print(fit_support([j.case for js in judged.values() for j in js], checker, given.alarms))
    if given.out:
        _write(given.out, table, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.corruption")
    parser.add_argument(
        "places", type=Path, nargs="*", default=[STARTER], metavar="MAP", help="documenten of data"
    )
    parser.add_argument("--per-kind", type=int, default=25, metavar="N")
    parser.add_argument("--words-only", action="store_true", help="zonder taalmodel")
    parser.add_argument(
        "--show", action="store_true", help="wat misging in de helft om op te stellen"
    )
    parser.add_argument("--fit", action="store_true", help="gewichten passen op die helft")
    parser.add_argument("--alarms", type=float, default=0.08, help="hoeveel vals alarm dan mag")
    parser.add_argument("--out", type=Path, metavar="BESTAND", help="JSON; de tabel komt ernaast")
    return parser


def _show(judged: Mapping[str, Sequence[Judged]]) -> None:
    """What went wrong, of the half that may be looked at only."""
    say: Callable[[str], None] = print
    for every in judged.values():
        for j in every:
            if j.case.half == "tune" and j.dropped == j.case.carried:
                told = "ALARM" if j.case.carried else "MISSED"
                say(f"{told} {j.case.kind} | {j.case.statement} | {j.judgement.reason}")
                say(f"      {j.judgement.score:.2f} {' || '.join(j.case.quotes)}")


def _write(path: Path, table: Table, text: str) -> None:
    """Figures only: no word of the documents."""
    content = {
        name: {half: {k: asdict(r) for k, r in halves[half].items()} for half in HALVES}
        for name, halves in table.items()
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
