"""Reads a chat model's reply with a limit on the whole of it, also when it falls silent."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator

from assistant.generation.types import ChatModel

_ERROR_CHARS = 200


class ModelFailedError(Exception):
    """The model raised something; the message says what."""


class TimeIsUpError(Exception):
    """The model was not done in time."""


class _End:
    """The reply is complete."""


def listen(
    model: ChatModel, messages: list[tuple[str, str]], deadline: float
) -> Generator[str, None, None]:
    """The pieces of the reply as they come, until ``deadline`` (as of `time.monotonic`).

    The model is read in a thread of its own. When the deadline passes, or the caller stops
    listening, that thread closes the request at the next piece; when no piece ever comes, the
    client's own time limit ends it. Raises TimeIsUpError and ModelFailedError.
    """
    heard: queue.SimpleQueue[str | _End | ModelFailedError] = queue.SimpleQueue()
    unwanted = threading.Event()
    threading.Thread(
        target=_read, args=(model, messages, heard, unwanted), name="taalmodel", daemon=True
    ).start()
    try:
        while True:
            try:
                piece = heard.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeIsUpError from None
            if isinstance(piece, _End):
                return
            if isinstance(piece, ModelFailedError):
                raise piece
            yield piece
    finally:
        unwanted.set()


def _read(
    model: ChatModel,
    messages: list[tuple[str, str]],
    heard: queue.SimpleQueue[str | _End | ModelFailedError],
    unwanted: threading.Event,
) -> None:
    try:
        pieces = model.stream(messages)
        for piece in pieces:
            if unwanted.is_set():
                _close(pieces)
                return
            heard.put(piece.text)
    except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; the listener is told
        said = " ".join(str(error).split())[:_ERROR_CHARS]
        heard.put(ModelFailedError(f"{type(error).__name__}: {said}"))
    else:
        heard.put(_End())


def _close(pieces: object) -> None:
    """Closing the generator closes the connection, so that the server stops writing."""
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
