"""What a run under load measured, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.bench.report import number


@dataclass(frozen=True, slots=True)
class Step:
    """A number of readers at once."""

    workers: int
    readers: int
    answers: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    failed: int
    """Neither an answer nor a refusal that says when to come back."""
    refused: int
    embedded_per_second: float
    """Questions that the model alone takes, with as many processes and threads."""

    @property
    def share(self) -> float:
        """Answers in terms of what the model alone takes."""
        return self.per_second / self.embedded_per_second


@dataclass(frozen=True, slots=True)
class Changing:
    """A document that is put in and published while readers ask."""

    workers: int
    readers: int
    seconds: float
    """From the start of it until it was published."""
    read_s: float
    """Of these, until it was read and embedded."""
    answers: int
    p95_ms: float
    p95_without_ms: float
    """Of the same readers, right before."""
    failed: int
    refused: int
    editions: tuple[int, ...]
    """That answers came from."""
    mixed: int
    """Answers that cite a version which is not in the edition that they name."""
    published: bool


@dataclass(frozen=True, slots=True)
class Busy:
    """Far too many questions at the same moment."""

    workers: int
    at_once: int
    answered: int
    refused: int
    """With a status and a Retry-After."""
    refused_p50_ms: float
    refused_worst_ms: float
    answered_worst_ms: float
    failed: int


@dataclass(frozen=True, slots=True)
class LoadBench:
    """What was measured, where and on what."""

    date: str
    machine: dict[str, object]
    libraries: dict[str, str]
    model: str
    passages: int
    pages: int
    steps: tuple[Step, ...]
    changing: tuple[Changing, ...]
    busy: tuple[Busy, ...]


_STEPS = ("processen", "lezers", "per s", "p50", "p95", "p99", "mislukt", "model per s", "deel")
_CHANGING = ("processen", "lezers", "duur", "p95", "zonder", "maal", "mislukt", "edities", "half")
_BUSY = ("processen", "tegelijk", "antwoord", "geweigerd", "p50", "langste", "antwoord langste")


def report(bench: LoadBench) -> list[str]:
    """The figures for people, in Dutch."""
    machine = bench.machine
    return [
        f"Onder belasting, {bench.date}, Python {machine['python']}, {machine['system']}, "
        f"{machine['cores']} kernen, belasting vooraf {machine['load']}",
        f"Model {bench.model}; {bench.passages} passages; geen vraag wordt twee keer gesteld.",
        "",
        "Lezers die meteen na een antwoord de volgende vraag stellen",
        *_columns([_STEPS, *map(_step, bench.steps)]),
        "'Model per s': dezelfde soort vragen alleen door het model, één voor één, met evenveel "
        "processen en draden, in dezelfde meting.",
        "",
        f"Terwijl een PDF van {bench.pages} pagina's wordt ingelezen en gepubliceerd",
        *_columns([_CHANGING, *map(_changing, bench.changing)]),
        "'Half': antwoorden die een versie aanhalen die niet in hun editie zit.",
        "",
        "Alle vragen op hetzelfde moment",
        *_columns([_BUSY, *map(_busy, bench.busy)]),
        "Elke weigering zegt met Retry-After wanneer het weer kan; 'mislukt' telt wat dat niet "
        "doet.",
    ]


def _step(step: Step) -> tuple[str, ...]:
    return (
        str(step.workers),
        str(step.readers),
        number(step.per_second),
        *map(_ms, (step.p50_ms, step.p95_ms, step.p99_ms)),
        str(step.failed),
        number(step.embedded_per_second),
        f"{100 * step.share:.0f} %",
    )


def _changing(found: Changing) -> tuple[str, ...]:
    return (
        str(found.workers),
        str(found.readers),
        f"{number(found.seconds)} s" if found.published else "mislukt",
        *map(_ms, (found.p95_ms, found.p95_without_ms)),
        number(found.p95_ms / found.p95_without_ms),
        str(found.failed),
        ", ".join(map(str, found.editions)),
        str(found.mixed),
    )


def _busy(found: Busy) -> tuple[str, ...]:
    worst = (found.refused_p50_ms, found.refused_worst_ms, found.answered_worst_ms)
    return (
        str(found.workers),
        str(found.at_once),
        str(found.answered),
        str(found.refused),
        *map(_ms, worst),
    )


def _ms(value: float) -> str:
    return "-" if value != value else f"{number(value)} ms"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.rjust, row, widths)) for row in rows]
