"""Writing clusters over the quotes that their sentences belonged to: ids inherited, profiles and stories following."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from app import clustering, editing, stories
from app.clustering.stories import CROWD
from app.ingest import now
from app.store import clusters, profiles
from app.store.parts import PartRecord


def rewrite(session: Session, groups: Sequence[Sequence[PartRecord]], all_of_them: bool = False) -> None:
    """Store clusters that differ from the quotes that their sentences belonged to (or all of them), ids inherited.

    The clusters must hold all sentences of the quotes of which they hold any. Whoever rewrites has to `freshen` within
    the same transaction: the counts of speakers are only marked.
    """
    spread = Counter(quote for group in groups for quote in {part.quote for part in group})
    changed = [group for group in groups if all_of_them or _is_changed(group, spread)]
    previous = {part.public_id: part.quote for group in changed for part in group if part.quote}
    units = [[part.public_id for part in group] for group in changed]
    inherited = clustering.inherit(previous, units, clusters.UsedIds(session))
    known = editing.more_knowledge(changed)
    fresh = {part.document_id for group in changed for part in group if part.altered_rate is None}
    rates = {document: rate for document, rate in known.trust.rates.items() if document in fresh}
    clusters.store_trust(session, rates, known.trust.reworded)
    quotes = [editing.quote(public_id, group, known) for public_id, group in zip(inherited.ids, changed, strict=True)]
    successors = {**inherited.splits, **inherited.retired}
    touched = set(previous.values())
    read = clusters.texts(session, touched) if all_of_them else {}
    profiles.withdraw(session, touched, clustering.telling_words)
    clusters.replace_some(session, quotes, touched, successors, now())
    profiles.enter(session, {quote.public_id for quote in quotes}, clustering.telling_words)
    new = {part.document_id for group in changed for part in group if part.quote is None}
    moved = {part.document_id for group in changed if _is_moved(group, spread) for part in group}
    reads = {quote.public_id: quote.variants[0].text for quote in quotes}
    retitled = {quote for quote, said in read.items() if reads.get(quote) != said}
    retold = {part.document_id for group in changed if _ties_anew(group, retitled) for part in group}
    stories.tell(session, new | moved | retold)


def _is_changed(group: Sequence[PartRecord], spread: Mapping[str | None, int]) -> bool:
    """Whether a cluster is not just a quote as it was."""
    return any(part.quote is None for part in group) or _is_moved(group, spread)


def _is_moved(group: Sequence[PartRecord], spread: Mapping[str | None, int]) -> bool:
    """Whether a cluster has sentences that were in another quote, new ones apart."""
    before = {part.quote for part in group} - {None}
    return len(before) > 1 or any(spread[quote] > 1 for quote in before)


def _ties_anew(group: Sequence[PartRecord], retitled: Collection[str]) -> bool:
    """Whether the story of the documents that a quote tied may be another now: the quote reads otherwise, which is the
    title of some, or so many carry it by now that it ties nobody."""
    before = {part.document_id for part in group if part.quote}
    crowd = len({part.document_id for part in group}) > CROWD
    return len(before) <= CROWD and (crowd or any(part.quote in retitled for part in group))
