"""Sentences that say what something is, and the term that they explain.

Precision goes before recall: "De dag is een succes" has the form of a definition and is none, so
a sentence counts only when its subject can be a term and its predicate sets the thing apart ("een
plek waar ...") or when its verb can mean nothing else ("Onder een Ad verstaan we ...").
"""

from __future__ import annotations

import re
from collections.abc import Callable

_QUOTES = "“”„\"‘’'«»*_"
_ARTICLE = r"(?:een|de|het|’n|'n|an?|the)"
_TERM = rf"(?P<term>[{_QUOTES}]?[^\W_](?:[\w’'.&/-]|\s(?!(?:is|zijn|are)\b)){{0,70}}?[{_QUOTES}]?)"
_ASIDE = r"(?:\s\([^()]{1,80}\))?(?:,\s(?:ook wel|oftewel|of|kortweg|ook|also)\b[^,.]{1,60},)?"
_SETS_APART = (
    r"(?:die|dat|waar\w*|om|voor|van|met|tussen|in|op|bij|binnen|waarvan|wiens|zonder|tot|"
    r"that|which|who|whose|where|for|of|in which|with|between)"
)

# "Een leerwerkplek is een plek waar ...", "Ad is de graad van ...", "A route is a programme that"
_IS = re.compile(
    rf"(?P<article>{_ARTICLE}\s)?{_TERM}{_ASIDE}\s"
    rf"(?:(?:is|are|betreft)\s(?:(?:dus|in feite|kort gezegd|volgens [^,.]{{1,60}}?)\s)?"
    rf"(?:een|de|het(?! zo\b| \S+(?: \S+){{0,2}} om\b)|an?|the)|zijn een)\s"
    rf"(?P<kind>(?:[\w’'-]+,?\s){{1,5}}?){_SETS_APART}\b",
    re.IGNORECASE,
)
_IS_SOMEONE = re.compile(
    rf"(?P<article>{_ARTICLE}\s)?{_TERM}{_ASIDE}\s(?:is|zijn)\s(?:iemand|degene|wie|wat|iets|someone)\s"
    rf"{_SETS_APART}\b",
    re.IGNORECASE,
)
# "Zij-instromers zijn werkenden die ..."
_ARE = re.compile(
    rf"(?P<article>{_ARTICLE}\s)?{_TERM}{_ASIDE}\s(?:zijn|are)\s(?P<kind>(?:[\w’'-]+\s){{0,2}}?[\w’'-]+(?:en|s)\s)"
    r"(?:die|waar\w*|that|which|who|where)\b",
    re.IGNORECASE,
)
# "Onder een Ad verstaan we ...", "Met studenten bedoelen we ...", "By route we mean ..."
_UNDERSTOOD = re.compile(
    rf"(?:onder|met|by)\s(?:{_ARTICLE}\s)?(?:(?:begrip|term)\s)?{_TERM}{_ASIDE}\s"
    r"(?:verstaan|verstaat|verstond|bedoelen|bedoelt|bedoelde|(?:wordt|worden)\b[^.]{0,40}?\b"
    r"(?:verstaan|bedoeld)|we mean|is meant)\b",
    re.IGNORECASE,
)
# "Ad staat voor Associate degree", "LLO is de afkorting van ..."
_SHORT_FOR = re.compile(
    rf"(?:(?:de|het) (?:afkorting|letters|term) )?{_TERM}\s(?:staat voor|"
    r"is (?:de|een) afkorting van|is kort voor|is short for|stands for)\s\w",
    re.IGNORECASE,
)
# "Duaal betekent dat ...", "Een leerwerkovereenkomst houdt in dat ..."
_MEANS = re.compile(
    rf"(?:(?:de|het) (?:begrip|term|woord)\s)?(?P<article>{_ARTICLE}\s)?{_TERM}{_ASIDE}\s"
    r"(?:betekent(?: dat|:| letterlijk)|houdt in(?: dat)?\b|wil zeggen dat|means\b|"
    r"refers to\b|(?:is|wordt|zijn|worden) (?:gedefinieerd|omschreven|defined) als?\b)",
    re.IGNORECASE,
)
# "Een plek waar je werkt en leert noemen we een leerwerkplek."
_CALLED = re.compile(
    rf"(?:een|iemand)\s[^.]{{15,200}}?,?\s(?:noemen we|noemt men|heet)\s(?:ook wel\s)?"
    rf"(?:{_ARTICLE}\s)?{_TERM}[.!]?$",
    re.IGNORECASE,
)
# "Leerwerkplek: de plek waar ..."
_LISTED = re.compile(
    rf"{_TERM}{_ASIDE}\s?:\s(?:een|de|het|iemand|a|an|the)\s(?:[\w’'-]+,?\s){{0,6}}?"
    r"(?:die|dat|waar\w*|that|which|who|where)\b"
)

_NO_TERM = re.compile(
    r"(?:dit|dat|deze|die|het|er|hij|zij|ze|we|wij|je|jij|u|ik|men|wat|wie|hoe|waar\w*|daar\w*|hier\w*|"
    r"zo|dus|ook|maar|en|of|als|toch|nu|dan|toen|vaak|soms|niet|geen|alle|elke|ieder\w*|veel|meer|"
    r"minder|sommige|enkele|andere|beide|zulke|onze|ons|hun|haar|zijn|mijn|uw|jouw|eerste|tweede|"
    r"derde|laatste|volgende|belangrijk\w*|naast|bij|in|op|voor|van|uit|tot|om|door|over|na|sinds|"
    r"met|vanaf|ten|per|verder|tevens|bovendien|echter|helaas|kortom|eén|één|een|de|gewoonlijk|"
    r"doorgaans|meestal|nadien|wellicht|tegenwoordig|anderzijds|enerzijds|tegelijk\w*|momenteel|"
    r"misschien|eventueel|uiteraard|natuurlijk|standaard|relatief|inmiddels|vooral|voorlopig|"
    r"uiteindelijk|oorspronkelijk|meteen|direct|dergelijke|with|from|the|"
    r"this|that|these|those|it|there|he|she|they|you|i|what|who|how|here|our|their|his|her|my|your|"
    r"but|and|or|if|so|also|all|each|every|some|many|more|less|no|one|another|other)(?![\w-])",
    re.IGNORECASE,
)
# Words that stand for something in the text around them, and what is said of them is no meaning.
_RELATIONAL = re.compile(
    r"(?:\w*(?:doel|vraag|idee|reden|resultaat|gevolg|probleem|uitgangspunt|voorwaarde|insteek|"
    r"uitdaging|oplossing|verschil|conclusie|aanleiding|bedoeling|kern|basis|vereiste|aandachtspunt|"
    r"knelpunt|voordeel|nadeel|antwoord|oorzaak|boodschap|tip|stap|punt|deel|ander|rest|kans|"
    r"voorbeeld|opmerking|let op|bron|contact|resultaten|gevolgen|rol|taak|wens|keuze|effect|"
    r"goal|aim|question|reason|result|problem|challenge|difference|answer|point|part|step|note|"
    r"example|source))\b",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"(?:\w+\s)*?(?:goede?|mooie?|groot|grote|belangrijke?|leuke?|unieke?|ideale?|prima|slechte?|extra|"
    r"echte?|nieuwe?|meest|\w+ste|good|great|big|nice|important|unique)\s|"
    r"(?:\w+\s)*?(?:succes|aanrader|uitdaging|kans|voorbeeld|probleem|idee|feit|vereiste|must|eis|"
    r"uitkomst|gevolg|reden|manier|voordeel|nadeel|pluspunt|start|stap|begin|deel|kwestie|punt|"
    r"aandachtspunt|knelpunt|uitgangspunt|voorwaarde|resultaat|schande|teken|signaal|wens|aanwinst|verrijking|"
    r"success|challenge|problem|example|must|part|step|start|result|reason|matter|sign)\s",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\s(?:dat|die|waar\w*|wat|om|te|zou|kan|kunnen|moet|moeten|that|which|who|can|must)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\w{1,5}|\w*[A-Z]\w*[A-Z]\w*")
_MAX_WORDS = 5


def defined_term(sentence: str) -> str | None:
    """The term that a Dutch or English definition sentence defines, as it is written there
    without article, quotation marks and what stands in brackets; None for any other sentence."""
    text = sentence.strip().lstrip(_QUOTES)
    for pattern, holds in _FORMS:
        found = pattern.match(text)
        term = _clean(found.group("term")) if found else ""
        if found and _can_be_term(term) and holds(found, term):
            return term
    return None


def _is_definition(found: re.Match[str], term: str) -> bool:
    return _JUDGES.match(found.group("kind")) is None and _is_general(found, term)


def _is_general(found: re.Match[str], term: str) -> bool:
    """Whether the subject is the thing as such and not one that the text is about: "een Ad",
    "Ad", "de Mkb-route" but not "de avond"."""
    article = (found.groupdict().get("article") or "").strip().casefold()
    if article in {"de", "het", "the"}:
        return any(char.isupper() for char in term) or "-" in term
    return bool(article) or len(term.split()) <= 2 or term[1:] != term[1:].lower()


def _is_meaning(found: re.Match[str], term: str) -> bool:
    article = (found.group("article") or "").strip().casefold()
    return article not in {"de", "het", "the"} and len(term.split()) <= 3


def _is_abbreviation(_: re.Match[str], term: str) -> bool:
    return _ABBREVIATION.fullmatch(term) is not None


def _always(_: re.Match[str], __: str) -> bool:
    return True


def _is_headword(_: re.Match[str], term: str) -> bool:
    return term[0].isupper() and len(term.split()) <= 3


def _can_be_term(term: str) -> bool:
    if not term or len(term.split()) > _MAX_WORDS or not any(char.isalpha() for char in term):
        return False
    words = term.split()
    if _INSIDE.search(term) or _RELATIONAL.fullmatch(words[0]) or _RELATIONAL.fullmatch(words[-1]):
        return False
    return _NO_TERM.match(term) is None


def _clean(term: str) -> str:
    return term.strip(f"{_QUOTES} ")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], bool]], ...] = (
    (_UNDERSTOOD, _always),
    (_SHORT_FOR, _is_abbreviation),
    (_MEANS, _is_meaning),
    (_IS, _is_definition),
    (_IS_SOMEONE, _is_general),
    (_ARE, _is_definition),
    (_CALLED, _always),
    (_LISTED, _is_headword),
)
