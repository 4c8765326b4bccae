"""A bound on the processor time of a block, so that a slow machine is not taken for a hang."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Hang(AssertionError):
    """Something took more processor time than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise Hang where the block takes more processor time than this; main thread only."""

    def stop(_signal: int, _frame: object) -> None:
        raise Hang(f"more than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
