"""What a disk that fails says, in one line of Dutch."""

from __future__ import annotations

import re

_LINES = (
    # As the system, SQLite and tantivy say it.
    (
        r"No space left|disk is full|Disk quota|File too large|os error (?:27|28|122)",
        "De schijf is vol. Maak ruimte en probeer het weer",
    ),
    (
        r"Read-only file system|readonly database|os error 30",
        "De map met gegevens is alleen te lezen. Zorg dat er in te schrijven is",
    ),
    (
        r"Permission denied|unable to open database file|os error 13",
        "In de map met gegevens mag deze gebruiker niet schrijven. Pas de rechten aan",
    ),
    (
        r"disk I/O error|Input/output error|os error 5\b",
        "De schijf geeft fouten. Kijk hem na, en zet zo nodig een reservekopie terug",
    ),
    (
        r"disk image is malformed|file is not a database",
        "De database is beschadigd. Zet een reservekopie terug met: routewijzer restore BESTAND "
        "--replace",
    ),
)


def disk_trouble(error: Exception) -> str | None:
    """What is wrong with the disk and what to do, without a full stop; None when the error is
    something else. It names no path. What was published before goes on answering: an edition
    counts once all of it is on the disk."""
    said = str(error)
    return next((line for pattern, line in _LINES if re.search(pattern, said)), None)
