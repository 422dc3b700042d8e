"""What says the same within an edition, in memory: it must say what SQL says."""

from __future__ import annotations

from corpus.types import Version
from tests.builders import SmallCorpus, make_version

RULES = (
    "Een werkplaats is erkend als een meester tijd heeft voor leerlingen, als het gereedschap "
    "veilig is en als de school twee keer per jaar langskomt."
)
VERSIONS = (
    make_version("een", [RULES, "De kantine verkoopt soep en brood voor weinig geld."]),
    make_version("twee", [f"Niet elke werkplaats mag meedoen. {RULES}"]),
    make_version("drie", [RULES, RULES.replace("twee", "drie")]),
    make_version("vier", [RULES, "Met de trein ben je sneller dan met de auto."]),
)


def ids(*versions: Version) -> list[str]:
    return [passage.id for version in versions for passage in version.passages]


def test_the_table_says_what_sql_says(small_corpus: SmallCorpus) -> None:
    edition = small_corpus.publish(*VERSIONS)
    table = small_corpus.library.twin_table(edition)
    known = small_corpus.library.twins_of(ids(*VERSIONS), edition)
    told = {
        one: {twin for other in ids(*VERSIONS) if (twin := table.between(one, other)) is not None}
        for one in ids(*VERSIONS)
    }
    assert {one: twins for one, twins in told.items() if twins} == {
        one: set(twins) for one, twins in known.items()
    }
    assert {one for one in ids(*VERSIONS) if one in table} == known.keys()
    assert len(table) == len(known) == 5
    assert {twin.kind for twins in known.values() for twin in twins} == {"same", "near"}


def test_what_left_the_edition_is_no_twin(small_corpus: SmallCorpus) -> None:
    before = small_corpus.publish(*VERSIONS)
    small_corpus.editions.withdraw(["twee", "drie", "vier"], "test")
    after = small_corpus.ledger.current()
    assert after is not None
    assert after != before
    library = small_corpus.library
    assert len(library.twin_table(after)) == 0
    assert len(library.twin_table(before)) == 5


def test_the_table_is_read_once_for_an_edition(small_corpus: SmallCorpus) -> None:
    edition = small_corpus.publish(*VERSIONS)
    library = small_corpus.library
    assert library.twin_table(edition) is library.twin_table(edition)
