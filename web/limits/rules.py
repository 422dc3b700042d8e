"""Which requests are counted, and how many of each kind a minute may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import QueryParams
from starlette.types import Scope

from corpus.settings import Settings
from web.bearer import for_machines
from web.staff.session import BACK, ELSEWHERE, under_staff

Kind = Literal["questions", "notes", "acts"]
KINDS: tuple[Kind, ...] = ("questions", "notes", "acts")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a request counts as, and whether an answer may be made for it."""

    kind: Kind
    answers: bool = False


ASKING = Rule("questions", answers=True)
SHARING = Rule("notes", answers=True)
"""An answer that this process does not know any more is given once more."""
NOTING = Rule("notes")
ACTING = Rule("acts")

_POSTS = {
    "/api/chat": ASKING,
    "/gesprek": ASKING,
    "/deel": SHARING,
    "/mening": NOTING,
    "/api/feedback": NOTING,
}
_ASKED_IN_ADDRESS = frozenset(("/", "/venster"))
_SIGN_IN_ELSEWHERE = frozenset((ELSEWHERE, BACK))


def rule_of(scope: Scope) -> Rule | None:
    """The rule for a request; None when it is not counted."""
    path, method = scope["path"], scope["method"]
    if path in _SIGN_IN_ELSEWHERE or for_machines(path):
        return ACTING
    if method == "POST":
        return ACTING if under_staff(path) else _POSTS.get(path)
    if method == "GET" and path in _ASKED_IN_ADDRESS:
        asked = QueryParams(scope["query_string"]).get("vraag", "")
        return ASKING if asked.strip() else None
    return None


def per_minute(settings: Settings) -> dict[Kind, int]:
    """How many of each kind a visitor may have in a minute; 0 sets no limit."""
    return {
        "questions": settings.questions_per_minute,
        "notes": settings.notes_per_minute,
        "acts": settings.acts_per_minute,
    }
