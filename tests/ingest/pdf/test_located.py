"""The words of a quote are found where they stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.settings import Settings
from corpus.types import Version
from ingest.pages import Box, PdfPage
from ingest.pdf.document import read_pdf
from ingest.pdf.located import NOWHERE, Located, folded, locate
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests import pdfs
from web.source_layout import page_at, page_spans

HEIGHT = 841.89
_TEXT = (
    "de student werkt drie dagen in het bedrijf en volgt twee dagen onderwijs bij een hogeschool "
    "samen maken zij een plan voor de eerste periode met doelen die vaak worden besproken "
    "begeleiding kost tijd en een opleiding duurt vier jaar met een financiële vergoeding"
)
WORDS = _TEXT.split()


def pages_of(data: bytes) -> dict[int, PdfPage]:
    read = read_pdf(data, "plan.pdf", lambda done, total: None)
    return {page.number: page for page in read.pdf}


def version_of(data: bytes) -> Version:
    return read_source(Source("plan.pdf", data, PartialMetadata(title="Plan")), Settings())


def locate_span(version: Version, pages: dict[int, PdfPage], start: int, end: int) -> Located:
    """As the page of a document does it."""
    first, last = page_at(start, version) or 1, page_at(end - 1, version) or 1
    top, bottom = page_spans(version, first)[0][0], page_spans(version, last)[-1][1]
    own = [pages[number] for number in range(first, last + 1)]
    text = version.text
    return locate(own, text[start:end], text[top:start], text[end:bottom])


def find(data: bytes, quote: str) -> Located:
    version = version_of(data)
    start = version.text.index(quote)
    return locate_span(version, pages_of(data), start, start + len(quote))


def under(box: Box, page: PdfPage) -> str:
    """The words that lie under a mark."""
    middle = (box.top + box.bottom) / 2
    return " ".join(
        word.text
        for word in page.words
        if word.top < middle < word.bottom and box.x0 - 0.1 <= word.x0 and word.x1 <= box.x1 + 0.1
    )


def words_under(found: Located, pages: dict[int, PdfPage]) -> str:
    return " ".join(
        under(box, pages[number]) for number in sorted(found.boxes) for box in found.boxes[number]
    )


def test_the_mark_lies_where_the_words_were_drawn() -> None:
    before, quote, after = "Eerst iets anders. ", "Dit is wat we zoeken.", " Dan nog iets."
    data = pdfs.pdf(pdfs.lines("Een kop", "", before + quote + after, x=72, y=700, size=11))
    (box,) = find(data, quote).boxes[1]
    left = 72 + stringWidth(before, "Helvetica", 11)
    baseline = HEIGHT - (700 - 2 * 11 * 1.3)
    assert box.x0 == pytest.approx(left, abs=0.5)
    assert box.x1 == pytest.approx(left + stringWidth(quote, "Helvetica", 11), abs=0.5)
    assert box.top < baseline - 0.7 * 11
    assert box.bottom > baseline
    assert box.bottom - box.top == pytest.approx(11, abs=1)


def test_words_over_a_hyphenated_line_end_are_marked_on_both_lines() -> None:
    data = pdfs.pdf(
        pdfs.lines(
            "De hogeschool zoekt samen met de onderne-",
            "mers in de streek naar een goede werkplek voor",
            "elke student. Dat kost tijd.",
        )
    )
    found = find(data, "met de ondernemers in")
    pages = pages_of(data)
    assert [under(box, pages[1]) for box in found.boxes[1]] == ["met de onderne-", "mers in"]


def test_ligatures_accents_and_capitals_are_the_same_letters() -> None:
    assert folded("De ﬁnanciële ÉÉN-op-één") == folded("definanciele eenopeen")
    assert folded("A₂ ½ ß") == "a212ss"


def columns(left: Sequence[str], right: Sequence[str]) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for x, texts in ((60, left), (320, right)):
            for row, text in enumerate(texts):
                canvas.drawString(x, 760 - 14 * row, text)

    return pdfs.pdf(draw)


def test_a_quote_that_goes_on_in_the_next_column() -> None:
    left = [" ".join(WORDS[i : i + 6]).capitalize() + "." for i in range(0, 36, 3)]
    right = ["in de tweede kolom verder en eindigt daar.", *reversed(left)]
    left = [*left, "Deze zin begint in de eerste kolom en gaat"]
    data = columns(left, right)
    quote = "Deze zin begint in de eerste kolom en gaat in de tweede kolom verder en eindigt daar."
    found = find(data, quote)
    assert words_under(found, pages_of(data)) == quote
    first, second = found.boxes[1]
    assert first.x0 < 70
    assert second.x0 > 310
    assert second.top < first.top


def with_header(rows: Sequence[str]) -> pdfs.Draw:
    def draw(canvas: Canvas) -> None:
        pdfs.lines("Jaarplan", y=800, size=9)(canvas)
        pdfs.lines(*rows)(canvas)

    return draw


def test_a_quote_over_two_pages_is_marked_on_both() -> None:
    first, second = pdfs.prose(38), pdfs.prose(38, 7)
    first[-1] = "Hier begint een zin die op deze bladzijde niet"
    second[0] = "eindigt, maar op de volgende. Daarna komt er meer."
    data = pdfs.pdf(with_header(first), with_header(second))
    found = find(
        data, "Hier begint een zin die op deze bladzijde niet eindigt, maar op de volgende."
    )
    pages = pages_of(data)
    assert [under(box, pages[1]) for box in found.boxes[1]] == [first[-1]]
    assert [under(box, pages[2]) for box in found.boxes[2]] == ["eindigt, maar op de volgende."]


def test_of_the_same_words_twice_the_right_ones_are_marked() -> None:
    texts = ["Dat is het plan. Wij gaan door.", "Iets anders.", "Dat is het plan. Zij gaan door."]
    data = pdfs.pdf(pdfs.lines(*texts))
    version, pages = version_of(data), pages_of(data)
    starts = [version.text.index("Dat is"), version.text.rindex("Dat is")]
    tops = [
        locate_span(version, pages, start, start + len("Dat is het plan.")).boxes[1][0].top
        for start in starts
    ]
    assert tops[1] - tops[0] == pytest.approx(2 * 11 * 1.3, abs=0.5)


def test_whole_words_go_before_parts_of_words() -> None:
    data = pdfs.pdf(pdfs.lines("De jaarplanning is klaar.", "Een plan is goed."))
    (box,) = locate(list(pages_of(data).values()), "plan").boxes[1]
    assert box.x0 > 85


def test_a_row_of_a_table_is_marked_with_the_names_of_its_columns() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        rows = (("Post", "Jaar 1", "Jaar 2"), ("Laptop", "800", "90"), ("Reis", "600", "90"))
        canvas.drawString(60, 655, "In Jaar 1 en Jaar 2 is er geld.")
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                canvas.drawString(60 + 150 * column, 700 - 30 * row, text)

    pages = pages_of(pdfs.pdf(draw))
    found = locate([pages[1]], "Reis – Jaar 1: 600; Jaar 2: 90")
    boxes = {under(box, pages[1]): box.top for box in found.boxes[1]}
    assert set(boxes) == {"Reis", "Jaar 1", "600", "Jaar 2", "90"}
    assert boxes["90"] == pytest.approx(boxes["Reis"], abs=0.5)
    assert boxes["Reis"] - boxes["Jaar 2"] == pytest.approx(60, abs=0.5)


@pytest.mark.parametrize("quote", ["", "…!", "Dit staat er helemaal niet, want het is anders."])
def test_what_is_not_there_is_nowhere(quote: str) -> None:
    pages = list(pages_of(pdfs.pdf(pdfs.lines(*pdfs.prose(5)))).values())
    assert locate(pages, quote) == NOWHERE
    assert not locate(pages, quote)
    assert locate([], "Een zin.") == NOWHERE


def test_a_page_on_its_side_is_marked_as_it_is_read() -> None:
    data = pdfs.rotated(pdfs.pdf(pdfs.lines(*pdfs.prose(20))), 90)
    version, pages = version_of(data), pages_of(data)
    sentence = version.passages[0].sentences[0]
    found = locate_span(version, pages, sentence.start, sentence.end)
    assert folded(words_under(found, pages)) == folded(sentence.text)


SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30).map(
    lambda words: " ".join(words).capitalize() + "."
)


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of about ``width`` letters, long words broken with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) < width:
            line = f"{line} {word}".strip()
        elif len(word) >= 10:
            lines.append(f"{line} {word[:5]}-".strip())
            line = word[5:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


@settings(max_examples=12)
@given(st.lists(SENTENCE, min_size=3, max_size=15), st.integers(35, 95), st.integers(8, 45))
def test_every_sentence_is_found_on_its_page(sentences: list[str], width: int, rows: int) -> None:
    lines = wrapped(" ".join(sentences), width)
    parts = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    data = pdfs.pdf(*(pdfs.lines(*part, size=9) for part in parts))
    version, pages = version_of(data), pages_of(data)
    last = dict.fromkeys(pages, -1.0)
    for passage in version.passages:
        for sentence in passage.sentences:
            found = locate_span(version, pages, sentence.start, sentence.end)
            assert folded(words_under(found, pages)) == folded(sentence.text)
            for number, boxes in found.boxes.items():
                tops = [last[number], *(box.top for box in boxes)]
                assert all(before <= after for before, after in pairwise(tops))
                last[number] = tops[-1]
