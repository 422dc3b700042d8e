"""Dutch sentences, by their exact offsets."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?<![.!?…])[.!?…]++[”\"’'»)\]]*+(?:\[\d{1,3}\]|(?<=[a-zà-ÿ]{3}\.)\d{1,2})?(?=\s)"
    # a sentence that ends without a space behind it, as pages and tables leave them
    r"|(?<=[a-zà-ÿ]{3})[.?!](?=[A-Z][a-z]*\s(?=[a-z])[^.@/]*(?:\.\s|\.?$))"
)
_NEXT = re.compile(
    r"\s*[“„\"‘'«(\[…¿¡]*"
    r"(?:[^\W_a-zà-öø-ÿ]|[‘’'][stnkm]\s+[A-Z]|[€$£]\s?\d|[a-z][A-Z])"
)
_OPENING = "([“„\"‘'«"
_ALPHANUMERIC = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.")
_INITIALS = re.compile(r"(?:(?:[A-Z]|Th|Ch|Ph|IJ|Chr|St)\.-?)+")
_LABEL = re.compile(
    r"(?:stap|fase|tip|deel|les|punt|vraag|hoofdstuk|bijlage|artikel|tabel|figuur|regel|onderdeel|"
    r"week|module|blok|thema|actie|advies|criterium)\s+(?:\d{1,2}|[A-Z])\.",
    re.IGNORECASE,
)
_LETTER_NAMED = re.compile(
    r"(?:\b(?:plan|optie|variant|route|groep|niveau|categorie|vitamine|deel|type|model|scenario|"
    r"klasse?|bijlage|blok|fase|letter|vak|zaal)|\b[A-Z],? (?:en|of)) [A-Z]\.$",
    re.IGNORECASE,
)
_STARTER_LIST = """
    Als Alle Alleen Daar Daarbij Daarna Daarom Dat Deze Die Dit Dus En Er Hij Hoe Ik In Je Jij Maar
    Met Na Niet Nu Of Ook Om Per Sinds Soms Toch Toen U Vanaf Veel Voor Waar Wanneer Want Wat We
    Wel Wie Wij Ze Zij Zo Zodra
"""
_STARTERS = frozenset(_STARTER_LIST.split())
_MONTHS = frozenset(
    {"apr.", "aug.", "dec.", "feb.", "febr.", "jan.", "mrt.", "nov.", "okt.", "sep.", "sept."}
)
_DAY = re.compile(r"\d \w+\.$")
_LEFT_OUT = re.compile(r"[(\[](?:\.\.\.|…)[)\]]$")
_ENDED = re.compile(r"[.!?…][”\"’'»)\]]{0,3}\s?$")
_SOURCE = re.compile(r"\s*\([^()]{1,100}(?<![.!?])\)(?=\s|$)")
_QUOTED = "”\"’'»"
_MAX_LENGTH = 1000
_MAX_WORD = 40

_ABBREVIATION_LIST = """
    a.d. a.d.h.v. a.h.w. a.s. aant. afb. afd. afl. afz. alg. approx. apr. art. aug. b.v. bedr. bijl.
    bijv. bijvb. blz. bv. c.q. ca. cf. cfr. chr. circa. co. d.d. d.m.v. d.w.z. dd. dec. dhr. dir.
    div. dr. drs. ds. e.g. e.v. ed. eds. evt. excl. feb. febr. fig. geb. gebr. gem. h.o. hfst.
    hoofdst. i.c. i.c.m. i.e. i.h.a. i.h.b. i.i.g. i.o.m. i.p. i.p.v. i.s.m. i.t.t. i.v.m. incl.
    ing. inl. inz. ir. jan. jr. k.b. kath. lic. lit. m.a.w. m.b.t. m.b.v. m.i. m.i.v. m.m. m.n.
    m.u.v. mag. max. mej. mevr. mgr. min. mld. mln. mr. mrs. mw. n.a.v. n.b. n.l. n.v. ned. nl. nov.
    nr. nrs. o.a. o.b.v. o.g.v. o.i. o.l.v. o.m. o.t. okt. ong. oorspr. opl. opm. p. p.s. pag. par.
    plm. plv. pp. prof. red. resp. secr. sept. sr. st. stb. stcrt. t.a.v. t.b.v. t.e.m. t.g.v.
    t.h.v. t.n.v. t.o.v. t.w. t.z.t. tab. tel. u.a. uitg. univ. v. v.d. vb. vd. verg. vert. vgl. vh.
    vlg. vlgs. vnl. voorh. voorz. vr. vs. w.o. w.v. wed. wnd. z.g. zg. zgn. zn.
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
# These stand at the end of a sentence as often as inside one: what follows decides.
_MAY_END = frozenset(
    {
        "al.",
        "c.s.",
        "e.a.",
        "e.d.",
        "enz.",
        "etc.",
        "jl.",
        "ll.",
        "o.i.d.",
        "p.j.",
        "p.p.",
        "z.s.m.",
    }
)
# These end a sentence now and then: only before a word that sentences start with.
_SELDOM_END = frozenset(
    {"a.u.b.", "b.v.", "jr.", "mld.", "mln.", "n.v.", "s.v.p.", "sr.", "t.u.", "v.o.f."}
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
        end = _with_source(text, end)
        spans += _cut(text, start, end)
        start = _skip_space(text, end)
    end = len(text.rstrip())
    if start < end:
        spans += _cut(text, start, end)
    return spans


def _with_source(text: str, end: int) -> int:
    """The end of a sentence with the source or number behind it: "... regio.” (Jansen, 2022)"."""
    source = _SOURCE.match(text, end)
    if source is None or not (text[end - 1] in _QUOTED or source.end() == len(text.rstrip())):
        return end
    return source.end()


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
    if _LABEL.fullmatch(text, start, end):
        return True
    if _NUMBER.fullmatch(word):
        return word_start == start or text[_skip_space(text, end)].isdigit()
    return _is_short(text, start, end, word)


def _is_short(text: str, start: int, end: int, word: str) -> bool:
    """Whether ``word`` is an abbreviation or initials that the sentence goes on behind."""
    low = word.casefold()
    position = _skip_space(text, end)
    after = text[position : position + _MAX_WORD]
    if low in _MONTHS:
        return after[0].isdigit() or not _DAY.search(text, max(start, end - _MAX_WORD), end)
    if low in _MAY_END:
        return after[0] == "("
    initials = _INITIALS.fullmatch(word) is not None
    if low in _SELDOM_END or (initials and low not in _ABBREVIATIONS):
        named = _LETTER_NAMED.search(text, max(start, end - _MAX_WORD), end)
        return named is None and after.split()[0].rstrip(",") not in _STARTERS
    return low in _ABBREVIATIONS


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
