"""Two wordings side by side: the steps put together are both of them, and pairs of words rise on both sides."""

from itertools import pairwise

from app.clustering import collate
from app.clustering.alignment import align
from app.clustering.collation import word_key, words
from app.clustering.normal import normal_form
from tests.fuzz.made import two_of

EXAMPLES = (
    b"We will not sail today We will sail today",
    b"\x81four \xc4 ferries \xc3 sail",
    b"\x80\x81\x82",
    b"\x90\x91 - -- \x92",
    b"\xff" * 30,
    b"-",
)


def check(data: bytes) -> None:
    """Compare the two texts that `data` holds."""
    base, other = two_of(data)
    steps = collate(base, other)
    assert "".join(step.base for step in steps) == "".join(words(base))
    assert "".join(words(base)) == base
    assert "".join(step.other for step in steps) == other
    assert all(one.kind != two.kind for one, two in pairwise(steps))
    ours, theirs = ([word_key(word) for word in words(text)] for text in (base, other))
    pairs = align(ours, theirs)
    assert all(i < k and j < n for (i, j), (k, n) in pairwise(pairs))
    assert all(0 <= i < len(ours) and 0 <= j < len(theirs) for i, j in pairs)
    assert normal_form(normal_form(base)) == normal_form(base)
    assert all(step.kind == "same" for step in collate(base, base))
