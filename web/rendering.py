"""The templates, with the few functions that they use. Everything is escaped by Jinja."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import language, wording
from web.answer_text import mail_link, plain_text
from web.language import N_
from web.present import question_link, source_link

HERE = Path(__file__).parent
MENU = (
    ("/", N_("Vraag stellen")),
    ("/documenten", N_("Documenten")),
    ("/check", N_("Criteria nalopen")),
)
"""Path and label of each page in the header."""
FOOTER_MENU = (
    ("/over", N_("Over Routewijzer")),
    ("/documenten", N_("Documenten")),
    ("/check", N_("Criteria nalopen")),
    ("/toegankelijkheid", N_("Toegankelijkheid")),
    ("/docs", N_("Voor ontwikkelaars")),
)


def build_templates() -> Jinja2Templates:
    """Templates of ``web/templates``; an unknown name in one is an error, not an empty string.

    ``_("...")`` and ``{% trans %}`` put Dutch text in the language of the page.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    # Not "newstyle": that takes every message for markup, also one that came from outside.
    cast(Any, environment).install_gettext_callables(
        language.gettext, language.ngettext, newstyle=False
    )
    environment.filters["dutch_date"] = language.written_date
    environment.filters["web_address"] = wording.web_address
    environment.globals.update(
        statuses=wording.STATUS,
        choices=wording.CHOICES,
        account=wording.account,
        own_words=wording.own_words,
        beside_language=wording.beside_language,
        is_greeting=wording.is_greeting,
        whom_to_ask=wording.whom_to_ask,
        in_dutch=wording.in_dutch,
        plain_text=plain_text,
        mail_link=mail_link,
        menu=MENU,
        footer_menu=FOOTER_MENU,
        language=language.language,
        page_link=language.page_link,
        switch_link=language.switch_link,
        source_link=source_link,
        question_link=question_link,
    )
    return Jinja2Templates(env=environment)
