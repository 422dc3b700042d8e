"""Questions for evaluation that staff make of what readers asked: one YAML file of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.understand import answer_type
from corpus.dutch import fold
from corpus.errors import BadInputError
from corpus.questions_log import KeptQuestion
from corpus.types import AnswerType, Audience, Embedder, Language, Passage, Sentence, Version
from eval.gold import find_spans
from eval.lint import lint
from eval.questions import (
    Fact,
    Gold,
    Kind,
    Question,
    QuestionSet,
    SetHeader,
    Unanswerable,
    load_set,
)

_FIRST_WORDS = 5
_KINDS: dict[AnswerType, Kind] = {
    "list": "list",
    "number": "number",
    "money": "number",
    "person": "who",
    "phone": "who",
    "email": "who",
    "definition": "definition",
    "yesno": "yesno",
    "place": "where_when",
    "date": "where_when",
}


def own_set_path(data_dir: Path) -> Path:
    """Where the set of this installation stands."""
    return data_dir / "eval" / "own.yaml"


def load_own_set(path: Path) -> QuestionSet:
    """The set of this installation, empty when there is none yet. Raises BadInputError when the
    file is not a set."""
    if path.is_file():
        return load_set(path)
    header = SetHeader(
        name="own",
        language="nl",
        description="Vragen van lezers die eerst geen goed antwoord kregen.",
        documents=(),
    )
    return QuestionSet(set=header, questions=())


def add_case(
    path: Path, question: Question, texts: Mapping[str, str], *, instead: bool = False
) -> None:
    """Add a question to the set, or put it in the place of the one with its id when it comes
    ``instead`` of that, and write the set, whole or not at all.

    ``texts`` holds canonical text per document id. Raises BadInputError when the set would not
    be sound, with the first fault.
    """
    before = load_own_set(path)
    documents = dict.fromkeys((*before.set.documents, *(g.document for g in question.gold)))
    after = QuestionSet(
        set=before.set.model_copy(update={"documents": tuple(documents)}),
        questions=_instead(before.questions, question)
        if instead
        else (*before.questions, question),
    )
    # The halves of a set are not judged here: this one is all for tuning.
    own = [f for f in lint(after, texts) if f.startswith(f"{question.id}: ")]
    if own:
        raise BadInputError(f"Zo kan de vraag niet in de set: {own[0]}")
    _write(path, after)


def cases_with(path: Path, ids: Collection[str], words: str | None = None) -> dict[str, str]:
    """The text by id of the questions in the set that are one of ``ids`` or hold these words."""
    wanted = " ".join(words.split()).casefold() if words else None
    return {
        q.id: q.question
        for q in load_own_set(path).questions
        if q.id in ids or (wanted is not None and wanted in q.question.casefold())
    }


def drop_cases(path: Path, ids: Collection[str]) -> None:
    """Take questions out of the set; nothing happens when none is in it."""
    before = load_own_set(path)
    left = tuple(q for q in before.questions if q.id not in ids)
    if len(left) < len(before.questions):
        _write(path, before.model_copy(update={"questions": left}))


def answerable_case(
    kept: KeptQuestion, text: str, asks: AnswerType, gold: Sequence[Gold], facts: Sequence[str]
) -> Question:
    """A question that must be answered from ``gold``. A fact may have several wordings, with
    ``|`` between them; ``text`` is the question as staff want it kept."""
    return _question(
        kept,
        text,
        kind=_kinds(kept, asks),
        answerable=True,
        gold=tuple(gold),
        facts=tuple(map(_fact, facts)),
        unanswerable=None,
    )


def refused_case(kept: KeptQuestion, text: str, why: Unanswerable) -> Question:
    """A question that must go on being refused."""
    return _question(kept, text, kind=(), answerable=False, gold=(), facts=(), unanswerable=why)


def staff_case(
    name: str,
    text: str,
    *,
    audience: Audience | None,
    language: Language,
    gold: Sequence[Gold] = (),
    facts: Sequence[str] = (),
    why: Unanswerable | None = None,
) -> Question:
    """A question that staff thought of: to be answered from ``gold``, or to be refused."""
    asked = _KINDS.get(answer_type(fold(text)))
    kinds: list[Kind] = [asked] if asked and why is None else []
    if language == "en":
        kinds.append("english")
    return Question(
        id=name,
        question=text,
        audience=audience,
        language=language,
        kind=tuple(kinds),
        part="tune",
        answerable=why is None,
        gold=tuple(gold),
        facts=tuple(map(_fact, facts)),
        unanswerable=why,
    )


def case_id(kept: KeptQuestion) -> str:
    """The id that a kept question gets in the set."""
    return f"lezer-{kept.id}"


def gold_of(
    passage: Passage, version: Version, question: str, facts: Sequence[str], embedder: Embedder
) -> Gold:
    """The place in a passage that answers a question: the first words of the sentence that holds
    a fact, else of the sentence nearest to the question, as many as say which place it is."""
    return gold_at(_sentence(passage, question, facts, embedder), version)


def gold_at(sentence: Sentence, version: Version) -> Gold:
    """A sentence as gold: its first words, as many as say which place it is."""
    words = sentence.text.split()
    texts = {version.document_id: version.text}
    for count in range(_FIRST_WORDS, len(words)):
        gold = Gold(document=version.document_id, quote=" ".join(words[:count]))
        if len(find_spans(gold, texts)) == 1:
            return gold
    return Gold(document=version.document_id, quote=" ".join(words))


# --- steps -----------------------------------------------------------------------------------


def _question(kept: KeptQuestion, text: str, **fields: Any) -> Question:
    return Question(
        id=case_id(kept),
        question=text,
        audience=kept.audience,
        language=kept.language,
        part="tune",
        **fields,
    )


def _fact(fact: str) -> Fact:
    return Fact(any=tuple(w.strip() for w in fact.split("|") if w.strip()), weight="vital")


def _instead(questions: Sequence[Question], question: Question) -> tuple[Question, ...]:
    return tuple(question if q.id == question.id else q for q in questions)


def _kinds(kept: KeptQuestion, asks: AnswerType) -> tuple[Kind, ...]:
    kinds: list[Kind] = [_KINDS[asks]] if asks in _KINDS else []
    if kept.language == "en":
        kinds.append("english")
    return tuple(kinds)


def _sentence(
    passage: Passage, question: str, facts: Sequence[str], embedder: Embedder
) -> Sentence:
    wordings = [w.strip().casefold() for fact in facts for w in fact.split("|") if w.strip()]
    told = [s for s in passage.sentences if any(w in s.text.casefold() for w in wordings)]
    candidates = told or list(passage.sentences)
    if not candidates:
        raise BadInputError(f"Passage {passage.id} heeft geen zinnen. Kies een andere passage.")
    vectors = embedder.embed_passages([s.text for s in candidates])
    cosines = vectors @ embedder.embed_queries([question])[0]
    return candidates[int(cosines.argmax())]


def _write(path: Path, question_set: QuestionSet) -> None:
    values = question_set.model_dump(mode="json")
    content = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(content, encoding="utf-8")
    beside.replace(path)  # whoever reads it meanwhile sees a whole set
