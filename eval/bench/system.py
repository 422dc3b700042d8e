"""What is measured: two systems that read the same pages and take the same questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from corpus.settings import Settings
from eval.bench.embedders import TimedEmbedder

Side = Literal["ours", "tutorial"]
SIDES: tuple[Side, ...] = ("ours", "tutorial")


@dataclass(frozen=True, slots=True)
class Steps:
    """Seconds from files to searchable, and of each step in it; None where it has no such step."""

    total: float
    read: float
    embed: float
    store: float | None
    index: float


class System(Protocol):
    """A system on a data folder of its own."""

    embedder: TimedEmbedder
    data_dir: Path

    def ingest(self, pages: Path) -> Steps:
        """Bring every file in the folder in and make it what readers see."""

    def sizes(self) -> dict[str, int]:
        """How many things of each kind it searches."""

    def open(self) -> None:
        """Be ready for questions."""

    def search(self, question: str) -> object:
        """Find what belongs to a question."""

    def answer(self, question: str) -> object:
        """Everything from a question to an answer."""

    def close(self) -> None:
        """Let go of the folder, so that another process can open it."""


def open_system(side: Side, settings: Settings, embedder: TimedEmbedder) -> System:
    """The system of a side on ``settings.data_dir``."""
    # Imported here: a process that starts one side must not pay for the other.
    if side == "ours":
        from eval.bench.ours import Ours

        return Ours(settings, embedder)
    from eval.bench.tutorial import Tutorial

    return Tutorial(settings.data_dir, embedder)
