"""Numbers the citations and writes the answer out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose import Told
from assistant.wording import Wording
from corpus.types import Citation, Hit, Sentence, Spoken, Statement

_NUMBERING = re.compile(r"^(?:\d+\.)*\d+\.? +(?=[^\W\d])")
_DIGIT = re.compile(r"\d")


class Numbering:
    """Numbers spans in the order in which they are first named: one number for one span."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All so far, by number."""
        return tuple(self._citations.values())

    def cite(self, sentence: Sentence, hit: Hit) -> Citation:
        """The citation of a sentence, with the number that it has or gets."""
        key = (hit.passage.version_id, sentence.start, sentence.end)
        if key not in self._citations:
            self._citations[key] = _citation(len(self._citations) + 1, sentence, hit)
        return self._citations[key]


def number_citations(told: Sequence[Told]) -> tuple[list[Statement], list[Citation]]:
    """Statements with the numbers of their citations."""
    numbering = Numbering()
    statements = [
        Statement(
            text=_plain(t.sentence.text),
            citations=(
                numbering.cite(t.sentence, t.evidence.hit).number,
                *(numbering.cite(other.sentence, other.hit).number for other in t.also),
            ),
            kind=t.kind,
        )
        for t in told
    ]
    return statements, list(numbering.citations)


def write_out(
    statements: Sequence[Statement], frame: str, closing: Sequence[str], above: Sequence[str] = ()
) -> str:
    """The whole answer as text: list items behind a dash, citations as [1], closing lines last.

    ``above`` holds the line above each statement, mostly empty, or nothing at all."""
    lines = [frame] if frame else []
    for place, statement in enumerate(statements):
        lines += filter(None, above[place : place + 1])
        marks = " ".join(f"[{n}]" for n in statement.citations)
        dash = "- " if statement.kind == "item" else ""
        lines.append(f"{dash}{statement.text} {marks}")
    return "\n".join((*lines, *filter(None, closing)))


def read_on(statements: Sequence[Statement], citations: Sequence[Citation], words: Wording) -> str:
    """The line that says where to read on: under which heading the first words stand. Empty when
    there is no heading, or one with a figure, which no quote would carry."""
    first = next((c for s in statements for c in citations if c.number in s.citations), None)
    if first is None:
        return ""
    heading = _NUMBERING.sub("", first.section.rsplit(" > ", 1)[-1]).strip()
    if not heading or _DIGIT.search(heading):
        return ""
    return words.read_on.format(heading=heading, number=first.number)


def spoken(
    statements: Sequence[Statement], citations: Sequence[Citation], above: Sequence[str] = ()
) -> Iterator[Spoken]:
    """The statements in order, each with the citations that it is the first to name and the line
    above it (``above`` is as in `write_out`)."""
    named: set[int] = set()
    for place, statement in enumerate(statements):
        new = [c for c in citations if c.number in statement.citations and c.number not in named]
        yield Spoken(statement, tuple(new), "".join(above[place : place + 1]))
        named.update(statement.citations)


def _citation(number: int, sentence: Sentence, hit: Hit) -> Citation:
    return Citation(
        number=number,
        document_id=hit.document_id,
        version_id=hit.passage.version_id,
        title=hit.metadata.title,
        section=hit.passage.section_path,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        url=hit.metadata.url,
        published=hit.metadata.published,
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
