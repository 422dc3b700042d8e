"""Whether a vulnerability is known in a package of ``requirements.lock``: `make audit`.

By pip-audit, which asks the Python Package Index and otherwise OSV. A package that they do not
know was not audited, and that is said: an audit of nothing is not a clean one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
SERVICES = ("pypi", "osv")
PATIENCE_S = 120

IGNORED: Mapping[str, str] = {}
"""Vulnerabilities that do no harm here, by id, each with the reason."""

Ask = Callable[[str], str]
"""The answer of pip-audit as JSON, from a service. Raises NoAnswerError."""


class NoAnswerError(Exception):
    """The service was not reached, or said nothing that can be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A vulnerability in a package."""

    package: str
    version: str
    id: str
    fixed_in: tuple[str, ...]

    def told(self) -> str:
        """One line about it."""
        fixed = ", ".join(self.fixed_in) or "nog geen versie"
        return f"{self.package} {self.version}: {self.id} (verholpen in: {fixed})"


@dataclass(frozen=True, slots=True)
class Audit:
    """What a service knew."""

    audited: int
    unknown: tuple[str, ...]
    found: tuple[Found, ...]


def read_audit(answer: str) -> Audit:
    """The audit in pip-audit's JSON. Raises NoAnswerError for anything else."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise NoAnswerError("geen leesbaar antwoord") from None
    known = [package for package in packages if "skip_reason" not in package]
    found = [
        Found(p["name"], p["version"], v["id"], tuple(v["fix_versions"]))
        for p in known
        for v in p["vulns"]
    ]
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Audit(len(known), unknown, tuple(found))


def ask_pip_audit(service: str) -> str:
    """Run pip-audit over the lock file, which names every package: nothing is installed."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps"]
    command += ["--disable-pip", "--vulnerability-service", service, "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoAnswerError(f"geen antwoord binnen {PATIENCE_S} seconden") from None
    if not done.stdout.strip():
        lines = done.stderr.strip().splitlines() or ["geen antwoord"]
        raise NoAnswerError(lines[-1])
    return done.stdout


def audit(ask: Ask = ask_pip_audit, ignored: Mapping[str, str] = IGNORED) -> tuple[int, list[str]]:
    """The exit status (1 when a vulnerability was found) and the lines to show."""
    lines = []
    for service in SERVICES:
        try:
            known = read_audit(ask(service))
        except NoAnswerError as problem:
            lines.append(f"{service} is niet te bereiken: {problem}")
            continue
        if known.audited:
            return _report(known, ignored)
        lines.append(f"{service} kent geen van de {len(known.unknown)} pakketten.")
    return 0, [*lines, "LET OP: er is niets nagekeken. Dit zegt niet dat de pakketten veilig zijn."]


def _report(known: Audit, ignored: Mapping[str, str]) -> tuple[int, list[str]]:
    lines = [f"{known.audited} pakketten nagekeken op bekende lekken."]
    if known.unknown:
        lines.append(f"LET OP: niet nagekeken: {', '.join(known.unknown)}")
    serious = [found for found in known.found if found.id not in ignored]
    lines += [
        f"{found.told()}: telt niet mee, want {ignored[found.id]}"
        for found in known.found
        if found.id in ignored
    ]
    lines += [f"LEK: {found.told()}" for found in serious]
    if not serious:
        lines.append("Geen bekende lekken.")
    return (1 if serious else 0), lines


def main() -> int:
    """Audit, and say what came of it."""
    status, lines = audit()
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


if __name__ == "__main__":
    sys.exit(main())
