"""What kind of thing would answer a question."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.types import AnswerType

# "Wat zijn leeruitkomsten?" asks what such things are, "wat zijn de kosten?" which there are.
_BARE = (
    r"(?!(?:\w*(?:kosten|delen|eisen|redenen|taken|risico'?s|mogelijkheden|ervaringen|resultaten"
    r"|conclusies|aanbevelingen|verschillen|criteria|voorwaarden|stappen|tips)|uitkomsten|benefits"
    r"|costs|requirements|differences|results)\b)[\w'’-]+"
    r"(?: (?:precies|eigenlijk|nou|dan|exactly))? ?[?.!]*$"
)
# First match counts; each pattern works on the folded question.
_ASKS: dict[AnswerType, re.Pattern[str]] = {
    "phone": re.compile(
        r"telefoon|\bmobiel(e)? nummer|\b06\b|\bnummer van\b|phone number|\bbellen\b"
        r"|\b(i|we|to) call\b"
    ),
    "email": re.compile(r"\be-?mail|\bmailadres|\bmail(en|t)?\b"),
    # "Hoeveel bezoekers trekt de website?" asks for a number, and a building site is none.
    "website": re.compile(
        r"^(?!.*(?:\bhoeveel\b|\bhow many\b|\baantal\b)).*"
        r"(?:\bwebsite\b|(?<!building )(?<!construction )\bsite\b|\burl\b|\bweb ?adres"
        r"|\bweb ?page)",
        re.DOTALL,
    ),
    "money": re.compile(
        r"\beuro'?s?\b|€|\bbedrag"
        r"|hoe hoog(?!.{0,80}(percentage|aandeel|aantal|cijfer|score|niveau|uitval))"
        r"|hoeveel (geld|subsidie|salaris|loon|collegegeld)"
        r"|(verdien|krijg|betaal)\w* .{0,80}\b(per|een|elke) (maand|uur)|\bbruto\b|\bnetto\b"
        r"|uurloon|how much (money|subsidy|salary|is the)|salary per|hoeveel (kost|verdien|betaal)"
    ),
    "number": re.compile(
        r"\bhoeveel\b|hoe vaak|hoe lang|hoelang|hoe groot|\baantal\b|welk percentage|procent"
        r"|hoe oud|hoe ver\b|\bnumber of\b|how (many|much|long|often|old|large)|percentage"
    ),
    "date": re.compile(r"\bwanneer\b|welk jaar|welke datum|hoe laat|\bwhen\b|what year|deadline"),
    "place": re.compile(
        r"\b(bezoek|post)?adres\b|\b(welke|in welke|which) (straat|stad|plaats|city)\b|\baddress\b"
    ),
    "person": re.compile(r"\bwie\b|\bwho\b|\bnaam van\b|\bwho's\b"),
    "list": re.compile(
        rf"\b(?:wat zijn|what are)\b(?! {_BARE})|\bwelke\b|\bwhich\b|\bnoem\b|\btips\b"
        r"|\bvoorwaarden\b|\bcriteria\b|\beisen\b|\brequirements\b|\bstappen\b|\bmanieren\b"
        r"|\bop een rij"
    ),
    "how": re.compile(r"(^|[,;] ?|en |maar )hoe\b|\bhow (do|can|could|should|to|are|is)\b"),
    "definition": re.compile(
        rf"\b(?:wat zijn|what are) {_BARE}"
        r"|\bwat (is|betekent|houdt)\b|\bwhat (is|does .{1,80} mean)\b|\bbetekenis\b"
    ),
    "yesno": re.compile(
        r"^(en |maar |dus )?(is|zijn|kan|kun|kunnen|mag|mogen|moet|moeten|heb|heeft|hebben"
        r"|krijg|krijgt|krijgen|word|wordt|worden|bestaat|bestaan|geldt|gelden|willen|wil|doet"
        r"|doen|hoef|hoeft|hoeven|can|is|are|does|do|must|may|should|has|have)\b"
    ),
}


@lru_cache(maxsize=200)  # asked at every step of an answer
def answer_type(folded: str) -> AnswerType:
    """What kind of thing would answer a folded question."""
    return next((kind for kind, pattern in _ASKS.items() if pattern.search(folded)), "open")
