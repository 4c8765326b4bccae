"""Decisions of people: put on record, and laid over every clustering."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app import clustering, editing
from app.records import Ruling
from app.store.decisions import Decision, Target, read_decisions, set_speaker
from app.store.parts import PartRecord

Groups = list[list[PartRecord]]


def decide(session: Session, parts: Sequence[PartRecord], labels: Sequence[int]) -> Groups:
    """The sentences in clusters that respect every decision on record, with the speakers that were decided on."""
    decisions = read_decisions(session)
    rulings = [_ruling(d, d.other) for d in decisions if d.other is not None]
    if rulings:
        labels = clustering.decided([editing.unit(part) for part in parts], labels, rulings)
    groups: dict[int, list[PartRecord]] = defaultdict(list)
    for part, label in zip(parts, labels, strict=True):
        groups[label].append(part)
    return _with_speakers(session, list(groups.values()), [d for d in decisions if d.kind == "speaker"])


def _ruling(decision: Decision, other: Target) -> Ruling:
    return Ruling(decision.kind == "same", decision.one.parts, other.parts)


def _with_speakers(session: Session, groups: Groups, decisions: Sequence[Decision]) -> Groups:
    """The clusters with the speakers that were decided on, which the store keeps from now on."""
    place = {part.public_id: number for number, group in enumerate(groups) for part in group} if decisions else {}
    chosen: dict[int, Decision] = {}  # by quotation; the last decision holds
    for decision in decisions:
        here = [name for name in decision.one.parts if name in place]
        if here:
            group = groups[Counter(place[name] for name in here).most_common(1)[0][0]]
            chosen.update(dict.fromkeys(_meant(decision.one, group), decision))
    by_decision: dict[Decision, list[int]] = defaultdict(list)
    for quotation, decision in chosen.items():
        by_decision[decision].append(quotation)
    named = {}
    for decision, quotations in by_decision.items():
        row = set_speaker(session, quotations, decision)
        named.update(dict.fromkeys(quotations, (row.id, row.name, row.kind != "unnamed")))
    return [[_named(part, named.get(part.quotation_id)) for part in group] for group in groups]


def _meant(target: Target, group: Sequence[PartRecord]) -> set[int]:
    """The quotations (row ids) of a cluster that a decision on `target` is about."""
    here = [part for part in group if part.public_id in target.parts]
    if target.scope == "quotation":
        return {part.quotation_id for part in here}
    forms = {clustering.normal_form(part.text) for part in here}
    whole = target.scope == "quote"
    return {part.quotation_id for part in group if whole or clustering.normal_form(part.text) in forms}


def _named(part: PartRecord, decided: tuple[int, str, bool] | None) -> PartRecord:
    if decided is None:
        return part
    speaker_id, speaker, named = decided
    return replace(part, speaker_id=speaker_id, speaker=speaker, speaker_named=named, confidence=1.0)
