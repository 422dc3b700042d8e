"""Does the jobs of the queue, one at a time, for as long as its process lives."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from corpus.disk_trouble import disk_trouble
from corpus.errors import RoutewijzerError
from corpus.give_way import give_way
from corpus.job_queue import CANNOT_ASK, JobQueue
from corpus.jobs import Job
from corpus.postgres import DatabaseAwayError
from corpus.progress import Progress
from web.staff.desk import Desk
from web.staff.jobs import JobRunner
from web.staff.spool import Spool
from web.staff.work import WORK, Work

log = logging.getLogger(__name__)

POLL_S = 1.0
_NOTE_EVERY_S = 0.3
_SIGNS_PER_LEASE = 4
_OURS = "Er ging iets mis bij ons; in het logboek staat meer bij {id}."
_UNKNOWN = (
    "Dit werk ('{kind}') is van een andere versie van Routewijzer. Draai overal dezelfde versie en "
    "begin het opnieuw."
)


class _LetGo(BaseException):
    """Ends the work on a job that is given back, or is somebody else's by now. Not an Exception:
    no work may take it for something that went wrong with it."""


class Worker:
    """One worker. ``stop`` may be called from any thread, or by a signal."""

    def __init__(self, desk: Desk, queue: JobQueue, works: Mapping[str, Work] = WORK) -> None:
        self._desk = desk
        self._queue = queue
        self._works = works
        self._spool = Spool(desk.settings.data_dir)
        self._stopped = threading.Event()
        self._news = threading.Event()
        self._ends_at = 0.0
        self._away = False

    def begin(self) -> None:
        """Take back a stop."""
        self._stopped.clear()

    def run(self, until_idle: bool = False) -> None:
        """Do what waits, and what will, until it is stopped, or until nothing waits."""
        while not self._stopped.is_set():
            self._news.clear()
            if self.step():
                continue
            if until_idle:
                return
            self._news.wait(POLL_S)

    def step(self) -> bool:
        """Do one job, if there is one to be done; whether there was."""
        try:
            job = self._queue.claim()
            if job is not None:
                self._do(job)
        except CANNOT_ASK:
            # The database is away. What was being done waits for its lease to end, and is done
            # again; this worker asks once more a second later, and does not say so each time.
            if not self._away:
                log.exception("The queue of jobs cannot be read or written")
            self._away = True
            return False
        self._away = False
        return job is not None

    @property
    def idle(self) -> bool:
        """Whether it was stopped, or has not been woken since it last looked for work."""
        return self._stopped.is_set() or not self._news.is_set()

    def wake(self) -> None:
        """Look at once instead of at the next round."""
        self._news.set()

    def stop(self, grace_s: float = 0.0) -> None:
        """Begin nothing any more. What is being done may end within ``grace_s`` seconds; after
        that it is given back when it next says how far it is."""
        self._ends_at = time.monotonic() + grace_s
        self._stopped.set()
        self._news.set()

    # --- steps -------------------------------------------------------------------------------

    def _do(self, job: Job) -> None:
        log.info("Job %s (%s) begins, attempt %d", job.id, job.kind, job.attempts)
        lost = threading.Event()
        try:
            with self._signs_of_life(job, lost):
                ended = self._end(job, self._reporter(job, lost))
        except _LetGo:
            given = self._queue.give_back(job)
            log.info("Job %s is %s", job.id, "given back" if given else "done by another worker")
            return
        if ended and "load" in job.params:
            self._spool.remove(str(job.params["load"]))

    def _end(self, job: Job, report: Progress) -> bool:
        """Do it and note what came of it; whether it has ended, well or not."""
        try:
            report("Beginnen", 0, 0)
            work = self._works.get(job.kind)
            if work is None:
                return self._queue.fail(job, _UNKNOWN.format(kind=job.kind))
            return self._queue.finish(job, work(self._desk, job, report))
        except DatabaseAwayError:
            self._queue.give_back(job, counts=True)  # nothing is wrong with the job itself
            return False
        except RoutewijzerError as error:
            return self._failed(job, str(error))
        except Exception as error:
            # Nobody waits for this thread: what goes wrong must be told on the page.
            log.exception("Unexpected error in job %s", job.id)
            trouble = disk_trouble(error)
            return self._failed(job, f"{trouble}." if trouble else _OURS.format(id=job.id))

    def _failed(self, job: Job, message: str) -> bool:
        if self._stopped.is_set():
            # What reads a file apart may have got the signal to stop, too: that is no fault of it.
            self._queue.give_back(job)
            return False
        return self._queue.fail(job, message)

    def _reporter(self, job: Job, lost: threading.Event) -> Progress:
        """Progress that is written a few times a second at most, and at the end of each step."""
        noted_at, noted_step = 0.0, ""

        def report(step: str, done: int, total: int) -> None:
            nonlocal noted_at, noted_step
            now = time.monotonic()
            if lost.is_set() or (self._stopped.is_set() and now >= self._ends_at):
                raise _LetGo
            if step == noted_step and done < total and now - noted_at < _NOTE_EVERY_S:
                return
            noted_at, noted_step = now, step
            if not self._queue.progress(job, step, done, total):
                raise _LetGo

        return report

    @contextmanager
    def _signs_of_life(self, job: Job, lost: threading.Event) -> Iterator[None]:
        """Say a few times per lease that this worker lives; ``lost`` when the job is no longer
        its own."""
        ended = threading.Event()

        def sign() -> None:
            while not ended.wait(self._queue.lease_s / _SIGNS_PER_LEASE):
                try:
                    if not self._queue.alive(job):
                        lost.set()
                except CANNOT_ASK:
                    log.warning("No sign of life for job %s: the database is away", job.id)

        thread = threading.Thread(target=sign, name="job-alive", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def open_worker(desk: Desk) -> Worker:
    """A worker on the data folder of ``desk``."""
    return Worker(desk, JobQueue(desk.registry.engine, desk.settings.job_lease_s))


def open_runner(desk: Desk) -> JobRunner:
    """Who starts jobs; they are done in this process unless the settings say otherwise."""
    if desk.settings.jobs == "apart":
        return JobRunner(desk.jobs)
    return JobRunner(desk.jobs, WorkerThread(open_worker(desk)))


class WorkerThread:
    """A worker in a thread of this process, for a server that does its own work.

    With ``begin`` it looks for work until ``end``, as a server does. Without, it lives as long as
    there is work to be done and comes back with the next ``wake``.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stays = False

    def begin(self) -> None:
        """Look for work from now on: what a killed process left is done, too."""
        self._stays = True
        self._worker.begin()
        self.wake()

    def wake(self) -> None:
        """Look for work now."""
        with self._lock:
            self._worker.wake()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()

    def end(self, wait_s: float) -> None:
        """Stop; what is being done is given back, if it says how far it is within ``wait_s``."""
        self._stays = False
        self._worker.stop()
        thread = self._thread
        if thread is not None:
            thread.join(wait_s)

    def _run(self) -> None:
        give_way()
        while True:
            self._worker.run(until_idle=not self._stays)
            with self._lock:
                if self._worker.idle:
                    self._thread = None
                    return
