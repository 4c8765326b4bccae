"""What holds the parts of one attribution together where marks hold only some of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from app.extraction.proposal import Proposal
from app.extraction.sentences import ends
from app.inference import Tags
from app.records import Span

_GAP = 200  # characters between the parts of one attribution in one sentence


def ties(text: str, proposals: Sequence[Proposal], tags: Tags) -> Iterator[tuple[int, int]]:
    """Neighbours that belong to one attribution, at least one of them without marks.

    They are parts of one content as the tagger sees it, or stand in one sentence and point at the same source by the
    same cue.
    """
    contents = [_content(proposal.span, tags) for proposal in proposals]
    for number, (first, second) in enumerate(pairwise(proposals)):
        if (first.marked and second.marked) or first.turn != second.turn:
            continue
        same = contents[number] is not None and contents[number] == contents[number + 1]
        if same or (_one_sentence(text, first, second) and _pointing(first, tags) == _pointing(second, tags)):
            yield number, number + 1


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """A number for each of `count` items, the same for those that pairs (a before b) connect, counted in order."""
    roots = list(range(count))
    for a, b in sorted(pairs):
        roots[_root(roots, b)] = _root(roots, a)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(_root(roots, item), len(numbers)) for item in range(count)]


def _root(roots: list[int], item: int) -> int:
    while roots[item] != item:
        roots[item] = item = roots[roots[item]]
    return item


def _content(span: Span, tags: Tags) -> int | None:
    """The tagged content that the middle of a span stands in."""
    middle = (span.start + span.end) // 2
    place = bisect_right(tags.contents, middle, key=lambda tagged: tagged.span.start) - 1
    return place if place >= 0 and tags.contents[place].span.end > middle else None


def _one_sentence(text: str, first: Proposal, second: Proposal) -> bool:
    gap = text[first.outer.end : second.outer.start]
    return first.paragraph is second.paragraph and len(gap) <= _GAP and next(ends(gap), None) is None


def _pointing(proposal: Proposal, tags: Tags) -> tuple[Span, Span] | None:
    source, cue = tags.pick(proposal.span), tags.pick(proposal.span, "cue")
    return (source.span, cue.span) if source and cue else None
