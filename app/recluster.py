"""The corpus-wide job: all sentences into quotes and variants, ids kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from app import clustering
from app.ingest import now, versions
from app.records import Unit, Witness
from app.store import clusters, runs
from app.store.clusters import NewQuote, NewVariant, PartRecord
from app.store.engine import writing


@dataclass(frozen=True, slots=True)
class Reclustered:
    """What a recluster made of the corpus."""

    quotes: int
    variants: int


def recluster(engine: Engine) -> Reclustered:
    """Cluster the whole corpus again, in one transaction: readers see the old quotes until it is done.

    Raises DatabaseError.
    """
    with writing(engine) as session:
        run_id = runs.start_run(session, "recluster", versions(), now())
        parts = list(clusters.read_parts(session))
        groups = _group(parts, clustering.cluster([_unit(part) for part in parts]))
        inherited = _inherit(groups, clusters.used_ids(session))
        quotes = [_quote(public_id, members) for public_id, members in zip(inherited.ids, groups, strict=True)]
        clusters.replace_quotes(session, quotes, {**inherited.splits, **inherited.retired}, now())
        runs.finish_run(session, run_id, now())
    return Reclustered(len(quotes), sum(len(quote.variants) for quote in quotes))


def recluster_if_needed(engine: Engine) -> bool:
    """Cluster again where sentences wait for it; whether it did. Raises DatabaseError."""
    with writing(engine) as session:
        needed = clusters.has_unclustered(session)
    if needed:
        recluster(engine)
    return needed


def _unit(part: PartRecord) -> Unit:
    speaker = part.speaker if part.speaker_named else None
    return Unit(part.public_id, part.text, part.document, speaker, part.start, part.end)


def _group(parts: Sequence[PartRecord], labels: Sequence[int]) -> list[list[PartRecord]]:
    groups: dict[int, list[PartRecord]] = defaultdict(list)
    for part, label in zip(parts, labels, strict=True):
        groups[label].append(part)
    return list(groups.values())


def _inherit(groups: Sequence[Sequence[PartRecord]], used: set[str]) -> clustering.Inheritance:
    previous = {part.public_id: part.quote for group in groups for part in group if part.quote}
    return clustering.inherit(previous, [[part.public_id for part in group] for group in groups], used)


def _quote(public_id: str, members: Sequence[PartRecord]) -> NewQuote:
    wordings: dict[str, list[PartRecord]] = defaultdict(list)
    for part in members:
        wordings[clustering.normal_form(part.text)].append(part)
    variants = [(form, sorted(parts, key=_age)) for form, parts in sorted(wordings.items())]
    choice = clustering.likely_original([_witness(parts) for _, parts in variants])
    original = variants[choice.index][1][0].text
    order = sorted(
        range(len(variants)),
        key=lambda i: (i != choice.index, _distance(original, variants[i][1][0].text), variants[i][0]),
    )
    return NewQuote(
        public_id,
        choice.reasons,
        bool(choice.tied),
        tuple(
            NewVariant(variants[i][1][0].text, variants[i][0], i == choice.index, tuple(variants[i][1])) for i in order
        ),
    )


def _age(part: PartRecord) -> tuple[bool, datetime, int]:
    return (part.copied, part.published_at or datetime.max, part.id)


def _witness(parts: Sequence[PartRecord]) -> Witness:
    first = min(parts, key=lambda part: part.published_at or datetime.max)
    return Witness(
        text=parts[0].text,
        published=first.published_at,
        precision=first.precision,
        independent_outlets=clusters.independent_count(parts),
        occurrences=len(parts),
    )


def _distance(original: str, wording: str) -> float:
    """How much of the two wordings differs, 0 to 1: characters in words that are not the same."""
    changes = clustering.collate(original, wording)
    differing = sum(max(len(c.base), len(c.other)) for c in changes if c.kind != "same")
    return differing / (sum(max(len(c.base), len(c.other)) for c in changes) or 1)
