"""Old against new: documents that give another figure for the same thing, newest first.

An answer must not pick one of them silently. Precision goes before recall: two figures count as
figures for the same thing only when they count the same word and meet the same words of the
question; when it can't be told, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.told import Told
from assistant.counted import Counted, counted_in
from assistant.figures import UNITS, Figure, alike, figures, like, number
from assistant.fits import leans_back
from assistant.fold import unfolded
from assistant.terms import AskedTerm
from corpus.dutch import DutchAnalyser, fold
from corpus.types import AnswerType, Evidence, Hit, Kind, Metadata, Query, Sentence

_LOOKED_AT = 20
"""Hits, best first, in which another figure is looked for."""
_ALIKE = 0.6
"""Share of the terms (of the shorter sentence) that two sentences about the same have in common."""
_FEWEST = 2
"""Terms that they have in common at least."""
_MOST = 4
"""Groups that are told."""
_NEAR = 40
"""Characters from a figure in which it is said that it is of a part."""
_FIGURES: frozenset[AnswerType] = frozenset({"number", "money", "date"})
_AIMS = re.compile(
    r"\b(?:doel\w*|streef\w*|streven|ambities?|beoog\w*|verwacht\w*|wil|willen|wenst|voornemens?"
    r"|plannen|zal|zullen|uiteindelijk|uitbreiding|groeien|moeten? \w+ worden)\b"
)
_PART_OF = re.compile(
    r"\b(?:waarvan|andere|overige|meeste|eerste|tweede|enkele|slechts|alleen|enkel|hiervan"
    r"|waaronder|gestart met|per)\b|\bvan de(?:ze)? \w+ (?:routes|pilots|studenten|bedrijven)\b"
)
"""Words of a sentence that counts a part, when the whole is asked for."""
_KINDS: dict[Kind, str] = {
    "handreiking": "de handreiking",
    "programmapagina": "de programmapagina",
    "routepagina": "de routepagina",
    "onderzoek": "het onderzoek",
    "brochure": "de brochure",
    "magazine": "het magazine",
}


@dataclass(frozen=True, slots=True)
class Group:
    """What one document says, behind a line of the engine's own."""

    frame: str
    """The line without any figure: "Het onderzoek (nieuwste bron):"."""
    dated: str
    """The same with year and title: "Uit 2022 (Nulmeting), een verwachting of doel:"."""
    told: tuple[Told, ...]
    """The sentence, with the one before it where it leans on that. Each is to be cited."""


@dataclass(frozen=True, slots=True)
class Ages:
    """Figures that differ: at least two groups, newest first, those without a date last."""

    groups: tuple[Group, ...] = ()
    repeats: tuple[Told, ...] = ()
    """What of the answer so far stands in the groups as well, and is left out before them."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure for what is asked, where it stands, and whether it is only hoped for."""

    figure: Figure
    sentence: Sentence
    hit: Hit
    is_aim: bool


def differing(
    query: Query,
    told: Sequence[Told],
    hits: Sequence[Hit],
    asked: Sequence[AskedTerm],
    analyser: DutchAnalyser,
) -> Ages:
    """Which documents of another age or kind give another figure than what is told.

    ``told`` answers ``query``; ``hits`` (best first) are what was found for it; ``asked`` are its
    content words. Without any difference the result is empty.
    """
    counted = counted_in(query.text, asked, analyser)
    if counted is not None:
        mine, others = _of_the_whole(counted, told, hits, analyser)
    elif query.asks in _FIGURES or any(figures(t.sentence.text, analyser) for t in told[:1]):
        mine, others = _of_the_same(told, hits, asked, analyser)
    else:
        return Ages()
    if not mine:  # told without what it counts: "de acht in het onderzoek meegenomen routes"
        answering = {t.evidence.hit.document_id for t in told[:1]}
        mine = [o for o in others if o.hit.document_id in answering]
    if not mine or all(_is_same_age(mine[0].hit.metadata, o.hit.metadata) for o in others):
        return Ages()
    said = _newest_first(_one_each([*mine, *others]))
    values = {frozenset(one.figure.values) for one in said}
    told_already = {t.sentence.id for t in told}
    if len(said) < 2 or len(values) < 2 or all(s.sentence.id in told_already for s in said):
        return Ages()
    repeated = {s.sentence.id for s in said}
    return Ages(
        groups=tuple(_group(one, said) for one in said[:_MOST]),
        repeats=tuple(t for t in told if t.sentence.id in repeated),
    )


# --- which figures -------------------------------------------------------------------------------


def _of_the_whole(
    counted: Counted, told: Sequence[Told], hits: Sequence[Hit], analyser: DutchAnalyser
) -> tuple[list[_Said], list[_Said]]:
    """Figures for what is counted: those that are told, and all others."""
    ids = {t.sentence.id for t in told}
    mine: list[_Said] = []
    others: list[_Said] = []
    for sentence, hit in _sentences(told, hits):
        held = figures(sentence.text, analyser)
        own = analyser.term_set(sentence.text) if held and counted.narrowed else frozenset()
        if not all(_meets(own, term) for term in counted.narrowed):
            continue
        for figure in held:
            if not counted.narrowed and _is_part(figure, sentence.text):
                continue
            if min(figure.values) > 1 and _is_counted(figure, counted.heads):
                said = _Said(figure, sentence, hit, _is_aim(sentence, hit))
                (mine if sentence.id in ids else others).append(said)
    return mine, others


def _of_the_same(
    told: Sequence[Told],
    hits: Sequence[Hit],
    asked: Sequence[AskedTerm],
    analyser: DutchAnalyser,
) -> tuple[list[_Said], list[_Said]]:
    """The first figure that is told, and figures in sentences that say nearly the same."""
    first = next(((t, f) for t in told for f in figures(t.sentence.text, analyser)[:1]), None)
    if first is None:
        return [], []
    top, figure = first
    hit = top.evidence.hit
    mine = _Said(figure, top.sentence, hit, _is_aim(top.sentence, hit))
    wanted = _content(top.sentence.text, figure, analyser)
    own = analyser.term_set(top.sentence.text)
    met = [term for term in asked if _meets(own, term)]
    others = []
    for sentence, other_hit in _sentences((), hits):
        held = figures(sentence.text, analyser)[:2]
        if not held or other_hit.document_id == hit.document_id:
            continue
        theirs = analyser.term_set(sentence.text)
        if not all(_meets(theirs, term) for term in met):
            continue
        for other in held:
            if not like(other.counts[0], figure.counts[0]):
                continue
            shared = wanted & (content := _content(sentence.text, other, analyser))
            enough = len(shared) >= max(_FEWEST, _ALIKE * min(len(wanted), len(content)))
            if enough:
                others.append(_Said(other, sentence, other_hit, _is_aim(sentence, other_hit)))
    return [mine], [o for o in others if o.figure.values.isdisjoint(figure.values)]


def _sentences(told: Sequence[Told], hits: Sequence[Hit]) -> Iterator[tuple[Sentence, Hit]]:
    """What is told, then every other sentence of the best hits."""
    seen: set[str] = set()
    places = [(t.sentence, t.evidence.hit) for t in told]
    places += [(s, h) for h in unfolded(hits[:_LOOKED_AT]) for s in h.passage.sentences]
    for sentence, hit in places:
        if sentence.id not in seen:
            seen.add(sentence.id)
            yield sentence, hit


def _is_part(figure: Figure, text: str) -> bool:
    """Whether the words around a figure say that it is of a part only."""
    clause = re.split(r"[,;:(]", text[: figure.at])[-1]
    return _PART_OF.search(fold(clause + text[figure.at : figure.at + _NEAR])) is not None


def _is_counted(figure: Figure, heads: Iterable[str]) -> bool:
    return any(like(one, wanted) for one in figure.counts for wanted in heads)


def _meets(own: frozenset[str], term: AskedTerm) -> bool:
    return any(not own.isdisjoint(alike(stem)) for stem in (term.stem, *term.meanings))


def _content(text: str, figure: Figure, analyser: DutchAnalyser) -> set[str]:
    """Terms of a sentence besides its numbers and what it counts."""
    words = [w for w in analyser.words(text) if number(w) is None and w not in UNITS | {"per"}]
    return {analyser.forms(w)[0] for w in words} - set(figure.counts[:1])


def _is_aim(sentence: Sentence, hit: Hit) -> bool:
    """Whether a sentence, or the one that introduces its list, tells of what is hoped for."""
    passage = hit.passage
    lead = next((s.text for s in passage.sentences if (s.start, s.end) == sentence.lead), "")
    introduced = lead or (passage.lead if sentence.lead else "")
    return _AIMS.search(fold(f"{introduced} {sentence.text}")) is not None


# --- which of them, and in which order ----------------------------------------------------------


def _one_each(said: Sequence[_Said]) -> list[_Said]:
    """Per document one figure that is so, and one that is hoped for. The whole is never smaller
    than a part of it: the highest counts. What stands alone goes before what leans."""
    best: dict[tuple[str, bool], _Said] = {}
    for one in said:
        key = (one.hit.document_id, one.is_aim)
        if key not in best or _rank(one) > _rank(best[key]):
            best[key] = one
    return list(best.values())


def _rank(said: _Said) -> tuple[float, bool, bool]:
    leans = leans_back(said.sentence.text) or "daarvan" in said.sentence.text.lower()
    return (max(said.figure.values), said.sentence.kind != "lead", not leans)


def _newest_first(said: Sequence[_Said]) -> list[_Said]:
    """What is so before what is hoped for; the same figure once, from the newest document."""
    ordered = sorted(said, key=lambda s: s.is_aim)
    ordered.sort(key=lambda s: date_of(s.hit.metadata), reverse=True)  # keeps the order within
    kept: dict[tuple[frozenset[float], bool], _Said] = {}
    for one in ordered:
        kept.setdefault((one.figure.values, one.is_aim), one)
    return list(kept.values())


def date_of(metadata: Metadata) -> str:
    """When a document is from, for sorting; empty when that is not known."""
    from_day = metadata.valid_from.isoformat() if metadata.valid_from else ""
    return metadata.published or from_day


def _is_same_age(one: Metadata, other: Metadata) -> bool:
    """Whether two documents are from the same time; of two without a date the kind decides."""
    mine, theirs = date_of(one), date_of(other)
    if not mine and not theirs:
        return one.kind == other.kind
    shared = min(len(mine), len(theirs))
    return mine[:shared] == theirs[:shared] and shared > 0


def _group(one: _Said, said: Sequence[_Said]) -> Group:
    metadata = one.hit.metadata
    date = date_of(metadata)
    newest = date_of(said[0].hit.metadata)
    age = "zonder datum" if not date else "nieuwste bron" if date == newest else "ouder"
    if len({s.hit.document_id for s in said}) == 1:
        age = ""  # one document, with what is so and what is hoped for
    aim = "een doel of verwachting" if one.is_aim else ""
    noted = ", ".join(note for note in (age, aim) if note)
    source = _KINDS[metadata.kind]
    when = f"Uit {date[:4]}" if date else "Zonder datum"
    return Group(
        frame=f"{source[0].upper()}{source[1:]}{f' ({noted})' if noted else ''}:",
        dated=f"{when} ({metadata.title}){f', {aim}' if aim else ''}:",
        told=_with_what_it_leans_on(one),
    )


def _with_what_it_leans_on(one: _Said) -> tuple[Told, ...]:
    sentences = [s for s in one.hit.passage.sentences if s.kind != "lead"]
    evidence = Evidence(one.sentence, one.hit, 0.0, 0.0, 0.0, fits=True)
    told = Told(one.sentence, evidence, "sentence")
    leans = leans_back(one.sentence.text) or "daarvan" in one.sentence.text.lower()
    before = [s for s in sentences if s.end <= one.sentence.start]
    return (Told(before[-1], evidence, "sentence"), told) if leans and before else (told,)
