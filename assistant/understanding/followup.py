"""Follow-ups made standalone: does a question lean on those before it, and what is the topic?

Rules over small words, no model. A topic that is dragged in by mistake costs more than one that
is left out, so a question with enough words of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.clean import shortened
from assistant.understanding.language import language_of
from assistant.understanding.signs import is_fragment, signs_in
from corpus.dutch import DutchAnalyser, fold

_FILLER = re.compile(
    r"^(?:(?:oke|ok|okay|top|dank (?:je|u)(?: wel)?|dankjewel|dankuwel|bedankt|thanks|thank you"
    r"|prima|goed|fijn|mooi|helder|duidelijk|aha|ah|oh|hm+|ja|nee|yes|no|great|right)"
    r"(?:[,.!;:]+ *| (?=(?:en|maar|dus|and|but|so)\b)))+"
)
_NEW_SUBJECT = re.compile(
    r"^(?:(?:en|maar|but|and) )?(?:(?:nu |even |heel |iets heel |now )*(?:iets (?:heel )?anders"
    r"|(?:een )?(?:andere|nieuwe) vraag|ander onderwerp|los (?:daarvan|hiervan)|something else"
    r"|(?:a |an )?(?:different|other|another|new) (?:question|subject|topic)|nog een vraag"
    r"|on another note|by the way|trouwens))[,.:;!?\-]* *"
)
_FRAME = re.compile(
    r"^(?:wat (?:is|zijn|was|waren)|what (?:is|are|was|were)) (?=(?:de|het|een|the|an?) \w)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\b(?:wat (?:is|betekent|houdt)|what (?:is|does .{1,40} mean))\b")
_RELATION = re.compile(
    r"\b(?:de|het|the) (?:belangrijkste |main |biggest )?(?:verschil\w*|reden\w*|voordel\w*"
    r"|voordeel|nadel\w*|nadeel|kosten|prijs|duur|looptijd|voorwaarden?|bedrag|termijn|deadline"
    r"|gevolg\w*|bedoeling|regels|difference|reasons?|costs?|conditions|price|rules)[ ?.!]*$"
)
_TOPIC = re.compile(r"\? \((?:over|on): .*\)$", re.DOTALL)
_AND_SO = re.compile(r"^(?:en|maar|dus|and|but|so),? (?=\w)", re.IGNORECASE)
_NEW_THING = re.compile(r"\b(?:een|a|an) \w")

_FEW, _SOME, _MANY = 1, 3, 4
"""Content words up to which a question leans: without a sign, with a weak and a strong one."""
_WHOLE = 300  # characters beyond which a question says enough by itself
_TOPIC_CHARS = 300
_ADDED = 2


def opened(text: str) -> tuple[str, bool]:
    """``text`` without what opens it ("Oké, bedankt."), and whether it announces another subject
    ("Iets anders: ..."). A text that is nothing else stays as it is."""
    head = text[:_WHOLE]
    folded = fold(head)
    if len(folded) != len(head):
        return text, False  # a letter that folds into two: places in both would differ
    filler = _FILLER.match(folded)
    start = filler.end() if filler else 0
    new = _NEW_SUBJECT.match(folded[start:])
    start += new.end() if new else 0
    rest = text[start:].strip()
    return (rest, new is not None) if re.search(r"\w", rest) else (text, False)


def completed(
    text: str, history: Sequence[str], analyser: DutchAnalyser, goes_on: bool = False
) -> str:
    """``text`` with the topic of the questions before it (oldest first) when it leans on them.

    ``goes_on`` says that it is the next half of a double question, as if "en" stood before it.
    """
    leaning = leans(f"en {text}" if goes_on else text, history, analyser)
    topic = topic_of(history, analyser) if leaning else ""
    if not topic:
        return text
    # "over" and "on" are words that the search leaves out.
    about = "on" if language_of(text) == "en" else "over"
    return f"{text.rstrip('?!. ')}? ({about}: {topic})"


def alone(part: str) -> str:
    """A part of a double question as a reader would put it: without the topic that `completed`
    added, and without the "en" that bound it to the part before."""
    bare = _AND_SO.sub("", _TOPIC.sub("?", part))
    return bare[:1].upper() + bare[1:]


def leans(text: str, history: Sequence[str], analyser: DutchAnalyser) -> bool:
    """Whether a question says too little without the questions before it."""
    folded = fold(text[: _WHOLE + 1])
    if not history or len(folded) > _WHOLE or not re.search(r"\w", folded):
        return False
    signs = signs_in(folded, history, analyser)
    if signs.opens_on:
        return signs.words <= (_MANY if signs.points_back or is_fragment(folded) else _FEW + 1)
    if signs.points_back:
        return signs.words <= _MANY
    if signs.hints or _RELATION.search(folded):
        return signs.words <= _SOME
    if _DEFINITION.search(folded) and signs.words:
        return False
    return signs.words <= _FEW and not _NEW_THING.search(folded)


def topic_of(history: Sequence[str], analyser: DutchAnalyser) -> str:
    """The last question that stood alone, with what the follow-ups after it added."""
    said = [h for h in history if analyser.words(h) and not _is_filler(h)]
    chain: list[str] = []
    for place in range(len(said) - 1, -1, -1):
        chain.insert(0, said[place])
        if not leans(said[place], said[:place], analyser):
            break
    if not chain:
        return ""
    kept = [chain[0], *chain[1:][-_ADDED:]]
    return " ".join(_bare(question) for question in kept)


def _is_filler(text: str) -> bool:
    """Whether a text is nothing but "Dankjewel!"."""
    return _FILLER.fullmatch(f"{fold(text[:_WHOLE])}.") is not None


def _bare(question: str) -> str:
    """A question as a topic: "Wat is de nulmeting?" is about "de nulmeting"."""
    bare = question.rstrip("?!. ")
    if len(bare) > _TOPIC_CHARS:  # a letter: what is asked mostly stands at its end
        bare = shortened(re.split(r"(?<=[.!?]) ", bare)[-1], _TOPIC_CHARS)
    thing = _FRAME.sub("", bare)
    return thing if thing != bare else f"{bare}?"
