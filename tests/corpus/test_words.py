from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.dutch import DutchAnalyser
from corpus.words import EditionWords, count_words, grow_words, read_words, write_words

ANALYSER = DutchAnalyser()
COUNTS = st.dictionaries(st.text("abc-é", min_size=1, max_size=5), st.integers(1, 50), max_size=15)


def test_counts_passages_not_occurrences() -> None:
    counts = count_words(["De student leert, de Student werkt.", "Eén student"], ANALYSER)
    assert counts["student"] == 2
    assert counts["leert"] == 1
    assert "de" not in counts


def test_addresses_numbers_and_endless_words_are_no_words() -> None:
    text = f"mail x@voorbeeld.nl of www.voorbeeld.nl, tel 06-1234, mbo4 {'a' * 50} mkb-route hbo'er"
    assert set(count_words([text], ANALYSER)) == {"mail", "tel", "mkb-route", "hbo'er", "x"}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_words(tmp_path, {"route": 3, "ad": 1, "weg": 0})
    assert read_words(tmp_path).counts == {"ad": 1, "route": 3}


def test_an_edition_that_shares_the_file_keeps_its_words(tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    write_words(tmp_path, {"route": 3})
    (tmp_path / "next" / "words.txt").hardlink_to(tmp_path / "words.txt")
    grow_words(tmp_path, tmp_path / "next", {"ad": 1}, {"route": 3})
    assert read_words(tmp_path).counts == {"route": 3}
    assert read_words(tmp_path / "next").counts == {"ad": 1}


def test_an_edition_from_before_words_were_kept_has_none(tmp_path: Path) -> None:
    assert read_words(tmp_path).counts == {}


@given(COUNTS, COUNTS)
def test_growing_is_the_same_as_counting_all(base: dict[str, int], added: dict[str, int]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "new").mkdir()
        write_words(folder, base)
        grow_words(folder, folder / "new", added, {})
        assert read_words(folder / "new").counts == dict(Counter(base) + Counter(added))
        grow_words(folder / "new", folder / "new", {}, added)
        assert read_words(folder / "new").counts == base
    finally:
        shutil.rmtree(folder)


def test_hyphened_words_are_known_without_their_hyphen() -> None:
    words = EditionWords({"mkb-route": 5, "m-kbroute": 1, "hbo-ad": 1, "student": 9})
    assert words.written == {"mkbroute": "mkb-route", "hboad": "hbo-ad"}


def test_only_plain_words_are_looked_for() -> None:
    words = EditionWords({"student": 2, "mkb-route": 2, "hbo'er": 1})
    assert words.near.find("studnet", 1) == {"student": 1}
    assert words.near.find("mkbroute", 2) == {}
