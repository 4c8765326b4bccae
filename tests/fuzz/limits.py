"""A bound on the processor time of a block, so that a slow machine is not taken for a hang."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

_OBJECTS = 100_000
_USUAL = 0.03  # seconds of processor time that they take on a quick processor with little else to do


class Hang(AssertionError):
    """Something took more processor time than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise Hang where the block takes more processor time than this, on a machine as slow as this one is then that
    many times as much; main thread only."""
    began, is_over = process_time(), False

    def stop(_signal: int, _frame: object) -> None:
        taken = process_time() - began
        left = seconds * _slowness() - taken
        if is_over:  # heard late
            return
        if left <= 0:
            raise Hang(f"more than {seconds:g} s of processor time: {taken:.1f} s on this machine")
        signal.setitimer(signal.ITIMER_PROF, left)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _slowness() -> float:
    """How many times as long as usual this machine takes for a little work now; at least 1."""
    began = process_time()
    _ = {str(number): (number, [number]) for number in range(_OBJECTS)}
    return max(1.0, (process_time() - began) / _USUAL)
