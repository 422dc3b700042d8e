from pathlib import Path

import pytest

import corpus
from assistant.criteria import Checklists, CriteriaList, collect
from corpus.dutch import DutchAnalyser
from corpus.progress import no_progress
from corpus.settings import Settings
from corpus.types import Audience, Hit
from ingest.arrive.files import collect_sources
from ingest.reader import read_source
from ingest.source import PartialMetadata
from tests.assistant.conftest import hit_of, read
from tests.builders import SmallCorpus, make_source

STARTER = Path(corpus.__file__).parent / "starter"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PAGE = """# Leerplekken

## Wanneer is het een leerplek?

Een werkplek is een leerplek als:

- er een begeleider is met tijd;
- de taken passen bij de opleiding.
"""


def hits(markdown: str, name: str = "gids.md", **metadata: object) -> list[Hit]:
    version = read(markdown, name, **metadata)
    return [hit_of(version, passage) for passage in version.passages]


def texts(found: tuple[CriteriaList, ...]) -> list[list[str]]:
    return [[criterion.text for criterion in one.criteria] for one in found]


def lists(markdown: str, analyser: DutchAnalyser) -> list[list[str]]:
    return texts(collect(hits(markdown), "bedrijf", analyser))


def test_a_list_of_criteria_is_collected_with_its_lead_and_spans(analyser: DutchAnalyser) -> None:
    version = read(PAGE)
    (one,) = collect([hit_of(version, p) for p in version.passages], "bedrijf", analyser)
    assert one.lead is not None
    assert one.lead.sentence.text == "Een werkplek is een leerplek als:"
    assert [c.text for c in one.criteria] == [
        "er een begeleider is met tijd;",
        "de taken passen bij de opleiding.",
    ]
    for criterion in one.criteria:
        sentence = criterion.place.sentence
        assert version.text[sentence.start : sentence.end] == sentence.text
    assert len({c.key for c in one.criteria}) == 2


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("Deel", "Dit zijn de voorwaarden:"),
        ("Deel", "Een bedrijf moet aan deze punten voldoen:"),
        ("Deel", "De opleiding voldoet aan vijf punten:"),
        ("Deel", "Minimaal nodig is:"),
        ("Eisen aan een leerplek", "Let hierop:"),
    ],
)
def test_lead_or_heading_says_that_they_are_criteria(
    heading: str, lead: str, analyser: DutchAnalyser
) -> None:
    found = lists(f"# Gids\n\n## {heading}\n\n{lead}\n\n- een plek\n- een plan\n", analyser)
    assert found == [["een plek", "een plan"]]


@pytest.mark.parametrize(
    "lead",
    [
        "Dit zijn tips:",
        "De 25 studenten hadden deze kenmerken:",
        "Bedrijven noemden deze voorwaarden:",
        "De volgende geldbronnen hebben voorwaarden:",
    ],
)
def test_other_lists_are_left_out(lead: str, analyser: DutchAnalyser) -> None:
    assert lists(f"# Gids\n\n## Deel\n\n{lead}\n\n- een plek\n- een plan\n", analyser) == []


def test_running_text_and_contents_are_no_list(analyser: DutchAnalyser) -> None:
    assert lists("# Gids\n\n## Criteria\n\nEr zijn criteria. Lees ze goed.\n", analyser) == []
    assert lists("# Gids\n\n## Literatuur\n\nEisen:\n\n- Jansen, 2020.\n- Bos.\n", analyser) == []


def test_the_same_criterion_is_there_once_with_all_its_sources(analyser: DutchAnalyser) -> None:
    other = PAGE.replace("- de taken passen bij de opleiding.", "- er een laptop is.")
    found = collect(
        [
            *hits(PAGE, title="Oud", published="2020"),
            *hits(other, title="Nieuw", published="2024"),
        ],
        "bedrijf",
        analyser,
    )
    assert texts(found) == [
        ["er een begeleider is met tijd;", "er een laptop is."],
        ["de taken passen bij de opleiding."],
    ]
    shared = found[0].criteria[0]
    assert [place.hit.document_id for place in (shared.place, *shared.also)] == ["nieuw", "oud"]


def test_a_summary_comes_last_and_is_no_second_source_of_its_document(
    analyser: DutchAnalyser,
) -> None:
    items = "- er een begeleider is;\n- er tijd is.\n"
    report = (
        f"# Rapport\n\n## Samenvatting\n\nHet is een leerplek als:\n\n{items}\n"
        f"## Aanleiding\n\nHet is een leerplek als:\n\n{items}"
    )
    (one,) = collect(hits(report), "bedrijf", analyser)
    assert one.criteria[0].place.hit.passage.section == ("Aanleiding",)
    assert one.criteria[0].also == ()
    found = collect(
        [
            *hits(PAGE.replace("tijd", "geduld"), title="Kort", summary_of=["x"], published="2025"),
            *hits(PAGE, title="Lang", published="2020"),
        ],
        "bedrijf",
        analyser,
    )
    assert [one.criteria[0].place.hit.document_id for one in found] == ["lang", "kort"]


@pytest.mark.parametrize(
    ("title", "audiences", "shown"),
    [
        ("Gids", ["bedrijf"], ("bedrijf",)),
        ("Gids", ["bedrijf", "hogeschool"], ("bedrijf", "hogeschool")),
        ("Gids voor hogescholen", ["bedrijf", "hogeschool"], ("hogeschool",)),
    ],
)
def test_an_audience_gets_what_is_for_it(
    title: str, audiences: list[str], shown: tuple[Audience, ...], analyser: DutchAnalyser
) -> None:
    found = hits(PAGE.replace("Leerplekken", title), audiences=audiences)
    both: tuple[Audience, ...] = ("bedrijf", "hogeschool")
    assert tuple(a for a in both if collect(found, a, analyser)) == shown


def test_they_follow_the_edition(small_corpus: SmallCorpus, analyser: DutchAnalyser) -> None:
    checklists = Checklists(small_corpus.library, analyser)
    assert checklists.criteria("bedrijf") == ()
    small_corpus.pipeline.ingest([make_source("gids.md", PAGE)], no_progress)
    small_corpus.editions.publish("test")
    assert len(checklists.criteria("bedrijf")) == 1


@pytest.mark.parametrize("audience", ["bedrijf", "hogeschool"])
def test_the_five_criteria_of_the_starter_pages(
    audience: Audience, analyser: DutchAnalyser
) -> None:
    sources = collect_sources([STARTER], PartialMetadata(), Settings())
    versions = [read_source(source, Settings()) for source in sources]
    found = collect([hit_of(v, p) for v in versions for p in v.passages], audience, analyser)
    assert [len(one.criteria) for one in found] == [5]
    assert "tripartiete overeenkomst" in found[0].criteria[2].text


def test_the_five_criteria_of_the_real_documents(analyser: DutchAnalyser) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the real documents are not beside the repository")
    report = next(SEEDS.glob("004_*.txt"))
    version = read_source(make_source("rapport.md", report.read_text("utf-8")), Settings())
    found = collect([hit_of(version, p) for p in version.passages], "hogeschool", analyser)
    assert [len(one.criteria) for one in found] == [5]
    assert "salaris" in found[0].criteria[3].text
