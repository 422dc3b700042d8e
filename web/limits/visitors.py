"""Who asks, as far as counting needs it: by a keyed hash, never by the address itself."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection
from starlette.types import Scope

from web.staff.session import cookie_of

Address = IPv4Address | IPv6Address
_IPV6_BITS = 64  # what a provider gives to one connection


class Visitors:
    """Names visitors without telling who they are."""

    def __init__(self, secret: bytes, unlimited: Sequence[str]) -> None:
        """``unlimited`` are networks whose visitors are not counted."""
        self._secret = secret
        self._unlimited = [ip_network(network) for network in unlimited]

    def names(self, scope: Scope) -> tuple[str, ...]:
        """What to count a request under: the session of who is signed in, then the address. Empty
        when it is not counted.

        Readers have no session: their pages keep none.
        """
        address = address_of(scope)
        if address is not None and any(address in network for network in self._unlimited):
            return ()
        names = (self._name("address", _network(address)),)
        session = cookie_of(HTTPConnection(scope))
        # Someone who makes a session up is still counted by address.
        return (self._name("session", session), *names) if session else names

    def _name(self, kind: str, value: str) -> str:
        return hmac.new(self._secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


def address_of(scope: Scope) -> Address | None:
    """The address that a request came from, as the server knows it; None over a local socket."""
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _network(address: Address | None) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_BITS), strict=False))
    return str(address)
