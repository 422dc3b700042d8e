"""Promise 1 as a property: thousands of questions, none of which gets an answer out of the air."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from corpus.dutch import DutchAnalyser
from corpus.types import Answer
from tests.assistant.injections import IN_DOCUMENTS, IN_QUESTIONS
from tests.assistant.test_answer import OPEN, assistant_of, put
from tests.builders import SmallCorpus, open_corpus
from tests.starter import STARTER

# What is tested here is the same wherever the corpus is kept.
pytestmark = pytest.mark.embedded

ROUNDS = 1_500
_WORD = re.compile(r"[\w@.%-]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|www\.\S+\w")
OPENINGS = (
    *("Wat kost", "Hoeveel", "Wie is", "Wie", "Welke", "Wat is", "Wat zijn", "Wanneer", "Waar"),
    *("Mag", "Moet", "Kan ik", "Hoe", "Waarom", "Noem", "Geef", "Is", "Zijn er", "", "", "En"),
    *("How much is", "Who", "What are the", "When", "Must a company", "Email van", "Adres van"),
    *("Wat is het telefoonnummer van", "Klopt het dat", "Wat is het verschil tussen"),
)
NOISE = (
    "2031",
    "99,5",
    "€ 12",
    "[1]",
    "[99]",
    "🎉",
    "学生",
    "xyzzy",
    "'; --",
    "\u200b",
    "12 %",
    "NASA",
)
CHANGES = (str, str.upper, str.lower, lambda text: text[::-1], lambda text: text.replace("e", ""))


@pytest.fixture(scope="module")
def corpus(
    tmp_path_factory: pytest.TempPathFactory, analyser: DutchAnalyser
) -> Iterator[SmallCorpus]:
    """Starter pages with lists, tables, names and figures, under an embedder that knows nothing."""
    made = open_corpus(tmp_path_factory.mktemp("promise") / "var", analyser)
    for path in sorted(STARTER.glob("*.md")):
        put(made, path.stem, path.read_text(encoding="utf-8"))
    made.editions.publish("test")
    yield made
    made.registry.engine.dispose()


def questions(count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Questions with the ones before them, always the same."""
    dice = random.Random(6)
    pages = [path.read_text(encoding="utf-8") for path in sorted(STARTER.glob("*.md"))]
    words = sorted({w for page in pages for w in _WORD.findall(page)}) + list(NOISE)
    headings = [h for page in pages for h in re.findall(r"^## (.+)$", page, re.MULTILINE)]
    orders = [*IN_QUESTIONS.values(), *IN_DOCUMENTS.values()]
    before: tuple[str, ...] = ()
    for _ in range(count):
        drawn = dice.choices(words, k=dice.randint(1, 7))
        made = f"{dice.choice(OPENINGS)} {' '.join(drawn)}".strip() + dice.choice(["?", "", "."])
        asked = dice.choices([made, dice.choice(headings), dice.choice(orders)], [8, 3, 1])[0]
        asked = dice.choices(CHANGES, [12, 1, 2, 1, 1])[0](asked)
        yield asked, before
        before = (asked,) if dice.random() < 0.2 else ()


def assert_promise(answer: Answer, texts: dict[str, str], question: str) -> None:
    """No statement without citations, no citation that is not its span, no figure from the air."""
    told = f"{question!r}: {answer.text}"
    quotes = {}
    for citation in answer.citations:
        assert citation.quote == texts[citation.version_id][citation.start : citation.end], told
        assert citation.quote.strip(), told
        quotes[citation.number] = citation.quote
    assert (answer.status in ("answered", "partial")) == bool(answer.statements), told
    held = " ".join(quotes.values())
    for statement in answer.statements:
        assert statement.citations, told
        cited = " ".join(quotes[n] for n in statement.citations)
        for pattern in (_FIGURE, _ADDRESS):
            assert set(pattern.findall(statement.text)) <= set(pattern.findall(cited)), told
    shown = re.sub(r"\[\d+\]", "", answer.text)
    assert set(_FIGURE.findall(shown)) <= set(_FIGURE.findall(held)), told
    assert set(_ADDRESS.findall(shown)) <= set(_ADDRESS.findall(held)), told
    marks = {int(n) for s in answer.statements for n in s.citations}
    assert marks == set(quotes), told


@pytest.fixture(scope="module")
def assistants(corpus: SmallCorpus) -> tuple[Assistant, Assistant]:
    """One that answers whatever it can, and one with the gate as it is."""
    return assistant_of(corpus, OPEN), assistant_of(corpus, gate=None)


def test_no_question_gets_an_answer_out_of_the_air(
    corpus: SmallCorpus, assistants: tuple[Assistant, Assistant]
) -> None:
    texts = {v: corpus.registry.text(v) for v in corpus.members().values()}
    statuses = []
    for number, (question, before) in enumerate(questions(ROUNDS)):
        assistant = assistants[number % 4 == 0]
        answer = assistant.answer(question, history=before).answer
        assert_promise(answer, texts, question)
        statuses.append(answer.status)
    assert statuses.count("answered") + statuses.count("partial") > ROUNDS / 3
