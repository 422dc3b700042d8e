from __future__ import annotations

import pytest

from corpus.settings import Settings
from eval.bench.documents import (
    READING,
    DocumentsBench,
    DocumentsPlan,
    documents_table,
    run_documents_bench,
)

TINY = DocumentsPlan(papers=1, pages=2, documents=4, long=3)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> DocumentsBench:
    settings = Settings(data_dir=tmp_path_factory.mktemp("leeg") / "geen")
    fake = "tests.eval.bench_embedder:open_fake"
    return run_documents_bench(TINY, settings, lambda _line: None, fake)


def test_every_step_is_measured_on_both_sides(bench: DocumentsBench) -> None:
    assert bench.reading.keys() == set(READING)
    assert all(seconds > 0 for seconds in bench.reading.values())
    for side in (bench.ours, bench.tutorial):
        steps = (side.read, side.embed, side.store or 0.0, side.index)
        assert sum(steps) == pytest.approx(side.total)
    assert bench.texts > bench.chunks > 0


def test_the_process_that_reads_a_pdf_takes_memory(bench: DocumentsBench) -> None:
    assert 10 < bench.long_memory < 600


def test_the_table_says_what_was_measured(bench: DocumentsBench) -> None:
    table = documents_table(bench)
    assert "Pagina's per seconde, tot gepubliceerd" in table
    assert "4 documenten inlezen" in table
    assert "PDF van 3 pagina's lezen" in table
