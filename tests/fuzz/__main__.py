"""`python -m tests.fuzz TARGET [--seconds N]`: one harness for long, by atheris where it is there, else by hypothesis.

What atheris finds interesting is kept under var/fuzz/TARGET, and the next run goes on from there. A crash ends the run
with exit code 1 or 77 and the input in a file; each input may take two seconds of processor time.
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import monotonic

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz import TARGETS
from tests.fuzz.limits import at_most

MOST_BYTES = 4096  # of a made input; pieces make texts of about three times as many characters
SECONDS = 2.0


def main() -> None:
    """Read the command line and run."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("target", choices=TARGETS)
    reader.add_argument("--seconds", type=int, default=600)
    reader.add_argument("--engine", choices=("atheris", "hypothesis"), default="")
    asked = reader.parse_args()
    engine = asked.engine or ("atheris" if _has_atheris() else "hypothesis")
    print(f"{asked.target}: {engine}, {asked.seconds} s", flush=True)
    (_atheris if engine == "atheris" else _hypothesis)(asked.target, asked.seconds)


def _has_atheris() -> bool:
    try:
        import_module("atheris")
    except ImportError:
        return False
    return True


def _atheris(target: str, seconds: int) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["app"]):
        harness = import_module(f"tests.fuzz.{target}")
    kept = Path("var", "fuzz", target)
    kept.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(harness.EXAMPLES):
        (kept / f"example-{number}").write_bytes(data)
    given_up = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-timeout=60", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *given_up, f"-artifact_prefix={kept}-", str(kept)], bounded(harness.check))
    atheris.Fuzz()


def _hypothesis(target: str, seconds: int) -> None:
    harness = import_module(f"tests.fuzz.{target}")
    print(f"{search(harness.check, harness.EXAMPLES, seconds):,} inputs", flush=True)


def bounded(check: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The same, no input of which may take more than two seconds of processor time."""

    def run(data: bytes) -> None:
        with at_most(SECONDS):
            check(data)

    return run


def search(check: Callable[[bytes], None], examples: tuple[bytes, ...], seconds: float) -> int:
    """Try examples and what hypothesis makes for about so long; returns how many inputs were tried."""
    tried, end, run = 0, monotonic() + seconds, bounded(check)

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=MOST_BYTES) | _from(examples))
    def attempt(data: bytes) -> None:
        nonlocal tried
        if monotonic() < end:
            tried += 1
            run(data)

    for data in examples:
        attempt = example(data)(attempt)
    while monotonic() < end:
        attempt()
    return tried


def _from(examples: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """Examples with a stretch of them repeated, replaced or cut out."""
    return st.builds(
        lambda start, at, length, times, new: start[:at] + (start[at : at + length] or new) * times + new + start[at + length :],
        st.sampled_from(examples), st.integers(0, 80), st.integers(0, 30), st.integers(0, 200), st.binary(max_size=40),
    )  # fmt: skip


if __name__ == "__main__":
    main()
