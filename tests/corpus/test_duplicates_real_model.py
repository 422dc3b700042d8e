"""Passages that say the same in other words, by the vectors of the real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dutch import DutchAnalyser
from corpus.embedder import open_embedder
from corpus.settings import Settings
from tests.builders import SmallCorpus, make_version, open_corpus

BROCHURE = make_version(
    "brochure",
    [
        "Een fietsenmaker mag een leerling aannemen als hij drie dingen op orde heeft: een vaste "
        "begeleider, een eigen werkbank voor de leerling en een verzekering voor ongelukken.",
        "De werkplaats krijgt per leerling 1.200 euro subsidie van de provincie. Het geld komt "
        "na afloop van het schooljaar.",
        "Leerlingen komen op de fiets, met de bus of met de trein naar de werkplaats.",
    ],
    title="Brochure voor fietsenmakers",
)
GUIDE = make_version(
    "gids",
    [
        "In de winter is er minder werk. Plan dan de lessen over elektrische fietsen.",
        "Wil je als fietsenmaker een leerling in dienst nemen? Zorg dan dat je een vaste "
        "begeleider hebt, dat de leerling aan een eigen werkbank kan werken en dat je een "
        "verzekering hebt tegen ongelukken.",
        "Voor elke leerling betaalt de provincie de werkplaats 1.200 euro subsidie, nadat het "
        "schooljaar is afgelopen.",
        "Heeft een leerling een ongeluk? Dan vult de vaste begeleider met de fietsenmaker het "
        "formulier van de verzekering in. Hij belt de ouders, ruimt de werkbank op, maakt een "
        "foto van de schade en stuurt die naar de school. Neem de leerling pas weer aan het werk "
        "als de dokter dat goed vindt.",
        "Een begeleider praat elke week met de leerling over wat goed ging en wat beter kan.",
        "De leerling maakt een werkplan en laat dat lezen aan de docent van de school.",
    ],
    title="Gids voor het leren in een werkplaats",
)


@pytest.fixture
def real_corpus(tmp_path: Path, analyser: DutchAnalyser) -> Iterator[SmallCorpus]:
    corpus = open_corpus(tmp_path / "var", analyser, open_embedder(Settings()))  # type: ignore[arg-type]
    yield corpus
    corpus.registry.engine.dispose()


def test_what_says_the_same_is_found_and_what_is_only_related_is_not(
    real_corpus: SmallCorpus,
) -> None:
    real_corpus.publish(BROCHURE, GUIDE)
    ids = [p.id for v in (BROCHURE, GUIDE) for p in v.passages]
    found = {
        frozenset((passage_id, twin.passage_id)): twin.kind
        for passage_id, twins in real_corpus.library.twins_of(ids).items()
        for twin in twins
    }
    assert found == {
        frozenset((f"{BROCHURE.id}:0", f"{GUIDE.id}:1")): "alike",
        frozenset((f"{BROCHURE.id}:1", f"{GUIDE.id}:2")): "alike",
    }
