"""What a trace says in plain Dutch: reasons of a score, kinds of answers, decisions of the gate."""

from __future__ import annotations

import re

from assistant.trace_signals import LABELS
from corpus.types import AnswerType, Language, Status

_REASONS = {
    "dense": "betekenis van de passage",
    "sentence": "betekenis van de beste zin",
    "lexical": "woorden van de vraag",
    "met": "deel van de vraag dat erin staat",
    "heading": "kop vraagt hetzelfde",
    "named": "lijst die de vraag noemt",
    "names": "namen waar de vraag om vraagt",
    "form": "kop of lijst die bij de vorm van de vraag past",
    "audience": "geschreven voor de vrager",
    "title": "titel van het document",
    "glossary": "andere woorden voor hetzelfde",
    "tokens": "woorddelen van de vraag een voor een",
    "rerank": "tweede lezing met de vraag erbij",
    "folded": "zegt hetzelfde als een hogere",
    "fresh": "nieuwer document",
    "year": "jaar dat de vraag noemt",
    "part": "hoort bij een deelvraag",
}
STATUSES: dict[Status, str] = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "geen vraag over de Mkb-route",
}
ASKS: dict[AnswerType, str] = {
    "phone": "een telefoonnummer",
    "email": "een e-mailadres",
    "website": "een website",
    "money": "een bedrag",
    "number": "een aantal",
    "date": "een datum",
    "place": "een plaats of adres",
    "person": "een persoon of organisatie",
    "list": "een lijst",
    "how": "hoe iets gaat",
    "definition": "wat iets is",
    "yesno": "ja of nee",
    "open": "iets anders",
}
LANGUAGES: dict[Language, str] = {"nl": "Nederlands", "en": "Engels"}
_DECISIONS = (
    (r"a greeting", "het is een groet of een bedankje"),
    (r"an order to the assistant, not a question", "het is een opdracht, geen vraag"),
    (r"code, not a question", "het is code, geen vraag"),
    (r"no words in it", "er staan geen woorden in"),
    (r"nothing found", "er is niets gevonden"),
    (r"none of its words stand in the documents", "geen woord ervan staat in de documenten"),
    (r"the evidence speaks of another side: .+", "wat er staat, gaat over de andere kant ervan"),
    (r"no evidence for (.+)", r"er is niets gevonden over \1"),
)
_LACKS = re.compile(r"no (\w+) in the evidence")
_SUM = re.compile(r"sum (-?[\d.]+) of Signals\((.*)\)")
_YES_NO = {"True": "ja", "False": "nee"}


def reason_label(name: str) -> str:
    """A reason in plain Dutch; its own name when it is not known here."""
    return _REASONS.get(name, name)


def explained(reason: str) -> str:
    """The reason of the gate in plain Dutch, of each part of a question; as it is when it is not
    known here."""
    return "; ".join(map(_explained, reason.split("; ")))


def _explained(reason: str) -> str:
    for pattern, dutch in _DECISIONS:
        found = re.fullmatch(pattern, reason)
        if found:
            return found.expand(dutch)
    lacks = _LACKS.fullmatch(reason)
    if lacks:
        wanted = next((label for kind, label in ASKS.items() if kind == lacks[1]), lacks[1])
        return f"gevraagd is {wanted}, en dat staat er niet in"
    summed = _SUM.fullmatch(reason)
    if summed:
        return f"zekerheid {_figure(summed[1])} ({_signals(summed[2])})"
    return reason


# --- steps -----------------------------------------------------------------------------------


def _signals(told: str) -> str:
    pairs = (pair.partition("=") for pair in told.split(", "))
    return "; ".join(f"{LABELS.get(k, k)} {_figure(v)}" for k, _, v in pairs)


def _figure(value: str) -> str:
    if value in _YES_NO:
        return _YES_NO[value]
    is_figure = re.fullmatch(r"-?\d+\.\d+(e-?\d+)?", value)
    return f"{float(value):.2f}".replace(".", ",") if is_figure else value
