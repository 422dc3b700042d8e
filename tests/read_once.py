"""What each application reads or makes anew, and is the same each time, made once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from corpus.dutch import DutchAnalyser
from eval.questions import QuestionSet, load_set
from eval.sets import SETS
from web.language import load_tongues

_kept_set = cache(load_set)
_kept_tongues = cache(load_tongues)
_kept_words = cache(DutchAnalyser)


class Compiled(BytecodeCache):
    """Templates as code. Jinja itself looks whether the source is still the same."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


def our_set(path: Path) -> QuestionSet:
    """A set of the project is in memory once it was read; a set of a test is read anew."""
    return (_kept_set if path.parent == SETS else load_set)(path)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it an application takes its compiled templates, its translations, the question sets
    of the project and the words of the language from memory. These are files of the source or of
    a package, which no test changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.rendering.Environment", partial(Environment, bytecode_cache=_COMPILED))
        patch.setattr("web.app.load_tongues", _kept_tongues)
        patch.setattr("eval.sets.load_set", our_set)
        patch.setattr("cli.models.DutchAnalyser", _kept_words)
        yield
