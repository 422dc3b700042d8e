from __future__ import annotations

from pathlib import Path

from corpus.job_queue import JobQueue
from corpus.jobs import Jobs
from corpus.state import CorpusFigures, folder_bytes, free_bytes, is_whole
from tests.builders import SmallCorpus, make_version


def figures(corpus: SmallCorpus) -> CorpusFigures:
    return CorpusFigures(
        corpus.registry,
        corpus.ledger,
        Jobs(corpus.registry.engine),
        corpus.editions.index_folder,
        corpus.data_dir,
    )


def test_before_the_first_edition_all_is_nought(small_corpus: SmallCorpus) -> None:
    found = figures(small_corpus).read()
    assert (found.edition, found.documents, found.passages, found.index_bytes) == (0, 0, 0, 0)
    assert found.free_bytes > 0
    assert found.jobs == {"waiting": 0, "running": 0, "done": 0, "failed": 0}


def test_they_follow_what_is_published(small_corpus: SmallCorpus) -> None:
    reader = figures(small_corpus)
    bikes = make_version("fiets", ["Een fiets heeft twee wielen.", "Een leenfiets kost niets."])
    first = small_corpus.publish(bikes)
    found = reader.read()
    assert (found.edition, found.documents) == (first, 1)
    assert found.passages == len(bikes.passages) > 0
    folder = small_corpus.editions.index_folder(first)
    assert found.index_bytes == folder_bytes(folder) > 0
    assert is_whole(folder)
    second = small_corpus.publish(make_version("kantine", ["De kantine is open."]))
    assert (reader.read().edition, reader.read().documents) == (second, 2)


def test_an_index_without_one_of_its_parts_is_not_whole(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(make_version("fiets", ["Een fiets heeft twee wielen."]))
    folder = small_corpus.editions.index_folder(number)
    (folder / "lexical" / "meta.json").rename(folder / "weg")
    assert not is_whole(folder)
    (folder / "weg").rename(folder / "lexical" / "meta.json")
    assert is_whole(folder)
    (folder / "vectors" / "segments.json").unlink()
    assert not is_whole(folder)
    assert not is_whole(folder.with_name("999999"))


def test_jobs_are_counted_by_state(small_corpus: SmallCorpus) -> None:
    engine = small_corpus.registry.engine
    jobs, queue = Jobs(engine), JobQueue(engine)
    for _ in range(4):
        jobs.add("publish", "Publiceren", "tester")
    for end in (queue.finish, queue.fail):
        job = queue.claim()
        assert job is not None
        end(job, {} if end == queue.finish else "mis")
    queue.claim()
    found = figures(small_corpus).read().jobs
    assert found == {"waiting": 1, "running": 1, "done": 1, "failed": 1}


def test_sizes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "een").write_bytes(b"x" * 10)
    (tmp_path / "twee").write_bytes(b"x" * 5)
    assert folder_bytes(tmp_path) == 15
    assert folder_bytes(tmp_path / "geen") == 0
    assert free_bytes(tmp_path) > 0
