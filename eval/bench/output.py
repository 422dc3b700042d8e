"""How the measurements are told and kept: lines for people, JSON for what compares runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def say(line: str) -> None:
    """Tell how far a measurement is, on standard error: standard output is for the figures."""
    print(line, file=sys.stderr, flush=True)


def keep(bench: DataclassInstance, lines: Sequence[str], path: Path) -> None:
    """Write the figures to ``path`` as JSON and ``lines`` beside it as text; print the lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(asdict(bench), ensure_ascii=False, indent=2)
    path.write_text(content + "\n", encoding="utf-8")
    path.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    say(f"Cijfers bewaard in {path}")
