from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BadInputError
from corpus.settings import Settings
from eval.bench import __main__ as command
from eval.bench import machine, run
from eval.bench.embedders import RandomPassages, TimedEmbedder
from eval.bench.measures import Row
from eval.bench.pages import STARTER, change_page, write_pages
from eval.bench.report import number, result_file, table, write_result
from eval.bench.run import QUICK, STANDARD, Bench, Plan, run_bench
from eval.bench.tutorial import CHUNK, TOP, Tutorial
from ingest.arrive.files import collect_sources
from ingest.reader import read_source
from ingest.source import PartialMetadata
from tests.fakes import HashEmbedder

FAKE = "tests.eval.bench_embedder:open_fake"
TINY = Plan(pages=3, questions=4, repeats=1, rounds=1, answers=3, at_once=8)
STEPS = {"ingest", "ingest_read", "ingest_embed", "ingest_store", "ingest_index"}
ASKED = {
    f"{key}_p{percent}"
    for key in ("search_beyond", "answer_beyond", "embed_question", "answer")
    for percent in (50, 95)
}
ROWS = {
    *STEPS,
    *ASKED,
    *("unchanged", "changed", "disk", "disk_later"),
    *("throughput", "start", "first_answer", "memory_start", "memory_later"),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A whole run on three pages, with the processes that it starts."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("leeg") / "geen")
    return run_bench(TINY, settings, lambda _line: None, FAKE)


def test_every_figure_is_measured_on_both_sides(bench: Bench) -> None:
    rows = {row.key: row for row in bench.rows}
    assert len(rows) == len(bench.rows)
    assert rows.keys() == ROWS
    for key, row in rows.items():
        no_memory = key.startswith("memory") and machine.resident_mb() is None
        assert (row.ours is None) == no_memory, key
        assert (row.tutorial is None) == (no_memory or key == "ingest_store"), key
        assert all(v is None or v > 0 for v in (row.ours, row.tutorial)), key


def test_the_steps_add_up_and_the_rest_is_part_of_the_whole(bench: Bench) -> None:
    rows = {row.key: row for row in bench.rows}
    for side in ("ours", "tutorial"):
        steps = [getattr(rows[k], side) or 0.0 for k in STEPS - {"ingest"}]
        assert sum(steps) == pytest.approx(getattr(rows["ingest"], side))
        for percent in ("p50", "p95"):
            beyond = getattr(rows[f"answer_beyond_{percent}"], side)
            assert beyond < getattr(rows[f"answer_{percent}"], side)


def test_it_says_where_and_on_what(bench: Bench) -> None:
    assert bench.sizes["pages"] == 3
    assert bench.sizes["sentences"] > bench.sizes["passages"] > 3
    assert bench.sizes["chunks"] > 3
    assert bench.model == "woorden-1"
    assert bench.machine.keys() == {"cores", "memory_gb", "system", "python", "load"}
    assert {"chromadb", "langchain-text-splitters", "onnxruntime"} <= bench.libraries.keys()


def test_the_table_has_a_line_for_each_figure(bench: Bench) -> None:
    shown = table(bench)
    assert "3 pagina's" in shown
    assert "Geheugen na 3 antwoorden" in shown
    assert sum(line.endswith((" ×", "  -")) for line in shown.splitlines()) == len(bench.rows)
    assert "willekeurige vectoren" not in shown
    large = replace(bench, plan=replace(TINY, pages=1_000))
    assert "willekeurige vectoren" in table(large)


def test_figures_are_kept_as_json(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "nieuw" / "bench.json"
    write_result(bench, path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept.keys() == {"date", "plan", "machine", "libraries", "model", "sizes", "rows"}
    assert {row["key"] for row in kept["rows"]} == ROWS
    assert all(row.keys() == {"key", "unit", "ours", "tutorial", "ratio"} for row in kept["rows"])
    assert kept["plan"] | {"pages": 3, "made_up": False} == kept["plan"]
    with pytest.raises(BadInputError, match="niet te schrijven"):
        write_result(bench, path / "x.json")


def test_with_made_up_vectors_nothing_is_said_of_the_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "REAL_LIMIT", 1)
    monkeypatch.setattr(run, "_measure_starts", lambda *_: [])
    found = run_bench(replace(TINY, pages=2), Settings(data_dir=tmp_path), lambda _line: None, FAKE)
    rows = {row.key: row for row in found.rows}
    silent = {key for key, row in rows.items() if row.ours is None and row.tutorial is None}
    assert silent == {"ingest", "ingest_embed", "changed"}
    assert rows["unchanged"].ours is not None
    assert rows["unchanged"].tutorial is None
    assert "willekeurige vectoren" in table(found)


# --- the parts ---------------------------------------------------------------------------------


def test_pages_are_the_same_every_time_and_as_long_as_the_starter_pages(tmp_path: Path) -> None:
    starter = len(list(STARTER.glob("*.md")))
    for name in ("een", "twee"):
        write_pages(tmp_path / name, starter + 4)
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("een", "twee")
    )
    assert first == second
    assert len(set(first.values())) == starter + 4
    sources = collect_sources([tmp_path / "een"], PartialMetadata(), Settings())
    passages = {s.name: len(read_source(s, Settings()).passages) for s in sources}
    made = [n for name, n in passages.items() if name.startswith("pagina-")]
    assert len(made) == 4
    assert all(6 <= n <= 10 for n in passages.values()), passages


def test_a_change_is_a_change_of_one_page_each_time(tmp_path: Path) -> None:
    write_pages(tmp_path / "p", 3)
    seen = [_contents(tmp_path / "p")]
    for turn in (1, 2):
        change_page(tmp_path / "p", turn)
        seen.append(_contents(tmp_path / "p"))
    for before, after in pairwise(seen):
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def _contents(folder: Path) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted(folder.iterdir())]


def test_the_tutorial_finds_the_nearest_chunks_and_replaces_them(tmp_path: Path) -> None:
    pages = tmp_path / "p"
    pages.mkdir()
    for number_ in range(6):
        (pages / f"{number_}.md").write_text(f"woord{number_} " * 300, encoding="utf-8")
    tutorial = Tutorial(tmp_path / "data", TimedEmbedder(HashEmbedder(dimension=64)))
    try:
        tutorial.ingest(pages)
        before = tutorial.sizes()
        found = tutorial.search("woord3 woord3")
        assert len(found) == TOP
        assert set(found[0].split()) == {"woord3"}
        assert all(len(text) <= CHUNK for text in found)
        assert found[0] in tutorial.answer("woord3 woord3")
        tutorial.ingest(pages)
        assert tutorial.sizes() == before
    finally:
        tutorial.close()


def test_made_up_vectors_are_of_length_one_and_questions_stay_real() -> None:
    real = HashEmbedder()
    embedder = RandomPassages(real)
    vectors = embedder.embed_passages(["a", "b", "a"])
    assert vectors.shape == (3, real.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert not np.allclose(vectors[0], vectors[2])
    np.testing.assert_array_equal(embedder.embed_queries(["a"]), real.embed_queries(["a"]))


def test_the_clock_runs_only_in_the_model() -> None:
    embedder = TimedEmbedder(HashEmbedder(wait_s=0.05))
    assert embedder.seconds == 0
    vectors = embedder.embed_passages(["a"])
    assert embedder.seconds >= 0.05
    before = embedder.seconds
    np.testing.assert_array_equal(embedder.embed_queries(["a"]), vectors)
    assert embedder.seconds > before


def test_a_ratio_needs_both_sides() -> None:
    assert Row("disk", "MB", 3.0, 2.0).ratio == 1.5
    assert Row("disk", "MB", None, 2.0).ratio is None
    assert Row("disk", "MB", 3.0, None).ratio is None


@pytest.mark.parametrize(
    ("value", "shown"), [(1234.5, "1234"), (12.34, "12,3"), (1.234, "1,23"), (0.01234, "0,012")]
)
def test_numbers_are_written_in_dutch(value: float, shown: str) -> None:
    assert number(value) == shown


# --- the command -------------------------------------------------------------------------------


def test_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_text_splitters", None)
    assert command.main(["--quick"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("eval.bench: Het pakket langchain-text-splitters ontbreekt")
    assert said.err.count("\n") == 1


def test_the_command_prints_the_table_and_keeps_the_figures(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plans: list[Plan] = []

    def fake(plan: Plan, *_: object) -> Bench:
        plans.append(plan)
        return bench

    monkeypatch.setattr(command, "run_bench", fake)
    out = tmp_path / "uit.json"
    assert command.main(["--quick", "--pages", "5", "--out", str(out)]) == 0
    assert capsys.readouterr().out == table(bench) + "\n"
    assert json.loads(out.read_text(encoding="utf-8"))["model"] == "woorden-1"
    assert plans == [replace(QUICK, pages=5)]


@pytest.mark.parametrize("wrong", ["0", "-3", "veel"])
def test_a_wrong_number_of_pages_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(["--pages", wrong])
    assert left.value.code == 2
    assert "--pages" in capsys.readouterr().err


def test_figures_of_another_size_do_not_take_the_place_of_the_standard_ones() -> None:
    names = {result_file(p).name for p in (STANDARD, QUICK, replace(STANDARD, pages=1_250))}
    assert names == {"bench.json", "bench-16.json", "bench-1250.json"}
