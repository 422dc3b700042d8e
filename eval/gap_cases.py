"""Makes questions for evaluation of what readers asked: each goes to the set of the installation.

Which passage answers it, or why nothing does, is said by staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast, get_args

from assistant.understand import answer_type
from corpus.dutch import fold
from corpus.errors import BadInputError
from corpus.gap_groups import GapGroups
from corpus.questions_log import KeptQuestion
from corpus.types import Embedder, Version
from eval.own_set import add_case, answerable_case, gold_of, own_set_path, refused_case
from eval.questions import Gold, Question, Unanswerable


def refusal(kept: KeptQuestion, text: str, why: str) -> Question:
    """A question that is rightly refused. Raises BadInputError when ``why`` is no reason."""
    reasons = get_args(Unanswerable)
    if why not in reasons:
        raise BadInputError(f"'{why}' is geen reden om te weigeren. Kies uit {', '.join(reasons)}.")
    return refused_case(kept, text, cast(Unanswerable, why))


def answerable(
    kept: KeptQuestion, text: str, gold: Sequence[Gold], facts: Sequence[str]
) -> Question:
    """A question that ``gold`` answers; a good answer says every one of ``facts``."""
    return answerable_case(kept, text, answer_type(fold(text)), gold, facts)


def gold_in(
    passage_id: str,
    versions: Mapping[str, Version],
    text: str,
    facts: Sequence[str],
    embedder: Embedder,
) -> Gold:
    """The place in a passage of an edition (versions by document id) that answers a question.

    Raises BadInputError when the edition does not hold the passage.
    """
    for version in versions.values():
        for passage in version.passages:
            if passage.id == passage_id:
                return gold_of(passage, version, text, facts, embedder)
    raise BadInputError(
        f"De gepubliceerde editie heeft geen passage {passage_id}. "
        "Kijk met `routewijzer gaps show N` of `routewijzer corpus passages ID`."
    )


def keep_case(
    kept: KeptQuestion,
    case: Question,
    versions: Mapping[str, Version],
    groups: GapGroups,
    data_dir: Path,
) -> Path:
    """Add a case to the set, and note it with the group of its question; where the set stands.

    Raises BadInputError when the set would not be sound.
    """
    path = own_set_path(data_dir)
    add_case(path, case, {d: v.text for d, v in versions.items()})
    if kept.group_id is not None:
        groups.add_case(case.id, kept.group_id, kept.id)
    return path
