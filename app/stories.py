"""Stories follow the quotes: found anew for the whole corpus, or around the documents that were touched."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app import clustering
from app.clustering.stories import CROWD
from app.ingest import now
from app.store import stories
from app.store.stories import NewStory, QuoteRecord, StoryDocument


def tell(session: Session, touched: Collection[int] | None = None) -> None:
    """Find the stories of the documents near to those touched (row ids), or of all, and store them; ids are kept.

    Runs within the caller's transaction, after the quotes were stored.
    """
    near = None if touched is None else stories.near_documents(session, touched, CROWD)
    documents, quotes = stories.read_story_documents(session, CROWD, near)
    previous = stories.stories_of(session, near)
    groups = clustering.stories(list(map(_report, documents)), {name: _carried(one) for name, one in quotes.items()})
    inherited = clustering.inherit(previous, groups, stories.UsedStoryIds(session))
    by_name = {document.public_id: document for document in documents}
    made = [
        described(public_id, [by_name[name] for name in group], quotes)
        for public_id, group in zip(inherited.ids, groups, strict=True)
    ]
    successors = {**inherited.splits, **inherited.retired}
    stories.replace_stories(session, made, set(previous.values()), successors, now())


def _report(document: StoryDocument) -> clustering.Report:
    return clustering.Report(document.public_id, document.published_at, document.quotes, document.opening)


def _carried(quote: QuoteRecord) -> clustering.Carried:
    return clustering.Carried(quote.text, quote.document_count)


def described(public_id: str, documents: Sequence[StoryDocument], quotes: Mapping[str, QuoteRecord]) -> NewStory:
    """A story under the headline of its earliest independent document that has one, else under its first quote."""
    carriers = Counter(quote for document in documents for quote in document.quotes)
    shared = sorted((-count, quote) for quote, count in carriers.items() if count > 1)
    headlined = [document for document in documents if document.title]
    if headlined:
        first = min(headlined, key=lambda d: (d.copied, d.published_at or datetime.max, d.id))
        return NewStory(public_id, first.title or "", first.id, len(shared), tuple(documents))
    return NewStory(public_id, quotes[shared[0][1]].text, None, len(shared), tuple(documents))
