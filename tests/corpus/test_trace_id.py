from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.trace_id import current_trace_id, new_trace_id, trace_id, traced


def test_every_new_id_is_another_of_32_digits() -> None:
    made = {new_trace_id() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in made)


def test_within_a_request_there_is_one() -> None:
    with traced("a" * 32):
        assert trace_id() == trace_id() == current_trace_id() == "a" * 32
        with traced("b" * 32):
            assert trace_id() == "b" * 32
        assert trace_id() == "a" * 32
    assert current_trace_id() is None
    assert trace_id() != trace_id()


def test_it_is_gone_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), traced("a" * 32):
        raise ZeroDivisionError
    assert current_trace_id() is None


def test_another_thread_has_another_request() -> None:
    with traced("a" * 32), ThreadPoolExecutor(1) as pool:
        assert pool.submit(current_trace_id).result() is None
