"""robots.txt, as RFC 9309 reads it. Pure: what to fetch it with is in `ingest.arrive.fetch`.

The parser of the standard library knows no wildcards and takes the first rule that fits, where
the RFC takes the longest: it forbids what is allowed, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

AGENT = "routewijzer"
MAX_BYTES = 512_000
"""Rules behind this are not read (the RFC asks for at least 500 KiB)."""

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_TOKEN = re.compile(r"[a-z_-]+")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern on the path with its query, in which ``*`` is anything and a last ``$`` the end."""

    allow: bool
    pattern: str

    def fits(self, path: str) -> bool:
        """Whether the pattern fits ``path``, both in the form of ``normal``."""
        anchored = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not anchored or at == len(path)
        last = rest.pop() if anchored else ""
        for piece in rest:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        return len(path) - len(last) >= at and path.endswith(last)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for us."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0
    """Seconds that the site wants between two requests."""

    def allows(self, path: str) -> bool:
        """Whether ``path``, with its query, may be fetched: the longest rule that fits decides."""
        wanted = normal(path)
        fitting = [rule for rule in self.rules if rule.fits(wanted)]
        if not fitting:
            return True
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allow)).allow


@dataclass(slots=True)
class _Group:
    agents: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    delay: float = 0.0
    open: bool = True
    """Whether another agent line still belongs to it."""


def parse_robots(data: bytes, agent: str = AGENT) -> Robots:
    """The rules for ``agent`` in a robots.txt, or those for everyone when it is not named."""
    groups = _groups(data[:MAX_BYTES].decode("utf-8-sig", errors="replace"))
    for name in (agent, "*"):
        ours = [group for group in groups if name in group.agents]
        if ours:
            rules = tuple(rule for group in ours for rule in group.rules)
            return Robots(rules, max(group.delay for group in ours))
    return Robots()


def normal(path: str) -> str:
    """``path`` with one way of escaping: what needs none is not escaped, anything else is."""
    escaped = "".join(
        char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in path.encode("utf-8", "replace").decode()
    )
    return _ESCAPED.sub(_unescaped, escaped)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for key, value in _lines(text):
        if key == "user-agent":
            if not groups or not groups[-1].open:
                groups.append(_Group())
            token = _TOKEN.match(value.lower())
            groups[-1].agents.add(token[0] if token else value)
        elif groups and key in ("allow", "disallow", "crawl-delay"):
            groups[-1].open = False
            _add(groups[-1], key, value)
    return groups


def _add(group: _Group, key: str, value: str) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value):
            group.delay = max(group.delay, float(value))
    elif value:
        group.rules.append(Rule(key == "allow", normal(value)))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"\r\n|\r|\n", text):
        found = _LINE.match(line)
        if found:
            yield found[1].lower(), found[2].strip()
