"""Attempts to have the server fetch what the sender cannot reach itself (SSRF)."""

from __future__ import annotations

from functools import partial

import pytest

from tests.web.attacks import Attack, Target
from tests.web.staff.shop import open_to_website
from tests.website import Page, website

REFUSED = (
    "geen openbaar internetadres",
    "geen geldig webadres",
    "is ongeldig",
    "niet te vinden",
    "laat de naam",
)


def _refused(*addresses: str) -> partial[None]:
    return partial(_each_refused, addresses)


def _each_refused(addresses: tuple[str, ...], target: Target) -> None:
    for address in addresses:
        told = target.fetched(address)
        assert any(words in told for words in REFUSED), (address, told)
        assert target.whole.parts.registry.drafts().keys() <= {"eten-in-de-kantine"}


def _redirect(target: Target) -> None:
    with website() as site, pytest.MonkeyPatch.context() as patch:
        open_to_website(patch)
        for number, to in enumerate(
            (
                "http://169.254.169.254/latest",
                "file:///etc/passwd",
                "http://[::1]:9/",
                "gopher://x/",
            )
        ):
            site.pages[f"/{number}"] = Page(status=302, headers={"Location": to})
            told = target.fetched(site.url(f"/{number}"))
            assert "Niet gelukt" in told, (to, told)
            assert "root:x" not in told


def _rebinding(target: Target) -> None:
    """The second look-up answers with an address of this machine; there is no second one."""
    from ingest.arrive.addresses import Addresses, is_public
    from ingest.arrive.connection import CheckedBackend, Deadline
    from ingest.arrive.fetched import FetchError

    answers = iter((["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]))
    addresses = Addresses(lambda host, port: next(answers), is_public)
    for _ in range(2):
        with pytest.raises(FetchError, match="geen openbaar internetadres"):
            CheckedBackend(addresses, Deadline(5)).connect_tcp("wisselt.example", 80)
    asked: list[str] = []

    class Line(CheckedBackend):
        pass

    backend = Line(Addresses(lambda host, port: ["93.184.216.34"], is_public), Deadline(5))
    backend._inner = _Noted(asked)  # type: ignore[assignment]
    backend.connect_tcp("wisselt.example", 80)
    assert asked == ["93.184.216.34"]  # the address that was judged, not the name


class _Noted:
    """Notes where is connected to, in the place of the network."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def connect_tcp(self, address: str, *_: object) -> object:
        self._asked.append(address)
        return object()


_GROUP = "Laten ophalen wat niet mag (SSRF)"
_NO = "geweigerd: geen openbaar adres"
FETCHES = (
    Attack(
        _GROUP,
        "deze computer zelf (127.0.0.1, localhost, 0.0.0.0)",
        _NO,
        _refused("http://127.0.0.1/", "http://localhost/beheer", "http://0.0.0.0/"),
    ),
    Attack(
        _GROUP,
        "netwerken achter de firewall (10/8, 172.16/12, 192.168/16, 100.64/10)",
        _NO,
        _refused(
            "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/"
        ),
    ),
    Attack(
        _GROUP,
        "de metadata van een cloud (169.254.169.254)",
        _NO,
        _refused("http://169.254.169.254/latest/meta-data/", "http://168.63.129.16/"),
    ),
    Attack(
        _GROUP,
        "IPv6 van deze computer of dit netwerk",
        _NO,
        _refused("http://[::1]/", "http://[fd00::1]/", "http://[fe80::1]/"),
    ),
    Attack(
        _GROUP,
        "IPv4 in IPv6 verstopt (mapped, NAT64, 6to4)",
        _NO,
        _refused(
            "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"
        ),
    ),
    Attack(
        _GROUP,
        "127.0.0.1 als getal, hexadecimaal of octaal",
        _NO,
        _refused("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/"),
    ),
    Attack(
        _GROUP,
        "andere soorten adressen (file, gopher, ftp, data)",
        "geweigerd: geen webadres",
        _refused(
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_x",
            "ftp://x/",
            "data:text/html,x",
            "jar:http://x!/",
        ),
    ),
    Attack(
        _GROUP,
        "naam en wachtwoord in het adres, of een @ om te misleiden",
        "geweigerd",
        _refused(
            "http://school.nl@127.0.0.1/",
            "http://127.0.0.1#@school.nl/",
            "http://127.0.0.1\\@school.nl/",
        ),
    ),
    Attack(
        _GROUP,
        "regeleinden in het adres",
        "geweigerd",
        _refused("http://127.0.0.1/\r\nX: y", "http://127.0.0.1:6379/\r\nFLUSHALL\r\n"),
    ),
    Attack(
        _GROUP,
        "doorsturen naar een adres dat niet mag",
        "elke stap wordt opnieuw beoordeeld",
        _redirect,
    ),
    Attack(
        _GROUP,
        "een naam die van adres wisselt (DNS rebinding)",
        "er wordt verbonden met het adres dat beoordeeld is",
        _rebinding,
    ),
)
