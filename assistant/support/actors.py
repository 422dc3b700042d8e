"""Who does what: another actor in the place of the one that the quote names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.support.content import Content, Term, meets
from corpus.dutch import DutchAnalyser, fold

_ACTORS = """student bedrijf werkgever werknemer medewerker hogeschool docent begeleider
praktijkbegeleider ministerie gemeente overheid rijksoverheid brancheorganisatie branchevereniging
werkgeversorganisatie vakbond onderzoekers ouders provincie inspectie rector projectleider
programmateam coördinator route-coördinator stichting leerling universiteit onderneming
directeur bank notaris belastingdienst uitkeringsinstantie school klant"""
_OTHERS = "opleiding programma route pilot onderzoek project branche sector"
_ENGLISH = """student company employer employee university teacher lecturer mentor ministry
municipality government union researchers parents province inspectorate coordinator foundation
pupil college bank notary school"""
_PREPOSITIONS = frozenset(
    """volgens bij van voor door met aan uit in op over naar via inzake omtrent sinds dankzij
    tussen tegen naast per onder namens according at for by with to from in on between""".split()  # noqa: SIM905
)
_DETERMINERS = frozenset("de het een deze die dit dat zijn haar hun elke alle the a an".split())  # noqa: SIM905
_CONVERSE = frozenset(
    """krijgt krijgen kreeg kregen ontvangt ontvangen ontving ontvingen verdient leent leert leren
    gets get got receives receive received learn learns""".split()  # noqa: SIM905
)
_BY = frozenset(("door", "by"))
_MET = 0.55
_SAME = 0.7
_LIST = 5


class Actors:
    """Knows the words for those who act."""

    def __init__(self, analyser: DutchAnalyser) -> None:
        self._dutch = frozenset(analyser.stem(fold(w.replace("-", ""))) for w in _ACTORS.split())
        self._others = frozenset(map(analyser.stem, _OTHERS.split()))
        self._english = frozenset(analyser.stem(w) for w in _ENGLISH.split())

    def stranger(
        self, said: Content, held: Sequence[Content], around: frozenset[str], *, english: bool
    ) -> str | None:
        """An actor that neither quotes nor what stands above them name."""
        known = [term for quote in held for term in quote.terms]
        for term in said.terms:
            if not self.acts(term, english=english) or {term.stem, *term.meanings} & around:
                continue
            if not any(meets(term, other) > 0 or meets(other, term) > 0 for other in known):
                return f"'{term.folded}' is in no cited span"
        return None

    def exchanged(self, said: Content, held: Sequence[Content]) -> str | None:
        """Another actor as the subject than the quote's, which has it in another part."""
        for clause in _clauses(said):
            subject = self._subject(said, clause)
            if subject is None:
                continue
            fitting = [
                (quote, part)
                for quote in held
                for part in _clauses(quote)
                if _share(clause, part) >= _SAME
            ]
            wrong = [self._other(subject, said, quote, part) for quote, part in fitting]
            if wrong and all(wrong):
                return f"'{subject.folded}' does what '{wrong[0]}' does in the cited span"
        return None

    def _other(
        self, subject: Term, said: Content, quote: Content, part: Sequence[Term]
    ) -> str | None:
        """The quote's subject, when it is another actor than the statement's."""
        theirs = self._subject(quote, part)
        if theirs is None or meets(subject, theirs) > 0 or meets(theirs, subject) > 0:
            return None
        if (said.held & _CONVERSE) != (quote.held & _CONVERSE):
            return None  # who pays and who gets: the same told from the other side
        same = [t for t in part if meets(subject, t) >= _MET]
        if any(_listed_together(quote, theirs, t) for t in same):
            return None
        return theirs.folded

    def _subject(self, content: Content, clause: Sequence[Term]) -> Term | None:
        """The actor behind "door", or else the first one that no preposition stands before."""
        acting = [t for t in clause if t.kind == "word" and self.acts(t)]
        for term in acting:
            if _preposition(content, term) in _BY:
                return term
        return next((t for t in acting if _preposition(content, t) is None), None)

    def moves(self, term: Term) -> bool:
        """Whether a term names someone or something that two sentences may be told of."""
        return self.acts(term) or term.stem in self._others

    def acts(self, term: Term, *, english: bool = False) -> bool:
        """Whether a term names someone who acts."""
        if term.kind == "number":
            return False
        heads = {term.stem, *term.parts} & self._dutch
        return bool(heads) or (english and term.stem in self._english)


def _preposition(content: Content, term: Term) -> str | None:
    """The preposition before a term, with at most an article and two words between them."""
    before = content.words[max(0, term.at - 3) : term.at]
    for word in reversed([w for w in before if w.clause == term.clause]):
        if word.folded in _PREPOSITIONS:
            return word.folded
        near = term.at - word.at == 1
        if word.folded not in _DETERMINERS and not near:
            return None
    return None


def _listed_together(content: Content, one: Term, other: Term) -> bool:
    """ "bedrijven, hogescholen en brancheverenigingen" act together."""
    first, last = sorted((one.at, other.at))
    between = content.words[first + 1 : last + 1]
    joins = any("," in w.before or w.folded in ("en", "and", "of", "or") for w in between)
    return joins and len(between) <= _LIST


def _clauses(content: Content) -> list[list[Term]]:
    found: dict[int, list[Term]] = {}
    for term in content.terms:
        found.setdefault(term.clause, []).append(term)
    return list(found.values())


def _share(terms: Sequence[Term], others: Sequence[Term]) -> float:
    total = sum(t.weight for t in terms)
    met = sum(t.weight for t in terms if any(meets(t, o) >= _MET for o in others))
    return met / total if total else 0.0
