from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import BadInputError
from eval.beir import read_collection, write_trec_run

DOCUMENTS = [
    {"_id": "d1", "title": "Fiets", "text": "Een fiets heeft twee wielen.\u2028En een bel."},
    {"_id": "d2", "text": "Soep is warm."},
    {"_id": "leeg", "title": "", "text": " "},
]
QUERIES = [{"_id": 1, "text": "wielen?"}, {"_id": "q2", "text": "soep?"}]


def collection(folder: Path, qrels: str, where: str = "qrels.tsv") -> Path:
    for name, rows in (("corpus.jsonl", DOCUMENTS), ("queries.jsonl", QUERIES)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / where).parent.mkdir(exist_ok=True)
    (folder / where).write_text(qrels, encoding="utf-8")
    return folder


@pytest.mark.parametrize("where", ["qrels.tsv", "qrels/test.tsv"])
@pytest.mark.parametrize("header", ["", "query-id\tcorpus-id\tscore\n"])
def test_a_folder_is_read_with_or_without_header(tmp_path: Path, where: str, header: str) -> None:
    found = read_collection(collection(tmp_path, f"{header}1\td1\t1\r\n1\td2\t0\n", where))
    assert [d.id for d in found.documents] == ["d1", "d2"]
    assert found.queries == {"1": "wielen?"}
    assert found.qrels == {"1": {"d1": 1, "d2": 0}}


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", "{}", r"corpus\.jsonl, regel 1: verwacht"),
        ("corpus.jsonl", '{"_id": "a"}', "regel 1: verwacht"),
        ("corpus.jsonl", "\n[", r"regel 2: geen geldige JSON"),
        ("corpus.jsonl", '{"_id": "a b", "text": "x"}', "spatie"),
        ("queries.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "x"}', "twee keer"),
        ("queries.jsonl", '{"_id": "vreemd", "text": "x"}', "geen enkel oordeel"),
        ("qrels.tsv", "1 d1 1", "regel 1: verwacht drie velden"),
        ("qrels.tsv", "a\tb\tc\n1\td1\tveel", "regel 2: verwacht drie velden"),
        ("qrels.tsv", "1\td1\t0", "geen enkel oordeel"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, file: str, content: str, said: str) -> None:
    folder = collection(tmp_path, "1\td1\t1\n")
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=said):
        read_collection(folder)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, file: str) -> None:
    folder = collection(tmp_path, "1\td1\t1\n")
    (folder / file).unlink()
    with pytest.raises(BadInputError, match=f"{file} bestaat niet"):
        read_collection(folder)


def test_a_run_is_written_as_trec_tools_read_it(tmp_path: Path) -> None:
    path = tmp_path / "uit.trec"
    write_trec_run({"1": [("d2", 1.5), ("d1", -0.25)], "q2": []}, path)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "1 Q0 d2 1 1.500000 routewijzer",
        "1 Q0 d1 2 -0.250000 routewijzer",
    ]
    with pytest.raises(BadInputError, match="niet te schrijven"):
        write_trec_run({}, tmp_path / "weg" / "uit.trec")
