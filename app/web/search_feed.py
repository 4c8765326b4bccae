"""What a search finds as a feed: new quotes and documents, without a search every day."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query, Request
from starlette.responses import Response

from app.store.read_found import find_documents, find_quotes
from app.store.search_terms import parse, write
from app.web.atom import Entry, Feed, answer
from app.web.feeds import MOST, document_entries, quote_entries
from app.web.filters import shorten
from app.web.forms import Since, Until, Words
from app.web.pages import Reading, reads
from app.web.routing import new_router
from app.web.search import Name, feed_address, search_address, with_fields
from app.web.site import base

router = new_router()

Kinds = Annotated[Literal["all", "quotes", "documents"], Query(description="Which of the two are told of.")]


@router.get("/search.atom", response_class=Response)
@reads
def search_feed(
    request: Request,
    store: Reading,
    q: Words = "",
    speaker: Name = "",
    outlet: Name = "",
    since: Since = None,
    until: Until = None,
    show: Kinds = "all",
) -> Response:
    """The newest quotes and documents of a search as an Atom feed; all that `/search` understands may stand in `q`."""
    sought = with_fields(parse(q), speaker, outlet, since, until)
    site = base(request)
    quotes = find_quotes(store, sought, None, MOST, "newest").quotes if sought and show != "documents" else ()
    entries = quote_entries(store, site, quotes)
    if sought and show != "quotes":
        found = find_documents(store, sought, None, MOST, excerpts=False).documents
        entries += document_entries(store, site, [one.document for one in found])
    own = str(feed_address(sought, show))
    return answer(
        Feed(
            key=own.removeprefix("/"),
            title=f"Variorum: {shorten(write(sought), 60)}" if sought else "Variorum: a search for nothing",
            link=site + search_address(sought, show),
            address=site + own,
            entries=sorted(entries, key=_age, reverse=True)[:MOST],
        )
    )


def _age(entry: Entry) -> datetime:
    """Undated ones come last."""
    return entry.published or datetime.min
