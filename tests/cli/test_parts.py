"""What a command opened is closed behind it, however it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.parts import Parts, let_go_after, open_parts
from corpus.errors import BadInputError
from tests.cli.conftest import Cli


def idle(engine: Engine) -> int:
    return engine.pool.checkedin()  # type: ignore[attr-defined]


def opened() -> Parts:
    parts = open_parts()
    assert parts.ledger.current() is None
    assert idle(parts.registry.engine) == 1
    return parts


@pytest.mark.usefixtures("data_dir")
def test_databases_are_closed_behind_a_command_also_when_it_fails() -> None:
    seen: list[Parts] = []

    def command() -> None:
        with let_go_after():
            seen.append(opened())
            raise BadInputError("Zo gaat het niet.")

    with pytest.raises(BadInputError):
        command()
    assert idle(seen[0].registry.engine) == 0
    other = opened()  # outside a command nobody closes it but who opened it
    assert idle(other.registry.engine) == 1
    other.let_go()
    assert idle(other.registry.engine) == 0


def test_a_copy_is_put_back_behind_other_commands(published: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.tar.zst"
    for command in (("backup", copy), ("corpus", "list"), ("restore", copy, "--replace")):
        assert published(*command).code == 0
