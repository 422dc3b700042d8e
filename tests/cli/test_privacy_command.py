"""What is kept of a question can be shown and erased, and nothing of it stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cli.parts import Parts
from corpus.settings import Settings
from corpus.types import Answer, Outcome, Query
from tests.cli.conftest import Cli, refused

SECRET = "mijn baas Koenraad Wollewei"


def outcome(question: str, trace_id: str, status: str = "partial") -> Outcome:
    answer = Answer.model_validate(
        {
            "status": status,
            "question": question,
            "language": "nl",
            "engine": "extractive",
            "edition": 1,
            "text": "Een leenfiets kost niets. [1]",
            "statements": [
                {"text": "Een leenfiets kost niets.", "citations": [1], "kind": "sentence"}
            ],
            "citations": [],
            "uncovered": [question],
            "suggestions": [],
            "trace_id": trace_id,
        }
    )
    query = Query(question, question, "nl", None, "other")  # type: ignore[arg-type]
    return Outcome(answer, query, (), "not enough", 1.0)


@pytest.fixture
def kept(published: Cli, data_dir: Path) -> Cli:
    """Two questions, one with the secret in it: kept, shared, grouped and made a test case."""
    parts = Parts(Settings(data_dir=data_dir))
    for question, trace in (
        (f"Wat moet {SECRET} doen?", "kenmerk-1"),
        ("Wat kost het?", "kenmerk-2"),
    ):
        found = outcome(question, trace)
        parts.questions.answered(found)
        parts.questions.feedback(trace, False, 1, word=f"over {question}")
        parts.shared_answers.put(found, question)
    first, second = parts.questions.questions()
    parts.gap_groups.put({}, [[first.id], [second.id]])
    parts.gap_groups.change(1, note=f"bel {SECRET}")
    parts.gap_groups.add_case(f"lezer-{first.id}", 1, first.id)
    own = data_dir / "eval" / "own.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(yaml.safe_dump(_set(f"lezer-{first.id}", first.text)), encoding="utf-8")
    parts.registry.engine.dispose()
    return published


def _set(case: str, text: str) -> dict[str, object]:
    def question(identity: str, asked: str) -> dict[str, object]:
        return {
            "id": identity,
            "question": asked,
            "language": "nl",
            "part": "tune",
            "kind": [],
            "answerable": False,
            "gold": [],
            "facts": [],
            "unanswerable": "missing",
        }

    return {
        "set": {"name": "own", "language": "nl", "description": "x", "documents": []},
        "questions": [question(case, text), question("lezer-99", "Hoe laat is het?")],
    }


def everything(data_dir: Path) -> bytes:
    """All bytes of the database and the set."""
    files = [*data_dir.glob("routewijzer.sqlite3*"), data_dir / "eval" / "own.yaml"]
    return b"".join(path.read_bytes() for path in files)


def test_all_that_is_kept_of_one_answer_is_shown(kept: Cli) -> None:
    found = kept("privacy", "export", "--trace", "kenmerk-1").json
    assert {name: len(rows) for name, rows in found.items()} == {
        "kept_question": 1,
        "shared_answer": 1,
        "gap_case": 1,
        "gap_group": 0,
        "eval_questions": 1,
    }
    assert SECRET in found["kept_question"][0]["text"]
    assert "kenmerk-2" not in str(found)


def test_words_find_the_notes_of_staff_too(kept: Cli) -> None:
    found = kept("privacy", "export", "--words", SECRET.upper()).json
    assert [len(rows) for rows in found.values()] == [1] * 5


def test_a_dry_run_changes_nothing(kept: Cli, data_dir: Path) -> None:
    ran = kept("privacy", "erase", "--words", SECRET, "--dry-run")
    assert "er is niets gewist" in ran.out
    assert "1 gedeelde antwoorden" in ran.out
    assert len(kept("privacy", "export", "--words", SECRET).json["kept_question"]) == 1
    assert kept("corpus", "history", "--json").json[0]["action"] != "privacy erase"


def test_what_is_erased_leaves_no_byte_and_what_is_not_stays(kept: Cli, data_dir: Path) -> None:
    assert SECRET.encode() in everything(data_dir)
    assert kept("privacy", "erase", "--words", SECRET).code == 0
    assert b"Wollewei" not in everything(data_dir)
    assert "Er is niets bewaard" in kept("privacy", "erase", "--words", SECRET).out
    other = kept("privacy", "export", "--trace", "kenmerk-2").json
    assert [len(rows) for rows in other.values()] == [1, 1, 0, 0, 0]
    assert "Hoe laat is het?" in (data_dir / "eval" / "own.yaml").read_text(encoding="utf-8")


def test_the_log_says_that_and_not_what(kept: Cli) -> None:
    kept("privacy", "erase", "--trace", "kenmerk-1")
    entry = kept("corpus", "history", "--json").json[0]
    assert entry["action"] == "privacy erase"
    assert SECRET not in str(entry)
    assert "kenmerk-1" not in str(entry)
    assert entry["detail"]["gedeelde antwoorden"] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Geef of --trace"),
        (("--trace", "a", "--words", "abcd"), "Geef of --trace"),
        (("--words", "  ab "), "te kort"),
    ],
)
@pytest.mark.parametrize("command", ["export", "erase"])
def test_what_to_look_for_must_be_clear(
    published: Cli, command: str, options: tuple[str, ...], said: str
) -> None:
    refused(published("privacy", command, *options), said)
