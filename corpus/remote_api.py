"""What is sent to an embedding service and how its answers read, for each of the two ways.

OpenAI: https://platform.openai.com/docs/api-reference/embeddings, which vLLM, llama.cpp, Ollama and
others follow. TEI: https://huggingface.github.io/text-embeddings-inference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from corpus.settings import Settings

_BATCH = 32
"""Texts per request: what text-embeddings-inference takes unless it is told otherwise."""


class UnreadableError(Exception):
    """The answer has another form than the service promises; the message says which."""


@dataclass(frozen=True, slots=True)
class About:
    """What a service says of itself."""

    model: str
    release: str = ""
    """Of the weights."""
    batch: int = _BATCH
    """Texts that it takes at once."""


class Api(Protocol):
    """One way to ask for vectors."""

    info: str | None
    """Where the service tells of itself, below its address; None when it does so nowhere."""
    path: str
    """Where texts go."""

    def body(self, texts: Sequence[str]) -> dict[str, Any]:
        """What is sent."""

    def rows(self, answer: Any) -> list[Any]:
        """The vectors in the order of the texts, unchecked. Raises UnreadableError."""

    def model(self, answer: Any) -> str:
        """The model that made them, or "" when the answer does not say."""

    def about(self, answer: Any) -> About:
        """What is at ``info``. Raises UnreadableError."""


class OpenAi:
    """``/embeddings``; the address of the service mostly ends in ``/v1``."""

    info: str | None = None
    path = "/embeddings"

    def __init__(self, model: str) -> None:
        self._model = model

    def body(self, texts: Sequence[str]) -> dict[str, Any]:
        """With the name of the model: one service may hold several."""
        return {"model": self._model, "input": list(texts), "encoding_format": "float"}

    def rows(self, answer: Any) -> list[Any]:
        """By their own numbers: nothing says that they come in order."""
        try:
            numbered = {item["index"]: item["embedding"] for item in answer["data"]}
            return [numbered[n] for n in range(len(answer["data"]))]
        except (KeyError, TypeError) as error:
            raise UnreadableError("er staan geen vectoren in") from error

    def model(self, answer: Any) -> str:
        """The name that came back."""
        named = answer.get("model") if isinstance(answer, dict) else None
        return named if isinstance(named, str) else ""

    def about(self, answer: Any) -> About:
        """Only its name is known, from an answer with vectors."""
        return About(self.model(answer) or self._model)


class Tei:
    """text-embeddings-inference: ``/embed`` and ``/info``."""

    info: str | None = "/info"
    path = "/embed"

    def body(self, texts: Sequence[str]) -> dict[str, Any]:
        """Of a text that is too long the first part counts, as with our own model."""
        return {"inputs": list(texts), "truncate": True, "normalize": True}

    def rows(self, answer: Any) -> list[Any]:
        """A list of lists."""
        if not isinstance(answer, list):
            raise UnreadableError("er staan geen vectoren in")
        return answer

    def model(self, _answer: Any) -> str:
        """Vectors come without a name."""
        return ""

    def about(self, answer: Any) -> About:
        """Model, hash of its weights, and how much it takes at once."""
        if not isinstance(answer, dict) or not isinstance(answer.get("model_id"), str):
            raise UnreadableError("er staat niet in welk model het is")
        most = answer.get("max_client_batch_size")
        return About(
            model=answer["model_id"],
            release=f"{answer.get('model_sha') or ''} {answer.get('model_dtype') or ''}".strip(),
            batch=min(_BATCH, most) if isinstance(most, int) and most > 0 else _BATCH,
        )


def choose_api(settings: Settings) -> Api:
    """The way that the settings name."""
    return Tei() if settings.embedding_api == "tei" else OpenAi(settings.embedding_model)
