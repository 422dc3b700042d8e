"""An audit that did not happen is not told as one that found nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.audit import LOCK, NoAnswerError, audit, read_audit

SOUND = {"name": "goed", "version": "1.0", "vulns": []}
LEAKY = {
    "name": "lek",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "1.2"]}],
}
UNKNOWN = {"name": "vreemd", "skip_reason": "Dependency not found on PyPI"}


def answers(*packages: dict[str, Any]) -> Any:
    return lambda service: json.dumps({"dependencies": packages, "fixes": []})


def away(service: str) -> str:
    raise NoAnswerError("Connection refused")


def test_what_is_sound_is_told_as_sound() -> None:
    status, lines = audit(answers(SOUND))
    assert status == 0
    assert lines == ["1 pakketten nagekeken op bekende lekken.", "Geen bekende lekken."]


def test_a_vulnerability_fails_and_says_what_to_install() -> None:
    status, lines = audit(answers(SOUND, LEAKY))
    assert status == 1
    assert "LEK: lek 1.0: PYSEC-1 (verholpen in: 1.1, 1.2)" in lines


def test_one_that_does_no_harm_here_is_told_with_its_reason() -> None:
    status, lines = audit(answers(LEAKY), {"PYSEC-1": "we gebruiken dat deel niet"})
    assert status == 0
    assert any("telt niet mee, want we gebruiken dat deel niet" in line for line in lines)


def test_another_one_still_counts() -> None:
    assert audit(answers(LEAKY), {"PYSEC-2": "anders"})[0] == 1


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (away, "pypi is niet te bereiken: Connection refused"),
        (answers(UNKNOWN), "pypi kent geen van de 1 pakketten."),
        (lambda service: "<html>", "pypi is niet te bereiken: geen leesbaar antwoord"),
        (lambda service: "[]", "osv is niet te bereiken: geen leesbaar antwoord"),
    ],
)
def test_an_audit_of_nothing_says_so(ask: Any, said: str) -> None:
    status, lines = audit(ask)
    assert status == 0
    assert said in lines
    assert "er is niets nagekeken" in lines[-1]
    assert not any("Geen bekende lekken" in line for line in lines)


def test_what_was_not_known_is_named() -> None:
    _, lines = audit(answers(SOUND, UNKNOWN))
    assert "LET OP: niet nagekeken: vreemd" in lines


def test_the_second_service_is_asked_when_the_first_knows_nothing() -> None:
    def ask(service: str) -> str:
        return answers(UNKNOWN if service == "pypi" else LEAKY)(service)

    assert audit(ask)[0] == 1


def test_the_answer_is_read() -> None:
    read = read_audit(answers(SOUND, LEAKY, UNKNOWN)("pypi"))
    assert (read.audited, read.unknown, len(read.found)) == (2, ("vreemd",), 1)


def test_every_package_of_the_lock_file_has_one_version() -> None:
    """Otherwise pip-audit would have to resolve them first."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert [line for line in packages if line.count("==") != 1] == []
    assert len(packages) > 100
