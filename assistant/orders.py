"""Orders to the assistant: in a question they are refused, in a document they are no evidence.

Nothing in this application obeys a text: answers are quotes, and passages are data to a language
model, too. But an order that is aimed at an assistant is no question about the programme, and a
sentence that someone hid in a document for one should not be quoted to a reader.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from functools import lru_cache

from corpus.dutch import fold

_WHOSE = (
    r"(?:alle|all|any|je|jouw|uw|jullie|de|het|deze|dit|your|the|these|this|that|al|every|each)"
)
_WHICH = (
    r"(?:vorige|eerdere|voorgaande|bovenstaande|bestaande|huidige|interne|verborgen|geheime|oude"
    r"|previous|prior|earlier|above|former|preceding|existing|current|internal|hidden|secret|own"
    r"|eigen|initial|original|oorspronkelijke|volledige|full|entire|hele|safety|system|systeem)"
)
_RULES = (
    r"(?:instructies?|instructions?|opdrachten|opdracht|regels|rules|richtlijnen|guidelines"
    r"|prompts?"
    r"|aanwijzingen|directives?|beperkingen|restrictions?|programmering|programming|context"
    r"|systeemprompt|system ?prompt|systeembericht|system message|filters?|safeguards?"
    r"|configuratie|configuration|instellingen|settings)"
)
_STOP = (
    r"(?:negeer|ignoreer|ignore|vergeet|forget|disregard|override|overschrijf|bypass|omzeil"
    r"|skip|drop|laat)"
)
_SHOW = (
    r"(?:toon|print|show|geef|give|reveal|onthul|herhaal|repeat|output|display|dump|lek|leak"
    r"|schrijf"
    r"|vertel|tell|noem|list|vertaal|translate|kopieer|copy|share|deel"
    r"|echo|plak|paste|lees|read|open|cat|stuur|send|return)"
)
_SECRETS = (
    r"(?:api[ -_]?keys?|wachtwoord(?:en)?|passwords?|credentials?|secrets?|tokens?|sleutels?"
    r"|omgevingsvariabelen|environment(?: variables)?|env[- ]?vars?|\.env\b|/etc/\w+|data[ _-]?dir"
    r"|routewijzer_\w+|bestandspaden|file ?paths?|broncode|source code)"
)
_ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_STOP}\b(?: \w+){{0,2}}? (?:{_WHOSE} )?(?:{_WHICH} )*{_RULES}\b",
        r"\b(?:negeer|ignoreer|ignore|disregard) (?:alles|everything|alle|all|je|your|the above"
        r"|het bovenstaande"
        r"|wat hiervoor|what|de vraag|the question|previous|all of)\b",
        r"(?:^|[.!?:;,>\]#*-] *|\b(?:please|en|and|nu|now) )"
        r"(?:vergeet|forget) (?:alles|everything|alle|je|wat|all|your)\b",
        rf"\b{_SHOW}\b(?: \w+){{0,4}}? (?:{_WHOSE} )?(?:{_WHICH} )*"
        r"(?:instructies|instructions|systeemprompt|system ?prompt|prompt|systeembericht"
        r"|system message|configuratie|configuration)\b",
        rf"\b{_SHOW}\b(?: \w+){{0,4}}? {_SECRETS}",
        r"\bsystem ?prompt\b|\bsysteemprompt\b|\bjailbr\w+|\bdeveloper mode\b"
        r"|\bontwikkelaarsmodus\b"
        r"|\bapi[ -_]?keys?\b|\bdo anything now\b|\bgod ?mode\b|\bprompt injection\b",
        r"\broutewijzer_[a-z]\w+|\b(?:jouw|your) (?:instructies|instructions|prompt)\b",
        r"(?:^|[.!?:;,>\]] *|\b(?:please|en|and) )(?:doe alsof|pretend|act as|roleplay|role-play"
        r"|speel de rol|gedraag je als|stel je voor dat jij|imagine you are)\b",
        r"\b(?:you are|jij bent|je bent|u bent) (?:now|nu|voortaan|from now on|vanaf nu)\b",
        r"\b(?:from now on|vanaf nu|voortaan)\b[^.?]{0,25}\b(?:you|jij|je|antwoord|answer"
        r"|respond|zeg"
        r"|say|noem)\b",
        r"(?:^|[\s>])(?:\[|<\|?|\*{2}|#{1,4} ?)?(?:system|systeem|assistant|assistent|developer)"
        r"(?: ?(?:message|bericht|note|override|update|melding))?(?:\]|\|?>|\*{2})? ?[:>\]]",
        r"<\|[^|>]{1,30}\|>|\[/?inst\]|<</?sys>>|<im_(?:start|end)>|</?(?:system|instructions?"
        r"|context"
        r"|passages?|evidence)>|\bend of (?:context|prompt|passages?|documents?)\b"
        r"|\beinde (?:van )?(?:de )?(?:context|prompt|passages?|bronnen)\b",
        r"\b(?:ai|taalmodel|language model|llm|chatbot|chatgpt|ai-assistent|ai assistant|assistent"
        r"|assistant|bot|model)\b[^.?]{0,40}(?:,|:|\b(?:moet|must|should|dient|zeg|say|antwoord"
        r"|answer"
        r"|respond|reply|schrijf|write|negeer|ignore|always|altijd|verplicht|required)\b)"
        r"[^.?]{0,60}\b(?:zeg|zeggen|say|antwoord\w*|answer\w*|respond|reply|noem\w*|geef|geven"
        r"|give"
        r"|schrijf\w*|write|vermeld\w*|mention\w*|negeer|negeren|ignore|verwijs\w*|refer|output)\b",
        r"(?<!\bik )\b(?:zeg|antwoord|reageer|respond|reply|answer|say|schrijf|write|output"
        r"|print)\b[^.?]{0,30}"
        r"\b(?:alleen(?: maar)?|only|exactly|precies|uitsluitend|altijd|always|letterlijk"
        r"|woordelijk)\b"
        r"[^.?]{0,15}(?:\bmet\b|\bwith\b|[\"'“‘:«])",
        r"\b(?:zonder bron(?:nen|vermelding)?|without (?:any )?(?:sources|citations?)|no citations"
        r"|laat (?:de )?bron(?:nen|vermeldingen)? weg|verberg (?:de |alle )?bron\w*|hide (?:the "
        r"|all )?"
        r"(?:sources|citations)|omit (?:the |all )?(?:sources|citations)"
        r"|geen bron(?:nen)? (?:noemen"
        r"|vermelden|tonen))\b",
        r"\b(?:delete|drop|verwijder|wis|erase|truncate) (?:all|alle|alles|everything|table"
        r"|de index"
        r"|de database|the database|the index|the corpus|het corpus)\b",
        r"\bvoer (?:dit|het|de volgende|deze) [^.?]{0,30}\buit\b|\b(?:execute"
        r"|run) (?:the following|this"
        r"|these) (?:command|code|instruction|script|order)s?\b|\bdecodeer\b|\bdecode (?:this"
        r"|the|and)\b"
        r"|\bbase64\b|\brot13\b",
        r"\bstuur (?:de|alle|deze) (?:vragen|gegevens|antwoorden)\b|\bsend (?:the|all"
        r"|this) (?:questions"
        r"|data|conversation|answers)\b",
        r"\b(?:bij|op|als) (?:elke|iedere|alle) vra(?:ag|gen)\b[^.?]{0,60}\b(?:antwoord|zeg|noem"
        r"|geef"
        r"|verwijs)\w*",
        r"\b(?:to|for|on) (?:every|each|any|all) questions?\b[^.?]{0,60}\b(?:answer|say|give"
        r"|mention"
        r"|refer|respond|reply)\b|\b(?:answer|respond to|reply to) (?:every|each|any"
        r"|all) questions?\b",
    )
)
# Most sentences have none of these, and need no closer look.
_HINT = (
    "negeer|ignor|disreg|vergeet|forget|overrid|overschrijf|bypass|omzeil|skip|drop|laat|prompt"
    "|instruct|configur|system|systeem|assist|model|bot|chat|llm|zeg|antwoord|say|answer|repl"
    "|respond|reageer|schrijf|write|output|bron|source|citation|delete|verwijder|wis|erase"
    "|trunc|voer|execute|run|decode|base64|rot13|stuur|send|jailbr|api|wachtw|passw|token|secret"
    "|credential|sleutel|pretend|alsof|act as|gedraag|speel|imagine|stel je|vanaf nu|voortaan"
    "|from now|<|[inst|end of|einde|you are|ij bent|je bent|u bent|modus|mode|anything now"
    "|elke vra|iedere vra|alle vra|question|developer|environment|omgeving|env|routewijzer_"
    "|pad|path|code|etc/|data"
)
_HINTS = tuple(_HINT.split("|"))
_AI = re.compile(r"\bai\b")
_INVISIBLE = frozenset(("Cf", "Cc", "Co"))
_BLANKS = str.maketrans("\n\t\r", "   ")
_LOOKS = frozenset("аеорсухіѕԁɡ013@$")
_LOOKALIKES = str.maketrans("аеорсухіѕԁɡ01345@$", "aeopcyxisdgoieasas")
_CODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){5,}\w\b")


def is_order(text: str) -> bool:
    """Whether ``text`` (a question or a sentence of a document) orders an assistant about.

    Letters with invisible characters between them, look-alikes of other alphabets, spaced letters
    and base64 are read as what they stand for.
    """
    return _is_order(text)


@lru_cache(maxsize=20_000)  # the same sentences come by with every question about their subject
def _is_order(text: str) -> bool:
    hinted = [read for read in _readings(text) if _is_hinted(read)]
    return any(order.search(read) for read in hinted for order in _ORDERS)


def _is_hinted(read: str) -> bool:
    # One by one: a pattern of that many words takes ten times as long.
    return any(map(read.__contains__, _HINTS)) or _AI.search(read) is not None


def _readings(text: str) -> list[str]:
    """Ways to read a text, folded."""
    visible = unicodedata.normalize("NFKC", text).translate(_BLANKS)
    if not visible.isprintable():
        visible = "".join(c for c in visible if unicodedata.category(c) not in _INVISIBLE)
    plain = " ".join(fold(visible).split())
    readings = [plain]
    if not _LOOKS.isdisjoint(plain):
        readings.append(plain.translate(_LOOKALIKES))
    if _SPACED.search(plain):
        readings.append(_SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain))
    readings += [fold(found) for found in map(_decoded, _CODED.findall(visible)) if found]
    return readings


def _decoded(code: str) -> str | None:
    """What base64 stands for, when that is text."""
    try:
        raw = base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
        found = raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return found if found.isprintable() else None
