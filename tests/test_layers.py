"""Which folder may import which, and which module alone knows a library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("assistant", "cli", "corpus", "eval", "ingest", "web")
SQL = frozenset(
    f"corpus/{name}.py"
    for name in (
        "all_tables",
        "api_tokens",
        "backup",
        "brake",
        "check",
        "check_index",
        "check_vectors",
        "cited",
        "database",
        "erasing",
        "gap_groups",
        "job_queue",
        "jobs",
        "ledger",
        "originals",
        "origins",
        "postgres",
        "privacy",
        "queries",
        "question_tables",
        "questions_log",
        "readings",
        "records",
        "registry",
        "repair",
        "restore",
        "restore_server",
        "rows",
        "schema",
        "shared_answers",
        "sign_in_attempts",
        "staff",
        "staff_tables",
        "state",
        "stored_vectors",
        "token_vectors",
        "transfer",
        "twins",
        "upsert",
    )
) | {"cli/stores.py", "eval/rehearsal.py"}  # build the engine; take a copy of its tables
MODEL = frozenset({"corpus/embedder.py", "corpus/model_graph.py", "corpus/model_setup.py"})
RERANKER = frozenset({"corpus/cross_encoder.py"})
OWNERS = {
    "langchain": frozenset({"assistant/chat_model.py"}),
    # The bench builds the pipeline of the tutorials beside ours, with Chroma as they use it.
    "chromadb": frozenset({"corpus/chroma_folder.py", "eval/bench/tutorial.py"}),
    "tantivy": frozenset({"corpus/lexical.py"}),
    "opentelemetry": frozenset({"web/watch/otel.py"}),
    "authlib": frozenset({"web/staff/oidc.py"}),
    "joserfc": frozenset({"web/staff/oidc.py"}),
    "structlog": frozenset({"web/watch/logs.py"}),
    "sqlalchemy": SQL,
    "alembic": SQL,
    "sentence_transformers": MODEL | RERANKER | {"eval/communities.py"},
    "onnxruntime": MODEL,
    "torch": MODEL | RERANKER,
    "transformers": MODEL | RERANKER,
}
SLOW = ("chromadb", "torch", "sentence_transformers", "transformers", "onnxruntime")


def imported(source: str) -> set[str]:
    """Top-level packages that a source imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def sources() -> Iterator[tuple[str, str]]:
    """(path from the root, text) of every module that is part of the product."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def strangers(path: str, source: str) -> set[str]:
    """Libraries that this module imports and does not own. Migrations are SQL, too."""
    owned = {
        library
        for library, owners in OWNERS.items()
        if path in owners or (owners is SQL and path.startswith("corpus/migrations/"))
    }
    return (imported(source) & set(OWNERS)) - owned


def test_each_folder_imports_only_what_lies_below_it() -> None:
    # In a process of its own: the linter switches off the loggers of the process that it runs in.
    linter = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    ran = subprocess.run(
        [sys.executable, "-c", linter], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout
    assert "each folder imports only what lies below it KEPT" in ran.stdout


def test_one_module_knows_each_library() -> None:
    found = {path: names for path, text in sources() if (names := strangers(path, text))}
    assert found == {}


def test_every_owner_uses_what_it_owns() -> None:
    used = {path: imported(text) for path, text in sources()}
    for library, owners in OWNERS.items():
        assert any(library in used[owner] for owner in owners), library


@pytest.mark.parametrize(
    "source",
    [
        "import chromadb",
        "import chromadb.config as c",
        "from chromadb import Client",
        "def f():\n    from chromadb.api import x",
        "if True:\n    import numpy, chromadb",
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str) -> None:
    assert strangers("web/app.py", source) == {"chromadb"}
    assert strangers("corpus/chroma_folder.py", source) == set()


def test_the_command_line_starts_without_the_slow_libraries() -> None:
    check = f"import sys, cli.main; print([m for m in {SLOW!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
