"""What is asked: language, audience, kind of answer, and a follow-up made standalone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dutch import DutchAnalyser, fold
from corpus.errors import BadInputError
from corpus.types import AnswerType, Audience, Language, Query

_ENGLISH = frozenset(
    """a about an and any are as at be by can could do does for from get has have help helps how
    i if is it many much must my need of on or our should that the their them there they this to
    us we what when where which who why will with would you your""".split()  # noqa: SIM905
)
_DUTCH = frozenset(
    """aan als bij dat de den die dit doe een en er ervoor gaat geen heb hebben heeft het hij hoe
    hoeveel ik je kan kun kunnen kost kosten maar mag met mijn moet moeten na naar niet nog nu of
    om onze ook over per te tot uit van veel voor waar waarom wanneer wat we welke wie wij word
    worden wordt zelf ze zij zijn zo zonder""".split()  # noqa: SIM905
)
_SHARED = frozenset("is in we me was of".split())  # noqa: SIM905

# First match counts; each pattern works on the folded question.
_ASKS: dict[AnswerType, re.Pattern[str]] = {
    "phone": re.compile(
        r"telefoon|\bmobiel(e)? nummer|\b06\b|\bnummer van\b|phone number|\bbellen\b"
    ),
    "email": re.compile(r"\be-?mail|\bmailadres|\bmailen\b"),
    "website": re.compile(r"\bwebsite\b|\bsite\b|\burl\b|\bweb ?adres|\bweb ?page"),
    "money": re.compile(
        r"\beuro'?s?\b|€|\bbedrag"
        r"|hoe hoog(?!.*(percentage|aandeel|aantal|cijfer|score|niveau|uitval))"
        r"|hoeveel (geld|subsidie|salaris|loon|collegegeld)"
        r"|(verdien|krijg|betaal)\w* .*\b(per|een|elke) (maand|uur)|\bbruto\b|\bnetto\b"
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
        r"\bwelke\b|\bwat zijn\b|\btips\b|\bvoorwaarden\b|\bcriteria\b|\beisen\b|\bstappen\b"
        r"|\bnoem\b|\bwhich\b|\bwhat are\b|\brequirements\b|\bop een rij|\bmanieren\b"
    ),
    "how": re.compile(r"(^|[,;] ?|en |maar )hoe\b|\bhow (do|can|could|should|to|are|is)\b"),
    "definition": re.compile(
        r"\bwat (is|betekent|houdt)\b|\bwhat (is|does .* mean)\b|\bbetekenis\b"
    ),
    "yesno": re.compile(
        r"^(en |maar |dus )?(is|zijn|kan|kun|kunnen|mag|mogen|moet|moeten|heb|heeft|hebben"
        r"|krijg|krijgt|krijgen|word|wordt|worden|bestaat|bestaan|geldt|gelden|willen|wil|doet"
        r"|doen|hoef|hoeft|hoeven|can|is|are|does|do|must|may|should|has|have)\b"
    ),
}
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_LEANS = re.compile(
    r"\b(dat|die|dit|deze|daar|daarvan|daarvoor|daarbij|er|ervan|ervoor|hij|hem|ze|zij|hun|haar"
    r"|zo'n|hier|hiervoor|that|those|this|these|it|they|them)\b"
)
_OPENS_ON = re.compile(r"^(en|maar|ook|dus|of|and|but|what about|how about)\b")
_FEW_WORDS = 1
_SOME_WORDS = 3


def understand(
    question: str,
    audience: Audience | None,
    history: Sequence[str],
    analyser: DutchAnalyser,
    max_chars: int,
) -> Query:
    """The question as a Query. Raises BadInputError when it is empty or too long."""
    text = _clean(question)
    if not text:
        raise BadInputError("De vraag is leeg. Typ een vraag in gewone woorden.")
    if len(text) > max_chars:
        raise BadInputError(
            f"De vraag telt {len(text)} tekens; er kunnen er {max_chars} in. Maak hem korter."
        )
    earlier = [h[:max_chars] for h in map(_clean, history) if h]
    standalone = _standalone(text, earlier, analyser)
    folded = fold(standalone)
    return Query(
        original=question,
        text=standalone,
        language=language_of(text),
        audience=audience,
        asks=answer_type(fold(text)),
        years=tuple(dict.fromkeys(_YEAR.findall(folded))),
    )


def language_of(text: str) -> Language:
    """``en`` only when English function words outnumber Dutch ones; Dutch when unsure."""
    words = [w for w in re.findall(r"[a-z']+", fold(text)) if w not in _SHARED]
    english = sum(w in _ENGLISH for w in words)
    dutch = sum(w in _DUTCH for w in words)
    return "en" if english > dutch else "nl"


def answer_type(folded: str) -> AnswerType:
    """What kind of thing would answer a folded question."""
    return next((kind for kind, pattern in _ASKS.items() if pattern.search(folded)), "open")


def _clean(text: str) -> str:
    # Lone surrogates (from broken JSON) and control characters mean nothing and break encoders.
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def _leans_on_earlier(text: str, analyser: DutchAnalyser) -> bool:
    """Whether a question says too little to stand alone."""
    folded = fold(text)
    if _OPENS_ON.search(folded):
        return True
    words = len(analyser.words(text))
    if _ASKS["definition"].search(folded) and words:
        return False  # "Wat is een Ad?" is short, but whole
    return words <= _FEW_WORDS or (words <= _SOME_WORDS and _LEANS.search(folded) is not None)


def _standalone(text: str, history: Sequence[str], analyser: DutchAnalyser) -> str:
    """Complete a follow-up with the question before it, when it cannot stand alone."""
    if not history:
        return text
    if not _leans_on_earlier(text, analyser):
        return text
    topic = history[-1].rstrip("?!. ")
    return f"{text.rstrip('?!. ')} (over: {topic})?"
