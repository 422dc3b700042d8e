"""`answer-batch`: many questions in one process, a JSON object per line in and out."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Assistant
from assistant.understand import language_of
from cli.wording import reason
from corpus.errors import BadInputError
from corpus.progress import Progress
from corpus.types import Answer, Audience, Outcome


class BatchQuestion(BaseModel):
    """One line of the file that comes in."""

    model_config = ConfigDict(frozen=True)

    id: str | int
    question: str
    audience: Audience | None = None
    history: tuple[str, ...] = ()


def read_questions(path: Path) -> list[BatchQuestion]:
    """Every line as a question. Raises BadInputError naming the first line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise BadInputError(f"Het bestand {path} bestaat niet. Controleer het pad.") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{path}: geen tekst in UTF-8. Sla het bestand op als UTF-8.") from None
    except OSError as error:
        raise BadInputError(f"{path} is niet te lezen ({error.strerror}).") from None
    found = [_question(path, n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise BadInputError(
            f'{path} bevat geen vragen. Zet op elke regel {{"id": …, "question": …}}.'
        )
    return found


def check_target(target: Path) -> None:
    """Raises BadInputError when ``target`` cannot be written, before any work is done."""
    if target.is_dir():
        raise BadInputError(f"{target} is een map. Noem een bestand om in te schrijven.")
    if not target.parent.is_dir():
        raise BadInputError(f"De map {target.parent} bestaat niet. Maak hem eerst.")


def answer_all(
    assistant: Assistant,
    edition: int,
    questions: list[BatchQuestion],
    target: Path,
    progress: Progress,
) -> None:
    """Answer in order, all from one edition, and write ``target``, which appears only when it is
    complete. Raises BadInputError when its folder cannot be written in."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        out = partial.open("w", encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{target} is niet te schrijven ({error.strerror}).") from None
    try:
        with out:
            for done, question in enumerate(questions, start=1):
                line = _line(assistant, edition, question)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                progress("Vragen beantwoorden", done, len(questions))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def refusal(question: str, message: str, edition: int) -> Answer:
    """The answer to a question that cannot be asked (empty, too long): it only says why."""
    return Answer(
        status="out_of_scope",
        question=" ".join(question.split()),
        language=language_of(question),
        engine="extractive",
        edition=edition,
        text=message,
        statements=(),
        citations=(),
        uncovered=(),
        suggestions=(),
        trace_id=uuid.uuid4().hex,
    )


def _question(path: Path, number: int, line: str) -> BatchQuestion:
    try:
        return BatchQuestion.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        # Of a union (an id is text or a number) the place says which arm; the field is enough.
        field = f"'{first['loc'][0]}'" if first["loc"] else "de regel"
        raise BadInputError(
            f"{path}, regel {number}: {field} {reason(first['msg'])}. "
            'Verwacht per regel {"id": …, "question": …}.'
        ) from None


def _line(assistant: Assistant, edition: int, question: BatchQuestion) -> dict[str, Any]:
    try:
        outcome = assistant.answer(
            question.question,
            audience=question.audience,
            history=question.history,
            edition=edition,
        )
    except BadInputError as error:
        # One empty question among a hundred is told in its place; the others are answered.
        answer = refusal(question.question, str(error), edition)
        return _as_row(question, 0.0, answer, [])
    return _as_row(question, outcome.latency_ms, outcome.answer, _retrieved(outcome))


def _as_row(
    question: BatchQuestion, latency_ms: float, answer: Answer, retrieved: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": question.id,
        "latency_ms": latency_ms,
        "answer": answer.model_dump(mode="json"),
        "retrieved": retrieved,
    }


def _retrieved(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "passage_id": hit.passage.id,
            "document_id": hit.document_id,
            "score": round(hit.score, 6),
            "text": hit.passage.text,
        }
        for hit in outcome.hits
    ]
