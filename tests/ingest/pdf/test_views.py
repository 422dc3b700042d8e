"""Pages are drawn as they are read, so that marks lie on the words."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import BadInputError
from ingest.pages import Box
from ingest.pdf.document import read_pdf
from ingest.pdf.located import locate
from ingest.pdf.views import View, view_pages
from tests import pdfs

LIMITS = (2000, 5_000_000)


def view(data: bytes, number: int = 1, width: int = 800) -> View:
    (found,) = view_pages(data, "plan.pdf", [number], width, *LIMITS)
    return found


def picture(found: View) -> Image.Image:
    return Image.open(io.BytesIO(found.picture)).convert("L")


def darkness(image: Image.Image, box: Box, found: View) -> float:
    """The share of the dark pixels of a picture that lies in ``box``."""
    scale = image.width / found.page.width
    ink = image.point(lambda value: 255 if value < 128 else 0)
    all_of_it = ink.histogram()[255]
    corners = [round(scale * side) for side in (box.x0, box.top, box.x1, box.bottom)]
    return ink.crop((corners[0], corners[1], corners[2], corners[3])).histogram()[255] / all_of_it


def three_words(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(90, 600, "Dit zijn enkele woorden van de bladzijde")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (60, 400, 500, 700)])
def test_all_ink_lies_in_the_box_around_all_words(
    turn: int, crop: tuple[int, int, int, int] | None
) -> None:
    data = pdfs.pdf(three_words)
    data = pdfs.cropped(data, crop) if crop else data
    found = view(pdfs.rotated(data, turn) if turn else data)
    boxes = locate([found.page], "Dit zijn enkele woorden van de bladzijde").boxes[1]
    image = picture(found)
    assert sum(darkness(image, box, found) for box in boxes) > 0.97
    area = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in boxes)
    assert area < 0.05 * found.page.width * found.page.height


def test_the_words_are_those_that_are_read() -> None:
    data = pdfs.book(3)
    read = read_pdf(data, "plan.pdf", lambda done, total: None)
    for number in (1, 3):
        found = view(data, number)
        assert found.page == read.pdf[number - 1]
        assert found.pages == 3


def test_a_picture_is_as_wide_as_asked_and_never_enormous() -> None:
    found = view(pdfs.pdf(three_words), width=500)
    wide, high = picture(found).size
    assert (wide, abs(high - 707) <= 1) == (500, True)
    long = view(pdfs.pdf(three_words, size=(100, 14_000)), width=2000)
    wide, high = picture(long).size
    assert wide * high <= 12_100_000
    assert wide < 2000


def test_many_colours_are_kept_apart() -> None:
    def rainbow(canvas: Canvas) -> None:
        for place in range(100):
            for row in range(100):
                canvas.setFillColorRGB(place / 100, row / 100, 0.5)
                canvas.rect(5 * place, 5 * row, 5, 5, stroke=0, fill=1)

    image = Image.open(io.BytesIO(view(pdfs.pdf(rainbow, size=(500, 500)), width=500).picture))
    near = image.convert("RGB").crop((400, 100, 401, 101)).tobytes()
    assert all(abs(one - other) <= 16 for one, other in zip(near, (204, 204, 128), strict=True))


@pytest.mark.parametrize(
    ("data", "number", "told"),
    [
        (pdfs.book(2, rows=2), 3, "plan.pdf heeft geen pagina 3. De laatste is 2."),
        (pdfs.book(2, rows=2), 0, "plan.pdf heeft geen pagina 0."),
        (b"geen pdf", 1, "plan.pdf is geen PDF."),
        (pdfs.encrypted(pdfs.book(1, rows=2), "geheim"), 1, "beveiligd met een wachtwoord"),
    ],
)
def test_what_cannot_be_drawn_is_told(data: bytes, number: int, told: str) -> None:
    with pytest.raises(BadInputError) as caught:
        view(data, number)
    assert told in str(caught.value)
