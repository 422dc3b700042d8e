"""The templates, with the few functions that they use. Everything is escaped by Jinja."""

from __future__ import annotations

from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import wording
from web.present import question_link, source_link

HERE = Path(__file__).parent


def build_templates() -> Jinja2Templates:
    """Templates of ``web/templates``; an unknown name in one is an error, not an empty string."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dutch_date"] = wording.dutch_date
    environment.filters["web_address"] = wording.web_address
    environment.globals.update(
        statuses=wording.STATUS,
        choices=wording.CHOICES,
        account=wording.account,
        explanation=wording.explanation,
        source_link=source_link,
        question_link=question_link,
    )
    return Jinja2Templates(env=environment)
