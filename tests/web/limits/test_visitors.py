from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.limits.visitors import Visitors, address_of

ADDRESSES = st.ip_addresses().map(str)


def scope(address: str | None, cookie: str = "") -> dict[str, Any]:
    headers = [(b"host", b"school.nl"), (b"cookie", cookie.encode())]
    client = (address, 1234) if address is not None else None
    where = {"path": "/", "root_path": "", "query_string": b"", "server": ("school.nl", 443)}
    return {"type": "http", "scheme": "https", "headers": headers, "client": client, **where}


def names(address: str | None, cookie: str = "", secret: bytes = b"geheim") -> tuple[str, ...]:
    return Visitors(secret, ()).names(scope(address, cookie))


@given(ADDRESSES)
def test_a_name_is_always_the_same_and_tells_no_address(address: str) -> None:
    (name,) = names(address)
    assert names(address) == (name,)
    assert len(name) == 32
    assert address not in name
    assert names(address, secret=b"ander") != (name,)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_each_address_of_version_4_is_a_visitor(one: IPv4Address, other: IPv4Address) -> None:
    assert (names(str(one)) == names(str(other))) == (one == other)


@given(st.ip_addresses(v=6, network="2001:db8::/32"), st.integers(0, 2**64 - 1))
def test_a_network_of_64_bits_is_one_visitor(address: IPv6Address, host: int) -> None:
    neighbour = IPv6Address(int(address) >> 64 << 64 | host)
    assert names(str(neighbour)) == names(str(address))
    elsewhere = IPv6Address(int(address) ^ 1 << 64)
    assert names(str(elsewhere)) != names(str(address))


def test_an_address_of_version_4_in_one_of_6_is_itself() -> None:
    assert names("::ffff:192.0.2.1") == names("192.0.2.1")
    assert address_of(scope("::ffff:192.0.2.1")) == IPv4Address("192.0.2.1")


def test_who_comes_without_an_address_is_one_visitor() -> None:
    assert names(None) == names("geen adres")
    assert address_of(scope(None)) is None


def test_a_session_is_counted_before_the_address() -> None:
    session, address = names("192.0.2.1", "__Host-routewijzer=token1")
    assert (address,) == names("192.0.2.1")
    assert "token1" not in session
    assert names("192.0.2.2", "__Host-routewijzer=token1")[0] == session
    assert names("192.0.2.1", "__Host-routewijzer=token2")[0] != session
    assert names("192.0.2.1", "taal=en") == names("192.0.2.1")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.9", "10.1.2.3"])
def test_who_is_not_counted(address: str) -> None:
    visitors = Visitors(b"x", ("127.0.0.0/8", "::1/128", "10.1.0.0/16"))
    assert visitors.names(scope(address, "__Host-routewijzer=token")) == ()
    assert visitors.names(scope("10.2.0.1")) != ()
