"""Long work steps aside for readers."""

from __future__ import annotations

import os
import sys
import threading

_NICE = 5
"""Of 19: it gets a quarter of a core that readers want, too, and all of one that nobody wants."""


def give_way() -> None:
    """Let whoever needs the processor go first: this thread from here on, and the threads and
    processes that it starts. There is no way back, so do this in a thread of its own. Linux only:
    elsewhere it would hold for the whole process, and nothing is done."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        lowest = max(_NICE, os.getpriority(os.PRIO_PROCESS, thread))
        os.setpriority(os.PRIO_PROCESS, thread, lowest)
