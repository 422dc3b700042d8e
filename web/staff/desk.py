"""What the pages for staff work with. The application's parts fit it as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Assistant
from assistant.retrieve import Retriever
from corpus.api_tokens import ApiTokens
from corpus.brake import Brake
from corpus.dutch import DutchAnalyser
from corpus.editions import Editions
from corpus.gap_groups import GapGroups
from corpus.glossary import Lexicon
from corpus.glossary_shelf import GlossaryShelf
from corpus.jobs import Jobs
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.lock import WriteLock
from corpus.originals import Originals
from corpus.origins import Origins
from corpus.questions_log import QuestionsLog
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.sign_in_attempts import SignInAttempts
from corpus.spelling import Speller
from corpus.staff import Accounts, Sessions
from corpus.types import Embedder
from ingest.intake import Intake
from ingest.pipeline import Pipeline
from ingest.refresh import Refresher
from ingest.revise import Revisions
from web.staff.oidc import Provider

if TYPE_CHECKING:
    from ingest.arrive.fetch import Fetcher


class Desk(Protocol):
    """The parts, each built when it is first asked for."""

    settings: Settings

    @property
    def accounts(self) -> Accounts:
        """Who may sign in."""

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""

    @property
    def brake(self) -> Brake:
        """Slows down who guesses passwords."""

    @property
    def provider(self) -> Provider | None:
        """Who staff sign in with elsewhere, if the settings name one."""

    @property
    def sign_in_attempts(self) -> SignInAttempts:
        """Who went there and has yet to come back."""

    @property
    def api_tokens(self) -> ApiTokens:
        """What machines sign in with."""

    @property
    def jobs(self) -> Jobs:
        """How long work stands."""

    @property
    def registry(self) -> Registry:
        """Documents in SQL."""

    @property
    def ledger(self) -> Ledger:
        """Editions and acts in SQL."""

    @property
    def library(self) -> Library:
        """What readers read."""

    @property
    def pipeline(self) -> Pipeline:
        """Documents in."""

    @property
    def editions(self) -> Editions:
        """Staging, publishing, withdrawing, rolling back."""

    @property
    def origins(self) -> Origins:
        """Where documents from the web came from."""

    @property
    def intake(self) -> Intake:
        """Documents in, with a note of who and from where."""

    @property
    def revisions(self) -> Revisions:
        """Drafts that are made or thrown away without a file."""

    @property
    def originals(self) -> Originals:
        """The files that documents were read from."""

    def open_fetcher(self) -> Fetcher:
        """Pages from the web; for one run."""

    def open_refresher(self) -> Refresher:
        """Pages from the web, once more; for one run."""

    @property
    def assistant(self) -> Assistant:
        """Questions in."""

    @property
    def questions(self) -> QuestionsLog:
        """Questions without a good answer."""

    @property
    def gap_groups(self) -> GapGroups:
        """What staff decided about groups of those."""

    @property
    def analyser(self) -> DutchAnalyser:
        """Dutch terms."""

    @property
    def glossary(self) -> Lexicon:
        """What people say, and the documents' words for it."""

    @property
    def glossary_shelf(self) -> GlossaryShelf:
        """The glossary file that counts, to edit."""

    @property
    def retriever(self) -> Retriever:
        """Search."""

    @property
    def speller(self) -> Speller:
        """Mends typing errors."""

    @property
    def embedder(self) -> Embedder:
        """The embedding model."""

    @property
    def model_id(self) -> str:
        """The embedding model's name and hash."""

    @property
    def lock(self) -> WriteLock:
        """Held by who changes the corpus."""

    def elsewhere(self, data_dir: Path) -> Desk:
        """The same parts on another data folder, to try a change on a copy."""
