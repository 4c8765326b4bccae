"""Connections for fetching: to public addresses alone, and closed when the time is up.

A name is looked up once and the connection goes to the address that was judged, so that a name server can't answer
twice (DNS rebinding); redirects pass here as well. See the OWASP cheat sheet on server-side request forgery.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2
import httpx2

from app.errors import InputError

_Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# What Python takes for global and no host on the public internet has: sites' own (RFC 3879), NAT64 within a network
# (RFC 8215), IPv4-compatible (RFC 4291), IPv4-translated (RFC 2765), segment identifiers (RFC 9602).
_INNER = tuple(map(IPv6Network, ("fec0::/10", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96", "5f00::/16")))


class GuardedTransport(httpx2.HTTPTransport):
    """HTTP over connections that end at `deadline` (monotonic seconds) and lead to public addresses, unless `private`.

    Raises InputError for an address that is refused, httpcore's timeouts after the deadline.
    """

    def __init__(self, deadline: float, private: bool) -> None:
        super().__init__()
        # httpx2 has no argument for the backend, its pool has.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(), network_backend=_Backend(deadline, private)
        )


class ProxiedTransport(httpx2.HTTPTransport):
    """HTTP through a proxy, over connections that end at `deadline`: which addresses it reaches is its own affair.

    Raises ValueError or ImportError for an address of a proxy that can't be used.
    """

    def __init__(self, deadline: float, proxy: str) -> None:
        super().__init__(proxy=proxy)
        self._pool._network_backend = _Backend(deadline, private=True)


def is_public(address: _Address) -> bool:
    """Whether an address belongs to the public internet: not this machine, a private network, a link or a group.

    Of an IPv6 address that carries one of IPv4 (mapped, 6to4, Teredo, NAT64) both must.
    """
    if any(address in network for network in _INNER):
        return False
    return all(a.is_global and not a.is_multicast for a in (address, *_carried(address)) if not _is_mapped(a))


def _is_mapped(address: _Address) -> bool:
    return isinstance(address, IPv6Address) and address.ipv4_mapped is not None


def _carried(address: _Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(address.packed[-4:])


class _Backend(httpcore2.SyncBackend):
    def __init__(self, deadline: float, private: bool) -> None:
        self._deadline, self._private = deadline, private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        problem: Exception | None = None
        for address in self._allowed(host, port):
            try:
                left = _left(self._deadline, httpcore2.ConnectTimeout)
                return _Stream(
                    super().connect_tcp(address, port, left, local_address, socket_options or []), self._deadline
                )
            except httpcore2.ConnectError as error:  # the next address may answer
                problem = error
        raise problem or httpcore2.ConnectError(f"{host} has no address")

    def _allowed(self, host: str, port: int) -> list[str]:
        found = _addresses(host, port)
        if not self._private and not all(is_public(ip_address(address.partition("%")[0])) for address in found):
            raise InputError(
                f"{host} is an address of this machine or of a private network.",
                "Set VARIORUM_FETCH_PRIVATE=true to fetch from there, or save the document and give its file.",
            )
        return found


class _Stream(httpcore2.NetworkStream):
    """A connection on which each wait ends at the deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self._deadline, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _left(deadline: float, error: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the time is up")
    return left
