"""What one quote says about its outlets and speakers: read from its sentences, stored beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.records import LabelKind
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, SightingRow, SpeakerRow, VariantRow

ALERTS: tuple[LabelKind, ...] = ("number differs", "negation differs", "name differs")
DISPUTED = "several speakers"  # the alert of a quote, where the others are of one of its variants
# Labels of wordings that keep the words which they have.
_SLIGHT = {"same words", "small words only", "cut at start", "cut at end", "cut inside", "longer", "other speaker"}
_STEP = 10_000  # ids a statement

Values = dict[str, Any]


@dataclass(slots=True)
class Facts:
    """Rows to store."""

    alerts: list[Values] = field(default_factory=list)
    disputes: list[Values] = field(default_factory=list)
    carriages: list[Values] = field(default_factory=list)
    variants: list[Values] = field(default_factory=list)


class _Part(NamedTuple):
    """A sentence of a quote: who carries it, and in which variant."""

    variant: int
    outlets: tuple[int, ...]
    own: int | None  # the outlet that it counts for as independent: none for a copy
    speaker: int | None


def read_facts(session: Session, quotes: Sequence[int]) -> Facts:
    """The facts of these quotes (row ids)."""
    facts = Facts()
    variants = _variants(session, quotes)
    parts = _parts(session, [variant.id for found in variants.values() for variant in found])
    for quote in session.execute(_QUOTES.where(QuoteRow.id.in_(quotes))):
        mine = variants[quote.id]
        said = [part for variant in mine for part in parts[variant.id]]
        _add_alerts(facts, quote, mine, said)
        _add_carriages(facts, quote.id, mine, said)
    return facts


_QUOTES = select(QuoteRow.id, QuoteRow.speaker_count, QuoteRow.last_published_at)
_VARIANTS = select(
    VariantRow.id,
    VariantRow.quote_id,
    VariantRow.likely_original,
    VariantRow.labels,
    VariantRow.first_published_at,
)
_PARTS = (
    select(PartRow.variant_id, QuotationRow.document_id, QuotationRow.speaker_id, SpeakerRow.kind)
    .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
    .outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
)


def _variants(session: Session, quotes: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(_VARIANTS.where(VariantRow.quote_id.in_(quotes)).order_by(VariantRow.id)):
        found[row.quote_id].append(row)
    return found


def _parts(session: Session, variants: Sequence[int]) -> dict[int, list[_Part]]:
    rows = _read(session, _PARTS, PartRow.variant_id, variants)
    documents = sorted({row.document_id for row in rows})
    copies = select(DocumentRow.id).where(DocumentRow.copy_of_id.is_not(None))
    copied = {row.id for row in _read(session, copies, DocumentRow.id, documents)}
    outlets: dict[int, set[int]] = defaultdict(set)
    seen = select(SightingRow.document_id, SightingRow.outlet_id).where(SightingRow.outlet_id.is_not(None))
    for row in _read(session, seen, SightingRow.document_id, documents):
        outlets[row.document_id].add(row.outlet_id)
    found: dict[int, list[_Part]] = defaultdict(list)
    for row in rows:
        carriers = tuple(sorted(outlets[row.document_id]))
        own = None if row.document_id in copied else (carriers or (-row.document_id,))[0]
        speaker = row.speaker_id if row.kind in ("person", "body") else None
        found[row.variant_id].append(_Part(row.variant_id, carriers, own, speaker))
    return found


def _read(session: Session, query: Any, column: Any, values: Sequence[int]) -> list[Row[Any]]:
    """The rows with one of these values, asked for in steps: one quote alone may stand in very many documents."""
    steps = (values[start : start + _STEP] for start in range(0, len(values), _STEP))
    return [row for step in steps for row in session.execute(query.where(column.in_(step)))]


def _add_alerts(facts: Facts, quote: Any, variants: Sequence[Row[Any]], said: Iterable[_Part]) -> None:
    for variant in variants:
        for kind in sorted(_kinds(variant) & set(ALERTS)):
            facts.alerts.append(_alert(quote.id, variant.id, kind, variant.first_published_at))
    if quote.speaker_count > 1:
        facts.alerts.append(_alert(quote.id, None, DISPUTED, quote.last_published_at))
        named = Counter(part.speaker for part in said if part.speaker is not None)
        facts.disputes += [
            {"speaker_id": speaker, "quote_id": quote.id, "quotation_count": count} for speaker, count in named.items()
        ]


def _alert(quote: int, variant: int | None, kind: str, at: object) -> Values:
    return {"quote_id": quote, "variant_id": variant, "kind": kind, "at": at}


def _add_carriages(facts: Facts, quote: int, variants: Sequence[Row[Any]], said: Sequence[_Part]) -> None:
    by_id = {variant.id: variant for variant in variants}
    independent: dict[int, set[int]] = defaultdict(set)  # who has each variant in words of their own
    for part in said:
        if part.own is not None:
            independent[part.variant].add(part.own)
    everyone = set().union(*independent.values())
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for part in said:
        variant = by_id[part.variant]
        others = part.own is not None and everyone - {part.own}
        agrees = others and (variant.likely_original or independent[part.variant] - {part.own})
        counts = {
            "quotation_count": 1,
            "altered": int(bool(_kinds(variant) - _SLIGHT)),
            "comparable": int(bool(others)),
            "agreeing": int(bool(agrees)),
        }
        for outlet in part.outlets:
            sums[outlet].update(counts)
    for outlet, total in sorted(sums.items()):
        of = {"outlet_id": outlet, "quote_id": quote, "variant_count": len(variants)}
        facts.carriages.append({**of, **total})
    carried = sorted({(outlet, part.variant) for part in said for outlet in part.outlets})
    facts.variants += [
        {"outlet_id": outlet, "kind": kind, "variant_id": variant, "quote_id": quote}
        for outlet, variant in carried
        for kind in sorted(_kinds(by_id[variant]) - {"same words"})
    ]


def _kinds(variant: Row[Any]) -> set[str]:
    return set() if variant.likely_original else {label["kind"] for label in variant.labels}
