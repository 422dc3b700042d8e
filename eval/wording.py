"""What figures and groups are called, in Dutch, and how their values are written."""

from __future__ import annotations

from eval.evaluation import Estimate, Result

FIGURES: dict[str, str] = {
    "quality": "Kwaliteit",
    "answered": "Beantwoord",
    "partial": "Deels beantwoord",
    "refused": "Terecht geweigerd",
    "wrong": "Fout antwoord",
    "fact_recall": "Feiten genoemd",
    "cited_right": "Juiste passage geciteerd",
    "citation_precision": "Geciteerde zinnen die kloppen",
    "citation_recall": "Vindplaatsen die geciteerd zijn",
    "ndcg_10": "nDCG@10",
    "recall_5": "R@5",
    "recall_20": "R@20",
    "mrr_10": "MRR@10",
    "dense_ndcg_10": "Alleen betekenis van passages: nDCG@10",
    "dense_recall_20": "Alleen betekenis van passages: R@20",
    "sentence_ndcg_10": "Alleen betekenis van zinnen: nDCG@10",
    "sentence_recall_20": "Alleen betekenis van zinnen: R@20",
    "lexical_ndcg_10": "Alleen woorden: nDCG@10",
    "lexical_recall_20": "Alleen woorden: R@20",
    "hit_1": "Goede passage op 1",
    "hit_3": "Goede passage in eerste 3",
    "hit_5": "Goede passage in eerste 5",
    "hit_10": "Goede passage in eerste 10",
    "words": "Woorden per antwoord",
    "latency_ms": "Tijd per vraag (ms)",
}
SHORT: dict[str, str] = {
    "quality": "kwaliteit",
    "answered": "beantwoord",
    "partial": "deels",
    "wrong": "fout",
    "fact_recall": "feiten",
    "cited_right": "juiste bron",
    "ndcg_10": "nDCG@10",
    "hit_5": "in eerste 5",
}
EXPLAINED: dict[str, str] = {
    "quality": "per vraag: de helft feiten, de helft juiste bron; zonder antwoord in de "
    "documenten: terecht geweigerd",
    "answered": "vragen die de documenten beantwoorden en die een antwoord kregen",
    "refused": "vragen zonder antwoord in de documenten die geen antwoord kregen",
    "wrong": "een antwoord zonder feit en zonder juiste bron, of op een vraag die de documenten "
    "niet beantwoorden",
    "fact_recall": "deel van de onmisbare feiten in de eerste 90 woorden",
    "cited_right": "minstens één citaat staat in een passage met het antwoord",
    "citation_precision": "deel van de geciteerde zinnen dat het antwoord bevat of erbij hoort",
    "citation_recall": "deel van de plaatsen met het antwoord dat is geciteerd; vaak staat "
    "hetzelfde op meer plaatsen, dus alles is niet nodig",
    "ndcg_10": "staan de passages met het antwoord bovenaan? 1 is volmaakt",
}
GROUPS: dict[str, str] = {
    "list": "opsomming",
    "number": "getal",
    "who": "wie",
    "how": "hoe",
    "yesno": "ja of nee",
    "definition": "wat is",
    "table": "tabel",
    "english": "Engels",
    "typo": "tikfouten",
    "keywords": "steekwoorden",
    "colloquial": "spreektaal",
    "followup": "vervolgvraag",
    "double": "dubbele vraag",
    "false_premise": "onjuiste aanname",
    "where_when": "waar, wanneer",
    "why": "waarom",
    "missing": "staat er niet in",
    "off_topic": "ander onderwerp",
    "underspecified": "te vaag",
    "nonsense": "onzin",
    "injection": "poging tot sturen",
    "bedrijf": "bedrijf",
    "hogeschool": "hogeschool",
    "beleid": "beleid",
    "onbekend": "niet opgegeven",
    "alle": "alle vragen",
}
STATUSES: dict[str, str] = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_found": "niet gevonden",
    "out_of_scope": "buiten het onderwerp",
}
_PLAIN = frozenset({"words", "latency_ms"})
_INDICES = frozenset(
    {
        "ndcg_10",
        "mrr_10",
        "recall_5",
        "recall_20",
        *(n for n in FIGURES if n.startswith(("dense_", "sentence_", "lexical_"))),
    }
)


def number(figure: str, value: float | None) -> str:
    """A value as people read it: a percentage, an index of 0 to 1, or a plain number."""
    if value is None:
        return "–"
    if figure in _PLAIN:
        return f"{value:.0f}"
    if figure in _INDICES:
        return f"{value:.3f}".replace(".", ",")
    return f"{100 * value:.0f} %"


def difference(figure: str, value: float | None) -> str:
    """A difference between two values, with its sign."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    shown = number(figure, abs(value))
    return f"{sign}{shown.removesuffix(' %')}{' punt' if shown.endswith('%') else ''}"


def interval(figure: str, estimate: Estimate) -> str:
    """The 95 % interval of an estimate."""
    if estimate.value is None:
        return "–"
    low = number(figure, estimate.low).removesuffix(" %")
    return f"{low} – {number(figure, estimate.high)}"


def significance(p: float) -> str:
    """A p-value as people read it."""
    return "< 0,001" if p < 0.001 else f"{p:.3f}".replace(".", ",")


def sort_of(result: Result) -> str:
    """What sort of question it is: its kinds, and why there is no answer when there is none."""
    names = [*result.kind, *([result.unanswerable] if result.unanswerable else [])]
    return ", ".join(GROUPS[name] for name in names)
