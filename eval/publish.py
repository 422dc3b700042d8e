"""The publish gate: what a staged edition does to the answers. Read `judge_edition` first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.editions import Editions
from corpus.errors import NotReadyError
from corpus.ledger import Ledger
from corpus.library import Library
from corpus.plans import Change
from corpus.progress import Progress
from corpus.registry import Registry
from corpus.types import Embedder, Version
from eval.compare import Comparison, compare
from eval.evaluation import Evaluation
from eval.gate import failures
from eval.integrity import (
    find_citation_faults,
    find_index_faults,
    find_text_faults,
    find_vector_faults,
)
from eval.kept import Kept
from eval.questions import QuestionSet
from eval.report import report
from eval.runner import Answers, evaluate
from eval.sets import fitting_sets
from eval.sharp import difference_in, find_changed_numbers, find_lost_facts, find_lost_gold
from eval.shelf import Contents, EditionShelf
from eval.sides import both_sides, write_sides
from eval.verdict import (
    CHECKS,
    Check,
    Documents,
    Measured,
    Reason,
    Touched,
    Verdict,
    measured,
    report_folder,
    write_verdict,
)

_NAMED = 5
"""Examples told per check; the others are counted."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What the gate needs. ``release`` says which code, model and glossary give the answers."""

    assistant: Answers
    embedder: Embedder
    registry: Registry
    ledger: Ledger
    library: Library
    sets: Sequence[QuestionSet]
    data_dir: Path
    release: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One set, asked of both editions."""

    question_set: QuestionSet
    before: Evaluation
    after: Evaluation
    comparison: Comparison


def judge_staged(judge: Judge, editions: Editions, progress: Progress) -> Verdict:
    """Judge the staged edition against the published one, and keep report and verdict.

    Raises NotReadyError when nothing is staged, or nothing is published to compare with.
    """
    number = editions.staged()
    if number is None:
        raise NotReadyError(
            "Er staat geen editie klaar. Zet er een klaar met: routewijzer corpus stage"
        )
    change = editions.difference()
    published = judge.ledger.current()
    if published is None:
        raise NotReadyError(
            "Er is nog niets gepubliceerd om deze editie mee te vergelijken. "
            "Publiceer haar met: routewijzer corpus publish"
        )
    return judge_edition(judge, published, number, change, progress, on_purpose=change.gave_way)


def judge_edition(
    judge: Judge,
    published: int,
    number: int,
    change: Change,
    progress: Progress,
    on_purpose: Collection[str] = (),
) -> Verdict:
    """Judge edition ``number`` against ``published``, and keep report and verdict.

    ``on_purpose`` holds ids of documents that staff take out: their passages may disappear, the
    facts that answers lose with them are still told.
    """
    shelf = EditionShelf(judge.registry, judge.ledger)
    before, after = shelf.open(published), shelf.open(number)
    pairs = [
        _measure(judge, question_set, before, after, progress)
        for question_set in fitting_sets(judge.sets, before.versions)
    ]
    found = [
        *_figure_reasons(pairs),
        *_answer_reasons(pairs, after, on_purpose),
        *_number_reasons(before, after),
        *_edition_reasons(judge, before, after, progress),
    ]
    verdict = Verdict(
        edition=number,
        published=published,
        judged_at=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=Documents(
            added=change.added,
            replaced=change.replaced,
            removed=change.removed,
            gave_way=change.gave_way,
        ),
        sets=tuple(_measured(pair) for pair in pairs),
        reasons=tuple(_shortened(found)),
        report="report.html" if pairs else None,
    )
    _keep(verdict, pairs, report_folder(judge.data_dir, number))
    return verdict


# --- steps -----------------------------------------------------------------------------------


def _measure(
    judge: Judge,
    question_set: QuestionSet,
    before: Contents,
    after: Contents,
    progress: Progress,
) -> Pair:
    old = _evaluated(judge, question_set, before, "Gepubliceerde editie", progress)
    new = _evaluated(judge, question_set, after, "Klaargezette editie", progress)
    return Pair(question_set, old, new, compare(old, new))


def _evaluated(
    judge: Judge, question_set: QuestionSet, contents: Contents, name: str, progress: Progress
) -> Evaluation:
    """The evaluation of an edition; measured only when it was not kept."""
    kept = Kept(report_folder(judge.data_dir, contents.edition), judge.release)
    today = datetime.now(UTC).date()
    found = kept.read(question_set, contents.versions, today)
    if found is not None:
        return found
    step = f"{name}, vragen van {question_set.set.name}"
    shelf = EditionShelf(judge.registry, judge.ledger)
    evaluation = evaluate(
        judge.assistant,
        shelf,
        question_set,
        None,
        lambda _, done, total: progress(step, done, total),
        contents.edition,
    )
    kept.write(evaluation, question_set, contents.versions, today)
    return evaluation


def _figure_reasons(pairs: Sequence[Pair]) -> Iterator[Reason]:
    """Figures that fell, beyond chance and beyond the margin, with the questions that did it.

    The floors of a set hold for the documents of the project; here the published edition is
    what to reach.
    """
    for pair in pairs:
        worse = [c.id for c in pair.comparison.with_direction("worse")]
        for line in failures(pair.after, None, pair.comparison):
            yield Reason(check="figure", text=line, questions=_touched(pair, worse))


def _answer_reasons(
    pairs: Sequence[Pair], after: Contents, on_purpose: Collection[str]
) -> Iterator[Reason]:
    for pair in pairs:
        facts = find_lost_facts(pair.before, pair.after, pair.question_set, after.versions)
        for fact, question in facts:
            text = f"Een antwoord noemt '{fact}' niet meer; de zin waar dat in stond is weg."
            yield Reason(check="fact", text=text, questions=_touched(pair, [question]))
        for place, question in find_lost_gold(pair.before, pair.after, after.versions, on_purpose):
            text = f'{place.document_id}: "{place.quote}" staat niet meer in de editie.'
            yield Reason(check="gold", text=text, questions=_touched(pair, [question]))
        for check, text, question in find_citation_faults(pair.after, after.versions):
            yield Reason(check=check, text=text, questions=_touched(pair, [question]))


def _number_reasons(before: Contents, after: Contents) -> Iterator[Reason]:
    for document, old, new in _replaced(before, after):
        for sentence, twin in find_changed_numbers(old, new):
            was, is_now = difference_in(sentence, twin)
            text = f'{document}: "{was}" is nu "{is_now}". Klopt dat getal?'
            yield Reason(check="number", text=text)


def _edition_reasons(
    judge: Judge, before: Contents, after: Contents, progress: Progress
) -> Iterator[Reason]:
    versions, known = list(after.versions.values()), list(before.versions.values())
    step = "Tekst en index nalopen"
    faults = [
        (check, text)
        for version in versions
        for check, text in find_text_faults(version)
        # Some sources do run words together: what is public already is no reason to wait.
        if check != "word" or version not in known
    ]
    progress(step, 1, 3)
    index = judge.library.open_edition(after.edition)
    faults += find_index_faults(index, versions)
    progress(step, 2, 3)
    faults += find_vector_faults(index, versions, known, judge.embedder)
    progress(step, 3, 3)
    return (Reason(check=check, text=text) for check, text in faults)


def _replaced(before: Contents, after: Contents) -> Iterator[tuple[str, Version, Version]]:
    for document, new in after.versions.items():
        old = before.versions.get(document)
        if old is not None and old.id != new.id:
            yield document, old, new


def _shortened(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Every check told once more than a few times is counted, with all of its questions."""
    groups: dict[Check, list[Reason]] = {}
    for reason in reasons:
        told = groups.setdefault(reason.check, [])
        same = next((n for n, r in enumerate(told) if r.text == reason.text), None)
        if same is None:
            told.append(reason)
        else:
            told[same] = _joined(reason.text, [told[same], reason])
    for check, told in groups.items():
        yield from told[:_NAMED]
        if rest := told[_NAMED:]:
            yield _joined(f"En nog {len(rest)} keer: {CHECKS[check]}.", rest)


def _joined(text: str, reasons: Sequence[Reason]) -> Reason:
    questions = dict.fromkeys(q for r in reasons for q in r.questions)
    return Reason(check=reasons[0].check, text=text, questions=tuple(questions))


def _measured(pair: Pair) -> Measured:
    words = {q.id: q.question for q in pair.question_set.questions}
    return measured(pair.comparison, pair.question_set.set.name, words)


def _touched(pair: Pair, ids: Sequence[str]) -> tuple[Touched, ...]:
    words = {q.id: q.question for q in pair.question_set.questions}
    return tuple(Touched(id=i, question=words[i]) for i in ids)


def _keep(verdict: Verdict, pairs: Sequence[Pair], folder: Path) -> None:
    """The reports first: where there is a verdict, there is a report with both answers."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, pair in enumerate(pairs):
        name = f"report-{pair.question_set.set.name}.html" if place else "report.html"
        page = report(pair.after, pair.before, pair.comparison, verdict=verdict)
        (folder / name).write_text(page, encoding="utf-8")
        sides = both_sides(pair.comparison, pair.before, pair.after)
        write_sides(sides, folder, pair.question_set.set.name)
    write_verdict(verdict, folder)
