import pytest

from assistant.contact import Contacts, find_contact
from corpus.progress import no_progress
from corpus.types import Hit
from tests.assistant.conftest import hit_of, read
from tests.builders import SmallCorpus, make_source, make_version


def hits(markdown: str, name: str = "gids.md", **metadata: object) -> list[Hit]:
    version = read(markdown, name, **metadata)
    return [hit_of(version, passage) for passage in version.passages]


MAIL = """# Blad

## Meer weten?

Voor informatie over het programma mail je naar projectleider Jo de Wit: j.dewit@voorbeeld.nl.
"""
RESEARCH = """# Rapport

## Contactgegevens

Vragen over het onderzoek kun je mailen naar onderzoeker@voorbeeld.nl.
"""
SITE = """# Folder

## Meer weten?

Op www.voorbeeldroute.nl lees je meer over het programma.
"""


def told(found: list[Hit]) -> list[str]:
    contact = find_contact(found)
    return [t.sentence.text for t in contact.told] if contact else []


def test_the_programme_goes_before_the_researchers() -> None:
    (text,) = told([*hits(RESEARCH, "rapport.md", kind="onderzoek"), *hits(MAIL)])
    assert "j.dewit@voorbeeld.nl" in text


def test_somebody_elses_address_is_no_contact() -> None:
    assert told(hits(RESEARCH, "rapport.md", kind="onderzoek")) == []
    assert told(hits("# Rapport\n\n## Literatuur\n\nJansen (2020). www.elders.nl.\n")) == []
    assert told(hits("# Gids\n\nEen student leert op de werkplek.\n")) == []


def test_the_site_comes_along() -> None:
    first, second = told([*hits(SITE, "folder.md"), *hits(MAIL)])
    assert "j.dewit@voorbeeld.nl" in first
    assert "www.voorbeeldroute.nl" in second
    assert told(hits(SITE)) == [second]


def test_the_newest_is_told() -> None:
    new = MAIL.replace("j.dewit", "nieuw").replace("Jo de Wit", "An Bos")
    found = [*hits(new, "nieuw.md", published="2024"), *hits(MAIL, "oud.md", published="2021")]
    for order in (found, found[::-1]):
        (text,) = told(order)
        assert "nieuw@voorbeeld.nl" in text


@pytest.mark.parametrize("number", ["06-12345678", "030 123 45 67"])
def test_a_phone_number_counts(number: str) -> None:
    (text,) = told(hits(f"# Site\n\n## Contact\n\nBel het programma op {number}.\n"))
    assert number in text


def test_it_is_cited_by_its_span() -> None:
    version = read(MAIL, "blad.md")
    contact = find_contact([hit_of(version, p) for p in version.passages])
    assert contact is not None
    (one,) = contact.told
    assert version.text[one.sentence.start : one.sentence.end] == one.sentence.text
    assert one.evidence.hit.passage.section == ("Meer weten?",)


def test_it_follows_the_edition(small_corpus: SmallCorpus) -> None:
    contacts = Contacts(small_corpus.library)
    assert contacts.contact() is None
    small_corpus.put(make_version("gids", ["Een student leert op de werkplek."]))
    small_corpus.editions.publish("test")
    assert contacts.contact() is None
    small_corpus.pipeline.ingest([make_source("blad.md", MAIL)], no_progress)
    small_corpus.editions.publish("test")
    assert contacts.contact() is not None
