"""The words and the model: what reading and searching need besides the data folder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cli.stores import Stores
from corpus.chroma_home import open_home
from corpus.dutch import DutchAnalyser
from corpus.errors import NotReadyError
from corpus.glossary_shelf import GlossaryShelf
from corpus.live_glossary import LiveGlossary
from corpus.model_setup import MODEL_NAME, model_folder, read_record
from corpus.types import Embedder
from corpus.vector_home import Home

if TYPE_CHECKING:
    from corpus.remote_check import RemoteCheck


class Models(Stores):
    """Each built when it is first asked for; the model takes seconds."""

    @cached_property
    def analyser(self) -> DutchAnalyser:
        """Dutch terms."""
        return DutchAnalyser()

    @cached_property
    def glossary_shelf(self) -> GlossaryShelf:
        """The glossary file that counts, for who edits it."""
        return GlossaryShelf(self.settings.data_dir, self.settings.glossary, self.lock)

    @cached_property
    def glossary(self) -> LiveGlossary:
        """What people say, and the documents' words for it; it follows its file."""
        return LiveGlossary(lambda: self.glossary_shelf.path, self.analyser)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model, loaded."""
        from corpus.embedder import open_embedder

        return open_embedder(self.settings)

    @cached_property
    def model_id(self) -> str:
        """The embedding model's name and hash."""
        if self.settings.embedding_url is None and self.settings.embedding_model == MODEL_NAME:
            # From the record beside the model: no need to load it only to know its name.
            record = read_record(model_folder(self.settings))
            if record is not None:
                return record.model_id
        return self.embedder.model_id

    def check_model(self) -> None:
        """Raises NotReadyError when the published edition was made with another model, when the
        model is not set up, or when the embedding service gives no answer or other vectors."""
        wanted = self.model_id
        current = self.ledger.current()
        edition = self.ledger.edition(current) if current is not None else None
        if edition is not None and edition.model_id != wanted:
            raise NotReadyError(
                f"De index is gemaakt met model {edition.model_id}, maar de instellingen vragen "
                f"{wanted}. Maak hem opnieuw met: routewijzer corpus reindex"
            )
        if edition is not None and self.remote_check is not None:
            self.remote_check.look(edition)

    @cached_property
    def remote_check(self) -> RemoteCheck | None:
        """Whether the embedding service still runs the model of the index; None without one."""
        if self.settings.embedding_url is None:
            return None
        from corpus.remote_check import RemoteCheck
        from corpus.remote_embedder import RemoteEmbedder

        embedder = self.embedder
        if not isinstance(embedder, RemoteEmbedder):
            return None
        return RemoteCheck(self.registry, self.ledger, embedder)

    @cached_property
    def home(self) -> Home:
        """Where vectors are kept. Raises BadInputError when the address of the server is wrong."""
        return self.home_of(self.settings.data_dir)

    def home_of(self, data_dir: Path) -> Home:
        """The same for another data folder."""
        return open_home(self.settings.model_copy(update={"data_dir": data_dir}))

    def embedder_for_documents(self) -> Embedder:
        """The model, for vectors that are stored. Raises NotReadyError as `check_model` does."""
        # Checked before anything is stored: drafts with vectors of a model that the index does
        # not know could not be published.
        embedder = self.embedder
        self.check_model()
        return embedder
