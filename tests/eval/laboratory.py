"""The starter pages, published once with the real model, and copies of them to put a fault in."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import select

from assistant.answer import Assistant
from assistant.evidence import EvidenceSelector
from assistant.gate import Gate, GateSettings
from assistant.newest_first import NewestFirst
from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from cli.parts import Parts
from corpus import schema
from corpus.dutch import DutchAnalyser
from corpus.embedding import embed_versions
from corpus.embedding_text import passage_text, vector_key
from corpus.glossary import Glossary
from corpus.plans import Change
from corpus.progress import no_progress
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.spelling import Speller
from corpus.types import Embedder, Passage, Sentence, Vectors, Version
from eval.evaluation import Evaluation
from eval.gold import searched
from eval.kept import Kept
from eval.publish import Judge, judge_edition, judge_staged
from eval.questions import Question, QuestionSet
from eval.runner import evaluate
from eval.shelf import EditionShelf
from eval.summary import summarise
from eval.verdict import Verdict, report_folder
from ingest.arrive.files import collect_sources
from ingest.reader import read_source
from ingest.source import PartialMetadata
from tests.starter import STARTER

SAMPLE = 60
RELEASE = "test"


class RememberingEmbedder:
    """The real model; what it embedded once, it knows."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.model_id = inner.model_id
        self.dimension = inner.dimension
        self._known: dict[tuple[bool, str], Vectors] = {}

    def learn(self, registry: Registry) -> None:
        """Know what the same model embedded when the corpus was made."""
        kept = schema.vector.c
        with registry.engine.connect() as connection:
            rows = connection.execute(
                select(kept.key, kept.data).where(kept.model_id == self.model_id)
            )
            self._known.update(((False, row.key), np.frombuffer(row.data, "<f4")) for row in rows)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, True, self._inner.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, False, self._inner.embed_passages)

    def _embed(
        self, texts: Sequence[str], asked: bool, embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        keys = [(asked, vector_key(text)) for text in texts]
        missing = {key: t for key, t in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._known.update(zip(missing, embed(list(missing.values())), strict=True))
        return np.stack([self._known[key] for key in keys])


@dataclass(frozen=True)
class Shared:
    """What every laboratory uses."""

    embedder: RememberingEmbedder
    analyser: DutchAnalyser
    glossary: Glossary
    speller: Speller


@dataclass(frozen=True)
class First:
    """Edition 1, and what was measured of it: each question is asked once for all copies."""

    evaluation: Evaluation
    versions: Mapping[str, Version]


class Laboratory:
    """A corpus of its own with the starter pages as edition 1, to change and to judge.

    Copies share what is the same for all: the model, the words of the language, the glossary and
    the question sets.
    """

    def __init__(self, data_dir: Path, shared: Shared, questions: QuestionSet) -> None:
        self.data_dir = data_dir
        self.shared = shared
        self.embedder = shared.embedder
        self.parts = Parts(Settings(data_dir=data_dir))
        self.parts.embedder = shared.embedder
        self.parts.analyser = shared.analyser
        self.parts.glossary = shared.glossary
        self.parts.speller = shared.speller
        self.set = questions

    def close(self) -> None:
        self.parts.registry.engine.dispose()

    def copy(self, data_dir: Path, first: First, questions: QuestionSet) -> Laboratory:
        """The same in another folder, that asks ``questions``, some of those of ``first``. What
        was measured of edition 1 is kept with it, as a judgement of it would have."""
        shutil.copytree(self.data_dir, data_dir)
        measured = part_of(first.evaluation, questions)
        today = datetime.now(UTC).date()
        Kept(report_folder(data_dir, 1), RELEASE).write(measured, questions, first.versions, today)
        return Laboratory(data_dir, self.shared, questions)

    def measure_the_first(self) -> First:
        """Ask edition 1 the questions of this laboratory."""
        shelf = EditionShelf(self.parts.registry, self.parts.ledger)
        found = evaluate(self.parts.assistant, shelf, self.set, None, no_progress, 1)
        return First(found, shelf.open(1).versions)

    def assistant(
        self,
        analyser: DutchAnalyser | None = None,
        glossary: Glossary | None = None,
        gate: GateSettings | None = None,
        retriever: type[Retriever] = Retriever,
    ) -> Assistant:
        """The assistant, with another part in the place of one of its own."""
        parts, analyser = self.parts, analyser or self.parts.analyser
        glossary = glossary or parts.glossary
        return Assistant(
            reader=QuestionReader(parts.library, analyser, Speller(analyser, glossary), 2000),
            retriever=retriever(parts.library, self.embedder, analyser, glossary),
            selector=EvidenceSelector(parts.registry, analyser, glossary, parts.model_id),
            registry=parts.registry,
            analyser=analyser,
            gate=Gate(analyser, gate),
            newest_first=NewestFirst(analyser, glossary),
        )

    def judge(self) -> Judge:
        parts = self.parts
        return Judge(
            assistant=parts.assistant,
            embedder=self.embedder,
            registry=parts.registry,
            ledger=parts.ledger,
            library=parts.library,
            sets=[self.set],
            data_dir=self.data_dir,
            release=RELEASE,
        )

    def ingest(self, *paths: Path) -> None:
        settings = self.parts.settings
        sources = collect_sources(list(paths), PartialMetadata(), settings)
        self.parts.pipeline.ingest(sources, no_progress)

    def put(self, *versions: Version) -> None:
        """Versions as a reader with a fault might make them, as drafts."""
        embed_versions(versions, self.parts.registry, self.embedder, no_progress)
        for version in versions:
            self.parts.registry.store_draft(version)

    def version(self, document_id: str) -> Version:
        return self.parts.registry.version(self.parts.library.version_id(document_id))

    def staged(self) -> Verdict:
        """Stage the drafts and judge."""
        assert not self.parts.editions.stage("test", no_progress).nothing
        return judge_staged(self.judge(), self.parts.editions, no_progress)

    def against_the_first(self, change: Change, on_purpose: Sequence[str] = ()) -> Verdict:
        """Judge an edition that was published after the first."""
        judge = self.judge()
        return judge_edition(judge, 1, change.edition, change, no_progress, on_purpose)


def sample(question_set: QuestionSet) -> QuestionSet:
    """A fixed sample of the questions: enough for what is sharp, not for what is an average."""
    chosen = random.Random(7).sample(question_set.questions, SAMPLE)
    return _some("steekproef", question_set, chosen)


def about(question_set: QuestionSet, *documents: str) -> QuestionSet:
    """The questions whose answer stands in one of these documents."""
    chosen = [q for q in question_set.questions if {g.document for g in q.gold} & {*documents}]
    assert chosen
    return _some("over", question_set, chosen)


def part_of(evaluation: Evaluation, questions: QuestionSet) -> Evaluation:
    """What asking only these questions would have measured."""
    asked = {q.id for q in questions.questions}
    results = tuple(r for r in evaluation.results if r.id in asked)
    assert len(results) == len(asked)
    made = {"set": questions.set.name, "summary": summarise(results), "results": results}
    return evaluation.model_copy(update=made)


def _some(name: str, whole: QuestionSet, chosen: Sequence[Question]) -> QuestionSet:
    header = whole.set.model_copy(update={"name": name})
    return QuestionSet(set=header, questions=tuple(chosen))


def doctored(folder: Path, name: str, change: Callable[[str], str]) -> Path:
    """A starter page in ``folder`` with its text changed; the change must change something."""
    before = (STARTER / name).read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(after, encoding="utf-8")
    return folder / name


def renamed(version: Version, mark: str, passages: Sequence[Passage] = ()) -> Version:
    """The version under a new id, with these passages (or its own) in it."""
    new = f"{mark}{version.id}"[:16]
    kept = passages or version.passages
    return replace(
        version,
        id=new,
        fingerprint=f"{mark}{version.fingerprint}"[:64],
        passages=tuple(_with_id(p, f"{new}:{n}", new, n) for n, p in enumerate(kept)),
    )


def cut_at_random(version: Version, seed: int) -> Version:
    """The version in passages of random length, a sentence each, wherever a cut may fall."""
    rng = random.Random(seed)
    first = version.passages[0]
    passages, start = [], 0
    while start < len(version.text):
        end = min(len(version.text), start + rng.randint(60, 320))
        text = version.text[start:end]
        sentence = Sentence("", start, end, text, "sentence", None)
        cut = replace(first, start=start, end=end, text=text, kind="text", lead="")
        passages.append(replace(cut, sentences=(sentence,)))
        start = end
    return renamed(version, f"cut{seed}", passages)


def shifted(version: Version, text_too: bool) -> Version:
    """The version with every span one place on; its texts as they were, or those of the spans."""

    def moved(part: Passage | Sentence) -> dict[str, object]:
        end = min(len(version.text), part.end + 1)
        text = version.text[part.start + 1 : end] if text_too else part.text
        return {"start": part.start + 1, "end": end, "text": text}

    passages = [
        replace(
            p,
            **moved(p),  # type: ignore[arg-type]
            sentences=tuple(replace(s, **moved(s)) for s in p.sentences),  # type: ignore[arg-type]
        )
        for p in version.passages
    ]
    return renamed(version, f"shift{int(text_too)}", passages)


def give_stale_vectors(lab: Laboratory, page: Path) -> None:
    """Put the vectors of a document's passages of today under the texts that ``page`` brings."""
    registry = lab.parts.registry
    (source,) = collect_sources([page], PartialMetadata(), lab.parts.settings)
    new = read_source(source, lab.parts.settings)
    ids, vectors = registry.vectors.of_version(
        "passages", lab.parts.model_id, lab.version(new.document_id).id
    )
    of_today = dict(zip((i.rsplit(":", 1)[1] for i in ids), vectors, strict=True))
    for passage in searched(new):
        key = vector_key(passage_text(new, passage))
        if registry.vectors.missing(lab.parts.model_id, [key]):
            stale = of_today[str(passage.ordinal)][None, :]
            registry.vectors.put(lab.parts.model_id, [key], stale)


def swap_sections(text: str) -> str:
    """A page with its first two sections in the other order."""
    head, first, second, *rest = re.split(r"(?m)^(?=## )", text)
    return "".join((head, second, first, *rest))


def _with_id(passage: Passage, key: str, version_id: str, ordinal: int) -> Passage:
    sentences = tuple(replace(s, id=f"{key}:{n}") for n, s in enumerate(passage.sentences))
    return replace(passage, id=key, version_id=version_id, ordinal=ordinal, sentences=sentences)
