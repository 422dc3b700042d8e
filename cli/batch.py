"""`answer-batch`: many questions in one process, a JSON object per line in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Assistant
from corpus.errors import BadInputError
from corpus.index import Progress
from corpus.types import Audience, Outcome


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
        raise BadInputError(f"Het bestand {path} bestaat niet.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"Het bestand {path} is niet te lezen: {error}.") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(BatchQuestion.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "de regel"
            raise BadInputError(
                f"{path}, regel {number}: {field}: {first['msg']}. "
                'Verwacht per regel {"id": …, "question": …}.'
            ) from error
    return questions


def answer_all(
    assistant: Assistant, questions: list[BatchQuestion], target: Path, progress: Progress
) -> None:
    """Answer in order and write ``target``, which appears only when it is complete."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as out:
            for done, question in enumerate(questions, start=1):
                line = _line(assistant, question)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                progress("Vragen beantwoorden", done, len(questions))
    except FileNotFoundError:
        raise BadInputError(f"De map van {target} bestaat niet.") from None
    partial.replace(target)


def _line(assistant: Assistant, question: BatchQuestion) -> dict[str, Any]:
    try:
        outcome = assistant.answer(
            question.question, audience=question.audience, history=question.history
        )
    except BadInputError as error:
        # An empty question among a hundred is told in its place; the others are answered.
        return {"id": question.id, "error": str(error)}
    return {
        "id": question.id,
        "latency_ms": outcome.latency_ms,
        "answer": outcome.answer.model_dump(mode="json"),
        "retrieved": _retrieved(outcome),
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
