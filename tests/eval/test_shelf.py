from __future__ import annotations

import pytest

from corpus.errors import BadInputError, NotReadyError
from eval.shelf import EditionShelf
from tests.builders import SmallCorpus, make_version

ONE, TWO = make_version("een", ["Eerste tekst."]), make_version("een", ["Tweede tekst."])


def test_an_edition_is_opened_published_staged_or_by_number(small_corpus: SmallCorpus) -> None:
    shelf = EditionShelf(small_corpus.registry, small_corpus.ledger)
    with pytest.raises(NotReadyError, match="nog geen editie"):
        shelf.open()
    small_corpus.publish(ONE)
    small_corpus.put(TWO)
    staged = small_corpus.editions.stage("test").edition
    assert shelf.open().versions == {"een": ONE}
    assert (shelf.open(staged).edition, shelf.open(staged).versions) == (staged, {"een": TWO})
    with pytest.raises(BadInputError, match="Editie 99 bestaat niet"):
        shelf.open(99)
