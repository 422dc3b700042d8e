"""Pictures of pages are drawn once, apart from this process, and kept within bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import BadInputError, BusyError, NotReadyError
from corpus.originals import Original, Originals
from corpus.settings import Settings
from ingest import page_pictures, sandbox
from ingest.page_pictures import PDF, PagePictures
from ingest.received import Viewed
from tests import pdfs
from tests.builders import SmallCorpus, make_version

BOOK = pdfs.book(3, rows=5)
Keep = Callable[[bytes], Original]


@pytest.fixture
def originals(small_corpus: SmallCorpus) -> Originals:
    return Originals(small_corpus.registry.engine, small_corpus.data_dir)


@pytest.fixture
def keep(small_corpus: SmallCorpus, originals: Originals) -> Keep:
    def keep_as_original(data: bytes) -> Original:
        version = make_version(f"boek-{len(data)}", ["Een zin."])
        small_corpus.put(version)
        return originals.put(version.id, "boek.pdf", data, PDF)

    return keep_as_original


@pytest.fixture
def pictures(originals: Originals, small_corpus: SmallCorpus) -> PagePictures:
    return PagePictures(originals, Settings(data_dir=small_corpus.data_dir))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The pages of each time that a process was started to draw."""
    times: list[tuple[int, ...]] = []

    def counted(data: bytes, name: str, pages: tuple[int, ...], *rest: object) -> Iterator[Viewed]:
        times.append(pages)
        yield from sandbox.view_in_child(data, name, pages, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(page_pictures, "view_in_child", counted)
    return times


def kept(corpus: SmallCorpus) -> list[Path]:
    return [path for path in (corpus.data_dir / "pages").rglob("*") if path.is_file()]


def test_a_page_is_drawn_once(
    pictures: PagePictures, keep: Keep, drawn: list[tuple[int, ...]], small_corpus: SmallCorpus
) -> None:
    original = keep(BOOK)
    first = pictures.sheets(original, [1, 2], 300)
    assert [(sheet.page.number, sheet.pages) for sheet in first] == [(1, 3), (2, 3)]
    assert first[1].page.words[0].text == "werkt"
    picture = pictures.picture(original, 2, 300)
    assert picture.startswith(b"\x89PNG")
    assert pictures.sheets(original, [2, 1], 300) == first[::-1]
    assert drawn == [(1, 2)]
    later = PagePictures(
        Originals(small_corpus.registry.engine, small_corpus.data_dir),
        Settings(data_dir=small_corpus.data_dir),
    )
    assert later.picture(original, 2, 300) == picture
    assert pictures.picture(original, 2, 600) != picture
    assert drawn == [(1, 2), (2,)]


def test_what_cannot_be_drawn_is_told_and_not_tried_again_soon(
    pictures: PagePictures, keep: Keep, drawn: list[tuple[int, ...]]
) -> None:
    original = keep(BOOK)
    for _ in range(2):
        with pytest.raises(BadInputError, match=r"boek\.pdf heeft geen pagina 9"):
            pictures.picture(original, 9, 300)
    assert drawn == [(9,)]
    assert pictures.sheets(original, [1], 300)


@pytest.mark.parametrize(
    "data",
    [
        BOOK[: len(BOOK) // 2],
        pdfs.encrypted(BOOK, "geheim"),
        pdfs.endless_tree(),
        b"%PDF-1.7\n" + os.urandom(2000) + b"\n%%EOF",
    ],
)
def test_a_broken_or_hostile_file_is_one_clear_line(
    pictures: PagePictures, keep: Keep, small_corpus: SmallCorpus, data: bytes
) -> None:
    original = keep(data)
    with pytest.raises(BadInputError) as caught:
        pictures.sheets(original, [1], 300)
    assert str(caught.value).startswith("boek.pdf ")
    assert "\n" not in str(caught.value)
    assert kept(small_corpus) == []


def test_a_process_that_is_killed_leaves_nothing_half(
    pictures: PagePictures,
    keep: Keep,
    small_corpus: SmallCorpus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = keep(BOOK)
    start = subprocess.Popen

    def killed(*arguments: object, **named: object) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = start(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        process.kill()
        return process

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", killed)
        with pytest.raises(NotReadyError):
            pictures.sheets(original, [1], 300)
    assert kept(small_corpus) == []
    assert pictures.sheets(original, [1], 300)[0].page.number == 1


def test_it_takes_no_longer_than_a_reader_waits(
    pictures: PagePictures, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_pictures, "SECONDS", 0.01)
    with pytest.raises(BadInputError, match=r"duurt langer dan 0\.01 seconden"):
        pictures.sheets(keep(BOOK), [1], 300)


def test_an_original_that_is_gone_is_told(
    pictures: PagePictures, keep: Keep, small_corpus: SmallCorpus
) -> None:
    original = keep(BOOK)
    for path in (small_corpus.data_dir / "originals").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(NotReadyError, match="Lees het document opnieuw in"):
        pictures.picture(original, 1, 300)


def test_what_was_looked_at_longest_ago_is_thrown_away(
    originals: Originals, small_corpus: SmallCorpus, keep: Keep
) -> None:
    original = keep(BOOK)
    settings = Settings(data_dir=small_corpus.data_dir)
    PagePictures(originals, settings).sheets(original, [1, 2], 300)
    for path in kept(small_corpus):
        age = 2000 if path.name.startswith("1") else 1000
        os.utime(path, (time.time() - age, time.time() - age))
    most = sum(path.stat().st_size for path in kept(small_corpus)) + 10
    small = PagePictures(originals, settings, most_bytes=most)
    small.sheets(original, [3], 300)
    left = {path.name for path in kept(small_corpus)}
    assert sum(path.stat().st_size for path in kept(small_corpus)) <= most
    assert {"3.json", "3-300.png"} <= left
    assert "1.json" not in left


def test_who_comes_when_many_wait_is_told_so(
    pictures: PagePictures, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = keep(BOOK)
    hold, started = threading.Event(), threading.Semaphore(0)

    def slow(*arguments: object) -> Iterator[Viewed]:
        started.release()
        hold.wait(20)
        return sandbox.view_in_child(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(page_pictures, "view_in_child", slow)
    monkeypatch.setattr(page_pictures, "_WAIT_S", 0.05)
    done: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: done.append(len(pictures.sheets(original, [n], 300))))
        for n in (1, 2)
    ]
    for thread in threads:
        thread.start()
        assert started.acquire(timeout=10)
    with pytest.raises(BusyError, match="Er worden nu veel bladzijden getekend"):
        pictures.sheets(original, [3], 300)
    hold.set()
    for thread in threads:
        thread.join()
    assert done == [1, 1]


def test_the_web_never_loads_what_draws() -> None:
    code = "import sys, web.source, ingest.page_pictures; print('pypdfium2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
