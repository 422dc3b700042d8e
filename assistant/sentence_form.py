"""What a question or a sentence is by its form, to choose the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.fits import defines, leans_back
from corpus.types import AnswerType, Query, Sentence

_DECIDED = re.compile(
    r"^(?:en |maar |dus )?(?:is|zijn|kan|kun|kunt|kunnen|mag|mogen|moet|moeten|heb|hebt|heeft"
    r"|hebben|krijgt?|krijgen|wordt?|worden|bestaat|bestaan|geldt|gelden|wilt?|willen|doet|doen"
    r"|hoeft?|hoeven|telt|klopt|zou|zouden|komt|komen|gaat|gaan|past|can|is|are|does|do|did|must"
    r"|may|should|has|have|will|could)\b"
    r"|\b(?:mag|kan|moet|klopt|hoeft) (?:dat|dit|het)\b|\btoch\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:waarom|waardoor|hoezo|reden(?:en)?|motie[fv]\w*|voordel\w+|nut|meerwaarde|oplever\w*"
    r"|levert .{0,30}\bop|heb\w* .{0,20}\ber\b.{0,12}\baan|why|reasons?|benefits?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:wie|who|whom|whose)\b", re.IGNORECASE)
_FOR_WHOM = re.compile(
    r"\b(?:voor (?:wie|welke (?:mensen|groep\w*|student\w*))|doelgroep\w*|geschikt|bedoeld"
    r"|for whom|who .{0,40}\bfor)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:bedoeld|geschikt|interessant) voor\b|\bricht\w* .{0,30}\bop\b|\bgericht op\b"
    r"|\bdoelgroep\w*|\bgroepen\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:niet|geen|wel|mag|mogen|moet|moeten|kan|kunnen|hoeft|hoeven|verplicht\w*|alleen"
    r"|altijd|nooit|zonder|uitsluitend)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:omdat|doordat|want|daardoor|waardoor|zodat|daarom|reden\w*|vanwege|dankzij|gevolg"
    r"|oorzaak|komt door|leidt tot|zorgt voor|motie[fv]\w*)\b|\bom\b.{3,80}\bte\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:en |maar |dus )?(?:kunt?|kan|wilt?|zou|can|could|would) (?:je|u|jij|jullie|iemand|you)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:onder elkaar|opsom\w*|opnoem\w*|op een rij\w*|lijstje?|overzicht(?:je)?|puntsgewijs)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^(?:aan|bij|door|in|met|na|naast|onder|op|over|tijdens|uit|van|volgens|voor)"
    r" (?:deze|dit|dat|die|beide)\b"
    r"|^(?:(?:\S+ ){0,2}(?:gaat|ging|betreft|betrof) het|het (?:gaat|ging|betreft|betrof))\b"
    r"|^(?:beiden?|toch|tegelijkertijd|daarentegen|anderen|kortom|zeker|wel)\b"
    r"|^(?:\S+ ){1,5}(?:(?:daar|hier)(?:van|voor|mee|bij|in|op|over|door|naast|onder|naar|tegen)?"
    r"|immers|namelijk|echter|laatstgenoemde\w*)\b(?! waar)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:aan|bij|door|in|met|na|onder|op|over|uit|van|volgens|voor) (?:die|dat) \w",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"^(?:daarnaast|ook|verder|bovendien|tevens|eveneens|daarnaast ook)\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b\w*(?:begeleiders?|leiders?|studenten|jongeren|werkenden|medewerkers?|mbo.ers|havisten|co[oö]rdinator(?:en)?|werkgevers?|docent(?:en)?|voorzitter"
    r"|directeur(?:en)?|ministeries?|branche\w*|vereniging\w*|organisaties?|hogeschol\w*"
    r"|hogeschool|bedrij\w+)\b",
    re.IGNORECASE,
)
_ABOUT_RESEARCH = re.compile(
    r"\b(?:interview\w*|vragenlijst\w*|respondent\w*|hoofdstuk|paragraaf|bijlage|figuur|tabel"
    r"|(?:is|zijn|werd|werden) .{0,30}gevraagd)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"^(?:aan|er)\b.{0,60}\b(?:is|zijn|werd|werden)\b.{0,25}\bgevraagd\b"
    r"|\bkonden\b.{0,40}\b(?:oordeel|antwoord) geven\b"
    r"|^in (?:figuur|tabel|hoofdstuk|paragraaf|dit hoofdstuk)\b"
    r"|\bweergegeven in (?:figuur|tabel)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"^(?:en )?(?:zoals|zo) .{0,80}\b(?:zei|zegt|gezegd|verwoordt|verwoordde|vertelt|vertelde)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w-]*")
_IS_A = re.compile(
    r"^(?:(?:een|de|het) )?[\w‘’'&-]+(?: [\w‘’'&-]+){0,5}(?: \([^)]*\))?"
    r" (?:(?:is|zijn|betreft|betreffen|vormt) (?:een|de|het|geen)|betekent|staat voor)\b",
    re.IGNORECASE,
)
_STOPS = (".", "!", "?", ":", ";", "…", ")", "”", "’", '"', "'")
_TITLE_WORDS = 10
_ALONE_WORDS = 8
_TORN_WORDS = 4


class Marks(NamedTuple):
    """What a sentence shows by its form, whatever is asked."""

    defines: bool
    is_a: bool
    leans_back: bool
    of_research: bool
    decides: bool
    reason: bool
    meant: bool
    role: bool


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def marks(text: str) -> Marks:
    """The marks of one sentence."""
    return Marks(
        defines=defines(text),
        is_a=says_what_it_is(text),
        leans_back=leans_back(text),
        of_research=tells_of_research(text),
        decides=_DECIDES.search(text) is not None,
        reason=_REASON.search(text) is not None,
        meant=_MEANT.search(text) is not None,
        role=_ROLE.search(text) is not None,
    )


def asked_form(query: Query) -> AnswerType:
    """What kind of answer a question asks for, by its form too: "Zijn er eisen?" wants a yes or
    a no rather than a list, and "Zet de doelen onder elkaar" a list."""
    return _form(query.text, query.asks)


@lru_cache(maxsize=200)  # asked at every step of an answer
def _form(question: str, asks: AnswerType) -> AnswerType:
    if asks == "list" and _DECIDED.match(question) and not _REQUEST.match(question):
        return "yesno"
    if asks == "open" and _LISTED.search(question):
        return "list"
    return asks


def heading_likeness(question: str, heading: str) -> float:
    """Dice coefficient (Dice 1945) of all words of question and heading, small ones too: "Voor
    wie is het?" and "Van wie is het?" are other questions."""
    one, other = _all_words(question), _all_words(heading)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def says_what_it_is(text: str) -> bool:
    """Whether a sentence opens by saying what something is: "Een Ad is een opleiding …"."""
    return _IS_A.search(text) is not None


@lru_cache(maxsize=20_000)
def leans(text: str) -> bool:
    """Whether a sentence leans on what stands before it ("Dit betekent …", "Zeven daarvan …")."""
    return leans_back(text) or _LEANS.search(text) is not None


def points_back(text: str) -> bool:
    """Whether a sentence names something that was named before it: "volgens dat bedrijf"."""
    return _POINTS_BACK.search(text) is not None


def only_adds(text: str) -> bool:
    """Whether a sentence leans by one small word only, and can be read without what it adds to:
    "Daarnaast kan de student …"."""
    found = _ADDS.match(text)
    rest = text[found.end() :].strip() if found else text
    return found is not None and len(text.split()) > _ALONE_WORDS and not leans(rest)


def wants_decision(question: str) -> bool:
    """Whether a question asks for a yes or a no, or puts something up to be confirmed."""
    return _DECIDED.search(question) is not None


def wants_reason(question: str) -> bool:
    """Whether a question asks why, or what something is good for."""
    return _WHY.search(question) is not None


def wants_person(question: str) -> bool:
    """Whether a question asks who."""
    return _WHO.search(question) is not None


def answers_form(question: str, asks: AnswerType, text: str) -> float:
    """How much of what the form of a question asks for stands in a sentence: 0 to 1.

    A yes or no wants a word that decides ("niet", "mag", "alleen"), a why a reason ("omdat"), a
    who the names of roles, a "voor wie" what it is meant for. Questions of another form ask for
    nothing here.
    """
    return share_shown(wanted_marks(question, asks), marks(text))


def share_shown(wanted: Sequence[str], shows: Marks) -> float:
    """Share (0 to 1) of the marks in ``wanted`` that a sentence shows; 0 when none is wanted."""
    return sum(bool(getattr(shows, name)) for name in wanted) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=200)  # asked of every sentence of a question
def wanted_marks(question: str, asks: AnswerType) -> tuple[str, ...]:
    """Names of the marks that the form of a question asks for."""
    for_whom = _FOR_WHOM.search(question) is not None
    return tuple(
        name
        for wants, name in (
            (asks == "yesno" or wants_decision(question), "decides"),
            (wants_reason(question), "reason"),
            (for_whom, "meant"),
            (not for_whom and (asks == "person" or wants_person(question)), "role"),
        )
        if wants
    )


@lru_cache(maxsize=5_000)  # questions and headings
def _all_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def tells_of_research(text: str) -> bool:
    """Whether a sentence is about how something was found out rather than about what."""
    return _ABOUT_RESEARCH.search(text) is not None


def is_no_statement(sentence: Sentence) -> bool:
    """Whether a sentence says nothing by itself: a heading, a question of the writer's own, or
    what was asked of whom, of which the outcome comes behind it, or the end of a torn line."""
    if sentence.kind == "item":
        return _is_no_item(sentence)
    return sentence.kind == "sentence" and _says_nothing(sentence.text)


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def _says_nothing(text: str) -> bool:
    text = text.rstrip()
    if _ANNOUNCES.search(text) or is_torn(text):
        return True
    return text.endswith("?") or (not text.endswith(_STOPS) and len(text.split()) < _TITLE_WORDS)


def _is_no_item(sentence: Sentence) -> bool:
    """Whether a list item goes on from a line that is not known, or only announces someone's
    words ("Zoals een bakker zei:")."""
    text = sentence.text.rstrip()
    if text.endswith(":") and _QUOTES.search(text):
        return True
    return sentence.lead is None and text[:1].islower()


def is_torn(text: str) -> bool:
    """Whether a text is the end of a line that was torn apart, as "praktijkbegeleiding."."""
    return text[:1].islower() and len(text.split()) < _TORN_WORDS and "@" not in text


def stands_alone(text: str) -> bool:
    """Whether a list item is a whole sentence that needs no line to introduce it."""
    text = text.strip()
    return text[:1].isupper() and text.endswith(".") and len(text.split()) >= _ALONE_WORDS
