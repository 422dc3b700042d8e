"""An answer as plain text: to copy, and as an e-mail to the programme that is ready to be sent."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from urllib.parse import quote

from corpus.types import Citation, Outcome
from web.language import gettext, written_date
from web.present import AnswerView, Around, Block, source_link
from web.wording import beside_language

MAX_MAIL = 1800
"""Characters of a ``mailto:`` address that mail programs take: the shortest limit is about 2000."""
_QUESTION_IN_MAIL = 600
"""Characters of the question in it, encoded: one letter can take twelve."""
_LONGEST_STATEMENT = 160
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}")


def mail_address(given: str, outcome: Outcome | None = None) -> str:
    """The e-mail address in the setting ``contact``, else the one that an outcome gives as the
    contact of the programme; empty when neither holds one."""
    quotes = [citation.quote for citation in outcome.contact] if outcome is not None else []
    return next((found[0] for text in (given, *quotes) if (found := _MAIL.search(text))), "")


def plain_text(view: AnswerView, around: Around) -> str:
    """Question, answer and numbered sources with their addresses, one line each."""
    answer = view.answer
    lines = [gettext("Vraag: {question}").format(question=view.understood or view.typed), ""]
    lines += _statements(view)
    if view.uncovered:
        lines += ["", gettext("Hierover staat niets in de documenten:")]
        lines += [f"- {part}" for part in view.uncovered]
    if answer.citations:
        lines += ["", gettext("Bronnen:")]
        lines += [_source(citation, around.site) for citation in answer.citations]
    told = gettext("Antwoord van Routewijzer, een automatische assistent, uit editie {edition}.")
    return "\n".join((*lines, "", told.format(edition=answer.edition)))


def mail_link(view: AnswerView, around: Around) -> str:
    """A ``mailto:`` address (RFC 6068) with the question, the answer in short and its sources.

    Of what does not fit in `MAX_MAIL` characters the sources go first, the last one first; then
    statements. A line says that something was left out.
    """
    subject = gettext("Vraag over de Mkb-route in het hbo")
    start = f"mailto:{quote(around.mail_to, safe='@')}?subject={quote(subject)}&body="
    opening, statements, sources = _mail_parts(view, around)
    for shown, named in _shorter(len(statements), len(sources)):
        left_out = (shown, named) != (len(statements), len(sources))
        body = _body(opening, statements[:shown], sources[:named], left_out=left_out)
        link = start + quote(body, safe="")
        if len(link) <= MAX_MAIL:
            break
    return link


# --- steps -----------------------------------------------------------------------------------


def _statements(view: AnswerView, longest: int | None = None) -> list[str]:
    """A text for each statement, with the line above it, if any, on a line of its own. What only
    bears on the subject stands behind an empty line."""
    told = []
    for block in view.blocks:
        dash = "- " if block.kind == "list" else ""
        lines = [
            _cut_at(f"{dash}{said.text} {' '.join(f'[{n}]' for n in said.citations)}", longest)
            for said in block.statements
        ]
        above = f"{_space(block)}{block.heading}\n" if block.heading else ""
        told += [above + lines[0], *lines[1:]]
    return told or [_cut_at(view.answer.text, longest)]


def _space(block: Block) -> str:
    return "\n" if beside_language(block.heading) else ""


def _cut_at(text: str, longest: int | None) -> str:
    return textwrap.shorten(text, longest, placeholder="…") if longest else text.strip()


def _source(citation: Citation, site: str) -> str:
    page = gettext("pagina {page}").format(page=citation.page) if citation.page else ""
    day = written_date(citation.published or "")
    where = ", ".join(filter(None, (citation.title, citation.section, page, day)))
    return f"[{citation.number}] {where}: {site}{source_link(citation)}"


def _mail_parts(view: AnswerView, around: Around) -> tuple[str, list[str], list[str]]:
    asked = _cut(view.understood or view.typed, _QUESTION_IN_MAIL)
    opening = "\n".join(
        (
            gettext("Mijn vraag:"),
            asked,
            "",
            gettext("Routewijzer (editie {edition}) gaf dit antwoord:").format(
                edition=view.answer.edition
            ),
        )
    )
    said = _statements(view, _LONGEST_STATEMENT)
    sources = [
        f"[{c.number}] {c.title}: {around.site}{source_link(c)}" for c in view.answer.citations
    ]
    return opening, said, sources


def _cut(text: str, longest: int) -> str:
    """The most words of ``text`` that take no more than ``longest`` characters in an address."""
    length = len(text)
    while len(quote(textwrap.shorten(text, length, placeholder="…"))) > longest:
        length = length * 3 // 4
    return textwrap.shorten(text, length, placeholder="…") if text else ""


def _shorter(statements: int, sources: int) -> Sequence[tuple[int, int]]:
    """How many of each to show, from all to none: of the sources half goes before statements."""
    half = (sources + 1) // 2
    return [
        *((statements, n) for n in range(sources, half, -1)),
        *((n, half) for n in range(statements, min(statements, 2), -1)),
        *((min(statements, 2), n) for n in range(half, 0, -1)),
        *((n, 0) for n in range(min(statements, 2), -1, -1)),
    ]


def _body(opening: str, said: Sequence[str], sources: Sequence[str], *, left_out: bool) -> str:
    blocks = [opening + "\n" + "\n".join(said)]
    if sources:
        blocks.append(gettext("Bronnen:") + "\n" + "\n".join(sources))
    if left_out:
        blocks.append(gettext("(Ingekort: het hele antwoord staat op de pagina.)"))
    blocks.append(gettext("Wat ik nog wil weten:") + "\n")
    return "\n\n".join(blocks).replace("\n", "\r\n")
