"""PDFs that others made, page by page against pdftotext.

They come with packages of Debian (debian-faq, debian-edu-doc-nl, debian-edu-doc-legacy-nl,
lilypond-doc-pdf-nl), or stand in the folder that ROUTEWIJZER_REAL_DOCS names.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from ingest.pages import PdfPage, Word
from ingest.pdf.document import read_pdf

FOLDER = os.environ.get("ROUTEWIJZER_REAL_DOCS")
FEW = 3  # documents, the smallest; all of a folder that someone names


@dataclass(frozen=True)
class Compared:
    """Words of pdftotext that are not ours, and words of ours that are more than one of theirs."""

    words: int
    lost: list[str]
    split: list[str]
    glued: list[str]


def real_documents() -> list[Path]:
    """PDFs, some of them gzipped."""
    folder = Path(FOLDER or "/usr/share/doc")
    found = [p for p in folder.rglob("*.pdf*") if p.suffix in {".pdf", ".gz"} and p.is_file()]
    if FOLDER:
        return sorted(found)
    dutch = [path for path in found if any(part in path.as_posix() for part in ("-nl/", ".nl."))]
    return sorted(dutch, key=lambda path: path.stat().st_size)[:FEW]


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def their_pages(data: bytes, folder: Path) -> list[str]:
    """What pdftotext says of each page."""
    file = folder / "document.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8", errors="replace").split("\f")


def plain(text: str) -> str:
    # pdftotext leaves the i of "geïnd" without its dot where TeX sets the two apart.
    text = unicodedata.normalize("NFKC", text).replace("\xad", "-")
    return unicodedata.normalize("NFC", text.replace("ı", "i"))


def is_word(text: str) -> bool:
    """Numbers and what has a vowel; the notes of music in letters are neither."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return any(char in "aeiouy" or char.isdigit() for char in bare)


def compare(page: PdfPage, theirs: str) -> Compared:
    """The words of one page as read by us and by pdftotext, in whatever order."""
    there = [word for word in plain(theirs).split() if is_word(word)]
    here = [plain(word.text) for word in page.words]
    missing, extra = Counter(there) - Counter(here), Counter(here) - Counter(there)
    glued = list(_run_together(there, missing, extra))
    split = list(_taken_apart(page.words, missing))
    lost = [word for word in missing.elements() if is_word(word)]
    return Compared(len(there), lost, split, glued)


def _run_together(
    there: Sequence[str], missing: Counter[str], extra: Counter[str]
) -> Iterator[str]:
    """Our words that are several words of theirs; these are no longer missing."""
    for start in range(len(there)):
        for end in range(start + 2, min(start + 6, len(there)) + 1):
            parts = there[start:end]
            whole = "".join(parts)
            if extra[whole] > 0 and all(missing[part] > 0 for part in parts):
                extra[whole] -= 1
                missing.subtract(parts)
                yield whole


def _taken_apart(words: Sequence[Word], missing: Counter[str]) -> Iterator[str]:
    """Their words that are several of ours, for no reason that the page gives."""
    for start in range(len(words)):
        whole, reasons = plain(words[start].text), True
        for before, after in zip(words[start:], words[start + 1 : start + 8], strict=False):
            if not any(each.startswith(whole.rstrip("-")) for each in missing if missing[each]):
                break
            next_line = after.bottom - before.bottom > 2 or after.x0 < before.x0
            raised = abs(after.size - before.size) > 0.5
            reasons = reasons and (raised or (next_line and before.text.endswith("-")))
            joined = [whole + plain(after.text), whole.rstrip("-") + plain(after.text)]
            found = next((each for each in joined if missing[each] > 0), None)
            if found is not None:
                missing[found] -= 1
                if not reasons:
                    yield found
                break
            whole = joined[1] if whole.endswith("-") and next_line else joined[0]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[PdfPage, str]]]:
    """For each document its pages as we read them and as pdftotext does."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    found = real_documents()
    if not found:
        pytest.skip(
            "no Dutch PDFs of others: install debian-faq or debian-edu-doc-nl, or name a folder "
            "in ROUTEWIJZER_REAL_DOCS"
        )
    read = {}
    for path in found:
        data = unpacked(path)
        pages = read_pdf(data, path.name, lambda done, total: None).pdf
        theirs = their_pages(data, tmp_path_factory.mktemp("pdf"))
        assert len(theirs) == len(pages) + 1  # a form feed after each page
        read[path.name] = list(zip(pages, theirs, strict=False))
    return read


def test_words_are_not_lost_taken_apart_or_run_together(
    both: dict[str, list[tuple[PdfPage, str]]],
) -> None:
    for name, pages in both.items():
        compared = [compare(page, theirs) for page, theirs in pages]
        words = sum(each.words for each in compared)
        for kind in ("lost", "split", "glued"):
            wrong = [word for each in compared for word in getattr(each, kind)]
            print(f"{name}: {words} words, {kind} {100 * len(wrong) / words:.2f} %")
            assert len(wrong) <= 0.005 * words, (name, kind, wrong[:20])


def test_the_page_of_a_line_is_the_page_of_the_other_reader(
    both: dict[str, list[tuple[PdfPage, str]]],
) -> None:
    chance = random.Random(1)
    for name, pages in both.items():
        theirs = [squeezed(text) for _, text in pages]
        lines = [(page.number, line) for page, _ in pages for line in lines_of(page)]
        chosen = chance.sample(lines, min(200, len(lines)))
        astray = [(n, line) for n, line in chosen if not stands_in(line, theirs[n - 1])]
        elsewhere = [line for _, line in astray if any(stands_in(line, text) for text in theirs)]
        assert elsewhere == [], name
        assert len(astray) <= 0.02 * len(chosen), (name, astray[:5])


def lines_of(page: PdfPage) -> Iterator[list[str]]:
    """The words of each line of some length."""
    for _, words in groupby(page.words, key=lambda word: (word.bottom, word.size)):
        line = [squeezed(word.text) for word in words]
        if len("".join(line)) > 30:
            yield line


def stands_in(line: Sequence[str], text: str) -> bool:
    """Whether ``text`` has the line, or at least all of its words; the order may differ where
    lines stand side by side."""
    return "".join(line) in text or all(word in text for word in line)


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, plain(text)))
