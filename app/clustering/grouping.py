"""Units in, one label per unit out: collapse equal wordings, find and score pairs, partition."""

from collections import defaultdict
from collections.abc import Sequence

from app.clustering.collection import collect
from app.clustering.judging import Judged, Wordings, judge
from app.clustering.like_places import Context, faint_matches, joined_in_context, sure_matches, with_context
from app.clustering.network import Model, load_model
from app.clustering.normal import normal_form
from app.clustering.partition import SURE, Edge, attach, average_link, crowds, without_strays
from app.clustering.support import supported
from app.clustering.vocabulary import carried, stem
from app.records import Unit

_TELLING = 3.0  # words of content with which a wording is one utterance, whoever is said to have said it
_SPOKEN = 1.8  # below this, equal wordings without a known speaker belong together only within a document
_ROUNDS = 3  # each round of joining by context gives the next one more matches to go by
_GATHERINGS = 8  # rounds of joining the fragments of much-varied quotes; after a few there is little left to join
_FLOOR = 0.05  # pairs less likely than this count as no pair

Key = tuple[str, str, str]  # normal form, speaker, document


def cluster(units: Sequence[Unit], model: Model | None = None) -> list[int]:
    """A label for each unit, numbered by first use: units with one label are variants of one utterance.

    The partition does not depend on the order of the units. Time and memory grow about linearly with the number
    of different wordings. Raises ModelError where no model is given and the packaged one can't be read.
    """
    known: dict[str, tuple[str, float]] = {}
    keys = [_key(unit, known) for unit in units]
    nodes = {key: number for number, key in enumerate(sorted(set(keys)))}
    numbers = [nodes[key] for key in keys]
    wordings = _wordings(units, numbers, list(nodes))
    labels = _partition(wordings, _places(units, numbers), model or load_model())
    order: dict[int, int] = {}
    return [order.setdefault(labels[number], len(order)) for number in numbers]


def _key(unit: Unit, known: dict[str, tuple[str, float]]) -> Key:
    """What makes two units one before any comparison: the wording, and for one that tells little, who or where.

    `known` keeps the normal form of each text and how many words of content it has.
    """
    found = known.get(unit.text)
    if found is None:
        form = normal_form(unit.text)
        found = known[unit.text] = form, carried(stem(word) for word in form.split())
    form, content = found
    if content >= _TELLING:
        return form, "", ""
    speaker = normal_form(unit.speaker or "")
    return form, speaker, "" if speaker or content >= _SPOKEN else unit.document or ""


def _wordings(units: Sequence[Unit], numbers: Sequence[int], nodes: Sequence[Key]) -> Wordings:
    speakers: dict[int, set[str]] = defaultdict(set)
    for unit, number in zip(units, numbers, strict=True):
        if unit.speaker:
            speakers[number].add(normal_form(unit.speaker))
    sets = [frozenset(speakers.get(number, ())) for number in range(len(nodes))]
    return Wordings(collect([form for form, _, _ in nodes]), sets)


def _places(units: Sequence[Unit], numbers: Sequence[int]) -> dict[str, list[int]]:
    """The wordings of each document in the order in which they stand there."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, number in zip(units, numbers, strict=True):
        if unit.document is not None and unit.start is not None:
            places[unit.document].append((unit.start, number))
    return {document: [number for _, number in sorted(found)] for document, found in sorted(places.items())}


def _partition(wordings: Wordings, places: dict[str, list[int]], model: Model) -> list[int]:
    judged = judge(wordings, model)
    whole, cuts = _edges(wordings, judged)
    sure = sure_matches(judged) if places else {}
    cuts = supported(cuts, wordings, places, sure)
    if places:
        context = Context(places, sure, faint_matches(wordings, judged.candidates), {})
        whole = with_context(wordings, context, whole)
    whole = without_strays(whole, cuts)
    labels = _gathered(wordings, average_link(len(wordings), whole), whole, model)
    labels = attach(labels, wordings.collection.lengths, cuts)
    for _ in range(_ROUNDS if places else 0):
        joined = joined_in_context(wordings, context, labels)
        if joined == labels:
            break
        labels = joined
    return labels


def _edges(wordings: Wordings, judged: Judged) -> tuple[list[Edge], list[Edge]]:
    """Scored pairs of different wordings of one utterance, and those of a cut and what it is cut from."""
    whole: list[Edge] = []
    cuts: list[Edge] = []
    kept = judged.chances >= _FLOOR
    columns = (*judged.pairs, judged.chances, judged.cuts)
    for one, other, score, cut in zip(*(column[kept].tolist() for column in columns), strict=True):
        (cuts if cut else whole).append(Edge(*wordings.short_first(one, other), score))
    return whole, cuts


def _gathered(wordings: Wordings, labels: list[int], edges: Sequence[Edge], model: Model) -> list[int]:
    """Labels with the fragments of much-varied quotes joined.

    A wording keeps a bounded number of candidates, so where a quote has more variants than that, most of their
    pairs are unknown, not unlike. There the central wordings of the fragments are compared in their place.
    """
    for _ in range(_GATHERINGS):
        crowd = crowds(labels, edges)
        if not crowd:
            break
        centres = [fragment.centre for fragment in crowd]
        central = wordings.taken(centres)
        between, _ = _edges(central, judge(central, model))
        edges_here = [edge for edge in between if crowd[edge.one].large or crowd[edge.other].large]
        merged = average_link(len(crowd), edges_here, SURE)
        if merged == list(range(len(crowd))):
            break
        moved = {labels[centre]: labels[centres[target]] for centre, target in zip(centres, merged, strict=True)}
        labels = [moved.get(label, label) for label in labels]
    return labels
