"""Which network addresses may be connected to: those of the public internet, and no other.

Who may name a page to fetch must not reach through us what stands behind the firewall: other
machines, this one, or the metadata service of a cloud.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from ingest.arrive.fetched import FetchError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port -> addresses as text; OSError or UnicodeError when there are none."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST6 = ipaddress.ip_network("2000::/3")
_REFUSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "168.63.129.16/32",  # inside of Azure, though it looks public
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # protocol assignments, Teredo among them
        "2002::/16",  # 6to4: leads to any IPv4 address
        "3fff::/20",  # documentation
    )
)


def is_public(address: IPAddress) -> bool:
    """Whether ``address`` belongs to the public internet (IANA's special-purpose registries).

    An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as that IPv4 address.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST6:
            return False
    special = address.is_multicast or address.is_reserved or not address.is_global
    return not special and not any(address in net for net in _REFUSED)


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine's resolver knows for ``host``, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Addresses:
    """Looks host names up and lets through only what is permitted."""

    def __init__(
        self, resolve: Resolver = look_up, permitted: Callable[[IPAddress], bool] = is_public
    ) -> None:
        self._resolve = resolve
        self._permitted = permitted

    def of(self, host: str, port: int) -> tuple[str, ...]:
        """Every address of ``host``, all of them permitted, to be connected to as they are.

        Raises FetchError when there is none, or when a single one is not permitted.
        """
        try:
            found = [ipaddress.ip_address(text) for text in self._resolve(host, port)]
        except (OSError, UnicodeError):
            found = []
        except ValueError:
            raise _no_such_host(host) from None
        if not found:
            raise _no_such_host(host)
        for address in found:
            if not self._permitted(address):
                raise FetchError(
                    "refused",
                    f"{host} is geen openbaar internetadres ({address}) en wordt niet opgehaald. "
                    "Bewaar de pagina als bestand en lees dat in.",
                )
        return tuple(str(address) for address in found)


def _no_such_host(host: str) -> FetchError:
    return FetchError(
        "unreachable",
        f"De website {host} is niet te vinden. Controleer het adres en de verbinding.",
    )
