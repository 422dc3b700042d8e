"""`python -m eval.bench`: measure, print the table, keep the figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import BadInputError, RoutewijzerError
from corpus.settings import Settings
from eval.bench.embedders import DEFAULT
from eval.bench.output import say
from eval.bench.report import result_file, table, write_result
from eval.bench.run import QUICK, REAL_LIMIT, STANDARD, run_bench


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code: 0, or 2 for wrong use or a missing part."""
    given = _parser().parse_args(arguments)
    plan = QUICK if given.quick else STANDARD
    if given.pages is not None:
        plan = replace(plan, pages=given.pages)
    try:
        bench = run_bench(plan, _settings(), say, given.embedder)
        path = given.out or result_file(plan)
        write_result(bench, path)
    except RoutewijzerError as error:
        print(f"eval.bench: {error}", file=sys.stderr)
        return 2
    print(table(bench))
    say(f"Cijfers bewaard in {path}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench",
        description="Meet Routewijzer naast de aanpak van een handleiding.",
    )
    parser.add_argument("--quick", action="store_true", help="alleen de startpagina's, één keer")
    parser.add_argument(
        "--pages",
        type=_positive,
        metavar="N",
        help=f"aantal pagina's van elk ongeveer acht passages (standaard {STANDARD.pages}); boven "
        f"{REAL_LIMIT} krijgen ze willekeurige vectoren",
    )
    parser.add_argument("--out", type=Path, metavar="BESTAND", help="waar de cijfers komen (JSON)")
    parser.add_argument(
        "--embedder", default=DEFAULT, metavar="MODULE:FUNCTIE", help="een ander model"
    )
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("geef een getal van 1 of hoger")
    return value


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"ROUTEWIJZER_{first['loc'][0]}".upper()
        raise BadInputError(f"De instelling {name} klopt niet: {first['msg']}.") from None


if __name__ == "__main__":
    sys.exit(main())
