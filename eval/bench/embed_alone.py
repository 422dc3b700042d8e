"""How many questions the embedding model alone can take: the bound on what a server can answer.

As many processes as the server has, in each as many threads as it answers with at once, every
question by itself: what is left out is all that the server does beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from corpus.settings import Settings

_ROOT = Path(__file__).parents[2]
_WARM = 3  # questions


class Alone:
    """Processes that each hold the model, and wait until they are asked."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def per_second(self, questions: Sequence[str], readers: int, seconds: float) -> float:
        """Questions per second with ``readers`` threads, spread over the processes, for
        ``seconds``, or until every question was taken once."""
        busy = self._processes[:readers]
        for n, process in enumerate(busy):
            threads = len(range(n, readers, len(busy)))
            order = {"threads": threads, "seconds": seconds, "questions": questions[n :: len(busy)]}
            _say(_pipe(process.stdin), order)
        return sum(float(_pipe(process.stdout).readline()) for process in busy)


@contextmanager
def alone(settings: Settings, embedder: str, processes: int) -> Iterator[Alone]:
    """``processes`` with the embedder that ``embedder`` names, ready."""
    with ExitStack() as stack:
        started = []
        for _ in range(processes):
            process = subprocess.Popen(
                [sys.executable, "-m", "eval.bench.embed_alone"],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            stack.enter_context(process)
            stack.callback(process.terminate)
            settings_json = settings.model_dump(mode="json")
            _say(_pipe(process.stdin), {"settings": settings_json, "embedder": embedder})
            started.append(process)
        for process in started:
            if not _pipe(process.stdout).readline():
                raise RuntimeError("a process with the model ended before it was ready")
        yield Alone(started)


def main() -> None:
    """One of the processes: reads orders from standard input, and writes what it measured."""
    # Imported here, so that the other process does not.
    from corpus.tokens import token_embedder
    from eval.bench.embedders import load_embedder

    given = json.loads(sys.stdin.readline())
    embedder = load_embedder(given["embedder"], Settings(**given["settings"]), made_up=False)
    tokens = token_embedder(embedder)
    embed = tokens.embed_query_tokens if tokens is not None else embedder.embed_queries
    for _ in range(_WARM):
        embed(["Wat is de Mkb-route?"])
    _say(sys.stdout, "ready")
    for line in sys.stdin:
        order = json.loads(line)
        questions = iter(order["questions"])
        began = time.perf_counter()
        until = began + order["seconds"]

        def work(questions: Iterator[str] = questions, until: float = until) -> int:
            done = 0
            for question in questions:
                embed([question])
                done += 1
                if time.perf_counter() >= until:
                    break
            return done

        with ThreadPoolExecutor(order["threads"]) as threads:
            found = [threads.submit(work) for _ in range(order["threads"])]
            done = sum(each.result() for each in found)
        _say(sys.stdout, done / (time.perf_counter() - began))


def _say(pipe: IO[str], what: object) -> None:
    pipe.write(json.dumps(what) + "\n")
    pipe.flush()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:  # only when it was not asked for
        raise RuntimeError("no pipe to the process that was started")
    return pipe


if __name__ == "__main__":
    main()
