"""How much of what a wording says other passages say too: for reports without quotation marks."""

from collections.abc import Sequence

from app.clustering.vocabulary import carried, is_function, stems

_LEAST = 1.0  # of content that is shared: common words alone tell nothing


def nearness(text: str, passages: Sequence[str]) -> tuple[float, ...]:
    """Share, 0 to 1, of the content of `text` (or of the passage, where that has less) that each passage shares."""
    if not passages:
        return ()
    said = _content(text)
    return tuple(_share(said, _content(passage)) for passage in passages)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in stems(text) if not is_function(word))


def _share(said: frozenset[str], other: frozenset[str]) -> float:
    shared = carried(said & other)
    return shared / min(carried(said), carried(other)) if shared >= _LEAST else 0.0
