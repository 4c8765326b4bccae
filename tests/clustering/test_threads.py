"""Pages are made in several threads at once, and each word is stemmed as if there were one."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clustering.vocabulary import stem
from app.stemming import english, porter

ENDS = ("ational", "ization", "fulness", "ously", "ing", "ed", "ies")
WORDS = [f"{start}{middle}{end}" for start in "abdfgm" for middle in ("rel", "nation") for end in ENDS]


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads that take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("switching")
@pytest.mark.parametrize("one", [stem, english, porter], ids=["compared", "sought", "marked"])
def test_threads_stem_as_one_does(one: Callable[[str], str]) -> None:
    alone = getattr(one, "__wrapped__", one)  # without what it remembers
    expected = [alone(word) for word in WORDS]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [alone(word) for word in WORDS], range(40)))
    assert all(stems == expected for stems in found)
