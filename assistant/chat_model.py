"""The language model, where one is configured. The only module that opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.generation.statements import REPLY_SCHEMA
from assistant.generation.types import ChatModel, Chunk
from corpus.errors import NotReadyError
from corpus.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Ask = Callable[[str], str]
"""Sends one prompt and gives back the whole text of the reply."""

_NO_KEY = "geen"
"""Sent to a server of one's own: the client wants a key, and a key in the environment that is
meant for a cloud service must not go there."""


def open_chat_model(settings: Settings) -> Ask:
    """The chat model that the settings name, through LangChain's `init_chat_model`.

    Any OpenAI-compatible server (vLLM, llama.cpp, Ollama) works with ``openai:NAME`` and
    ``ROUTEWIJZER_LLM_BASE_URL``. Raises NotReadyError when no model is configured or it cannot
    be opened; the returned function raises NotReadyError when the model does not answer.
    """
    model = _open(settings)

    def ask(prompt: str) -> str:
        try:
            return str(model.invoke(prompt).text)
        except Exception as error:
            raise _unusable(settings, error) from error

    return ask


def open_streaming_model(settings: Settings) -> ChatModel:
    """The same model as `open_chat_model` gives, to be read piece by piece.

    Its client gives up a request that stays silent for ``llm_timeout_s``. A server that speaks
    the OpenAI protocol is asked to hold the reply to ``REPLY_SCHEMA``; one that refuses that is
    asked without. Raises NotReadyError when no model is configured or it cannot be opened;
    reading it raises whatever the client of the service raises.
    """
    from langchain_openai import ChatOpenAI

    model = _open(settings)
    return _Structured(model) if isinstance(model, ChatOpenAI) else model


class _Structured:
    """Holds the reply of an OpenAI-compatible server to a form, where the server can."""

    def __init__(self, model: BaseChatModel) -> None:
        self._plain = model
        form = {"name": "reply", "strict": True, "schema": REPLY_SCHEMA}
        # In the body as it is: the client would otherwise wait for the whole reply to parse it.
        self._held = model.bind(
            extra_body={"response_format": {"type": "json_schema", "json_schema": form}}
        )
        self._can_hold = True

    def stream(self, input: list[tuple[str, str]], /) -> Iterator[Chunk]:  # noqa: A002
        """The reply to messages (role, text), piece by piece."""
        from openai import BadRequestError, UnprocessableEntityError

        if self._can_hold:
            try:
                yield from self._held.stream(input)
            except (BadRequestError, UnprocessableEntityError):
                self._can_hold = False
            else:
                return
        yield from self._plain.stream(input)


def _open(settings: Settings) -> BaseChatModel:
    if settings.llm_model is None:
        raise NotReadyError(
            "Er is geen taalmodel ingesteld. Noem er een met ROUTEWIJZER_LLM_MODEL, bijvoorbeeld "
            "openai:mijn-model, en zo nodig de server met ROUTEWIJZER_LLM_BASE_URL."
        )
    # Imported here: it takes a second, and without a model nobody needs it.
    from langchain.chat_models import init_chat_model

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key is not None else None
    if key is None and settings.llm_base_url is not None:
        key = _NO_KEY
    try:
        return init_chat_model(
            settings.llm_model,
            base_url=settings.llm_base_url,
            api_key=key,
            temperature=0,
            timeout=settings.llm_timeout_s,
            max_retries=0,
        )
    except Exception as error:
        raise _unusable(settings, error) from error


def _unusable(settings: Settings, error: Exception) -> NotReadyError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return NotReadyError(
        f"Het taalmodel '{settings.llm_model}' is niet te gebruiken: {reason}. Controleer "
        "ROUTEWIJZER_LLM_MODEL, ROUTEWIJZER_LLM_BASE_URL en ROUTEWIJZER_LLM_API_KEY."
    )
