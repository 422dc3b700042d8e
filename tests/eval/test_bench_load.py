"""The parts of the benches of load and of long use; a whole run takes minutes."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

import pytest

from corpus.settings import Settings
from eval.bench import load_run
from eval.bench.asked import distinct_questions
from eval.bench.embed_alone import alone
from eval.bench.load_report import Busy, Changing, LoadBench, Step, report
from eval.bench.readers import Load, Reply, for_seconds, load, together
from eval.bench.serving import Server, Taken, environment
from eval.bench.soak_report import Sample, SoakBench, growth
from eval.bench.soak_report import report as soak_report

MACHINE: dict[str, object] = {"python": "3.11", "system": "Linux", "cores": 2, "load": 0.1}


class Answering(BaseHTTPRequestHandler):
    """Answers each question once, refuses "druk", breaks off at "weg"."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
        if asked == "weg":
            self.close_connection = True
            return
        busy = asked.startswith("druk")
        cited = [{"version_id": "v1"}, {"version_id": "v2"}, {"version_id": "v1"}]
        body = json.dumps({"edition": 3, "citations": cited}).encode()
        self.send_response(503 if busy else 200)
        if busy:
            self.send_header("Retry-After", "5")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_no_question_is_asked_twice_and_every_run_asks_the_same() -> None:
    asked = list(distinct_questions(3000))
    assert len(set(asked)) == 3000
    assert asked == list(distinct_questions(3000))
    other = set(islice(distinct_questions(3000, seed=2), 500))
    assert len(other & set(asked)) < 50


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_readers_get_answers_refusals_and_broken_connections() -> None:
    with answering() as port:
        found = together(port, ["een", "druk 1", "weg", "twee"])
    assert sorted(reply.status for reply in found.replies) == [0, 200, 200, 503]
    assert (len(found.answered), len(found.refused), found.failed) == (2, 1, 1)
    assert {(r.edition, r.cited) for r in found.answered} == {(3, ("v1", "v2"))}
    assert found.refused[0].retry_after == 5
    assert 0 < found.percentile_ms(50) <= found.percentile_ms(95) < 60_000


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_readers_go_on_while_they_may_and_after_a_refusal() -> None:
    with answering() as port:
        questions = iter(["een", "druk", "weg", "twee", "drie"])
        found = load(port, questions, readers=1, going=lambda: True)
        assert [r.status for r in found.replies] == [200, 503, 0, 200, 200]
        one_each = load(port, iter("abcdefgh"), readers=3, going=lambda: False)
    assert len(one_each.replies) == 3
    assert not for_seconds(-1)()
    assert for_seconds(60)()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux says what a process takes")
def test_what_a_server_takes_is_read_from_the_system() -> None:
    (taken,) = Server(port=0, pid=os.getpid(), workers=1, ready_s=0.0).taken()
    assert taken.memory_mb > 10
    assert 10 < taken.own_mb <= taken.memory_mb
    assert 10 < taken.private_mb <= taken.memory_mb
    assert taken.files > 2
    assert taken.threads >= 1


def test_a_server_gets_only_the_settings_of_the_bench(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_LLM_MODEL", "openai:iets")
    told = environment(Settings(data_dir=tmp_path), ROUTEWIJZER_LOG_LEVEL="info")
    assert "ROUTEWIJZER_LLM_MODEL" not in told
    assert told["ROUTEWIJZER_DATA_DIR"] == str(tmp_path)
    assert told["ROUTEWIJZER_LOG_LEVEL"] == "info"
    assert told["PATH"] == os.environ["PATH"]


def test_the_model_alone_is_asked_in_processes_of_its_own() -> None:
    fake = "tests.eval.bench_embedder:open_fake"
    with alone(Settings(), fake, processes=2) as bound:
        assert bound.per_second(["een", "twee", "drie"], readers=1, seconds=5) > 0
        assert bound.per_second(list("abcdefgh"), readers=4, seconds=0.05) > 0


def test_an_answer_that_cites_what_its_edition_does_not_hold_is_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Ledger:
        def __init__(self, _engine: object) -> None:
            pass

        def members(self, number: int) -> dict[str, str]:
            return {"document": f"v{number}"}

    monkeypatch.setattr(load_run, "Ledger", Ledger)
    cited = [(1, ("v1",)), (2, ("v2",)), (2, ("v1", "v2")), (1, ())]
    replies = tuple(Reply(0.1, 200, edition=edition, cited=c) for edition, c in cited)
    found = Load(1, 1.0, (*replies, Reply(0.1, 503, 5)))
    assert load_run._mixed(found, Settings(data_dir=tmp_path)) == 1


def test_the_table_of_load() -> None:
    nothing = float("nan")
    bench = LoadBench(
        date="2026-11-22",
        machine=MACHINE,
        libraries={},
        model="model-1",
        passages=10_000,
        pages=100,
        steps=(Step(2, 50, 800, 40.0, 900.0, 1200.0, 1500.0, 0, 3, 50.0),),
        changing=(Changing(1, 10, 61.0, 50.0, 900, 450.0, 300.0, 0, 0, (1, 2), 0, True),),
        busy=(Busy(1, 200, 200, 0, nothing, nothing, 4800.0, 0),),
    )
    text = "\n".join(report(bench))
    assert "80 %" in text
    assert "1,50" in text
    assert "1, 2" in text
    assert "61,0 s" in text
    assert "4800 ms" in text
    assert "nan" not in text


def test_growth_leaves_out_the_time_in_which_caches_fill() -> None:
    times = [float(at) for at in range(0, 3600, 60)]
    filled = [500.0 + min(at, 1000) for at in times]
    assert growth(times, filled).per_hour == pytest.approx(0, abs=1e-6)
    leaking = growth(times, [100 + at / 3600 * 50 for at in times])
    assert leaking.per_hour == pytest.approx(50)
    assert (leaking.first, leaking.most) == (100, leaking.last)
    assert growth([5.0], [7.0]).per_hour == 0


def test_the_lines_of_long_use_name_each_process() -> None:
    samples = tuple(
        Sample(at, (Taken(7, 500, 450, 400, 20, 10), Taken(9, 400, 350, 300 + at, 21, 11)))
        for at in (0.0, 60.0, 120.0)
    )
    bench = SoakBench("2026-11-22", MACHINE, 200, 2.0, 4, 90, 0, 1, 15.0, 2, 0, samples)
    lines = soak_report(bench)
    assert "90 antwoorden, 1 geweigerd, 0 mislukt; 2 keer gepubliceerd" in lines[1]
    assert [line.split(":")[0] for line in lines[2::2]] == ["Proces 7", "Proces 9"]
    assert "elke 15 s" in lines[0]
    assert "geheugen 500 MB, aan het eind 500" in lines[2]
    assert "alleen van dit proces 450 en 450 MB" in lines[3]
    assert lines[3].endswith("+0 MB (+0 per uur): vlak")
    assert lines[5].endswith("+60 MB (+3600 per uur): NIET vlak")
