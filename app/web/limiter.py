"""How often readers may come, without knowing who they are."""

import threading
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address
from secrets import token_bytes
from time import monotonic

from app.web.clients import client_address

WINDOW = 3600.0  # seconds
_PREFIX = 8  # bytes of an IPv6 address: one reader has all addresses that share them


class Limiter:
    """Counts requests of each client and of all in windows of an hour (or other seconds), in the memory of this process
    alone; `altogether` None sets no limit to all together.

    A client is counted under a hash of its address with a salt that is drawn anew for each window and never stored:
    the hash can't be turned back, and none outlives its window.
    """

    def __init__(
        self, each: int, altogether: int | None, clock: Callable[[], float] = monotonic, window: float = WINDOW
    ) -> None:
        self._each, self._altogether, self._clock, self._window = each, altogether, clock, window
        self._lock = threading.Lock()
        self._open()

    def wait(self, address: str) -> int:
        """Count one request of the client at `address`: 0 where it may go ahead, else the seconds until it may."""
        with self._lock:
            if self._clock() - self._started >= self._window:
                self._open()
            client = blake2b(_network(address), key=self._salt, digest_size=16).digest()
            full = self._altogether is not None and self._all >= self._altogether
            if full or self._counts[client] >= self._each:
                return max(1, round(self._started + self._window - self._clock()))
            self._counts[client] += 1
            self._all += 1
            return 0

    def _open(self) -> None:
        self._started, self._salt, self._all = self._clock(), token_bytes(32), 0
        self._counts: Counter[bytes] = Counter()


def _network(address: str) -> bytes:
    found = client_address(address)
    if found is None:
        return address.encode()
    return found.packed[:_PREFIX] if isinstance(found, IPv6Address) else found.packed
