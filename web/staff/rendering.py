"""The words and ways of writing that the templates for staff share."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime, get_timezone
from jinja2 import Environment

STAFF_PAGES = (
    ("/beheer", "Overzicht"),
    ("/beheer/documenten", "Documenten"),
    ("/beheer/toevoegen", "Toevoegen"),
    ("/beheer/publiceren", "Publiceren"),
    ("/beheer/open-vragen", "Open vragen"),
    ("/beheer/woordenlijst", "Woordenlijst"),
    ("/beheer/vragenset", "Vragenset"),
    ("/beheer/cijfers", "Cijfers"),
    ("/beheer/zoekproef", "Zoekproef"),
    ("/beheer/geschiedenis", "Geschiedenis"),
    ("/beheer/tokens", "Tokens"),
)
"""Address and name, in the order of the menu."""

JOB_STATES = {"waiting": "wacht", "running": "bezig", "done": "klaar", "failed": "niet gelukt"}

ACT_NAMES = {
    "ingest": "ingelezen",
    "metadata": "gegevens aangepast",
    "drop draft": "concept weggegooid",
    "stage": "klaargezet",
    "discard": "klaargezette editie weggegooid",
    "force": "afgekeurde editie doorgelaten",
    "publish": "gepubliceerd",
    "withdraw": "ingetrokken",
    "rollback": "teruggezet",
    "reindex": "index opnieuw gemaakt",
    "cancel": "werk geannuleerd voordat het begon",
    "sign in": "ingelogd",
    "sign in refused": "inloggen geweigerd",
    "staff add": "account gemaakt",
    "staff link": "account gekoppeld aan een inlogdienst",
    "staff password": "wachtwoord veranderd",
    "staff role": "rol veranderd",
    "staff disable": "account uitgezet",
    "staff enable": "account weer aangezet",
    "token add": "token gemaakt",
    "token revoke": "token ingetrokken",
    "gap change": "open vraag bijgewerkt",
    "gap case": "toetsvraag gemaakt",
    "gap forget": "vraag van een lezer gewist",
    "case change": "toetsvraag bewaard",
    "case remove": "toetsvraag weggehaald",
    "glossary change": "woordenlijst veranderd",
    "glossary restore": "eerdere woordenlijst teruggezet",
}
"""What is in the audit log, in words. What is not here is shown as it stands there."""


def moment(at: datetime) -> str:
    """A moment (with its time zone) as people in the Netherlands write it."""
    zone = get_timezone("Europe/Amsterdam")
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=zone, locale="nl")


def add_staff_words(environment: Environment) -> None:
    """Make them known to the templates of ``environment``."""
    environment.filters["moment"] = moment
    environment.globals.update(staff_pages=STAFF_PAGES, job_states=JOB_STATES, act_names=ACT_NAMES)
