"""The queue: one job at a time, oldest first, none lost and none ended twice, whoever dies and
whatever the clock on the wall does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from corpus import staff_tables
from corpus.database import open_database
from corpus.job_queue import GIVEN_UP, LEASE_S, MOST_ATTEMPTS, JobQueue
from corpus.jobs import Job, Jobs
from tests.moving_clock import MovingClock

HOUR = timedelta(hours=1)


class Steady:
    """A clock of seconds that only rises."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(tmp_path_factory.mktemp("rij"))
    yield engine
    engine.dispose()


@pytest.fixture
def engine(opened: Engine) -> Iterator[Engine]:
    yield opened
    empty(opened)


@pytest.fixture
def wall() -> MovingClock:
    return MovingClock()


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def jobs(engine: Engine, wall: MovingClock) -> Jobs:
    return Jobs(engine, wall)


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(staff_tables.job))


def worker(engine: Engine, wall: MovingClock, steady: Steady) -> JobQueue:
    return JobQueue(engine, LEASE_S, wall, steady)


def add(jobs: Jobs, wall: MovingClock, title: str = "Werk") -> str:
    wall.move(timedelta(seconds=1))
    return jobs.add("ingest", title, "anja")


def taken(queue: JobQueue) -> Job:
    job = queue.claim()
    assert job is not None
    return job


def found(jobs: Jobs, job_id: str) -> Job:
    job = jobs.find(job_id)
    assert job is not None
    return job


def test_the_oldest_first_and_one_at_a_time(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    ids = [add(jobs, wall) for _ in range(3)]
    one, two = worker(engine, wall, steady), worker(engine, wall, steady)
    for job_id in ids:
        job = taken(one)
        assert (job.id, job.state, job.holder, job.attempts) == (job_id, "running", one.holder, 1)
        assert two.claim() is None
        one.finish(job, {"lines": ["Klaar"]})
        assert found(jobs, job_id).result == {"lines": ["Klaar"]}
    assert two.claim() is None
    assert one.holder != two.holder


def test_many_at_once_never_get_two(engine: Engine, jobs: Jobs, wall: MovingClock) -> None:
    ids = {add(jobs, wall) for _ in range(12)}
    done: list[str] = []
    at_once: list[int] = []
    busy = threading.Semaphore(1)

    def work() -> None:
        queue = JobQueue(engine)
        while jobs.still_open():
            job = queue.claim()
            if job is None:
                continue
            at_once.append(1 if busy.acquire(blocking=False) else 2)
            done.append(job.id)
            time.sleep(0.003)
            busy.release()
            queue.finish(job, {})

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(at_once) == {1}
    assert sorted(done) == sorted(ids)


def test_how_far_it_is_and_that_it_failed(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    job_id = add(jobs, wall)
    queue = worker(engine, wall, steady)
    job = taken(queue)
    assert queue.progress(job, "Lezen", 2, 5)
    seen = found(jobs, job_id)
    assert (seen.state, seen.step, seen.done, seen.total) == ("running", "Lezen", 2, 5)
    assert queue.fail(job, "plan.pdf is leeg.")
    seen = found(jobs, job_id)
    assert (seen.state, seen.open, seen.message) == ("failed", False, "plan.pdf is leeg.")


def test_who_is_silent_too_long_loses_its_job(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    job_id = add(jobs, wall)
    dead, other = worker(engine, wall, steady), worker(engine, wall, steady)
    old = taken(dead)
    dead.progress(old, "Lezen", 2, 5)
    assert other.claim() is None  # from now on it looks
    steady.at += LEASE_S - 0.1
    assert other.claim() is None
    steady.at += 0.2
    new = taken(other)
    assert (new.id, new.holder, new.attempts, new.again) == (job_id, other.holder, 2, True)
    assert (new.step, new.done, new.total) == ("", 0, 0)
    # The first was not dead but slow: it changes nothing any more.
    assert not dead.alive(old)
    assert not dead.progress(old, "Bewaren", 1, 2)
    assert not dead.finish(old, {"lines": ["van de oude"]})
    assert not dead.fail(old, "van de oude")
    assert not dead.give_back(old)
    assert found(jobs, job_id).holder == other.holder
    assert other.finish(new, {})


def test_a_sign_of_life_keeps_it(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    add(jobs, wall)
    slow, other = worker(engine, wall, steady), worker(engine, wall, steady)
    job = taken(slow)
    for _ in range(10):
        assert other.claim() is None
        steady.at += LEASE_S - 1
        wall.move(timedelta(seconds=LEASE_S - 1))
        assert slow.alive(job)
    assert other.claim() is None


def test_a_sign_of_life_at_the_last_moment_wins(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = add(jobs, wall)
    slow, other = worker(engine, wall, steady), worker(engine, wall, steady)
    job = taken(slow)
    assert other.claim() is None
    steady.at += LEASE_S
    free = JobQueue._free

    def late(self: JobQueue, seen: Job) -> None:
        wall.move(timedelta(seconds=1))
        slow.alive(job)  # between looking and taking
        free(self, seen)

    monkeypatch.setattr(JobQueue, "_free", late)
    assert other.claim() is None
    assert found(jobs, job_id).holder == slow.holder


def test_after_three_deaths_it_is_told_and_the_next_goes_on(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    job_id, following = add(jobs, wall), add(jobs, wall)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        dying = worker(engine, wall, steady)
        assert dying.claim() is None or attempt == 1  # it sees that the one before it is there
        steady.at += LEASE_S
        job = taken(dying) if attempt > 1 else found(jobs, job_id)
        assert (job.id, job.attempts) == (job_id, attempt)
    last = worker(engine, wall, steady)
    assert last.claim() is None
    steady.at += LEASE_S
    assert taken(last).id == following
    given_up = found(jobs, job_id)
    assert (given_up.state, given_up.message) == ("failed", GIVEN_UP)


def test_what_is_given_back_keeps_its_place_and_its_attempts(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    job_id, following = add(jobs, wall), add(jobs, wall)
    stopping, other = worker(engine, wall, steady), worker(engine, wall, steady)
    for _ in range(MOST_ATTEMPTS + 2):  # a server may be stopped as often as one likes
        assert stopping.give_back(taken(stopping))
    job = taken(other)
    assert (job.id, job.attempts, job.again) == (job_id, 1, False)
    assert found(jobs, following).state == "waiting"


def test_what_is_given_back_as_an_attempt_ends_after_three(
    engine: Engine, jobs: Jobs, wall: MovingClock, steady: Steady
) -> None:
    job_id = add(jobs, wall)
    queue = worker(engine, wall, steady)
    for _ in range(MOST_ATTEMPTS):
        assert queue.give_back(taken(queue), counts=True)
    assert found(jobs, job_id).message == GIVEN_UP
    assert queue.claim() is None


@pytest.mark.fault
@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["vooruit", "terug"])
def test_a_clock_that_jumps_takes_no_job_from_the_living(
    engine: Engine,
    jobs: Jobs,
    wall: MovingClock,
    steady: Steady,
    jump: timedelta,
    record_property: pytest.RecordProperty,
) -> None:
    way = "vooruit" if jump > timedelta() else "terug"
    record_property("fault", f"klok springt een uur {way} terwijl er een werk loopt")
    record_property("recovery_s", 0.0)
    add(jobs, wall)
    living, other = worker(engine, wall, steady), worker(engine, wall, steady)
    job = taken(living)
    assert other.claim() is None
    wall.move(jump)
    assert other.claim() is None
    steady.at += LEASE_S / 2
    assert living.alive(job)
    wall.move(-jump)
    assert other.claim() is None
    steady.at += LEASE_S / 2
    assert other.claim() is None
    assert living.finish(job, {})


@pytest.mark.fault
@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["vooruit", "terug"])
def test_a_clock_that_jumps_leaves_no_job_with_the_dead(
    engine: Engine,
    jobs: Jobs,
    wall: MovingClock,
    steady: Steady,
    jump: timedelta,
    record_property: pytest.RecordProperty,
) -> None:
    way = "vooruit" if jump > timedelta() else "terug"
    record_property("fault", f"klok springt een uur {way}, en wie het werk deed is dood")
    record_property("recovery_s", LEASE_S)
    job_id, late = add(jobs, wall), ""
    dead, other = worker(engine, wall, steady), worker(engine, wall, steady)
    taken(dead)
    wall.move(jump)
    late = add(jobs, wall)
    assert other.claim() is None
    steady.at += LEASE_S
    ids = set()
    for _ in range(2):
        job = taken(other)
        ids.add(job.id)
        other.finish(job, {})
    assert ids == {job_id, late}


Step = st.one_of(
    st.tuples(st.just("add"), st.just(0)),
    *(
        st.tuples(st.just(what), st.integers(0, 2))
        for what in ("alive", "finish", "fail", "give back", "die")
    ),
    st.tuples(st.just("wait"), st.sampled_from([1, 10, 25])),
    st.tuples(st.just("jump"), st.sampled_from([-3600, 3600])),
)


class Rig:
    """Three workers, what each holds, and what they ended."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.wall, self.steady = MovingClock(), Steady()
        self.jobs = Jobs(engine, self.wall)
        self.workers = [worker(engine, self.wall, self.steady) for _ in range(3)]
        self.held: dict[int, Job] = {}
        self.added: set[str] = set()
        self.ended: list[str] = []

    def do(self, what: str, number: int) -> None:
        if what == "add":
            self.added.add(add(self.jobs, self.wall))
        elif what in ("wait", "jump"):
            self.wall.move(timedelta(seconds=number))
            self.steady.at += number if what == "wait" else 0
        elif what == "die":
            self.held.pop(number, None)
            self.workers[number] = worker(self.engine, self.wall, self.steady)
        elif number not in self.held:
            job = self.workers[number].claim()
            if job is not None:
                self.held[number] = job
        elif what == "alive":
            self.wall.move(timedelta(milliseconds=1))
            self.workers[number].alive(self.held[number])
        else:
            self.end(what, self.workers[number], self.held.pop(number))

    def end(self, what: str, queue: JobQueue, job: Job) -> None:
        if what == "give back":
            queue.give_back(job)
        elif queue.finish(job, {}) if what == "finish" else queue.fail(job, "mis"):
            self.ended.append(job.id)

    def end_all(self) -> None:
        """Whatever happened, one worker that stays brings everything to an end."""
        last = worker(self.engine, self.wall, self.steady)
        for _ in range(3 * len(self.added) + 2):
            job = last.claim()
            if job is None:
                self.steady.at += LEASE_S
            else:
                self.end("finish", last, job)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(Step, max_size=40))
def test_nothing_is_lost_or_done_by_two(engine: Engine, steps: list[tuple[str, int]]) -> None:
    empty(engine)
    rig = Rig(engine)
    for what, number in steps:
        rig.do(what, number)
        assert rig.jobs.counts()["running"] <= 1
    rig.end_all()
    assert rig.jobs.still_open() == []
    assert {job.id for job in rig.jobs.recent(1000)} == rig.added
    assert len(rig.ended) == len(set(rig.ended))
