from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]

# Blocks of 2 MB, every other one freed: the library keeps such holes once it has seen that large
# blocks come and go.
_HOLES = """
import ctypes, sys
from pathlib import Path
from corpus.freed_memory import give_back, keep_little
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, (ctypes.c_size_t,)
libc.free.argtypes = (ctypes.c_void_p,)
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024
def block():
    place = libc.malloc(2 << 20)
    ctypes.memset(place, 1, 2 << 20)
    return place
if sys.argv[1] == "keep_little":
    assert keep_little()
libc.free(block())
before = resident()
blocks = [block() for _ in range(40)]
for place in blocks[::2]:
    libc.free(place)
print(resident() - before)
give_back()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="alleen de GNU C-bibliotheek kan dit")
def test_holes_between_blocks_in_use_go_back_to_the_system() -> None:
    def held(how: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", _HOLES, how],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
            text=True,
        )
        return int(done.stdout)

    assert held("keep_little") < 50 < 70 < held("by default")
