"""The feeds: quotes of a list, of a speaker, documents of an outlet, variants of a quote."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.errors import NotFound
from app.store.quote_filter import QuoteFilter
from app.store.read_documents import DocumentFilter, read_documents
from app.store.read_feeds import NewVariant, read_last_taken_in, read_new_variants, read_taken_in
from app.store.read_found import list_quotes
from app.store.read_outlets import read_outlet
from app.store.read_quotes import read_quotes
from app.store.read_speakers import read_speaker, read_successor
from app.store.read_views import DocumentLine, QuoteLine, Variant
from app.web.addresses import quote_address, variant_address, with_query
from app.web.atom import Entry, Feed, answer
from app.web.chosen import NewestQuotes
from app.web.differences import compare
from app.web.filters import headline, plural, shorten
from app.web.pages import Reading, reads
from app.web.quote_files import Elsewhere, living
from app.web.routing import new_router
from app.web.site import base
from app.web.tools import Collate

router = new_router()
MOST = 30  # entries
_TITLE = 120  # characters


@router.get("/quotes.atom", response_class=Response)
@reads
def quotes_feed(request: Request, store: Reading, chosen: NewestQuotes) -> Response:
    """The first quotes of a list as an Atom feed, with the filters of that list; the newest unless sorted otherwise."""
    days = {"from": chosen.since, "to": chosen.until}
    query = {"q": chosen.q, "speaker": chosen.speaker, "outlet": chosen.outlet, **days, "sort": chosen.sort}
    site = base(request)
    return answer(
        Feed(
            key=with_query("quotes", query),
            title=f"Variorum: quotes with “{shorten(chosen.q, 60)}”" if chosen.q else "Variorum: quotes",
            link=site + with_query("/quotes", query),
            address=site + with_query("/quotes.atom", query),
            entries=quote_entries(store, site, list_quotes(store, chosen, None, MOST).quotes),
        )
    )


@router.get("/speakers/{public_id}/feed.atom", response_class=Response)
@reads
def speaker_feed(request: Request, store: Reading, public_id: str) -> Response:
    """The newest quotes of a speaker as an Atom feed. Raises NotFound."""
    successor = read_successor(store, public_id)
    if successor is not None:
        return Elsewhere(f"/speakers/{successor}/feed.atom", 301).response()
    line = read_speaker(store, public_id)
    if line is None:
        raise NotFound("There is no speaker with this id here.", "Look for them among the speakers.")
    site, page = base(request), f"/speakers/{public_id}"
    lines = read_quotes(store, QuoteFilter(speaker=public_id, sort="newest"), None, MOST).quotes
    entries = quote_entries(store, site, lines)
    return answer(Feed(page, f"Variorum: {line.speaker.name}", site + page, f"{site}{page}/feed.atom", entries))


@router.get("/outlets/{public_id}/feed.atom", response_class=Response)
@reads
def outlet_feed(request: Request, store: Reading, public_id: str) -> Response:
    """The newest documents of an outlet as an Atom feed. Raises NotFound."""
    line = read_outlet(store, public_id)
    if line is None:
        raise NotFound("There is no outlet with this id here.", "Look for it among the outlets.")
    site, page = base(request), f"/outlets/{public_id}"
    documents = read_documents(store, DocumentFilter(outlet=public_id), None, MOST).documents
    entries = document_entries(store, site, documents)
    return answer(Feed(page, f"Variorum: {line.outlet.name}", site + page, f"{site}{page}/feed.atom", entries))


@router.get("/quotes/{public_id}/feed.atom", response_class=Response)
@reads
def quote_feed(request: Request, store: Reading, public_id: str) -> Response:
    """The newest variants of a quote as an Atom feed: what appeared here, and when. Raises NotFound, Gone."""
    line = living(store, public_id, "/feed.atom")
    if isinstance(line, Elsewhere):
        return line.response()
    site = base(request)
    page = site + quote_address(line.id, line.text)
    found = read_new_variants(store, line.id, MOST)
    entries = [_variant(site, line, variant, request.app.state.collate) for variant in found]
    title = f"Variorum: variants of “{shorten(headline(line.text), 80)}”"
    return answer(Feed(f"quotes/{line.id}", title, page, f"{site}/quotes/{line.id}/feed.atom", entries))


def quote_entries(store: Connection, site: str, lines: Sequence[QuoteLine]) -> list[Entry]:
    """Quotes as news, in their order."""
    taken_in = read_last_taken_in(store, [line.id for line in lines])
    return [
        Entry(
            key=f"quote/{line.id}",
            title=f"“{shorten(headline(line.text), _TITLE)}”",
            link=site + quote_address(line.id, line.text),
            updated=taken_in[line.id],
            published=line.first_published.at if line.first_published else None,
            summary=_extent(line),
            author=line.speaker.name if line.speaker else "nobody named",
        )
        for line in lines
        if line.id in taken_in
    ]


def document_entries(store: Connection, site: str, lines: Sequence[DocumentLine]) -> list[Entry]:
    """Documents as news, in their order."""
    taken_in = read_taken_in(store, [line.id for line in lines])
    return [_document(site, line, taken_in[line.id]) for line in lines]


def _extent(line: QuoteLine) -> str:
    who = line.speaker.name if line.speaker else "nobody named"
    disputed = " (disputed)" if line.speaker_count > 1 else ""
    return f"Said by {who}{disputed}. {plural(line.variant_count, 'variant')} in {plural(line.outlet_count, 'outlet')}."


def _document(site: str, line: DocumentLine, taken_in: datetime) -> Entry:
    copied = f" A copy of “{shorten(line.copy_of.title, 80)}”." if line.copy_of else ""
    return Entry(
        key=f"document/{line.id}",
        title=shorten(line.title, _TITLE),
        link=f"{site}/documents/{line.id}",
        updated=taken_in,
        published=line.published.at if line.published else None,
        summary=f"{plural(line.quotation_count, 'quotation')}.{copied}",
        author=line.outlet.name if line.outlet else "Variorum",
    )


def _variant(site: str, line: QuoteLine, found: NewVariant, collate: Collate) -> Entry:
    wording = compare(line.text, Variant(found.id, 1, found.text, found.likely_original, 0, 0, 0, None), collate)
    said = shorten(headline(found.text), _TITLE)
    return Entry(
        key=f"variant/{found.id}",
        title=f"Likely original: “{said}”" if found.likely_original else f"A new variant appeared: “{said}”",
        link=site + variant_address(found.id),
        updated=found.known_since,
        published=found.first_published,
        summary=wording.summary,
    )
