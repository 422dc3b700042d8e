from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.arrive.addresses import Addresses, is_public
from ingest.arrive.fetched import FetchError

PUBLIC = [
    "93.184.215.14",
    "8.8.8.8",
    "145.100.0.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "2001:610:1:80aa:192:87:36:76",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_permitted(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    found = Addresses(lambda _host, _port: [address]).of("voorbeeld.nl", 443)
    assert found == (str(ipaddress.ip_address(address)),)


@pytest.mark.parametrize("address", PRIVATE)
def test_all_else_is_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(FetchError, match="geen openbaar internetadres") as refused:
        Addresses(lambda _host, _port: [address]).of("voorbeeld.nl", 80)
    assert refused.value.reason == "refused"
    assert address in str(refused.value) or ":" in address


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_private_address_among_public_ones_refuses_the_host(address: str, place: int) -> None:
    found = ["8.8.8.8", "1.1.1.1"]
    found.insert(place, address)
    with pytest.raises(FetchError, match="geen openbaar"):
        Addresses(lambda _host, _port: found).of("voorbeeld.nl", 80)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_the_same_inside_another(address: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address))
    assert is_public(mapped) == is_public(translated) == is_public(address)


@given(st.ip_addresses(v=4))
def test_only_global_addresses_are_public(address: ipaddress.IPv4Address) -> None:
    assert is_public(address) <= address.is_global
    assert is_public(address) <= (not address.is_multicast)


@pytest.mark.allow_hosts(["127.0.0.1"])  # looks up what is a number already
@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "::1", "localhost"],
)
def test_other_ways_to_write_this_machine_are_seen_through(host: str) -> None:
    with pytest.raises(FetchError):
        Addresses().of(host, 80)


@pytest.mark.parametrize("problem", [socket.gaierror(-2, "x"), TimeoutError(), UnicodeError()])
def test_a_host_that_is_not_found(problem: Exception) -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise problem

    with pytest.raises(FetchError, match=r"De website weg\.nl is niet te vinden") as refused:
        Addresses(nowhere).of("weg.nl", 80)
    assert refused.value.reason == "unreachable"


@pytest.mark.parametrize("found", [[], ["geen adres"], ["8.8.8.8", "1.2.3"]])
def test_a_resolver_that_answers_nonsense(found: list[str]) -> None:
    with pytest.raises(FetchError, match="niet te vinden"):
        Addresses(lambda _host, _port: found).of("weg.nl", 80)
