"""Builds the parts and hands them to each other. The only place where that happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.answer import Assistant
from assistant.contact import Contacts
from assistant.criteria import Checklists
from assistant.evidence import EvidenceSelector
from assistant.gate import Gate
from assistant.guide import Guide
from assistant.newest_first import NewestFirst
from assistant.question_reader import QuestionReader
from assistant.rerank import HitReranker
from assistant.retrieve import Retriever
from assistant.subjects import Subjects, open_subjects
from assistant.suggest import Answerable, Suggester
from cli import wording
from cli.models import Models
from corpus.editions import Editions
from corpus.errors import BadInputError
from corpus.index import IndexBuilder
from corpus.library import Library
from corpus.progress import Progress
from corpus.readings import Readings
from corpus.settings import Settings
from corpus.spelling import Speller
from corpus.types import Version
from corpus.vector_home import Trial
from ingest.intake import Intake
from ingest.pipeline import Pipeline
from ingest.refresh import Refresher
from ingest.revise import Revisions
from ingest.source import Source

if TYPE_CHECKING:
    from assistant.generation.engine import LanguageModelEngine
    from ingest.arrive.fetch import Fetcher
    from web.source_view import Sources


_opened: ContextVar[ExitStack | None] = ContextVar("_opened", default=None)


@contextmanager
def let_go_after() -> Iterator[None]:
    """Around one command: the databases of what `open_parts` opened in it are closed behind it,
    however it ends. The next command in this process finds nothing in use."""
    with ExitStack() as stack:
        token = _opened.set(stack)
        try:
            yield
        finally:
            _opened.reset(token)


def open_parts() -> Parts:
    """The parts for the settings in the environment. Raises BadInputError for a wrong setting."""
    try:
        parts = Parts(Settings())
    except ValidationError as error:
        raise BadInputError(wording.setting(error)) from None
    command = _opened.get()
    if command is not None:
        command.callback(parts.let_go)
    return parts


class Parts(Models):
    """Every part, built when it is first asked for: `corpus list` need not load a model."""

    def elsewhere(self, data_dir: Path) -> Parts:
        """The same parts on another data folder. The model is shared: it is large, and the same."""
        alone = {"data_dir": data_dir, "database_url": None}
        parts = Parts(self.settings.model_copy(update=alone))
        parts.model_id, parts.embedder = self.model_id, self.embedder
        parts.home = Trial(self.home)
        # Staff's words stand in the data folder, too, and are no part of what is tried.
        parts.glossary_shelf, parts.glossary = self.glossary_shelf, self.glossary
        return parts

    @cached_property
    def editions(self) -> Editions:
        """Staging and publishing."""
        return Editions(
            registry=self.registry,
            ledger=self.ledger,
            builder=IndexBuilder(self.registry, self.analyser, self.model_id, self.home),
            lock=self.lock,
            data_dir=self.settings.data_dir,
            model_id=self.model_id,
        )

    @cached_property
    def catalogue(self) -> Library:
        """Documents and their texts, for what asks no index: no model is needed for it."""
        return Library(self.registry, self.ledger, self.settings.data_dir / "editions", model_id="")

    @cached_property
    def library(self) -> Library:
        """What readers read."""
        return Library(
            self.registry,
            self.ledger,
            self.settings.data_dir / "editions",
            self.model_id,
            self.home,
        )

    @cached_property
    def pipeline(self) -> Pipeline:
        """Documents in."""
        return Pipeline(
            registry=self.registry,
            ledger=self.ledger,
            lock=self.lock,
            open_embedder=self.embedder_for_documents,
            settings=self.settings,
            read=_read,
        )

    @cached_property
    def intake(self) -> Intake:
        """Documents in, with a note of who and from where."""
        return Intake(self.pipeline, self.ledger, self.origins)

    def open_refresher(self) -> Refresher:
        """Pages from the web, once more; for one run."""
        fetcher = self.open_fetcher()
        return Refresher(fetcher, self.pipeline, self.registry, self.ledger, self.origins)

    @cached_property
    def sources(self) -> Sources:
        """What the pages of documents are made with."""
        from ingest.page_pictures import PagePictures  # only the web site draws
        from web.source_view import Sources

        return Sources(
            reader=Readings(self.registry, self.ledger),
            keeper=self.originals,
            drawer=PagePictures(self.originals, self.settings),
        )

    @cached_property
    def revisions(self) -> Revisions:
        """Drafts that are made or thrown away without a file."""
        return Revisions(
            self.registry,
            self.ledger,
            lambda: self.editions,
            self.lock,
            self.originals,
            self.origins,
            self.embedder_for_documents,
            self._forget_pictures,
        )

    def _forget_pictures(self, hashes: Sequence[str]) -> None:
        from ingest.page_pictures import PagePictures  # only the web site draws

        PagePictures(self.originals, self.settings).forget(hashes)

    def open_fetcher(self) -> Fetcher:
        """Pages from the web, from the public internet only; for one run."""
        from ingest.arrive.addresses import Addresses  # most commands fetch nothing
        from ingest.arrive.fetch import Fetcher, user_agent

        return Fetcher(
            Addresses(),
            agent=user_agent(release(), self.settings.contact),
            max_bytes=self.settings.max_file_mb * 1_000_000,
            seconds=self.settings.fetch_seconds,
        )

    @cached_property
    def assistant(self) -> Assistant:
        """Questions in."""
        return Assistant(
            reader=self.question_reader,
            retriever=self.retriever,
            selector=self.selector,
            registry=self.registry,
            analyser=self.analyser,
            gate=self.gate,
            newest_first=NewestFirst(self.analyser, self.glossary),
            guide=Guide(self.suggester, Contacts(self.library), self.analyser),
            writer=self.writer,
        )

    @cached_property
    def writer(self) -> LanguageModelEngine | None:
        """Puts answers in a model's words, when the settings name one. Raises NotReadyError when
        it cannot be opened."""
        if self.settings.llm_model is None:
            return None
        # LangChain takes a second to load, and without a model nobody needs it.
        from assistant.chat_model import open_streaming_model
        from assistant.generation.engine import LanguageModelEngine
        from assistant.support.checker import SupportChecker

        return LanguageModelEngine(
            open_streaming_model(self.settings),
            self.settings.llm_model,
            SupportChecker(self.analyser, self.glossary, self.embedder),
            self.settings.llm_timeout_s,
        )

    @cached_property
    def selector(self) -> EvidenceSelector:
        """Chooses sentences."""
        return EvidenceSelector(self.registry, self.analyser, self.glossary, self.model_id)

    @cached_property
    def gate(self) -> Gate:
        """Decides whether they answer a question."""
        return Gate(self.analyser, subjects=self.subjects)

    @cached_property
    def subjects(self) -> Subjects | None:
        """Tells questions about something else apart; None with another model than the default."""
        return open_subjects(self.model_id)

    @cached_property
    def suggester(self) -> Suggester:
        """Questions to go on with."""
        answerable = Answerable(self.question_reader, self.retriever, self.selector, self.gate)
        return Suggester(self.library, self.analyser, answerable)

    @cached_property
    def checklists(self) -> Checklists:
        """The criteria that the documents name."""
        return Checklists(self.library, self.analyser)

    @cached_property
    def retriever(self) -> Retriever:
        """Search, with a closer look at the best where there is a model for it."""
        return Retriever(
            self.library,
            self.embedder,
            self.analyser,
            self.glossary,
            rerankers=[] if self.reranker is None else [self.reranker],
        )

    @cached_property
    def reranker(self) -> HitReranker | None:
        """Reads question and passage together, when the settings name a model for that."""
        if not self.settings.reranker:
            return None
        from corpus.cross_encoder import CrossEncoderReranker  # torch takes seconds to load

        return HitReranker(CrossEncoderReranker(self.settings.reranker))

    @cached_property
    def speller(self) -> Speller:
        """Mends typing errors."""
        return Speller(self.analyser, self.glossary)

    @cached_property
    def question_reader(self) -> QuestionReader:
        """What is asked."""
        return QuestionReader(
            self.library,
            self.analyser,
            self.speller,
            self.settings.max_question_chars,
        )


def _read(sources: Sequence[Source], settings: Settings, progress: Progress) -> Iterator[Version]:
    from ingest.apart import read_apart  # only when there is something to read

    return read_apart(sources, settings, progress)


def release() -> str:
    """Of this installation, such as 0.1.0; 0 when it is run without being installed."""
    try:
        return version("routewijzer")
    except PackageNotFoundError:
        return "0"
