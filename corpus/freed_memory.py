"""Makes a process that runs for weeks give memory back that it does not use any more."""

from __future__ import annotations

import ctypes

# As malloc.h of the GNU C library numbers them.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_ARENAS = 2
"""By default each thread that answers gets a part of memory of its own, up to eight per core: what
it frees there no other thread can use."""
_APART = 1 << 20
"""Bytes from which a block is asked of the system and given back at once. By default the library
raises this to 32 MB on its own, and holes between blocks stay."""
_SPARE = 8 << 20


def keep_little() -> bool:
    """Let freed memory go back to the system, for the whole process; whether that was possible.

    To be called before threads are started. Only the GNU C library can (mallopt(3)); elsewhere
    nothing happens.
    """
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is None:
        return False
    wanted = ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _APART), (_TRIM_THRESHOLD, _SPARE))
    taken = [tell(setting, value) == 1 for setting, value in wanted]
    return all(taken)


def give_back() -> None:
    """Give back what is free now, such as what reading a large file left."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
