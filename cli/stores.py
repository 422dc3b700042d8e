"""What the data folder keeps, each part opened when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from corpus.api_tokens import ApiTokens
from corpus.brake import Brake
from corpus.database import open_database
from corpus.errors import BadInputError
from corpus.gap_groups import GapGroups
from corpus.jobs import Jobs
from corpus.ledger import Ledger
from corpus.lock import WriteLock
from corpus.originals import Originals
from corpus.origins import Origins
from corpus.postgres import connect, server_address
from corpus.questions_log import QuestionsLog
from corpus.registry import Registry
from corpus.settings import Settings
from corpus.shared_answers import SharedAnswers
from corpus.sign_in_attempts import SignInAttempts
from corpus.staff import Accounts, Sessions

if TYPE_CHECKING:
    from web.staff.oidc import Provider


class Stores:
    """The parts that only read and write the data folder: none of them needs a model."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def let_go(self) -> None:
        """Close the connections that were opened; what is asked for later opens them anew."""
        opened = vars(self)  # where a cached property keeps what it made
        engines = [self.registry.engine] if "registry" in opened else []
        if "server" in opened and self.server is not None:
            engines.append(self.server)
        for engine in engines:
            engine.dispose()

    @cached_property
    def data_dir(self) -> Path:
        """The data folder, made when needed. Raises BadInputError when it cannot be used."""
        folder = self.settings.data_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = "is een bestand" if folder.is_file() else f"is niet te maken ({error.strerror})"
            raise BadInputError(
                f"De map voor gegevens {folder} {why}. "
                "Noem met ROUTEWIJZER_DATA_DIR een map om in te schrijven."
            ) from None
        return folder

    @cached_property
    def registry(self) -> Registry:
        """Documents in SQL."""
        return Registry(open_database(self.data_dir, self.settings.database_url))

    @cached_property
    def server(self) -> Engine | None:
        """PostgreSQL, where the settings name it, with its tables as they are."""
        url = self.settings.database_url
        return connect(server_address(url)) if url is not None else None

    @cached_property
    def ledger(self) -> Ledger:
        """Editions in SQL."""
        return Ledger(self.registry.engine)

    @cached_property
    def questions(self) -> QuestionsLog:
        """Questions without a good answer, as long as the settings say."""
        return QuestionsLog(self.registry.engine, self.settings.questions_days)

    @cached_property
    def shared_answers(self) -> SharedAnswers:
        """Answers that readers shared, as long as the settings say."""
        return SharedAnswers(self.registry.engine, self.settings.shared_days)

    @cached_property
    def gap_groups(self) -> GapGroups:
        """What staff decided about groups of those questions."""
        return GapGroups(self.registry.engine)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may sign in to the pages for staff."""
        return Accounts(self.registry.engine)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self.registry.engine)

    @cached_property
    def brake(self) -> Brake:
        """Slows down who guesses passwords."""
        return Brake(self.registry.engine)

    @cached_property
    def provider(self) -> Provider | None:
        """Who staff sign in with elsewhere, if the settings name one. Raises BadInputError when
        the settings do not fit together."""
        from web.staff.sign_in_settings import provider_of  # only the web site needs it

        return provider_of(self.settings)

    @cached_property
    def sign_in_attempts(self) -> SignInAttempts:
        """Who went there and has yet to come back."""
        return SignInAttempts(self.registry.engine)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """What machines sign in with."""
        return ApiTokens(self.registry.engine)

    @cached_property
    def jobs(self) -> Jobs:
        """Long work that staff started."""
        return Jobs(self.registry.engine)

    @cached_property
    def origins(self) -> Origins:
        """Where documents from the web came from."""
        return Origins(self.registry.engine)

    @cached_property
    def lock(self) -> WriteLock:
        """Held by who changes the corpus."""
        return WriteLock(self.data_dir, self.settings.lock_timeout_s)

    @cached_property
    def originals(self) -> Originals:
        """The files that documents were read from."""
        return Originals(self.registry.engine, self.settings.data_dir)
