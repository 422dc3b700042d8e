"""PDFs that others made, all the way: each sentence stands on the page that it says it does.

Needs pdftotext, and a Dutch PDF of one of Debian's packages (debian-faq-nl, debian-edu-doc-nl) or
of the folder that ROUTEWIJZER_REAL_DOCS names.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.types import Sentence, Version
from ingest.reader import read_source
from ingest.source import PartialMetadata, Source
from tests.ingest.pdf.test_real_documents import real_documents, their_pages, unpacked

SENTENCES = 200
SHOWN = 8  # words at the start of a sentence: enough to know it by
MOST_LOST = 0.005


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


@pytest.fixture(scope="module")
def document() -> Path:
    found = [path for path in real_documents() if path.stat().st_size < 3_000_000]
    if shutil.which("pdftotext") is None or not found:
        pytest.skip("pdftotext of een Nederlandse PDF uit debian-faq-nl is niet geïnstalleerd")
    return found[0]


@pytest.fixture(scope="module")
def version(document: Path) -> Version:
    source = Source(document.name.removesuffix(".gz"), unpacked(document), PartialMetadata())
    return read_source(source, Settings())


@pytest.fixture(scope="module")
def pages(document: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return their_pages(unpacked(document), tmp_path_factory.mktemp("pdf"))


def test_two_hundred_sentences_stand_on_their_page(version: Version, pages: list[str]) -> None:
    theirs = [letters(page) for page in pages]
    said = [s for p in version.passages for s in p.sentences if s.kind != "row"]
    picked = random.Random(20_26).sample(said, min(SENTENCES, len(said)))
    assert len(picked) > 100
    assert [s.text for s in picked if not _stands(s, theirs)] == []


def _stands(sentence: Sentence, pages: list[str]) -> bool:
    """Whether it starts on its page: most pairs of its first words follow one another there.

    Not all: a note mark between two words, and cells side by side, come out in another order.
    """
    assert sentence.page is not None
    words = [w for w in map(letters, sentence.text.split()) if w][:SHOWN]
    pairs = ["".join(pair) for pair in pairwise(words)] or words
    here = pages[sentence.page - 1]
    if sentence.page < len(pages):
        here += pages[sentence.page][: len("".join(words))]  # it may go on on the next page
    return sum(pair in here for pair in pairs) > len(pairs) / 2


def test_pages_go_up_through_the_text(version: Version) -> None:
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(version.page_starts))
    assert version.page_starts[0][0] == 0


def test_next_to_no_word_is_lost_or_glued(version: Version, pages: list[str]) -> None:
    """In the canonical text, after all cleaning: what repeats at the foot of pages is no loss."""
    there: Counter[str] = Counter()
    for page in pages:
        there.update(set(re.findall(r"[^\W\d_]{4,}", page)))  # once on a page
    text = version.text
    here = Counter(re.findall(r"[^\W\d_]{4,}", text))
    squeezed = letters(text)
    furniture = {word for word, count in there.items() if count > len(pages) / 2}
    lost = [w for w in there if w not in here and w not in furniture and letters(w) not in squeezed]
    assert len(lost) <= MOST_LOST * len(there), lost[:20]
