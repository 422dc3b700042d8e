"""The process that reads a file binds its own hands first."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest import child
from ingest.child import Job
from ingest.pages import Page, Read
from tests import pdfs

ROOT = Path(__file__).parent.parent.parent
JOB = Job("pdf", "plan.pdf", memory_mb=1000, cpu_seconds=20, max_pages=10, max_chars=1000)


def in_a_process(code: str) -> str:
    """What this prints after the limits are set."""
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import socket, subprocess, os; "
        f"from ingest.child import Job, bind; bind({JOB!r})\n"
        "def attempt(action):\n"
        "    try: action(); print('done')\n"
        "    except BaseException as problem: print(type(problem).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or f"ended with {done.returncode}"


@pytest.mark.parametrize(
    "action",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket().bind(('127.0.0.1', 0))",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_there_is_no_network_and_no_program(action: str) -> None:
    assert in_a_process(f"attempt(lambda: {action})") == "PermissionError"


def test_nothing_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / "file"
    found = in_a_process(f"attempt(lambda: open({str(target)!r}, 'w').write('x' * 99999))")
    assert found == "OSError"
    assert not target.exists() or target.stat().st_size == 0


def test_memory_and_time_are_bounded() -> None:
    assert in_a_process("attempt(lambda: bytearray(2_000_000_000))") == "MemoryError"
    limits = in_a_process(
        "import resource as r; print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_CORE))"
    )
    assert limits == "(20, 21) (0, 0)"


def run(monkeypatch: pytest.MonkeyPatch, form: str, data: bytes = b"") -> list[dict[str, Any]]:
    """What the process says, without the limits, which would hold for the tests as well."""
    monkeypatch.setattr(child, "bind", lambda job: None)
    given = {**{name: getattr(JOB, name) for name in JOB.__dataclass_fields__}, "form": form}
    out = io.BytesIO()
    child.main([json.dumps(given)], io.BytesIO(data), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_pdf_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(monkeypatch, "pdf", pdfs.book(2, rows=1))
    assert [next(iter(message)) for message in said] == [
        *("ready", "progress", "progress", "pdf", "pdf", "title", "done")
    ]


def test_the_limits_of_the_job_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "te veel pagina's (11)" in run(monkeypatch, "pdf", pdfs.page_tree(11))[-1]["error"]
    assert "te veel tekst" in run(monkeypatch, "pdf", pdfs.book(1))[-1]["error"]


class _Reader:
    """Stands in for the module of a form."""

    def __init__(self, problem: BaseException | None = None) -> None:
        self._problem = problem

    def read_docx(self, data: bytes, name: str) -> Read:
        if self._problem is not None:
            raise self._problem
        return Read(pages=(Page(None, f"{name}: {data.decode()}"),), title="Titel")


def test_office_files_go_to_their_own_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ingest.office.docx", _Reader())  # type: ignore[arg-type]
    said = run(monkeypatch, "docx", b"inhoud")
    assert said[1:3] == [
        {"page": {"number": None, "text": "plan.pdf: inhoud"}},
        {"title": "Titel", "warnings": []},
    ]


@pytest.mark.parametrize(
    ("problem", "said"),
    [(MemoryError(), {"failed": "memory"}), (RecursionError(), {"failed": "deep"})],
)
def test_what_runs_out_is_said(
    monkeypatch: pytest.MonkeyPatch, problem: BaseException, said: dict[str, str]
) -> None:
    module = _Reader(problem)
    monkeypatch.setitem(sys.modules, "ingest.office.docx", module)  # type: ignore[arg-type]
    assert run(monkeypatch, "docx")[-1] == said


def test_only_the_reader_that_is_needed_is_imported() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from ingest.child import _reader; "
        "_reader('pdf'); print([name for name in ('lxml', 'mammoth', 'pptx', 'numpy', 'pypdf', "
        "'pydantic', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
