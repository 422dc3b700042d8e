"""What the pages for staff call the parts of a question for evaluation."""

from __future__ import annotations

from eval.questions import Kind, Unanswerable

REASONS: dict[Unanswerable, str] = {
    "missing": "Het staat niet in de documenten",
    "off_topic": "Het gaat over iets anders dan de Mkb-route",
    "underspecified": "De vraag is te vaag om te beantwoorden",
    "nonsense": "Het is geen echte vraag",
    "injection": "Iemand probeert de assistent te sturen",
}

KINDS: dict[Kind, str] = {
    "list": "vraagt om een lijst",
    "number": "vraagt om een getal of bedrag",
    "who": "vraagt wie",
    "how": "vraagt hoe iets gaat",
    "yesno": "ja of nee",
    "definition": "vraagt wat iets is",
    "table": "antwoord in een tabel",
    "english": "in het Engels",
    "typo": "met typefouten",
    "keywords": "losse woorden",
    "colloquial": "spreektaal",
    "followup": "vervolgvraag",
    "double": "dubbele vraag",
    "false_premise": "gaat uit van iets dat niet klopt",
    "where_when": "vraagt waar of wanneer",
    "why": "vraagt waarom",
}
