"""What documents have changed beyond themselves is derived again, a bounded part at a time.

A later document may give a speaker another name or another person's namings, take an earlier document for a copy, or
be a known text under another outlet: the store marks what that touches (`store.stale`), and this works the marks off.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, select, text
from sqlalchemy.orm import Session

from app import stories
from app.records import LabelKind
from app.rewriting import rewrite
from app.store import profiles, stale
from app.store.aggregates import search_speakers
from app.store.counts import refresh_counts
from app.store.parts import PartRecord, read_quote_parts
from app.store.profile_tables import DisputeRow
from app.store.search import SEARCH_TABLE
from app.store.tables import PartRow, QuotationRow, SpeakerRow, VariantRow

_QUOTATIONS = 100  # marks worked off at once, within a second or two
_NAMES = 5
_COUNTED = 500  # speakers, outlets, or documents of stories
_BATCH = 1_000  # quotes a statement
_OF_SPEAKERS: LabelKind = "other speaker"


def freshen(session: Session) -> bool:
    """Derive again some of what is marked; whether there is more. All of it is true when there is not."""
    for speaker in stale.take(session, "name", _NAMES):
        _name_again(session, speaker)
    _make_again(session, stale.take(session, "quotation", _QUOTATIONS))
    told = stale.take(session, "story", _COUNTED)
    if told:
        stories.tell(session, told)
    speakers, outlets = (stale.take(session, kind, _COUNTED) for kind in ("speaker", "outlet"))
    if speakers or outlets:
        refresh_counts(session, speakers, outlets)
    if outlets:
        profiles.refresh_copies(session, outlets)
    return stale.count(session) > 0


def freshen_all(session: Session) -> None:
    """Derive again all that is marked, within the transaction of the caller."""
    while freshen(session):
        pass


def _name_again(session: Session, speaker: int) -> None:
    """Let search find a speaker's quotes by the name shown now; those whose labels name speakers are made again."""
    quotes = list(session.scalars(_quotes(QuotationRow.speaker_id == speaker)))
    for start in range(0, len(quotes), _BATCH):
        names: dict[int, set[str]] = defaultdict(set)
        for quote, name in session.execute(_NAMED.where(VariantRow.quote_id.in_(quotes[start : start + _BATCH]))):
            names[quote].add(name)
        rows = [{"id": quote, "speaker": search_speakers(found)} for quote, found in names.items()]
        session.execute(_SEARCHED, rows)
    labelled = select(VariantRow.id).join(DisputeRow, DisputeRow.quote_id == VariantRow.quote_id)
    labelled = labelled.where(DisputeRow.speaker_id == speaker, cast(VariantRow.labels, Text).contains(_OF_SPEAKERS))
    theirs = select(QuotationRow.id).join(PartRow).where(PartRow.variant_id.in_(labelled))
    stale.mark(session, "quotation", session.scalars(theirs))


_PAIR: tuple[Any, ...] = (VariantRow.quote_id, SpeakerRow.name)
_NAMED = (
    select(*_PAIR)
    .join(PartRow, PartRow.variant_id == VariantRow.id)
    .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
    .join(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
    .distinct()
)
_SEARCHED = text(f"UPDATE {SEARCH_TABLE} SET speaker = :speaker WHERE rowid = :id")  # noqa: S608 - a name of ours


def _make_again(session: Session, quotations: Sequence[int]) -> None:
    """The same sentences into the same quotes, with all that follows from them."""
    quotes = list(session.scalars(_quotes(QuotationRow.id.in_(quotations)))) if quotations else []
    groups: dict[str, list[PartRecord]] = defaultdict(list)
    for part in read_quote_parts(session, quotes):
        groups[part.quote or ""].append(part)
    if groups:
        rewrite(session, list(groups.values()), all_of_them=True)


def _quotes(quotations: Any) -> Select[Any]:
    """The quotes (ids of their rows) that these quotations are part of."""
    parts = select(VariantRow.quote_id).join(PartRow, PartRow.variant_id == VariantRow.id)
    return parts.join(QuotationRow, PartRow.quotation_id == QuotationRow.id).where(quotations).distinct()
