"""How messages name pages."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 12


def named(numbers: Iterable[int]) -> str:
    """ "Pagina 3", "Pagina 3 en 5", "Pagina 2, 4-9 en 12": rising, ranges drawn together.

    More than a dozen parts are cut short, with how many pages there are in all.
    """
    pages = sorted(set(numbers))
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][-1] + 1:
            ranges[-1].append(page)
        else:
            ranges.append([page])
    parts = [part for each in ranges for part in _parts(each)]
    if len(parts) > _MOST:
        return f"Pagina {', '.join(parts[:_MOST])} enzovoort ({len(pages)} pagina's)"
    *most, last = parts
    return f"Pagina {', '.join(most)} en {last}" if most else f"Pagina {last}"


def _parts(pages: list[int]) -> list[str]:
    if len(pages) > 2:
        return [f"{pages[0]}-{pages[-1]}"]
    return [str(page) for page in pages]
