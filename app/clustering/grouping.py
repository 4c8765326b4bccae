"""Units in, one label per unit out: collapse equal wordings, find candidates, score pairs, partition."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.clustering.blocking import candidates
from app.clustering.context import letters_alike, likeness_in_place, slots
from app.clustering.normal import normal_form
from app.clustering.partition import SURE, Edge, attach, average_link, crowds, without_strays
from app.clustering.scoring import is_cut, probability
from app.clustering.similarity import Wording, comparable, compare, wording
from app.clustering.vocabulary import carried, stem, weigh
from app.records import Unit

_TELLING = 3.0  # words of content with which a wording is one utterance, whoever is said to have said it
_SPOKEN = 1.8  # below this, equal wordings without a known speaker belong together only within a document
_IN_PLACE = 0.7  # likeness at like places that joins two clusters
_LIKELY = 0.6  # a pair that counts as a match when documents are laid side by side
_ROUNDS = 3  # each round of joining by context gives the next one more matches to go by
_FLOOR = 0.05  # pairs less likely than this count as no pair

_FAINT = 0.5  # likeness of letters with which wordings match where many do in the same order

Key = tuple[str, str, str]  # normal form, speaker, document


class Context(NamedTuple):
    """What is known of the documents: the wordings of each in order, and which wordings match."""

    places: Mapping[str, Sequence[int]]
    sure: Mapping[int, set[int]]
    faint: Mapping[int, set[int]]


def cluster(units: Sequence[Unit]) -> list[int]:
    """A label for each unit, numbered by first use: units with one label are variants of one utterance.

    The partition does not depend on the order of the units. Time and memory grow about linearly with the number
    of different wordings.
    """
    keys = [_key(unit) for unit in units]
    nodes = {key: number for number, key in enumerate(sorted(set(keys)))}
    wordings = _wordings(units, keys, list(nodes))
    labels = _partition(wordings, _places(units, [nodes[key] for key in keys]))
    order: dict[int, int] = {}
    return [order.setdefault(labels[nodes[key]], len(order)) for key in keys]


def _key(unit: Unit) -> Key:
    """What makes two units one before any comparison: the wording, and for one that tells little, who or where."""
    form = normal_form(unit.text)
    content = carried(stem(word) for word in form.split())
    speaker = normal_form(unit.speaker or "")
    if content >= _TELLING:
        return form, "", ""
    return form, speaker, "" if speaker or content >= _SPOKEN else unit.document or ""


def _wordings(units: Sequence[Unit], keys: Sequence[Key], nodes: Sequence[Key]) -> list[Wording]:
    speakers: dict[Key, set[str]] = {key: set() for key in nodes}
    for unit, key in zip(units, keys, strict=True):
        if unit.speaker:
            speakers[key].add(normal_form(unit.speaker))
    vocabulary = weigh([[stem(word) for word in form.split()] for form, _, _ in nodes])
    return [wording(key[0], vocabulary, frozenset(speakers[key])) for key in nodes]


def _places(units: Sequence[Unit], numbers: Sequence[int]) -> dict[str, list[int]]:
    """The wordings of each document in the order in which they stand there."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, number in zip(units, numbers, strict=True):
        if unit.document is not None and unit.start is not None:
            places[unit.document].append((unit.start, number))
    return {document: [number for _, number in sorted(found)] for document, found in sorted(places.items())}


def _partition(wordings: Sequence[Wording], places: Mapping[str, Sequence[int]]) -> list[int]:
    pairs = _pairs(wordings)
    whole, cuts = _edges(wordings, pairs)
    context = Context(places, _matches(whole, cuts), _faint_matches(wordings, pairs) if places else {})
    whole = _with_context(wordings, context, whole)
    whole = without_strays(whole, cuts)
    labels = _gathered(wordings, average_link(len(wordings), whole), whole)
    labels = attach(labels, [len(wording.stems) for wording in wordings], cuts)
    for _ in range(_ROUNDS):
        joined = _joined_in_context(wordings, context, labels)
        if joined == labels:
            break
        labels = joined
    return labels


def _matches(whole: Sequence[Edge], cuts: Sequence[Edge]) -> dict[int, set[int]]:
    """For each wording those that by themselves are more likely the same utterance than not."""
    sure: dict[int, set[int]] = defaultdict(set)
    for edge in (*whole, *cuts):
        if edge.score >= _LIKELY:
            sure[edge.one].add(edge.other)
            sure[edge.other].add(edge.one)
    return sure


def _faint_matches(wordings: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """For each wording those of the same speaker that look a little like it."""
    faint: dict[int, set[int]] = defaultdict(set)
    ones, others = candidates([wording.stems for wording in wordings])
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        if (
            wordings[one].speakers & wordings[other].speakers
            and letters_alike(wordings[one], wordings[other]) >= _FAINT
        ):
            faint[one].add(other)
            faint[other].add(one)
    return faint


def _with_context(wordings: Sequence[Wording], context: Context, edges: list[Edge]) -> list[Edge]:
    """The edges, with those between wordings at like places of two documents added or raised."""
    scores = {(edge.one, edge.other): edge.score for edge in edges}
    for pair, score in _scores_in_place(wordings, context, range(len(wordings))).items():
        ordered = _short_first(wordings, *pair)
        if score >= max(_FLOOR, scores.get(ordered, 0.0)):
            scores[ordered] = score
    return [Edge(*pair, score) for pair, score in scores.items()]


def _joined_in_context(wordings: Sequence[Wording], context: Context, labels: list[int]) -> list[int]:
    """Labels with clusters joined that have wordings at like places of documents, if those are alike enough.

    Only wordings of documents laid side by side have a like place, so clusters are judged by those pairs alone.
    """
    best: dict[tuple[int, int], float] = defaultdict(float)
    for (one, other), score in _scores_in_place(wordings, context, labels).items():
        clusters = min(labels[one], labels[other]), max(labels[one], labels[other])
        best[clusters] = max(best[clusters], score)
    merged = average_link(len(labels), [Edge(*clusters, score) for clusters, score in best.items()], _IN_PLACE)
    return [merged[label] for label in labels]


def _scores_in_place(
    wordings: Sequence[Wording], context: Context, labels: Sequence[int]
) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for slot in slots(context.places, labels, context.sure, context.faint):
        one, other = wordings[slot.one], wordings[slot.other]
        score = likeness_in_place(one, other, compare(one, other), slot.certainty)
        scores[slot.one, slot.other] = max(score, scores[slot.one, slot.other])
    return scores


def _short_first(wordings: Sequence[Wording], one: int, other: int) -> tuple[int, int]:
    short, long = sorted((one, other), key=lambda i: (len(wordings[i].stems), i))
    return short, long


def _gathered(wordings: Sequence[Wording], labels: list[int], edges: Sequence[Edge]) -> list[int]:
    """Labels with the fragments of much-varied quotes joined.

    A wording keeps a bounded number of candidates, so where a quote has more variants than that, most of their
    pairs are unknown, not unlike. There the central wordings of the fragments are compared in their place.
    """
    while crowd := crowds(labels, edges):
        centres = [fragment.centre for fragment in crowd]
        central = [wordings[centre] for centre in centres]
        between, _ = _edges(central, _pairs(central))
        edges_here = [edge for edge in between if crowd[edge.one].large or crowd[edge.other].large]
        merged = average_link(len(crowd), edges_here, SURE)
        if merged == list(range(len(crowd))):
            break
        moved = {labels[centre]: labels[centres[target]] for centre, target in zip(centres, merged, strict=True)}
        labels = [moved.get(label, label) for label in labels]
    return labels


def _pairs(wordings: Sequence[Wording]) -> list[tuple[int, int]]:
    ones, others = candidates([wording.stems for wording in wordings])
    return list(zip(ones.tolist(), others.tolist(), strict=True))


def _edges(wordings: Sequence[Wording], pairs: Sequence[tuple[int, int]]) -> tuple[list[Edge], list[Edge]]:
    """Scored pairs of different wordings of one utterance, and those of a cut and what it is cut from."""
    whole: list[Edge] = []
    cuts: list[Edge] = []
    for one, other in pairs:
        if not comparable(wordings[one], wordings[other]):
            continue
        features = compare(wordings[one], wordings[other])
        score = probability(features)
        if score >= _FLOOR:
            pair = _short_first(wordings, one, other)
            (cuts if is_cut(features) else whole).append(Edge(*pair, score))
    return whole, cuts
