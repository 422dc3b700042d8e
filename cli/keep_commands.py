"""`routewijzer backup` and `routewijzer restore`: a copy of all that cannot be made again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.parts import open_parts, release
from cli.progress import progress
from corpus.archive import About

_MB = 1_000_000

File = Annotated[
    Path, typer.Argument(metavar="BESTAND", help="Eindigt op .tar.zst; of een map (dan met datum).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


def backup(
    target: File,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Bewaar in die map alleen de nieuwste N.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Maak een reservekopie, ook terwijl de website draait, en lees haar na."""
    from corpus.backup import keep_newest, make_backup  # most commands make none

    parts = open_parts()
    with progress() as report:
        made = make_backup(parts.settings.data_dir, target, release(), report, parts.server)
    removed = keep_newest(target, keep) if keep is not None and target.is_dir() else []
    about = made.manifest.about
    if json_:
        output.as_json(
            {
                "file": str(made.path),
                "bytes": made.bytes,
                "files": len(made.manifest.files),
                "lost_originals": made.lost,
                "removed": [str(path) for path in removed],
                **about.model_dump(mode="json"),
            }
        )
        return
    output.say(f"Reservekopie gemaakt en nagelezen: {made.path} ({made.bytes / _MB:.1f} MB)")
    output.say(_contents(about))
    if made.lost:
        output.say(
            f"Let op: van {made.lost} documenten was het bewaarde bestand al weg. "
            "Kijk met: routewijzer corpus verify"
        )
    for path in removed:
        output.say(f"Oude kopie verwijderd: {path}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een reservekopie.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Vervang wat er staat; dat blijft ernaast bewaard.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Zet een reservekopie terug; exitcode 1 als er iets niet klopt aan wat erin zat."""
    from corpus.restore import restore_backup

    parts = open_parts()
    data_dir = parts.settings.data_dir
    with progress() as report:
        server = parts.registry.engine if parts.settings.database_url is not None else None
        found = restore_backup(
            source, data_dir, parts.analyser, replace, report, server, parts.home_of
        )
    if json_:
        output.as_json(
            {
                "data_dir": str(data_dir),
                "put_aside": str(found.put_aside) if found.put_aside else None,
                "faults": [fault.line for fault in found.faults],
                **found.about.model_dump(mode="json"),
            }
        )
    else:
        output.say(f"Teruggezet in {data_dir}. {_contents(found.about)}")
        if found.put_aside is not None:
            output.say(f"Wat er stond, staat nu in {found.put_aside}. Is alles goed, wis die map.")
        for fault in found.faults:
            output.say(fault.line)
        output.say(
            "Mee te nemen: routewijzer corpus verify --repair"
            if found.faults
            else "Alles is nagelopen en klopt. Start de website nu (opnieuw)."
        )
    if found.faults:
        raise typer.Exit(1)


def _contents(about: About) -> str:
    counts = about.counts
    edition = f"editie {about.edition}" if about.edition is not None else "nog geen editie"
    return (
        f"Van {about.made_at:%d-%m-%Y %H:%M} UTC: {edition}, {counts['document']} documenten, "
        f"{counts['passage']} passages, {counts.get('original', 0)} bewaarde bestanden, "
        f"{counts.get('kept_question', 0)} vragen."
    )
