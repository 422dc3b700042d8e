"""Files are read in a process of their own, and nothing that happens there comes through."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from pathlib import Path

import pytest

from corpus.errors import BadInputError, NotReadyError
from corpus.settings import Settings
from ingest import sandbox
from ingest.pages import PdfPage, Read
from ingest.pdf.document import read_pdf
from ingest.sandbox import draw_in_child, read_in_child
from tests import pdfs

SMALL = pdfs.changed(
    pdfs.pdf(pdfs.lines(*pdfs.prose(5))), lambda writer: writer.add_metadata({"/Title": "Plan"})
)
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def book() -> bytes:
    """Five hundred pages of ten lines."""
    return pdfs.book(500, rows=10)


def read(data: bytes, **settings: int) -> Read:
    return read_in_child("pdf", data, "plan.pdf", Settings(**settings), lambda done, total: None)


def refused(data: bytes, **settings: int) -> str:
    with pytest.raises(BadInputError) as caught:
        read(data, **settings)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("plan.pdf")
    return str(caught.value)


def flat(page: PdfPage) -> list[object]:
    return [value for word in page.words for value in astuple(word)]


def test_what_comes_through_is_what_was_read() -> None:
    direct = read_pdf(SMALL, "plan.pdf", lambda done, total: None)
    steps: list[tuple[int, int]] = []
    found = read_in_child(
        "pdf", SMALL, "plan.pdf", Settings(), lambda done, total: steps.append((done, total))
    )
    expected = [pytest.approx(value, abs=0.006) for value in flat(direct.pdf[0])]
    assert flat(found.pdf[0]) == expected
    assert (found.title, found.outline, found.warnings) == ("Plan", (), ())
    assert steps == [(1, 1)]


def test_what_the_reader_refuses_is_refused() -> None:
    assert "beveiligd met een wachtwoord" in refused(pdfs.encrypted(SMALL, "geheim"))
    assert refused(b"") == "plan.pdf is leeg. Geef een PDF met inhoud."
    assert "te veel pagina's (3). Ten hoogste 2" in refused(pdfs.page_tree(3), max_pages=2)


def test_it_works_in_any_folder_and_from_a_fresh_start(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(SMALL)
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
        "from corpus.settings import Settings; from ingest.sandbox import read_in_child; "
        "data = open('plan.pdf', 'rb').read(); "
        "print(len(read_in_child('pdf', data, 'x', Settings(), lambda a, b: None).pdf))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="het systeem zegt dit niet")
def test_five_hundred_pages_are_read_by_a_process_that_stays_small(
    monkeypatch: pytest.MonkeyPatch, book: bytes
) -> None:
    # It tells itself how large it grew, as a warning: what the system reports of a child counts
    # what its parent had before it as well.
    code = """
from ingest import child
last_word = child._last_word
def with_size(reader, job, stdin, send):
    said = last_word(reader, job, stdin, send)
    size = open("/proc/self/status").read().split("VmHWM:")[1].split()[0]
    send({"title": None, "warnings": [size]})
    return said
child._last_word = with_size
child."""
    start, run = sandbox._START.split("from ingest.child import main; ")
    says(monkeypatch, f"{start}{code}{run}")
    found = read(book)
    assert len(found.pdf) == 500
    assert found.pdf[499].words[-1].text == "500"
    # A page of forty lines may take what four of these take: 600 MB for five hundred.
    assert int(found.warnings[0]) / 1024 < 150


@pytest.mark.parametrize(
    "make", [partial(pdfs.stream_bomb, 300), partial(pdfs.endless_form, 2)], ids=["stream", "form"]
)
def test_a_bomb_is_refused(make: Callable[[], bytes]) -> None:
    message = refused(make(), read_memory_mb=300)
    assert "beschadigd of zo bijzonder opgebouwd" in message or "geheugen" in message


def test_what_takes_too_long_is_stopped(book: bytes) -> None:
    started = time.monotonic()
    message = refused(book, read_seconds=1)
    assert "lezen duurt langer dan 1 seconden" in message
    assert time.monotonic() - started < 30  # for a busy machine


def test_too_much_text_is_refused() -> None:
    wide = pdfs.one_page(b"BT /F1 12 Tf 72 700 Td " + b"(aaaaaaaaaa) Tj " * 110_000 + b"ET")
    assert "te veel tekst" in refused(wide, max_text_mb=1)


def test_pages_are_drawn() -> None:
    drawn = list(draw_in_child(pdfs.book(3, rows=2), "plan.pdf", (1, 3), Settings(), 60))
    assert [number for number, _ in drawn] == [1, 3]
    assert all(picture.startswith(b"P5 2481 3508 255\n") for _, picture in drawn)
    with pytest.raises(BadInputError, match="beveiligd"):
        list(draw_in_child(pdfs.encrypted(SMALL, "x"), "plan.pdf", (1,), Settings(), 60))


def test_keys_are_kept_from_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTEWIJZER_LLM_API_KEY", "geheim")
    says(monkeypatch, "import os; print('{\"error\": \"' + str(sorted(os.environ)) + '\"}')")
    assert "ROUTEWIJZER_LLM_API_KEY" not in refused_as_said()


def says(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have this code run in the place of the reader."""
    monkeypatch.setattr(sandbox, "_START", code)


def refused_as_said() -> str:
    with pytest.raises(BadInputError) as caught:
        read(SMALL, read_seconds=3, max_text_mb=1)
    assert "\n" not in str(caught.value)
    return str(caught.value)


READY = "print('{\"ready\": true}', flush=True); "


@pytest.mark.parametrize(
    "code",
    [
        "print('geen JSON')",
        "print('[1, 2]')",
        "print('[' * 100000)",
        "print('{\"pdf\": 3}')",
        'print(\'{"pdf": {"number": "een"}}\')',
        "print('{\"iets\": 3}')",
        "print('{\"progress\": [1]}')",
        'print(\'{"title": "x", "warnings": [3]}\')',
        'print(\'{"page": {"number": 1, "text": "\\\\ud800"}}\')',
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(3)",
        "import os, time; os.close(1); time.sleep(60)",
        "pass",
    ],
)
def test_nonsense_from_a_process_that_was_taken_over_is_refused(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    says(monkeypatch, READY + code)
    assert refused_as_said() == (
        "plan.pdf is beschadigd of zo bijzonder opgebouwd dat lezen niet lukt. "
        "Open het en bewaar het opnieuw."
    )


def test_an_endless_stream_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, READY + "import sys\nwhile True: sys.stdout.write('x' * 65536)")
    assert "te veel tekst" in refused_as_said() or "langer dan" in refused_as_said()


def test_an_error_is_one_short_line(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "print('{\"error\": \"a\\\\nb\\\\u2028c ' + 9999 * 'x' + '\"}')")
    assert len(refused_as_said()) <= 500


def test_a_process_that_cannot_start_is_no_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    says(monkeypatch, "import ingest_is_not_installed")
    with pytest.raises(NotReadyError, match="start niet"):
        read(SMALL)


def test_nobody_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mark = tmp_path / "pids"
    says(
        monkeypatch,
        f"import os, time; os.fork(); open({str(mark)!r}, 'a').write(f'{{os.getpid()}} '); "
        + READY
        + "time.sleep(60)",
    )
    assert "langer dan 1 seconden" in refused(SMALL, read_seconds=1)
    pids = [int(pid) for pid in mark.read_text(encoding="utf-8").split()]
    assert len(pids) == 2
    time.sleep(0.1)
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_interrupt_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = sandbox.kill_group
    monkeypatch.setattr(sandbox, "kill_group", lambda p: (started.append(p), real(p)))

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_in_child("pdf", pdfs.book(50), "plan.pdf", Settings(), interrupt)
    assert started[0].returncode is not None
    assert not is_running(started[0].pid)


def damaged(seed: int) -> bytes:
    """A small book with one kind of damage."""
    chance = random.Random(seed)
    data = bytearray(BOOKS[seed % len(BOOKS)])
    if seed % 3 == 0:
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif seed % 3 == 1:
        start = chance.randrange(len(data))
        del data[start : start + chance.randint(1, 150)]
    else:
        start, other = chance.randrange(len(data)), chance.randrange(len(data))
        data[start:start] = data[other : other + chance.randint(1, 200)]
    return bytes(data)


BOOKS = (pdfs.book(2, rows=4), pdfs.encrypted(SMALL, ""), pdfs.rotated(SMALL, 90))


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_raises_anything_but_bad_input(seed: int) -> None:
    try:
        found = read(damaged(seed), read_seconds=30)
    except BadInputError as problem:
        assert str(problem).startswith("plan.pdf")  # noqa: PT017
    else:
        assert found.pdf


def test_reading_starts_fast() -> None:
    started = time.monotonic()
    for _ in range(3):
        read(SMALL)
    assert (time.monotonic() - started) / 3 < 3  # a third of a second on a machine at rest


def test_nothing_reads_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PYTHONPATH", os.sep)
    assert len(read(SMALL).pdf) == 1


def test_too_much_work_is_stopped_even_when_nobody_watches_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    says(
        monkeypatch,
        READY + "import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 2))\nwhile True: pass",
    )
    assert "langer dan" in refused_as_said()
