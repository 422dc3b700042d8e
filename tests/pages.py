"""Pages of PDFs: as pure data, and as whole files made with reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.hyphens import Joiner
from ingest.pages import Bookmark, Box, PdfPage, Read, Word

WIDTH, HEIGHT = 595.0, 842.0
_CHAR = 0.5  # em that every character takes in pages of pure data
_SPACE = 0.3  # em

PROSE = (
    "Een student die bij een klein bedrijf werkt leert elke dag iets nieuws. De begeleider kijkt "
    "mee, stelt vragen en geeft opdrachten die passen bij de opleiding. Samen spreken zij af wat "
    "er in een periode aan bod komt en hoe dat beoordeeld wordt. De docent bezoekt het bedrijf en "
    "bespreekt met beiden hoe het gaat. Zo weten alle partijen waar zij aan toe zijn en wat er nog "
    "moet gebeuren voordat de student zijn diploma krijgt. "
)


def no_words(_: str) -> float:
    """A word list without words: every break that the rules leave open is joined."""
    return 0.0


def joiner() -> Joiner:
    """Joins lines by rules only, so that no word list is read."""
    return Joiner(frozenset(), no_words)


@dataclass
class Sheet:
    """Builds one page of pure data. Every character is half an em wide."""

    number: int = 1
    width: float = WIDTH
    height: float = HEIGHT
    words: list[Word] = field(default_factory=list)
    drawn: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def text(
        self,
        x: float,
        base: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> Sheet:
        """One line that starts at ``x`` with its baseline ``base`` points from the top."""
        for word in text.split():
            x1 = x + len(word) * _CHAR * size
            self.words.append(
                Word(word, x, base - 0.75 * size, x1, base + size / 4, size, bold, italic)
            )
            x = x1 + _SPACE * size
        return self

    def paragraph(
        self,
        x: float,
        base: float,
        text: str,
        width: float = 450,
        size: float = 10,
        *,
        step: float = 12,
        indent: float = 0,
        bold: bool = False,
    ) -> float:
        """Lines of at most ``width`` points; the baseline that a next line would have."""
        for index, line in enumerate(wrapped(text, width, size, indent)):
            self.text(x + (indent if index == 0 else 0), base, line, size, bold=bold)
            base += step
        return base

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """A rule when thin, else a filled area."""
        self.drawn.append(Box(x0, top, x1, bottom))
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        """Rules around all cells between ``xs`` and ``ys``."""
        for y in ys:
            self.box(xs[0], y, xs[-1], y + 0.5)
        for x in xs:
            self.box(x, ys[0], x + 0.5, ys[-1])
        return self

    def page(self) -> PdfPage:
        """The page as it is by now."""
        return PdfPage(
            self.number,
            self.width,
            self.height,
            tuple(self.words),
            tuple(self.drawn),
            tuple(self.pictures),
        )


def read_of(*sheets: Sheet, outline: Sequence[Bookmark] = ()) -> Read:
    """What a PDF of these pages reads as."""
    return Read(pdf=tuple(sheet.page() for sheet in sheets), outline=tuple(outline))


def wrapped(text: str, width: float, size: float, indent: float = 0) -> list[str]:
    """``text`` in lines of at most ``width`` points."""
    lines = [""]
    for word in text.split():
        room = width - (indent if len(lines) == 1 else 0)
        longer = f"{lines[-1]} {word}".strip()
        spaces = longer.count(" ")
        if lines[-1] and (len(longer) - spaces) * _CHAR * size + spaces * _SPACE * size > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


# --- whole files -------------------------------------------------------------------------------


class Paper:
    """Writes text on the pages of a PDF file, from the top of each page down."""

    def __init__(self, furniture: Callable[[Canvas, int], None] | None = None) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, invariant=True)
        self._furniture = furniture
        self.number = 1

    def line(
        self, x: float, base: float, text: str, font: str = "Times-Roman", size: float = 10
    ) -> None:
        """One line with its baseline ``base`` points from the top."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, A4[1] - base, text)

    def flow(
        self,
        text: str,
        columns: Sequence[tuple[float, float, float, float]],
        at: tuple[int, float],
        size: float = 10,
        step: float = 12,
    ) -> tuple[int, float]:
        """Sets ``text`` in ``columns`` (left, right, top, foot; points from the top), from column
        and height ``at`` on; where the next line would come."""
        column, base = at
        words = text.split()
        while words:
            left, right, _, foot = columns[column]
            if base > foot:
                column += 1
                base = columns[column][2]
                continue
            line = [words.pop(0)]
            while words and stringWidth(" ".join([*line, words[0]]), "Times-Roman", size) <= (
                right - left
            ):
                line.append(words.pop(0))
            self.line(left, base, " ".join(line), size=size)
            base += step
        return column, base

    def next_page(self) -> None:
        """Ends this page and starts another."""
        if self._furniture:
            self._furniture(self.canvas, self.number)
        self.canvas.showPage()
        self.number += 1

    def data(self) -> bytes:
        """The file; the last page is ended."""
        self.next_page()
        self.canvas.save()
        return self._file.getvalue()


def magazine_pdf() -> bytes:
    """Three pages in two columns with running heads, page numbers, footnotes and a sidebar."""

    def furniture(canvas: Canvas, number: int) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, A4[1] - 40, "Leren bij een klein bedrijf")
        canvas.drawRightString(535, 40, str(number + 10))

    paper = Paper(furniture)
    for number in range(1, 4):
        paper.line(60, 90, f"Verhaal {number}", "Helvetica-Bold", 18)
        columns = ((60, 285, 120, 690), (310, 535, 120, 525))
        at = paper.flow(f"Artikel {number} begint hier. " + PROSE * 4, columns, (0, 120.0))
        paper.flow(f"Alinea twee van {number}. " + PROSE * 3, columns, (at[0], at[1] + 8))
        paper.canvas.setFillGray(0.85)
        paper.canvas.rect(310, A4[1] - 690, 225, 150, stroke=0, fill=1)
        paper.canvas.setFillGray(0)
        paper.line(318, 560, f"Kader {number}", "Helvetica-Bold", 9)
        box = ((318, 525, 575, 690),)
        paper.flow(
            f"In dit kader {number} staat wat een begeleider doet. " * 3, box, (0, 575), 8, 10
        )
        paper.canvas.line(60, A4[1] - 705, 160, A4[1] - 705)
        paper.line(60, 716, str(number), size=5)
        note = f"Noot {number} zegt waar de cijfers van dit verhaal vandaan komen."
        paper.flow(note, ((64, 535, 720, 800),), (0, 720), 8, 10)
        if number < 3:
            paper.next_page()
    return paper.data()


def report_pdf() -> bytes:
    """A report: contents, numbered headings in two depths, lists and literature; five pages."""
    chapters = ("Aanleiding", "Opzet van het onderzoek", "Wat bedrijven zeggen")

    def furniture(canvas: Canvas, number: int) -> None:
        if number > 1:
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(60, A4[1] - 40, "Onderzoek naar leerwerkplekken")
            canvas.drawCentredString(297, 40, f"Pagina {number} van 5")

    paper = Paper(furniture)
    paper.line(60, 100, "Onderzoek naar leerwerkplekken", "Helvetica-Bold", 24)
    paper.line(60, 160, "Inhoud", "Helvetica-Bold", 16)
    for index, chapter in enumerate(chapters):
        title, page = f"{index + 1} {chapter}", str(index + 2)
        dots = "." * int((470 - stringWidth(title + page, "Times-Roman", 10)) / 2.5)
        paper.line(60, 190 + 14 * index, title + dots + page)
    paper.line(60, 190 + 14 * 3, "Literatuur" + "." * 170 + "5")
    paper.canvas.bookmarkPage("p1")
    for index, chapter in enumerate(chapters):
        paper.next_page()
        paper.canvas.bookmarkPage(f"h{index}")
        paper.canvas.addOutlineEntry(chapter, f"h{index}", 0)
        paper.line(60, 90, f"{index + 1} {chapter}", "Helvetica-Bold", 16)
        column = ((60, 535, 120, 780),)
        at = paper.flow(f"Hoofdstuk {chapter}. " + PROSE, column, (0, 120.0))
        paper.line(60, at[1] + 16, f"{index + 1}.1 Vragen", "Helvetica-Bold", 12)
        at = paper.flow("Wij stelden drie vragen:", column, (0, at[1] + 34))
        for number, question in enumerate(("Wat werkt goed?", "Wat kost het?", "Wie helpt?"), 1):
            paper.line(70, at[1] + 14 * number, f"{number}.")
            paper.line(86, at[1] + 14 * number, question)
        paper.flow(PROSE, column, (0, at[1] + 70))
    paper.next_page()
    paper.line(60, 90, "Literatuur", "Helvetica-Bold", 16)
    paper.flow("Jansen, P. (2020). Leren in het werk. Utrecht: Eigen uitgave.", column, (0, 120.0))
    return paper.data()


def long_table_pdf() -> bytes:
    """A ruled table over two pages, its header on both."""
    paper = Paper()
    paper.line(60, 80, "Tabel 1: Studenten per route", "Times-Bold", 10)
    xs = (60, 300, 400, 535)
    for first, last in ((1, 25), (26, 40)):
        top = 100.0
        rows = [("Route", "Gestart", "Uitgevallen uit de opleiding")]
        rows += [(f"Route {n}", str(n + 10), str(n % 9)) for n in range(first, last + 1)]
        bottom = top + 20 * len(rows)
        for index, row in enumerate(rows):
            for x, cell in zip(xs, row, strict=False):
                font = "Times-Bold" if index == 0 else "Times-Roman"
                paper.line(x + 4, top + 20 * index + 14, cell, font)
            paper.canvas.line(xs[0], A4[1] - top - 20 * index, xs[-1], A4[1] - top - 20 * index)
        paper.canvas.line(xs[0], A4[1] - bottom, xs[-1], A4[1] - bottom)
        for x in xs:
            paper.canvas.line(x, A4[1] - top, x, A4[1] - bottom)
        if last < 40:
            paper.next_page()
    paper.flow("Onder de tabel gaat de tekst verder.", ((60, 535, 0, 800),), (0, bottom + 30))
    return paper.data()


def brochure_pdf() -> bytes:
    """One page: a large title, text, a quotation in large type and two boxes side by side."""
    paper = Paper()
    paper.line(60, 100, "Samen opleiden", "Helvetica-Bold", 30)
    column = ((60, 535, 140, 780),)
    at = paper.flow(PROSE, column, (0, 140.0))
    paper.line(90, at[1] + 25, "“Ik leer hier meer dan in de klas,", "Helvetica-Oblique", 17)
    paper.line(90, at[1] + 46, "en ik verdien er nog aan ook.”", "Helvetica-Oblique", 17)
    at = paper.flow(PROSE, column, (0, at[1] + 75))
    top = at[1] + 10
    for index, name in enumerate(("Voor bedrijven", "Voor scholen")):
        left = 60 + 245 * index
        paper.canvas.rect(left, A4[1] - top - 110, 230, 110, stroke=1, fill=0)
        paper.line(left + 8, top + 18, name, "Helvetica-Bold", 11)
        box = ((left + 8, left + 222, top + 36, top + 110),)
        paper.flow(
            f"{name} is er een vaste adviseur. Bel of mail als er vragen zijn.", box, (0, top + 36)
        )
    return paper.data()
