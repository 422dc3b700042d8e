from __future__ import annotations

import os
import sys
import threading

import pytest

from corpus.give_way import give_way


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows the priority of a thread")
def test_only_the_thread_that_gives_way_gets_slower() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    mine, theirs = priority(), []

    def work() -> None:
        give_way()
        theirs.append(priority())
        started = threading.Thread(target=lambda: theirs.append(priority()))
        started.start()
        started.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert theirs == [max(5, mine)] * 2
    assert priority() == mine
