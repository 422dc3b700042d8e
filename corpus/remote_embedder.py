"""Vectors from an embedding service elsewhere, where our own process would be too slow."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from corpus.embedder import valid_text
from corpus.remote_api import About, Api, UnreadableError, choose_api
from corpus.remote_call import Caller, Patience, ServiceAwayError, ServiceWrongError, told
from corpus.settings import Settings
from corpus.types import Vectors

NOTHING = "geen"
"""What a prefix is set to when there is none: an empty setting counts as one that is not set."""
_PROBE = "maat"
_LONGER = 12  # times as long as a question a batch of a document may take
_REST_S = 2.0  # after a failure nobody waits for the service for so long
_LOOK_S = 2.0
_CHECK = "Kijk welk model daar draait."


def open_remote_embedder(
    settings: Settings, now: Callable[[], float] = time.monotonic
) -> RemoteEmbedder:
    """The embedder for the service in the settings; it is asked at once what it is.

    Raises BadInputError when its address is none, NotReadyError when it gives no answer that can
    be used.
    """
    key = settings.embedding_api_key
    caller = Caller(settings.embedding_url or "", key.get_secret_value() if key is not None else "")
    try:
        return RemoteEmbedder(
            caller,
            choose_api(settings),
            prefixes=(
                _prefix(settings.embedding_query_prefix),
                _prefix(settings.embedding_passage_prefix),
            ),
            seconds=settings.embedding_timeout_s,
            release=settings.embedding_release,
            now=now,
        )
    except BaseException:
        caller.close()
        raise


class RemoteEmbedder:
    """An embedding service as an Embedder. Safe to use from several threads."""

    def __init__(
        self,
        caller: Caller,
        api: Api,
        prefixes: tuple[str, str],
        seconds: float,
        release: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask the service what it is. ``prefixes`` go before questions and before passages;
        ``seconds`` is how long a question may take, ``release`` says more of the model than the
        service does. Raises ServiceAwayError and ServiceWrongError."""
        self._caller = caller
        self._api = api
        self._query_prefix, self._passage_prefix = prefixes
        self._question = Patience(seconds, tries=3)
        self._document = Patience(_LONGER * seconds, tries=8)
        self._look = Patience(min(_LOOK_S, seconds), tries=1)
        self._now = now
        self._failed: tuple[float, str] | None = None
        probe = self._ask([self._passage_prefix + _PROBE], self._question)
        self._about = self._read_about(probe)
        self._dimension = self._length(probe)
        self._model_id = self._name(release)

    @property
    def model_id(self) -> str:
        """What the service says of its model, and 12 hex digits over that and how it is asked."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimension), in the order of the texts.

        Raises ServiceAwayError in the set time when the service gives no answer, and at once for
        a few seconds after that; ServiceWrongError when what it gives cannot be used.
        """
        failed = self._failed
        if failed is not None and self._now() < failed[0]:
            raise ServiceAwayError(failed[1])
        try:
            vectors = self._embed(self._query_prefix, texts, self._question)
        except ServiceAwayError as error:
            self._failed = self._now() + _REST_S, str(error)
            raise
        self._failed = None
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), in the order of the texts; one request for
        some of them at a time, each with more patience than a question. Raises what
        ``embed_queries`` raises."""
        return self._embed(self._passage_prefix, texts, self._document)

    def look(self, text: str) -> Vectors:
        """The vector of a passage, shape (dimension,), asked once and with little patience: for
        who wants to know how the service does. Raises what ``embed_queries`` raises."""
        asked = self._passage_prefix + valid_text(text)
        found: Vectors = self._vectors(self._ask([asked], self._look), 1)[0]
        return found

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()

    # --- steps -------------------------------------------------------------------------------

    def _embed(self, prefix: str, texts: Sequence[str], patience: Patience) -> Vectors:
        whole = [prefix + valid_text(text) for text in texts]
        vectors = np.empty((len(whole), self._dimension), np.float32)
        for at in range(0, len(whole), self._about.batch):
            part = whole[at : at + self._about.batch]
            vectors[at : at + len(part)] = self._vectors(self._ask(part, patience), len(part))
        return vectors

    def _ask(self, texts: Sequence[str], patience: Patience) -> Any:
        return self._caller.ask(self._api.path, self._api.body(texts), patience)

    def _read_about(self, probe: Any) -> About:
        info = self._api.info
        answer = probe if info is None else self._caller.ask(info, None, self._question)
        try:
            return self._api.about(answer)
        except UnreadableError as error:
            raise _unusable(str(error)) from error

    def _length(self, answer: Any) -> int:
        first = self._rows(answer, 1)[0]
        if not isinstance(first, list) or not first:
            raise _unusable("er staan geen vectoren in")
        return len(first)

    def _vectors(self, answer: Any, count: int) -> Vectors:
        """The vectors in an answer, each of length 1, checked: number, length, and that they are
        numbers."""
        rows = self._rows(answer, count)
        named = self._api.model(answer)
        if named and named != self._about.model:
            raise ServiceWrongError(
                told(f"draait nu model {named[:80]} en eerder {self._about.model[:80]}", _CHECK)
            )
        lengths = {len(row) if isinstance(row, list) else 0 for row in rows} - {self._dimension}
        if lengths:
            raise ServiceWrongError(
                told(
                    f"geeft vectoren van {min(lengths)} getallen in plaats van {self._dimension}",
                    _CHECK,
                )
            )
        return _normal(rows)

    def _rows(self, answer: Any, count: int) -> list[Any]:
        try:
            rows = self._api.rows(answer)
        except UnreadableError as error:
            raise _unusable(str(error)) from error
        if len(rows) != count:
            raise ServiceWrongError(
                told(f"geeft {len(rows)} vectoren voor {count} teksten", _CHECK)
            )
        return rows

    def _name(self, release: str) -> str:
        about = self._about
        parts = (about.model, about.release, release, self._query_prefix, self._passage_prefix)
        said = "\0".join((*parts, str(self._dimension)))
        return f"{about.model[:100]}@{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _normal(rows: list[Any]) -> Vectors:
    try:
        wide = np.array(rows, np.float64)
    except (TypeError, ValueError) as error:
        raise _unusable("er staat iets anders dan getallen in") from error
    largest = np.abs(wide).max(axis=1, keepdims=True)
    if not np.isfinite(largest).all() or not largest.all():
        raise _unusable("er staat een vector in zonder richting, of met iets dat geen getal is")
    scaled = wide / largest  # squares of the largest numbers would not fit
    vectors: Vectors = (scaled / np.linalg.norm(scaled, axis=1, keepdims=True)).astype(np.float32)
    return vectors


def _unusable(why: str) -> ServiceWrongError:
    return ServiceWrongError(told(f"geeft een antwoord dat niet te gebruiken is: {why}", _CHECK))


def _prefix(given: str) -> str:
    return "" if given.strip() == NOTHING else given
