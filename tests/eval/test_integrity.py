from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Version
from eval.evaluation import Cited
from eval.integrity import (
    find_citation_faults,
    find_index_faults,
    find_text_faults,
    find_vector_faults,
    page_at,
)
from tests.builders import SmallCorpus, make_version
from tests.eval.fakes import evaluation, result
from tests.fakes import HashEmbedder

GUIDE = make_version("gids", ["Een fiets leen je. Een helm koop je.", "Licht is nodig."])
CANTEEN = make_version("kantine", ["Anna kookt soep."])


def kinds(version: Version) -> set[str]:
    return {check for check, _ in find_text_faults(version)}


@given(st.lists(st.text(alphabet="abc ", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_a_version_with_exact_spans_has_no_faults(paragraphs: list[str]) -> None:
    assert find_text_faults(make_version("x", paragraphs)) == []


def test_a_span_that_is_not_its_text_is_told_with_document_and_place() -> None:
    first = replace(GUIDE.passages[0], start=1)
    faults = find_text_faults(replace(GUIDE, passages=(first,)))
    assert [c for c, _ in faults] == ["span"]
    assert faults[0][1].startswith('gids: "Een fiets leen je.')


def test_a_span_that_cuts_a_word_is_a_fault_at_either_end() -> None:
    for start, end in ((1, 18), (0, 8)):
        text = GUIDE.text[start:end]
        cut = replace(GUIDE.passages[0], start=start, end=end, text=text, sentences=())
        assert kinds(replace(GUIDE, passages=(cut,))) == {"word"}


def test_the_page_of_an_offset_comes_from_the_page_map() -> None:
    paged = replace(GUIDE, page_starts=((0, 3), (10, 4), (20, 9)))
    assert [page_at(paged, o) for o in (0, 9, 10, 19, 20, 99)] == [3, 3, 4, 4, 9, 9]
    assert page_at(GUIDE, 5) is None
    assert page_at(replace(GUIDE, page_starts=((5, 1),)), 0) is None


def test_a_page_where_the_source_has_none_is_a_fault() -> None:
    estimated = replace(GUIDE.passages[0], page=1)
    assert kinds(replace(GUIDE, passages=(estimated,))) == {"page"}


def cited(**fields: object) -> Cited:
    values: dict[str, object] = {
        "number": 1,
        "document_id": "gids",
        "quote_hash": "q",
        "version_id": GUIDE.id,
        "start": 0,
        "end": 18,
        "quote": "Een fiets leen je.",
    }
    return Cited(**{**values, **fields})  # type: ignore[arg-type]


def test_citations_are_held_against_the_documents_again() -> None:
    versions = {"gids": GUIDE}
    wrong = [
        ("span", cited(start=1, end=19)),
        ("page", cited(page=2)),
        ("index", cited(version_id="eerder")),
        ("index", cited(document_id="weg")),
    ]
    measured = evaluation(
        result("goed", cited=(cited(),)),
        result("kaal", cited=(cited(quote=None, start=None, end=None),)),
        *(result(f"{n}", cited=(c,)) for n, (_, c) in enumerate(wrong)),
    )
    found = [(check, question) for check, _, question in find_citation_faults(measured, versions)]
    assert found == [(check, f"{n}") for n, (check, _) in enumerate(wrong)]


def test_the_index_holds_what_the_edition_holds(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(GUIDE)
    index = small_corpus.library.open_edition(number)
    assert find_index_faults(index, [GUIDE]) == []
    missing = find_index_faults(index, [GUIDE, CANTEEN])
    assert [text for _, text in missing] == [
        "In de index ontbreken 1 passages.",
        "In de index ontbreken 1 zinnen.",
        "De woordindex telt 2 passages, de editie 3.",
    ]
    extra = find_index_faults(index, [replace(GUIDE, passages=GUIDE.passages[:1])])
    assert {check for check, _ in extra} == {"index"}
    assert extra[0][1] == "In de index staan 1 passages die niet in de editie zitten."


def test_texts_are_found_by_their_own_vector(small_corpus: SmallCorpus) -> None:
    number = small_corpus.publish(GUIDE, CANTEEN)
    index = small_corpus.library.open_edition(number)
    versions = [GUIDE, CANTEEN]
    assert find_vector_faults(index, versions, [], small_corpus.embedder) == []
    # Another model under the same name, which no id tells apart.
    other = HashEmbedder("woorden-2")
    faults = find_vector_faults(index, versions, versions, other)
    assert len(faults) == 3 + 4  # passages and sentences
    assert {check for check, _ in faults} == {"vector"}


def test_new_texts_are_looked_at_before_a_sample_of_the_others(small_corpus: SmallCorpus) -> None:
    known = make_version("lang", [f"Zin nummer {n} staat hier." for n in range(200)])
    number = small_corpus.publish(known, CANTEEN)
    index = small_corpus.library.open_edition(number)
    embedder = HashEmbedder()
    find_vector_faults(index, [known, CANTEEN], [known], embedder)
    assert len(embedder.embedded) == 32 + 64
    assert sum("soep" in text for text in embedder.embedded) == 2
