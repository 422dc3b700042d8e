from __future__ import annotations

import pytest

from assistant.composing.sources import is_told
from assistant.composing.told import Told
from corpus.dutch import DutchAnalyser
from tests.assistant.conftest import evidence_of, read

ANALYSER = DutchAnalyser()
SAID = "De bakker besteedt twee uur per week aan de student, en bijna nooit meer dan vier uur."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De bakker besteedt twee uur per week aan de student.", True),
        ("De bakker besteedt drie uur per week aan de student.", False),
        ("De bakker besteedt geen uur per week aan de student.", False),
        ("De bakker besteedt twee uur per week aan de smid in Assen.", False),
    ],
)
def test_what_adds_nothing_is_told_already(text: str, expected: bool) -> None:
    said = evidence_of(read(f"# Een\n\n## Tijd\n\n{SAID}\n"), "bakker")
    other = evidence_of(read(f"# Twee\n\n## Tijd\n\n{text}\n"), "bakker")
    told = [Told(said.sentence, said, "sentence")]
    terms = ANALYSER.term_set(said.sentence.text)
    assert is_told(other.sentence, told, ANALYSER, terms) == expected
    assert not is_told(other.sentence, [], ANALYSER, frozenset())
