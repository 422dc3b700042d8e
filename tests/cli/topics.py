"""Documents on made-up topics."""

from __future__ import annotations

from pathlib import Path


def topics(folder: Path, numbers: range) -> Path:
    """Documents on made-up topics: each has four passages of six sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        lines = [f"# Werkplaats {number}\n"]
        for part in ("hout", "metaal", "glas", "papier"):
            lines += [
                f"## Wat doet werkplaats {number} met {part}?\n",
                f"In werkplaats {number} leren studenten elke week werken met {part}. "
                f"Werkplaats {number} geeft {10 + number} euro per maand uit aan {part}.",
                *(
                    f"In week {week} maken de studenten van werkplaats {number} samen met een "
                    f"begeleider een voorwerp van {part}, dat zij daarna aan elkaar laten zien."
                    for week in range(1, 5)
                ),
                "",
            ]
        (folder / f"werkplaats-{number}.md").write_text("\n".join(lines), encoding="utf-8")
    return folder
