from __future__ import annotations

import asyncio

import pytest

from web.limits.line import Line


def test_a_place_that_comes_free_goes_to_who_came_first() -> None:
    async def play() -> list[str]:
        line, order = Line(1, 5, 5.0), []

        async def visit(name: str) -> None:
            assert await line.enter()
            order.append(name)

        assert await line.enter()
        visits = [asyncio.create_task(visit(name)) for name in "abc"]
        for _ in "abc":
            await asyncio.sleep(0)
            line.leave()
            await asyncio.sleep(0.001)
        await asyncio.gather(*visits)
        return order

    assert asyncio.run(play()) == ["a", "b", "c"]


def test_who_comes_when_the_line_is_full_is_refused_at_once() -> None:
    async def play() -> None:
        line = Line(1, 1, 60.0)
        assert await line.enter()
        waiting = asyncio.create_task(line.enter())
        await asyncio.sleep(0)
        async with asyncio.timeout(1):
            assert not await line.enter()
        line.leave()
        assert await waiting

    asyncio.run(play())


def test_nobody_waits_for_ever_and_the_place_stays_good() -> None:
    async def play() -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []
        line = Line(1, 5, 0.01, lambda inside, waiting: seen.append((inside, waiting)))
        assert await line.enter()
        assert not await line.enter()
        line.leave()
        assert await line.enter()
        line.leave()
        return seen

    seen = asyncio.run(play())
    assert (1, 1) in seen
    assert seen[-1] == (0, 0)


@pytest.mark.parametrize("places", [1, 3])
def test_never_more_inside_than_places(places: int) -> None:
    async def play() -> int:
        most = 0
        line = Line(places, 100, 5.0)
        inside = 0

        async def visit() -> None:
            nonlocal inside, most
            if await line.enter():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1
                line.leave()

        await asyncio.gather(*(visit() for _ in range(20)))
        return most

    assert asyncio.run(play()) == places


def test_who_gives_up_waiting_takes_no_place() -> None:
    async def play() -> None:
        line = Line(1, 5, 5.0)
        assert await line.enter()
        gone = asyncio.create_task(line.enter())
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        line.leave()
        assert await line.enter()

    asyncio.run(play())


def test_who_would_wait_in_vain_is_refused_at_once() -> None:
    async def play() -> None:
        clock = [0.0]
        line = Line(1, 100, 5.0, now=lambda: clock[0])
        assert await line.enter()
        waiting = [asyncio.create_task(line.enter()) for _ in range(6)]
        await asyncio.sleep(0)
        for _ in range(3):  # a place comes free every two seconds: three more is six seconds
            clock[0] += 2.0
            line.leave()
            await asyncio.sleep(0)
        assert [task.done() for task in waiting] == [True] * 3 + [False] * 3
        async with asyncio.timeout(1):
            assert not await line.enter()
        line.leave()
        await asyncio.sleep(0)
        late = asyncio.create_task(line.enter())  # two wait: four seconds, which is in time
        await asyncio.sleep(0)
        assert not late.done()
        for _ in range(3):
            line.leave()
            await asyncio.sleep(0)
        assert await late

    asyncio.run(play())


def test_a_slow_time_is_forgotten_when_places_come_free_faster() -> None:
    async def play() -> None:
        clock = [0.0]
        line = Line(1, 100, 5.0, now=lambda: clock[0])
        assert await line.enter()
        for gap in (60.0, 60.0, *[0.01] * 60):
            waiting = asyncio.create_task(line.enter())
            await asyncio.sleep(0)
            clock[0] += gap
            line.leave()
            assert await waiting
        waits = [asyncio.create_task(line.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in waits)
        for _ in waits:
            line.leave()
            await asyncio.sleep(0)
        assert await asyncio.gather(*waits) == [True] * 3

    asyncio.run(play())


def test_of_a_crowd_that_comes_at_once_most_hear_at_once_that_they_must_come_back() -> None:
    async def play() -> tuple[int, list[bool]]:
        clock = [0.0]
        line = Line(8, 200, 5.0, now=lambda: clock[0])
        crowd = [asyncio.create_task(line.enter()) for _ in range(200)]
        await asyncio.sleep(0)
        refused_at_once = sum(task.done() and not task.result() for task in crowd)
        for _ in range(50):  # it is as slow as was guessed: the last gets in just in time
            clock[0] += 0.1
            line.leave()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        return refused_at_once, [await task for task in crowd if task.done()]

    refused, entered = asyncio.run(play())
    assert refused == 200 - 8 - 51
    assert entered.count(True) == 8 + 50


def test_answers_that_are_ready_together_do_not_make_the_line_look_fast() -> None:
    async def play() -> list[bool]:
        clock = [0.0]
        line = Line(4, 200, 5.0, now=lambda: clock[0])
        for _ in range(4):
            assert await line.enter()
        waiting = [asyncio.create_task(line.enter()) for _ in range(8)]
        await asyncio.sleep(0)
        clock[0] += 4.0  # four answers in four seconds: one a second
        for _ in range(4):
            line.leave()
        await asyncio.sleep(0)
        more = [asyncio.create_task(line.enter()) for _ in range(4)]
        await asyncio.sleep(0)
        refused = [task.done() and not task.result() for task in more]
        for task in (*waiting, *more):
            task.cancel()
        await asyncio.gather(*waiting, *more, return_exceptions=True)
        return refused

    assert asyncio.run(play()) == [False, False, True, True]
