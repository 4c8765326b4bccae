"""Cuts that tell too little by themselves: only what stands around them can say what they are cut from.

One speaker says “the wall” in many an utterance. Such a cut belongs to a long quote where one document has both, or
where the documents of both surely tell of one event.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from app.clustering.context import ANCHORS
from app.clustering.judging import Wordings
from app.clustering.partition import Edge
from app.clustering.similarity import agreement

_TELLING = 2.0  # words of content from which a cut needs no support; common words count in part
_PIECE = 0.5  # share of the longer wording's content below which a cut is a small piece of it
_CROWD = 50  # documents; a cut that stands in more is a common phrase


def supported(
    cuts: Iterable[Edge],
    wordings: Wordings,
    places: Mapping[str, Sequence[int]],
    sure: Mapping[int, Collection[int]],
) -> list[Edge]:
    """The cuts without those of a word or two that no document ties to the long quote of the same speaker. (Other
    speakers' words were judged more strictly already.)

    `places` lists the wordings of each document, `sure` for each wording those that match it by themselves.
    """
    content = wordings.collection.totals(wordings.collection.content).tolist()
    carriers = _carriers(places)

    def is_enough(cut: Edge) -> bool:
        if content[cut.one] >= min(_TELLING, _PIECE * content[cut.other]):
            return True
        strangers = agreement(wordings.speakers[cut.one], wordings.speakers[cut.other]) != 1
        return strangers or _is_near(cut, carriers[cut.one], carriers[cut.other], places, sure)

    return [cut for cut in cuts if is_enough(cut)]


def _carriers(places: Mapping[str, Sequence[int]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for document, items in places.items():
        for item in items:
            found[item].add(document)
    return found


def _is_near(
    cut: Edge,
    ours: Collection[str],
    theirs: Collection[str],
    places: Mapping[str, Sequence[int]],
    sure: Mapping[int, Collection[int]],
) -> bool:
    """Whether a document has both, or two documents tell of one event. The cut itself is no sign of that."""
    if len(ours) > _CROWD or len(theirs) > _CROWD:
        return False
    held = [set(places[document]) for document in theirs]
    beside = [[{item, *sure.get(item, ())} for item in set(places[document]) - {cut.one}] for document in ours]
    return not set(ours).isdisjoint(theirs) or any(_one_event(one, other) for one in beside for other in held)


def _one_event(matches: Sequence[set[int]], items: set[int]) -> bool:
    return sum(not match.isdisjoint(items) for match in matches) >= ANCHORS
