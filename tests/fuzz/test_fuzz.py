"""Each harness for some seconds, a minute in all; `make fuzz` runs them for long."""

from importlib import import_module

import pytest

from tests.fuzz import TARGETS
from tests.fuzz.__main__ import search
from tests.fuzz.limits import Hang, at_most

SECONDS = 12.0


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks_an_invariant_or_takes_two_seconds(target: str) -> None:
    harness = import_module(f"tests.fuzz.{target}")
    assert search(harness.check, harness.EXAMPLES, SECONDS) > len(harness.EXAMPLES)


def test_a_hang_is_told() -> None:
    with pytest.raises(Hang), at_most(0.05):
        _for_ever()


def _for_ever() -> None:
    while True:
        pass
