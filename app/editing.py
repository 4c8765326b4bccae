"""From clusters of sentences to quotes with their variants: which wording is the likely original, what each changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app import clustering
from app.clustering import Claim, Trust
from app.records import Label, Reworded, Unit, Witness
from app.store.clusters import NewQuote, NewVariant
from app.store.counts import independent_count
from app.store.parts import PartRecord

_BY_THEN = ("crawl", "file name")  # where a date says only that a document was out by then
_SHOWN = 5  # speakers named in a label

Group = Sequence[PartRecord]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of documents when quotes are made: how far each is trusted, and which are first-hand."""

    trust: Trust = field(default_factory=Trust)
    primary: frozenset[int] = frozenset()


def unit(part: PartRecord) -> Unit:
    """A sentence as clustering sees it."""
    speaker = part.speaker if part.speaker_named else None
    return Unit(part.public_id, part.text, part.document, speaker, part.start, part.end)


def knowledge(groups: Iterable[Group]) -> Knowledge:
    """What all quotes together say about their documents."""
    held = [group for group in groups if len(group) > 1]
    return Knowledge(clustering.weigh(map(claims, held)), _primary(part for group in held for part in group))


def more_knowledge(groups: Iterable[Group]) -> Knowledge:
    """What these quotes say about documents that nothing is known of yet, with what is known of the others."""
    held = list(groups)
    parts = [part for group in held for part in group]
    known = {part.document_id: part.altered_rate for part in parts if part.altered_rate is not None}
    trust = clustering.weigh(map(claims, held), known)
    judged = {part.document_id: part.reworded for part in parts if part.reworded}
    fresh = {document: found for document, found in trust.reworded.items() if document not in known}
    return Knowledge(Trust(trust.rates, {**judged, **fresh}), _primary(parts))


def claims(group: Group) -> list[Claim]:
    """What each independent document says: copies say nothing of their own."""
    return [Claim(part.document_id, _outlet(part), part.text) for part in group if not part.copied]


def _outlet(part: PartRecord) -> int:
    return (part.outlet_ids or (-part.document_id,))[0]


def _primary(parts: Iterable[PartRecord]) -> frozenset[int]:
    spoken: dict[int, int] = defaultdict(int)
    documents: dict[int, PartRecord] = {}
    for part in parts:
        documents[part.document_id] = part
        spoken[part.document_id] += (part.end - part.start) if part.unmarked else 0
    return frozenset(
        document
        for document, part in documents.items()
        if clustering.is_primary(part.opening, spoken[document] / max(part.length, 1))
    )


def quote(public_id: str, members: Group, known: Knowledge) -> NewQuote:
    """A quote of these sentences: its variants, the likely original first, then those that change most."""
    wordings: dict[str, list[PartRecord]] = defaultdict(list)
    for part in members:
        wordings[clustering.normal_form(part.text)].append(part)
    variants = [(form, sorted(parts, key=_age)) for form, parts in sorted(wordings.items())]
    choice = clustering.likely_original(_witnesses(members, [parts for _, parts in variants], known))
    base = variants[choice.index][1]
    rest = [
        NewVariant(parts[0].text, form, False, _labels(base, parts, known.trust.reworded), tuple(parts))
        for i, (form, parts) in enumerate(variants)
        if i != choice.index
    ]
    original = NewVariant(base[0].text, variants[choice.index][0], True, (), tuple(base))
    return NewQuote(public_id, choice.reasons, bool(choice.tied), (original, *sorted(rest, key=_weight)))


def _age(part: PartRecord) -> tuple[bool, bool, datetime, int]:
    return (part.copied, part.heading, part.published_at or datetime.max, part.id)


def _weight(variant: NewVariant) -> tuple[int, int, str]:
    """What changes the sense most comes first; among equals, what the most sentences have."""
    gravest = min(clustering.LABEL_ORDER[label.kind] for label in variant.labels)
    return gravest, -len(variant.parts), variant.normal_form


def _witnesses(members: Group, variants: Sequence[Group], known: Knowledge) -> list[Witness]:
    if len(variants) == 1:
        return [_witness(variants[0], known, 0.0)]
    support = clustering.support(claims(members), [parts[0].text for parts in variants], known.trust)
    return [_witness(parts, known, likely) for parts, likely in zip(variants, support, strict=True)]


def _witness(parts: Group, known: Knowledge, support: float) -> Witness:
    faithful = [part for part in parts if part.document_id not in known.trust.reworded]
    first = min(faithful or parts, key=lambda part: (not _dated(part), part.published_at or datetime.max))
    return Witness(
        text=parts[0].text,
        published=first.published_at,
        precision=first.precision,
        independent_outlets=independent_count(parts),
        occurrences=len(parts),
        reliable=_dated(first),
        primary=any(part.document_id in known.primary for part in parts),
        heading=all(part.heading for part in parts),
        reworded=not faithful,
        support=support,
    )


def _dated(part: PartRecord) -> bool:
    return part.published_at is not None and part.found_in not in _BY_THEN


def _labels(base: Group, other: Group, reworded: Mapping[int, Reworded]) -> tuple[Label, ...]:
    reason = None
    if all(part.document_id in reworded for part in other):
        reason = clustering.reworded_reason(reworded[other[0].document_id])
    return clustering.labels(base[0].text, other[0].text, _speakers(base), _speakers(other), reason)


def _speakers(parts: Group) -> list[str]:
    return sorted({part.speaker for part in parts if part.speaker and part.speaker_named})[:_SHOWN]
