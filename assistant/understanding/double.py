"""Double questions taken apart: "Wat kost het en wie betaalt dat?".

Only what starts like a question of its own is a second question; "de voor- en nadelen" and "leren
en werken" are things, not questions. Sentences around a question belong to it.
"""

from __future__ import annotations

import re

from corpus.dutch import DutchAnalyser, fold

MOST_PARTS = 3

_PREPOSITION = (
    r"(?:aan|bij|door|in|met|naar|na|onder|op|over|per|sinds|tot|uit|van|voor|at|by|for|from|to"
    r"|with)"
)
_ASKING = (
    r"(?:wie|wat|waar(?!mee ook)\w{0,8}|wanneer|hoe|hoelang|hoeveel|waarom|welke?|who|what|when"
    r"|where|why|how|which)"
)
_VERB = (
    r"(?:is|was|waren|kan|kun|kunt|kunnen|mag|mogen|moet|moeten|heb|hebt|heeft|hebben|krijg|krijgt"
    r"|krijgen|word|wordt|worden|bestaat|bestaan|geldt|gelden|wil|wilt|willen|doet|doen|hoef|hoeft"
    r"|hoeven|gaat|gaan|zou|zouden|zal|zullen|komt|komen|betaalt|betalen|zit|zitten|staat|staan"
    r"|can|could|is|are|was|were|does|do|did|must|may|should|will|would|has|have)"
)
_SUBJECT = (
    r"(?:ik|je|jij|u|we|wij|ze|zij|hij|het|dat|die|dit|er|een|de|mijn|onze|ons|men|jullie|zo'n"
    r"|i|you|they|it|he|she|the|a|an|there|my|our)"
)
_OPENS = rf"(?:{_PREPOSITION} )?{_ASKING}\b|(?:{_VERB}|zijn) {_SUBJECT}\b"
_AND = re.compile(
    rf",? (?:en|maar|and|but)(?: (?:dan|ook|verder|daarnaast|also))? "
    rf"(?=(?:{_PREPOSITION} )?{_ASKING}\b|{_VERB} {_SUBJECT}\b"
    r"|zijn (?:ze|er|die|dat|we|wij|zij|jullie|de)\b)"
    r"|, (?=(?:wie|wat|hoeveel|hoelang|hoe (?:lang|vaak|veel|kan|moet)|waarom|welke?|who|why)\b)"
)
_JOINS = r"(?:als|omdat|dat|of|zodat|tussen|zonder|achter|tegen|volgens|for|about|if|because)"
_STARTS = re.compile(
    rf"^(?:(?:en|maar|dus|of|and|but|so),? )?(?:{_OPENS}|{_VERB} \w"
    rf"|(?!{_PREPOSITION} |{_JOINS} )\w{{3,}} (?:het|je|jij|u|we|wij|ik|ze|jullie|er|you)\b)"
)
_TAG = re.compile(
    r"^(?:(?:mooi |dat )?toch|of niet|klopt (?:dat|dit)(?: (?:wel|nog|zo))?"
    r"|(?:kan|mag|is) dat(?: zo)?|right|is that (?:right|correct|ok)|can (?:i|we)|niet ?waar)"
    r"[ ?!.]*$"
)
_THING = re.compile(rf"^(?:{_PREPOSITION} )?(?:welke?|hoeveel|which|what)(?: \S+){{0,2}}$")
_TOGETHER = re.compile(r"\b(?:verschil\w*|tussen|zowel|verhouding|difference|between|both)\b")
_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[^\s.][^\s.]\.)\s+(?=\S)")


def split_double(text: str, analyser: DutchAnalyser) -> tuple[str, ...]:
    """The questions in ``text`` in order, at most three, as they are typed; empty when it is one.

    The second may lean on the first: "wie betaalt dat?".
    """
    parts = [p for question in _questions(text, analyser) for p in _clauses(question, analyser)]
    if len(parts) < 2:
        return ()
    last = " ".join(_ended(p) for p in parts[MOST_PARTS - 1 :])
    return tuple(_ended(p) for p in (*parts[: MOST_PARTS - 1], last) if p)


# --- steps -----------------------------------------------------------------------------------


def _questions(text: str, analyser: DutchAnalyser) -> list[str]:
    """The sentences that ask, each with the sentences around it that do not."""
    questions: list[str] = []
    waiting: list[str] = []
    for sentence in _SENTENCE.split(text):
        if questions and not waiting and _TAG.match(fold(sentence)):
            questions[-1] += f" {sentence}"
        elif _asks(sentence, analyser):
            questions.append(" ".join((*waiting, sentence)))
            waiting = []
        else:
            waiting.append(sentence)
    if waiting:
        questions[-1:] = [" ".join((*questions[-1:], *waiting))]
    return questions


def _asks(sentence: str, analyser: DutchAnalyser) -> bool:
    """Whether a sentence is a question, and not a keyword with a question mark: "contract?"."""
    folded = fold(sentence)
    if _STARTS.match(folded):
        return True
    return folded.endswith("?") and len(analyser.words(sentence)) > 2


def _clauses(question: str, analyser: DutchAnalyser) -> list[str]:
    """A question cut where another one begins in the same sentence."""
    folded = fold(question)
    if len(folded) != len(question) or _TOGETHER.search(folded):
        return [question]  # a letter that folds into two: places in both would differ
    clauses, start = [], 0
    for cut in _AND.finditer(folded):
        left, right = folded[start : cut.start()], folded[cut.end() :]
        if _is_question(left, analyser) and _says_something(right, analyser):
            clauses.append(question[start : cut.start()])
            start = cut.end()
    return [*clauses, question[start:]]


def _is_question(left: str, analyser: DutchAnalyser) -> bool:
    """Whether what stands before the cut can be a question by itself."""
    last = _SENTENCE.split(left)[-1].strip()
    if not _STARTS.match(last) or _THING.match(last):
        return False
    return bool(analyser.words(last)) or len(last.split()) > 2


def _says_something(right: str, analyser: DutchAnalyser) -> bool:
    """Whether what stands after the cut is more than "wie niet"."""
    clause = _AND.split(right, maxsplit=1)[0]
    return bool(analyser.words(clause)) or re.search(rf"\b(?:{_VERB}|zijn)\b", clause) is not None


def _ended(part: str) -> str:
    part = part.strip(" ,;")
    return part if part[-1:] in "?!." else f"{part}?"
