"""Checks of quotes and variants against the sentences that they are made of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app.clustering import normal_form
from app.keeping.findings import Difference, differences, missing_and_extra
from app.keeping.walks import QuoteBatch
from app.records import LabelKind
from app.store.aggregates import quote_counts, quote_speaker, speaker_votes, variant_counts
from app.store.facts import read_facts
from app.store.ids import form_hash, public_id
from app.store.profile_tables import AlertRow, CarriageRow, DisputeRow, OutletVariantRow
from app.store.tables import QuoteOutletRow

_TOLD_BY_DOCUMENTS: tuple[LabelKind, ...] = ("other speaker", "machine-translated or spun")  # not by the wordings
_ROUNDING = 1e-9  # of sums of confidences


def quote_texts(batch: QuoteBatch) -> Iterator[Difference]:
    """A quote shows the wording of its first variant."""
    for row in batch.quotes:
        first = next((variant.text for variant in batch.variants[row.id]), None)
        if row.text != first:
            yield Difference("quotes", row.public_id, "text", row.text, first, row.id)


def variant_order(batch: QuoteBatch) -> Iterator[Difference]:
    """Variants are ranked from 0 without gaps, and the first alone is the likely original."""
    for row in batch.quotes:
        for rank, variant in enumerate(batch.variants[row.id]):
            expected = {"rank": rank, "likely_original": rank == 0}
            yield from differences("variants", variant.public_id, variant, expected, row.id)


def variant_wordings(batch: QuoteBatch) -> Iterator[Difference]:
    """The wording of a variant is cut from the text of a document that has it, and all of its sentences agree."""
    for quote, variant in _variants(batch):
        parts = batch.of_variant[variant.id]
        if variant.text not in {part.text for part in parts}:
            first = min(parts, key=lambda part: part.id).text if parts else None
            yield Difference("variants", variant.public_id, "text", variant.text, first, quote.id)
        for part in parts:
            found = _form_hash(part.text)
            if found != variant.form_hash:
                yield Difference(
                    "parts", part.public_id, "form_hash of the variant", variant.form_hash, found, quote.id
                )


def label_evidence(batch: QuoteBatch) -> Iterator[Difference]:
    """The words that a label rests on are those of the likely original and of the variant."""
    for quote, variant in _variants(batch):
        sides = [" ".join(one.text.split()) for one in (batch.variants[quote.id][0], variant)]
        for label in variant.labels:
            for evidence in label["evidence"] if label["kind"] not in _TOLD_BY_DOCUMENTS else ():
                for said, wording in zip(evidence, sides, strict=True):
                    if not all(piece in wording for piece in _pieces(label["kind"], said)):
                        yield Difference(
                            "variants", variant.public_id, f"labels, {label['kind']}", said, "words of it", quote.id
                        )


def _pieces(kind: LabelKind, said: str) -> list[str]:
    """What stands together in a wording: names are picked one by one."""
    return said.split() if kind == "name differs" else said.split(" … ")


def variant_ids(batch: QuoteBatch) -> Iterator[Difference]:
    """Every variant has the id that follows from its quote's and its wording."""
    for quote, variant in _variants(batch):
        expected = public_id("variant", quote.public_id, _form(variant.text))
        if variant.public_id != expected:
            yield Difference("variants", variant.public_id, "public_id", variant.public_id, expected, quote.id)


def variants_counted(batch: QuoteBatch) -> Iterator[Difference]:
    """The counts and the first date of every variant are those of its sentences."""
    for quote, variant in _variants(batch):
        expected = variant_counts(batch.of_variant[variant.id])
        yield from differences("variants", variant.public_id, variant, expected, quote.id)


def quotes_counted(batch: QuoteBatch) -> Iterator[Difference]:
    """The counts and dates of every quote are those of its sentences."""
    for row in batch.quotes:
        expected = quote_counts(batch.members(row.id)) | {"variant_count": len(batch.variants[row.id])}
        yield from differences("quotes", row.public_id, row, expected, row.id)


def quote_speakers(batch: QuoteBatch) -> Iterator[Difference]:
    """The speaker of every quote is the one most often named; of a tie any."""
    for row in batch.quotes:
        members = batch.members(row.id)
        votes = speaker_votes(members)
        unnamed = {part.speaker_id for part in members} - {None} or {None}
        most = max(votes.values(), default=0.0)
        allowed = {speaker for speaker, vote in votes.items() if vote > most - _ROUNDING} or unnamed
        if row.speaker_id not in allowed:
            yield Difference("quotes", row.public_id, "speaker_id", row.speaker_id, quote_speaker(members), row.id)


def quote_outlets(batch: QuoteBatch) -> Iterator[Difference]:
    """Which outlets carry a quote is kept as its sentences have it."""
    rows = batch.session.execute(
        select(QuoteOutletRow.quote_id, QuoteOutletRow.outlet_id).where(QuoteOutletRow.quote_id.between(*batch.range))
    )
    expected = {
        (row.id, outlet) for row in batch.quotes for part in batch.members(row.id) for outlet in part.outlet_ids
    }
    stored = {tuple(row) for row in rows}
    for quote, outlet in sorted(stored ^ expected):
        there = (quote, outlet) in stored
        yield Difference("quote_outlets", f"{outlet}/{quote}", "row", _there(there), _there(not there), quote)


def alerts(batch: QuoteBatch) -> Iterator[Difference]:
    """Alerts are those that labels and speakers give."""
    return _facts(batch, AlertRow, ("variant_id", "kind", "at"), ())


def disputes(batch: QuoteBatch) -> Iterator[Difference]:
    """The speakers named for a disputed quote are those of its sentences."""
    return _facts(batch, DisputeRow, ("speaker_id",), ("quotation_count",))


def carriages(batch: QuoteBatch) -> Iterator[Difference]:
    """What each outlet made of a quote follows from its sentences."""
    counts = ("variant_count", "quotation_count", "altered", "comparable", "agreeing")
    return _facts(batch, CarriageRow, ("outlet_id",), counts)


def outlet_variants(batch: QuoteBatch) -> Iterator[Difference]:
    """Which outlet carries which variant under which label follows from its sentences."""
    return _facts(batch, OutletVariantRow, ("outlet_id", "kind", "variant_id"), ())


def _facts(batch: QuoteBatch, table: Any, key: Sequence[str], counts: Sequence[str]) -> Iterator[Difference]:
    names = ["quote_id", *key, *counts]
    stored = batch.session.execute(
        select(*(getattr(table, name) for name in names)).where(table.quote_id.between(*batch.range))
    )
    found = _tally((tuple(row) for row in stored), len(key) + 1)
    facts = _expected(batch)
    wanted = _tally((tuple(row[name] for name in names) for row in facts[table]), len(key) + 1)
    yield from missing_and_extra(table.__tablename__, ", ".join(counts) or "rows", found, wanted)


def _tally(rows: Iterable[tuple[Any, ...]], size: int) -> dict[Any, Any]:
    """Rows by their key; rows without counts are counted themselves."""
    held = list(rows)
    if held and len(held[0]) > size:
        return {row[:size]: row[size:] for row in held}
    return dict(Counter(held))


def _expected(batch: QuoteBatch) -> dict[Any, list[dict[str, Any]]]:
    """The facts of a batch, read once for the four checks that want them."""
    if batch.facts is None:
        found = read_facts(batch.session, [row.id for row in batch.quotes])
        batch.facts = {
            AlertRow: found.alerts,
            DisputeRow: found.disputes,
            CarriageRow: found.carriages,
            OutletVariantRow: found.variants,
        }
    return batch.facts


def _variants(batch: QuoteBatch) -> Iterator[tuple[Any, Any]]:
    for quote in batch.quotes:
        for variant in batch.variants[quote.id]:
            yield quote, variant


def _there(there: bool) -> str:
    return "there" if there else "not there"


@lru_cache(4_096)
def _form(wording: str) -> str:
    return normal_form(wording)


@lru_cache(4_096)
def _form_hash(wording: str) -> int:
    return form_hash(_form(wording))
