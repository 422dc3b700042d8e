"""Dutch sentences, by their exact offsets."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.!?…])[.!?…]++[”\"’'»)\]]*+(?=\s)")
_NEXT = re.compile(r"\s+[“„\"‘'«(\[…¿¡]*(?:[^\W_a-zà-öø-ÿ]|[‘’']s\s+[A-Z])")
_OPENING = "([“„\"‘'«"
_ALPHANUMERIC = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.")
_INITIALS = re.compile(r"(?:(?:[A-Z]|Th|Ch|Ph|IJ|Chr|St)\.-?)+")
_LEFT_OUT = re.compile(r"[(\[](?:\.\.\.|…)[)\]]$")
_ENDED = re.compile(r"[.!?…][”\"’'»)\]]{0,3}\s?$")
_SOURCE = re.compile(r"\([^()]{1,100}\)")
_MAX_LENGTH = 1000
_MAX_WORD = 40

_ABBREVIATION_LIST = """
    a.d.h.v. a.h.w. a.s. aant. afb. afd. afl. alg. apr. art. aug. b.v. bijl. bijv. blz. bv. c.q.
    ca. cf. cfr. chr. circa. co. d.d. d.m.v. d.w.z. dd. dec. dhr. dr. drs. ds. ed. eds. e.v. evt.
    excl. feb. febr. fig. gebr. gem. h.o. hfst. i.c.m. i.h.a. i.h.b. i.i.g. i.o.m. i.p.v. i.s.m.
    i.t.t. i.v.m. incl. ing. inl. ir. jan. jr. k.b. lic. m.a.w. m.b.t. m.b.v. m.i. m.i.v. m.n.
    m.u.v. mag. mevr. mgr. mld. mln. mr. mrs. mw. n.a.v. n.l. n.v. nl. nov. nr. nrs. o.a. o.b.v.
    o.g.v. o.i. o.l.v. okt. opm. p. pag. par. plm. pp. prof. red. resp. sept. sr. st. t.a.v.
    t.b.v. t.g.v. t.h.v. t.n.v. t.o.v. t.w. t.z.t. tab. tel. u.a. uitg. v.d. verg. vert. vgl. vh.
    vlg. vnl. voorh. voorz. vs. w.o. w.v. z.g. zg. zgn.
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
# These stand at the end of a sentence as often as inside one: what follows decides.
_MAY_END = frozenset(
    {"a.u.b.", "al.", "e.a.", "e.d.", "enz.", "etc.", "jl.", "ll.", "o.i.d.", "s.v.p.", "z.s.m."}
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence in the one line ``text``, without the space around it.

    A sentence ends at . ! ? or … with the quotation marks and brackets behind it, when what
    follows starts as a sentence does and what stands before is no abbreviation, initial or
    number of a heading. A sentence of more than 1000 characters is cut at a pause.
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _END.finditer(text):
        end = match.end()
        if end <= start or not _NEXT.match(text, end):
            continue
        if not _ALPHANUMERIC.search(text, start, end) or _is_no_end(text, start, end):
            continue
        spans += _cut(text, start, end)
        start = _skip_space(text, end)
    end = len(text.rstrip())
    if start < end:
        if spans and _SOURCE.fullmatch(text, start, end):
            start = spans.pop()[0]  # "... regio.” (Jansen, 2022)": the source goes with the words
        spans += _cut(text, start, end)
    return spans


def _is_no_end(text: str, start: int, end: int) -> bool:
    """Whether what looks like the end of the sentence ``text[start:end]`` is none."""
    if text[end - 1] != ".":
        # "(...)" shows that words were left out: it ends a sentence only behind one that ended
        left_out = _LEFT_OUT.search(text, max(start, end - 5), end)
        return left_out is not None and not _ENDED.search(
            text, max(start, left_out.start() - 6), left_out.start()
        )
    word_start = max(start, end - _MAX_WORD, text.rfind(" ", start, end) + 1)
    word = text[word_start:end].lstrip(_OPENING)
    low = word.casefold()
    if low in _MAY_END:
        return False
    if low in _ABBREVIATIONS:
        return True
    if _NUMBER.fullmatch(word):
        return word_start == start or text[_skip_space(text, end)].isdigit()
    return _INITIALS.fullmatch(word) is not None


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _MAX_LENGTH:
        limit = start + _MAX_LENGTH
        middle = start + _MAX_LENGTH // 2
        at = max(text.rfind("; ", middle, limit), text.rfind(", ", middle, limit)) + 1
        at = at or max(text.rfind(" ", middle, limit), 0) or limit
        pieces.append((start, at))
        start = _skip_space(text, at)
    return [*pieces, (start, end)] if start < end else pieces


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
