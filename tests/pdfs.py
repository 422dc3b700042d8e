"""PDFs that are hard to read, or no PDFs at all, made on the spot."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]

SENTENCES = (
    "De student werkt drie dagen in het bedrijf en volgt twee dagen onderwijs op de hogeschool. "
    "Een praktijkbegeleider helpt bij het leren op de werkplek en overlegt met de docent. "
    "Samen maken zij een plan voor de eerste periode, met doelen die zij vaak bespreken."
)
WORDS = SENTENCES.split()


def pdf(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """A PDF of which each function draws a page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(*texts: str, x: float = 72, y: float = 770, size: float = 11) -> Draw:
    """A page with these lines of text, in Helvetica."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for row, text in enumerate(texts):
            canvas.drawString(x, y - row * size * 1.3, text)

    return draw


def prose(rows: int = 40, start: int = 0) -> list[str]:
    """Lines of a dozen words."""
    return [
        " ".join(WORDS[(start + row * 12 + i) % len(WORDS)] for i in range(12))
        for row in range(rows)
    ]


def book(pages: int, rows: int = 40) -> bytes:
    """Pages full of text, each with its number at the foot."""

    def page(number: int) -> Draw:
        body, foot = lines(*prose(rows, number)), lines(f"Bladzijde {number}", y=40)

        def draw(canvas: Canvas) -> None:
            body(canvas)
            foot(canvas)

        return draw

    return pdf(*(page(number) for number in range(1, pages + 1)))


def changed(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """``data`` after ``change``."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def rotated(data: bytes, degrees: int) -> bytes:
    """Every page with /Rotate."""

    def rotate(writer: PdfWriter) -> None:
        for page in writer.pages:
            page.rotate(degrees)

    return changed(data, rotate)


def cropped(data: bytes, box: tuple[float, float, float, float]) -> bytes:
    """Every page with a crop box: left, bottom, right, top."""

    def crop(writer: PdfWriter) -> None:
        for page in writer.pages:
            page.cropbox = RectangleObject(box)

    return changed(data, crop)


def encrypted(data: bytes, password: str, algorithm: str = "RC4-128") -> bytes:
    """With this password for readers; an empty one opens by itself."""
    return changed(
        data, lambda writer: writer.encrypt(password, owner_password="baas", algorithm=algorithm)
    )


def picture_of(texts: Sequence[str], width: int = 1240, height: int = 1754) -> Image.Image:
    """A picture of a page at 150 dpi, with these lines in black on white."""
    image = Image.new("L", (width, height), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=34)
    for row, text in enumerate(texts):
        pen.text((110, 150 + row * 60), text, fill=0, font=font)
    return image


def scan(*texts: str, turn: int = 0) -> Draw:
    """A page that is only a picture of these lines, ``turn`` degrees to the left."""

    def draw(canvas: Canvas) -> None:
        image = picture_of(texts).rotate(turn, expand=True)
        canvas.drawImage(ImageReader(image), 0, 0, *canvas._pagesize)

    return draw


def raw(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A PDF of these numbered objects (the first is 1), with a table of where they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, root)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", packed: bool = True) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(
    content: bytes,
    box: str = "0 0 595 842",
    resources: bytes = b"/Font << /F1 5 0 R >>",
    more: Sequence[bytes] = (),
) -> bytes:
    """A page with this content stream; object 5 is Helvetica, 6 and further are ``more``."""
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>"
            % (box.encode(), resources),
            stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            *more,
        ]
    )


def page_tree(pages: int) -> bytes:
    """So many pages without anything on them."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, pages + 3))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            *[page] * pages,
        ]
    )


def endless_tree() -> bytes:
    """A tree of pages that holds itself."""
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000 >>",
        ]
    )


def endless_form(times: int = 2) -> bytes:
    """A page with a drawing that holds itself, so many times."""
    form = stream(
        b"BT /F1 12 Tf 72 700 Td (Binnen) Tj ET " + b"/X Do " * times,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >>",
    )
    resources = b"/Font << /F1 5 0 R >> /XObject << /X 6 0 R >>"
    return one_page(b"/X Do", resources=resources, more=[form])


def stream_bomb(megabytes: int = 2000) -> bytes:
    """A page of a few kB that unpacks to so much text."""
    packer = zlib.compressobj(9)
    part = b"BT /F1 1 Tf (a) Tj ET\n" * 50_000
    packed = b"".join(packer.compress(part) for _ in range(megabytes * 1_000_000 // len(part)))
    content = packed + packer.flush()
    filled = stream(content, b"/Filter /FlateDecode", packed=False)
    page = one_page(b"")
    return page.replace(stream(b""), filled)


def garbled(*texts: str) -> bytes:
    """A page that shows ``texts``, but says that each small letter is another one."""
    others = dict(zip("abcdefghijklmnopqrstuvwxyz", "qxjzvkwybfghcpmuldrnaiotse", strict=True))
    pairs = "".join(f"<{ord(a):02x}> <{ord(b):04x}>\n" for a, b in others.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(others)} beginbfchar\n{pairs}endbfchar endcmap end end"
    )
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
        b"/ToUnicode 7 0 R >>"
    )
    rows = "".join(f"({text}) Tj 0 -16 Td\n" for text in texts)
    return one_page(
        f"BT /F2 12 Tf 60 760 Td {rows} ET".encode("cp1252"),
        resources=b"/Font << /F2 6 0 R >>",
        more=[font, stream(table.encode())],
    )
