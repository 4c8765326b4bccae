"""New documents into a corpus that is clustered already: only the quotes that they may touch are clustered again."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import clustering, deciding, editing
from app.freshening import freshen
from app.rewriting import rewrite
from app.store import clusters, neighbours, samples
from app.store.engine import writing
from app.store.parts import PartRecord, read_new_parts, read_quote_parts, read_some_parts
from app.store.tables import PartRow

_ALIKE = 0.4  # share of telling words, below which a quote is not clustered with a new sentence
_STEM = 5  # letters of a word that are compared
_MOST_NEW = 0.25  # share of the corpus that is new, above which all of it is clustered again


def join(engine: Engine) -> bool:
    """Cluster the sentences that wait for it with the quotes near to them, and derive again what new documents changed
    elsewhere; False (and nothing done) where so many wait that all had better be clustered again.

    Raises DatabaseError.
    """
    with writing(engine) as session:
        waiting = session.scalar(select(func.count(PartRow.id)).where(PartRow.variant_id.is_(None))) or 0
        if waiting > _MOST_NEW * (session.scalar(select(func.max(PartRow.id))) or 0):
            return False
        if waiting:
            _join(session)
        more = freshen(session)
    while more:
        with writing(engine) as session:
            more = freshen(session)
    return True


def _join(session: Session) -> None:
    new = read_new_parts(session)
    near, alike = _near(session, new)
    documents = neighbours.partners(session, near)
    quotes = set().union(*near.values()) | neighbours.carried_by(session, documents)
    old = read_some_parts(session, samples.sample(session, quotes, alike, documents))
    labels = clustering.cluster([editing.unit(part) for part in (*new, *old)])
    labels = with_whole(labels, [*[None] * len(new), *[part.quote for part in old]])
    place = {part.quote: label for part, label in zip(old, labels[len(new) :], strict=True)}
    joined = {quote for quote, label in place.items() if quote and label in set(labels[: len(new)])}
    whole = read_quote_parts(session, clusters.row_ids(session, joined))
    labels = [*labels[: len(new)], *[place[part.quote] for part in whole]]
    rewrite(session, deciding.decide(session, [*new, *whole], labels))


def _near(session: Session, new: Sequence[PartRecord]) -> tuple[dict[int, set[int]], dict[int, float]]:
    """For each new document the ids of the quotes that its sentences may belong to, and for the wordings of those
    (ids of their rows) how much they share with the sentences, 0 to 1."""
    postings = neighbours.Postings(session)
    near: dict[int, set[int]] = defaultdict(set)
    alike: dict[int, float] = defaultdict(float)
    known: dict[int, list[tuple[samples.Wording, frozenset[str]]]] = {}
    for text, documents in _texts(new).items():
        ours = _stems(text)
        found = postings.near(clustering.telling_words(text))
        for wording in samples.read_wordings(session, [quote for quote in found if quote not in known]):
            known.setdefault(wording.quote, []).append((wording, _stems(wording.text)))
        for wording, theirs in (entry for quote in found for entry in known.get(quote, ())):
            share = _share(ours, theirs)
            if share >= _ALIKE:
                alike[wording.id] = max(alike[wording.id], share)
                for document in documents:
                    near[document].add(wording.quote)
    forms: dict[int, set[str]] = defaultdict(set)
    for part in new:
        forms[part.document_id].add(clustering.normal_form(part.text))
    for document, wanted in forms.items():
        same = neighbours.with_wordings(session, wanted)
        near[document] |= set(same.values())
        alike.update(dict.fromkeys(same, 1.0))
    return near, alike


def _texts(new: Sequence[PartRecord]) -> dict[str, set[int]]:
    texts: dict[str, set[int]] = defaultdict(set)
    for part in new:
        texts[part.text].add(part.document_id)
    return texts


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in clustering.telling_words(text))


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Telling words that two texts share, counted in the one with fewer of them."""
    return len(ours & theirs) / max(min(len(ours), len(theirs)), 1)


def with_whole(labels: Sequence[int], quotes: Sequence[str | None]) -> list[int]:
    """Labels in which none of `quotes` is divided: each goes as a whole where most of it went.

    Only a few of their sentences were clustered, without all their neighbours, so a division would rest on too little.
    What clustering put together with a lesser part of one follows the rest of it. None: in no such quote.
    """
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for label, quote in zip(labels, quotes, strict=True):
        if quote is not None:
            votes[quote][label] += 1
    chosen = {quote: min(counts, key=lambda label: (-counts[label], label)) for quote, counts in votes.items()}
    taken = set(chosen.values())
    follows: dict[int, tuple[int, int]] = {}
    for quote, counts in sorted(votes.items()):
        for label, count in counts.items():
            if label not in taken and count > follows.get(label, (0, 0))[0]:
                follows[label] = count, chosen[quote]
    return [
        chosen[quote] if quote is not None else follows.get(label, (0, label))[1]
        for label, quote in zip(labels, quotes, strict=True)
    ]
