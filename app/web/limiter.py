"""How often readers may write, without knowing who they are."""

import threading
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from secrets import token_bytes
from time import monotonic

WINDOW = 3600.0  # seconds
_PREFIX = 8  # bytes of an IPv6 address: one reader has all addresses that share them


class Limiter:
    """Counts writes of each client and of all in windows of an hour, in the memory of this process alone.

    A client is counted under a hash of its address with a salt that is drawn anew for each window and never stored:
    the hash can't be turned back, and none outlives its hour.
    """

    def __init__(self, each: int, altogether: int, clock: Callable[[], float] = monotonic) -> None:
        self._each, self._altogether, self._clock = each, altogether, clock
        self._lock = threading.Lock()
        self._open()

    def wait(self, address: str) -> int:
        """Count one write of the client at `address`: 0 where it may go ahead, else the seconds until it may."""
        with self._lock:
            if self._clock() - self._started >= WINDOW:
                self._open()
            client = blake2b(_network(address), key=self._salt, digest_size=16).digest()
            if self._counts[client] >= self._each or self._counts.total() >= self._altogether:
                return max(1, round(self._started + WINDOW - self._clock()))
            self._counts[client] += 1
            return 0

    def _open(self) -> None:
        self._started, self._salt = self._clock(), token_bytes(32)
        self._counts: Counter[bytes] = Counter()


def _network(address: str) -> bytes:
    try:
        found = ip_address(address)
    except ValueError:
        return address.encode()
    return found.packed[:_PREFIX] if isinstance(found, IPv6Address) else found.packed
