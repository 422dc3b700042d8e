from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.types import Answer
from tests.cli.conftest import Cli, in_process, in_subprocess, refused

ANSWER_KEYS = {
    *("status", "question", "language", "engine", "edition", "text", "statements"),
    *("citations", "uncovered", "suggestions", "trace_id"),
}
CITATION_KEYS = {
    *("number", "document_id", "version_id", "title", "section", "page", "start", "end"),
    *("quote", "url", "published"),
}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_many_questions_in_one_process(
    small_published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[dict[str, Any]] = [
        {"id": f"v{n}", "question": f"Hoeveel euro geeft werkplaats {n % 3} uit aan glas?"}
        for n in range(25)
    ]
    asked += [
        {"id": 25, "question": "En aan hout?", "history": ["Wat doet werkplaats 1 met glas?"]},
        {"id": "v26", "question": "Wat is een leenfiets?", "audience": "bedrijf", "note": "extra"},
        {"id": "v27", "question": " \n"},
        {"id": "v28", "question": "lang " * 500},
        {"id": "v29", "question": "What is a leenfiets?", "audience": None, "history": []},
    ]
    source, target = write(tmp_path / "in.jsonl", asked), tmp_path / "uit.jsonl"
    ran = in_subprocess(small_published, "answer-batch", source, target)
    assert (ran.code, ran.out) == (0, f"30 antwoorden geschreven naar {target}\n")
    assert ran.err == "Vragen beantwoorden: 30 van 30\n"
    rows = read(target)
    assert [row["id"] for row in rows] == [row["id"] for row in asked]
    for row in rows:
        assert list(row) == ["id", "latency_ms", "answer", "retrieved"]
        assert set(row["answer"]) == ANSWER_KEYS
        assert row["answer"]["edition"] == 1
        Answer.model_validate(row["answer"])
    for row in rows[:27] + rows[29:]:
        assert row["latency_ms"] > 0
        assert_retrieved(row["retrieved"])
    assert_refused(rows[27], "", "leeg")
    assert_refused(rows[28], ("lang " * 500).strip(), "2499 tekens")
    assert "werkplaats 1" in rows[25]["answer"]["question"]
    assert rows[29]["answer"]["language"] == "en"
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(small_published))
    assert_quotes(in_process(monkeypatch, capsys), rows)


def assert_retrieved(hits: list[dict[str, Any]]) -> None:
    assert len(hits) >= 10
    assert all(list(hit) == ["passage_id", "document_id", "score", "text"] for hit in hits)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit["passage_id"] for hit in hits}) == len(hits)


def assert_refused(row: dict[str, Any], question: str, why: str) -> None:
    answer = row["answer"]
    assert (answer["status"], row["retrieved"]) == ("out_of_scope", [])
    assert (answer["statements"], answer["citations"]) == ([], [])
    assert answer["question"] == question
    assert why in answer["text"]


def assert_quotes(cli: Cli, rows: list[dict[str, Any]]) -> None:
    """Every quote is what `corpus text` prints there, and every statement has one."""
    citations = [c for row in rows for c in row["answer"]["citations"]]
    assert len(citations) >= 25
    ids = {c["document_id"] for c in citations}
    texts = {i: cli("corpus", "text", i).out for i in ids}
    for citation in citations:
        assert set(citation) == CITATION_KEYS
        text = texts[citation["document_id"]]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    for row in rows:
        numbers = {c["number"] for c in row["answer"]["citations"]}
        for statement in row["answer"]["statements"]:
            assert set(statement) == {"text", "citations", "kind"}
            assert statement["citations"]
            assert set(statement["citations"]) <= numbers


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": "a", "question": "x"}\n{"id": "b", \n', ["regel 2", "geldige JSON"]),
        (b'{"question": "x"}\n', ["regel 1", "'id' ontbreekt"]),
        (b'\n\n{"id": "a"}\n', ["regel 3", "'question' ontbreekt"]),
        (b'{"id": "a", "question": 3}\n', ["regel 1", "'question' moet tekst zijn"]),
        (b'{"id": null, "question": "x"}\n', ["regel 1", "'id' moet tekst zijn"]),
        (b'{"id": "a", "question": "x", "audience": "pers"}', ["regel 1", "'audience'"]),
        (b'{"id": "a", "question": "x", "history": "y"}', ["'history' moet een lijst zijn"]),
        (b'["a"]\n', ["regel 1", "JSON-object"]),
        (b'{"id": "a", "question": "caf\xe9"}\n', ["UTF-8"]),
        (b"", ["geen vragen"]),
        (b"\n \n", ["geen vragen"]),
    ],
)
def test_a_file_of_questions_that_is_wrong(
    published: Cli, tmp_path: Path, content: bytes, said: list[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    source.write_bytes(content)
    target.write_text("vorige keer")
    refused(published("answer-batch", source, target), "in.jsonl", *said)
    assert target.read_text() == "vorige keer"


def test_files_that_cannot_be_used(published: Cli, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": 1, "question": "Wat is een leenfiets?"}])
    out = tmp_path / "uit.jsonl"
    refused(published("answer-batch", tmp_path / "weg.jsonl", out), "weg.jsonl bestaat niet")
    refused(published("answer-batch", tmp_path, out), "niet te lezen")
    refused(published("answer-batch", source, tmp_path), "is een map")
    refused(published("answer-batch", source, tmp_path / "weg" / "uit.jsonl"), "weg bestaat niet")
    refused(published("answer-batch", source), "UIT.jsonl ontbreekt")
    refused(published("answer-batch", source, tmp_path / ("u" * 250)), "niet te schrijven")
    assert not out.exists()


def test_before_anything_is_published_no_file_is_made(cli: Cli, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": 1, "question": ""}])
    refused(cli("answer-batch", source, tmp_path / "uit.jsonl"), "nog geen editie")
    assert sorted(p.name for p in tmp_path.glob("*jsonl*")) == ["in.jsonl"]


def test_a_batch_that_breaks_off_leaves_no_half_file(
    published: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": n, "question": "Wie kookt er?"} for n in "ab"])
    target = tmp_path / "uit.jsonl"
    target.write_text("vorige keer")

    def stop(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.progress.PlainLines.report", lambda _self, *step: stop(*step))
    assert published("answer-batch", source, target).code == 130
    assert target.read_text() == "vorige keer"
    assert [p.name for p in tmp_path.iterdir() if "partial" in p.name] == []


def test_the_byte_order_mark_and_windows_line_ends_are_no_trouble(
    published: Cli, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    source.write_bytes(b'\xef\xbb\xbf{"id": "a", "question": "Wie kookt er?"}\r\n\r\n')
    assert published("answer-batch", source, target).code == 0
    assert [row["id"] for row in read(target)] == ["a"]
    assert published("answer-batch", source, source).code == 0  # read before it is written
