"""Files that operating systems and office programs leave lying about: nobody means them."""

from __future__ import annotations

_NAMES = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", "icon\r", ".localized"}
)
_FOLDERS = frozenset(
    {
        "__macosx",
        ".spotlight-v100",
        ".trashes",
        ".fseventsd",
        "$recycle.bin",
        "system volume information",
    }
)
_STARTS = ("._", "~$", ".~lock.")


def is_litter(path: str) -> bool:
    """Whether ``path``, with ``/`` between its parts, leads to such a file."""
    *folders, name = path.casefold().split("/")
    return (
        name in _NAMES or name.startswith(_STARTS) or any(folder in _FOLDERS for folder in folders)
    )


def litter_note(where: str, count: int) -> str:
    """One line about what was left out of ``where``, as nothing is left out in silence."""
    one = count == 1
    files = "1 hulpbestand" if one else f"{count} hulpbestanden"
    return f"{where}: {files} van het besturingssysteem overgeslagen."
