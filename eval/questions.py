"""Question sets: what people ask, where the answer stands, and what it must say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import BadInputError
from corpus.types import Audience, Language

# The same safe loader in C, which is seven times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Part = Literal["tune", "final"]
Unanswerable = Literal["missing", "off_topic", "underspecified", "nonsense", "injection"]
Kind = Literal[
    "list",
    "number",
    "who",
    "how",
    "yesno",
    "definition",
    "table",
    "english",
    "typo",
    "keywords",
    "colloquial",
    "followup",
    "double",
    "false_premise",
    "where_when",
    "why",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gold(_Model):
    """A place where the answer stands: a few words that say which, so that it survives a new
    cut into passages."""

    document: str
    quote: str


class Fact(_Model):
    """What a good answer says, in any of these wordings."""

    any: tuple[str, ...] = Field(min_length=1)
    weight: Literal["vital", "okay"]


class Question(_Model):
    """One question with what would be a right answer, or why there is none."""

    id: str
    question: str
    audience: Audience | None = None
    language: Language
    kind: tuple[Kind, ...]
    part: Part
    history: tuple[str, ...] = ()
    answerable: bool
    gold: tuple[Gold, ...]
    facts: tuple[Fact, ...]
    unanswerable: Unanswerable | None


class SetHeader(_Model):
    """What a set is about."""

    name: str
    language: Language
    description: str
    documents: tuple[str, ...]


class QuestionSet(_Model):
    """A set as it stands in its file."""

    set: SetHeader
    questions: tuple[Question, ...]

    def part(self, part: Part | None) -> tuple[Question, ...]:
        """The questions of one part, or all."""
        return tuple(q for q in self.questions if part is None or q.part == part)


def load_set(path: Path) -> QuestionSet:
    """Read a set. Raises BadInputError that names the file and the first thing that is wrong."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
        return QuestionSet.model_validate(content)
    except OSError as error:
        raise BadInputError(f"De vragenset {path} is niet te lezen ({error.strerror}).") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise BadInputError(f"De vragenset {path} is geen geldige YAML: {reason}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInputError(
            f"De vragenset {path} klopt niet bij {place}: {first['msg']}."
        ) from None
