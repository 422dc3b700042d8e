"""What each web worker starts: the application with its parts."""

from __future__ import annotations

from fastapi import FastAPI

from cli.parts import Parts
from corpus.settings import Settings
from web.app import create_app


def application() -> FastAPI:
    """The application, warmed up: the first answer is as fast as the tenth."""
    parts = Parts(Settings())
    if parts.library.current_edition() is not None:
        parts.assistant.answer("Wat is de Mkb-route?")
    return create_app(parts.assistant, parts.library, parts.settings)
