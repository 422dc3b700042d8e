"""The language model, where one is configured. The only module that opens one."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import NotReadyError
from corpus.settings import Settings

Ask = Callable[[str], str]
"""Sends one prompt and gives back the whole text of the reply."""


def open_chat_model(settings: Settings) -> Ask:
    """The chat model that the settings name, through LangChain's `init_chat_model`.

    Any OpenAI-compatible server (vLLM, llama.cpp, Ollama) works with ``openai:NAME`` and
    ``ROUTEWIJZER_LLM_BASE_URL``. Raises NotReadyError when no model is configured or it cannot
    be opened; the returned function raises NotReadyError when the model does not answer.
    """
    if settings.llm_model is None:
        raise NotReadyError(
            "Er is geen taalmodel ingesteld. Noem er een met ROUTEWIJZER_LLM_MODEL, bijvoorbeeld "
            "openai:mijn-model, en zo nodig de server met ROUTEWIJZER_LLM_BASE_URL."
        )
    # Imported here: it takes a second, and without a model nobody needs it.
    from langchain.chat_models import init_chat_model

    key = settings.llm_api_key
    try:
        model = init_chat_model(
            settings.llm_model,
            base_url=settings.llm_base_url,
            api_key=key.get_secret_value() if key is not None else None,
            temperature=0,
            timeout=settings.llm_timeout_s,
            max_retries=0,
        )
    except Exception as error:
        raise _unusable(settings, error) from error

    def ask(prompt: str) -> str:
        try:
            return str(model.invoke(prompt).text)
        except Exception as error:
            raise _unusable(settings, error) from error

    return ask


def _unusable(settings: Settings, error: Exception) -> NotReadyError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return NotReadyError(
        f"Het taalmodel '{settings.llm_model}' is niet te gebruiken: {reason}. Controleer "
        "ROUTEWIJZER_LLM_MODEL, ROUTEWIJZER_LLM_BASE_URL en ROUTEWIJZER_LLM_API_KEY."
    )
