from __future__ import annotations

from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.errors import BadInputError
from corpus.glossary_shelf import SHIPPED, GlossaryShelf, release
from corpus.lock import WriteLock

ONE = '[[group]]\nsay = ["karretje"]\nmeans = ["fiets"]\n'
TWO = '[[group]]\nsay = ["karretje"]\nmeans = ["wagen"]\n'


@pytest.fixture
def shelf(tmp_path: Path) -> GlossaryShelf:
    return GlossaryShelf(tmp_path, None, WriteLock(tmp_path, 1))


def test_the_one_that_comes_along_counts_until_staff_change_it(
    shelf: GlossaryShelf, tmp_path: Path, analyser: DutchAnalyser
) -> None:
    assert (shelf.path, shelf.is_own) == (SHIPPED, False)
    before = shelf.text()
    shelf.replace(ONE, release(before), analyser)
    assert (shelf.path, shelf.is_own) == (tmp_path / "glossary.toml", True)
    assert shelf.text() == ONE
    (earlier,) = shelf.earlier()
    assert shelf.earlier_text(earlier.name) == before
    assert SHIPPED.read_text(encoding="utf-8") == before


def test_what_was_replaced_is_kept_the_last_first(
    shelf: GlossaryShelf, analyser: DutchAnalyser
) -> None:
    shelf.replace(ONE, release(shelf.text()), analyser)
    shelf.replace(TWO, release(ONE), analyser)
    assert shelf.earlier_text(shelf.earlier()[0].name) == ONE
    assert len(shelf.earlier()) == 2


def test_two_people_do_not_undo_each_other(shelf: GlossaryShelf, analyser: DutchAnalyser) -> None:
    seen = release(shelf.text())
    shelf.replace(ONE, seen, analyser)
    with pytest.raises(BadInputError, match="Iemand anders"):
        shelf.replace(TWO, seen, analyser)
    assert shelf.text() == ONE


@pytest.mark.parametrize("wrong", ["geen toml =", '[[group]]\nsay = ["de"]\nmeans = ["fiets"]\n'])
def test_a_wrong_one_changes_nothing(
    shelf: GlossaryShelf, analyser: DutchAnalyser, wrong: str
) -> None:
    with pytest.raises(BadInputError):
        shelf.replace(wrong, release(shelf.text()), analyser)
    assert not shelf.is_own
    assert shelf.earlier() == []


def test_the_file_of_the_settings_is_the_one_that_is_edited(
    tmp_path: Path, analyser: DutchAnalyser
) -> None:
    given = tmp_path / "elders.toml"
    given.write_text(ONE, encoding="utf-8")
    shelf = GlossaryShelf(tmp_path, given, WriteLock(tmp_path, 1))
    assert (shelf.path, shelf.is_own) == (given, True)
    shelf.replace(TWO, release(ONE), analyser)
    assert given.read_text(encoding="utf-8") == TWO


@pytest.mark.parametrize("name", ["../glossary.toml", "onbekend.toml", ""])
def test_only_what_was_kept_can_be_read(shelf: GlossaryShelf, name: str) -> None:
    with pytest.raises(BadInputError, match="Kies er een"):
        shelf.earlier_text(name)
