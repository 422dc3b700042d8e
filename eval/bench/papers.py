"""The PDFs that the bench reads: reports with running heads, page numbers, lists and notes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import NotReadyError
from eval.bench.pages import sentence, starter_words

_PARAGRAPHS = 7  # on a page, with a heading and a list: about 400 words
_SENTENCES = 4
_ITEMS = 4


def write_papers(folder: Path, count: int, pages: int) -> None:
    """Fill the new ``folder`` with ``count`` PDFs of ``pages`` pages, the same every time.

    Raises NotReadyError when reportlab, which draws them, is not installed.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        raise NotReadyError(
            "Het pakket reportlab ontbreekt; de bench maakt er PDF's mee. "
            "Installeer het met: pip install reportlab"
        ) from None
    folder.mkdir(parents=True)
    words = starter_words()
    for number in range(1, count + 1):
        path = folder / f"rapport-{number:04d}.pdf"
        title = f"Rapport {number} over {' '.join(random.Random(number).choices(words, k=3))}"  # noqa: S311 - text, not secrets
        paper = SimpleDocTemplate(str(path), pagesize=A4, title=title, invariant=1)
        head = _Head(title)
        story = list(_story(number, title, pages, words))
        paper.build(story, onFirstPage=head, onLaterPages=head)


class _Head:
    """Draws the running head and the page number."""

    def __init__(self, title: str) -> None:
        self._title = title

    def __call__(self, canvas: Any, paper: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 800, self._title)
        canvas.drawCentredString(297, 30, str(paper.page))


def _story(number: int, title: str, pages: int, words: Sequence[str]) -> Iterator[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, PageBreak, Paragraph

    styles = getSampleStyleSheet()
    dice = random.Random(number)  # noqa: S311 - text, not secrets
    yield Paragraph(title, styles["Title"])
    for page in range(1, pages + 1):
        heading = f"{page}. {' '.join(dice.choices(words, k=4)).capitalize()}"
        yield Paragraph(heading, styles["Heading1"])
        for _ in range(_PARAGRAPHS):
            text = " ".join(sentence(dice, words) for _ in range(_SENTENCES))
            yield Paragraph(text, styles["BodyText"])
        yield Paragraph(sentence(dice, words)[:-1] + ":", styles["BodyText"])
        items = [Paragraph(sentence(dice, words), styles["BodyText"]) for _ in range(_ITEMS)]
        yield ListFlowable(items, bulletType="bullet")
        if page < pages:
            yield PageBreak()
