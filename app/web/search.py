"""One search for quotes, speakers and documents."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.settings import settings
from app.store.read_found import FoundDocuments, SpeakerList, find_documents, find_quotes, find_speakers, read_extent
from app.store.read_nearest import read_nearest
from app.store.read_quotes import QuoteList
from app.store.read_rows import when
from app.store.read_views import Found
from app.store.search_queries import left_out
from app.store.search_terms import Sought, parse, plain, without, write, written_terms
from app.web.addresses import with_query
from app.web.filters import shorten
from app.web.fitting import fitting
from app.web.forms import After, Since, Until, Words, has_blanks
from app.web.pages import Moved, Reading, page
from app.web.routing import new_router
from app.web.search_contexts import (
    DocumentsFound,
    Extent,
    FoundQuote,
    Nearest,
    QuotesFound,
    SearchPage,
    Show,
    SpeakersFound,
    Term,
)
from app.web.site import base
from app.web.unfound import reasons
from app.web.wanted import by_htmx

router = new_router()
_SHOWN: dict[str, int] = {"quotes": 10, "speakers": 5, "documents": 5}  # of each where all three are shown
_FEW = 3  # results, below which near words are offered
_NEAREST = 3
_NONE = Found(0, False)

Name = Annotated[str, Query(max_length=100, description="Words of a name.")]


@dataclass(frozen=True, slots=True)
class _Results:
    quotes: QuoteList
    speakers: SpeakerList
    documents: FoundDocuments

    @property
    def count(self) -> int:
        """All that was found, each kind counted to its limit."""
        return self.quotes.found.count + self.speakers.found.count + self.documents.found.count


@page(router, "/search", SearchPage)
def search(
    request: Request,
    store: Reading,
    q: Words = "",
    speaker: Name = "",
    outlet: Name = "",
    since: Since = None,
    until: Until = None,
    show: Show = "all",
    after: After = None,
) -> SearchPage | Moved:
    """Quotes, speakers and documents; words, exact phrases and `speaker: outlet: before: after:` may stand in `q`.

    Of `q` up to 300 characters are taken and the first 40 words looked for (`left_out` counts the rest). Of each kind
    at least the first 1,000 results are listed (`found.more` where there are more than were counted). Of words or an
    outlet that very many have, 250,000 at most may be looked through (`found.looked_through`).
    """
    typed = parse(q)
    asked = with_fields(typed, speaker, outlet, since, until)
    if _is_untidy(request, typed):
        return Moved(search_address(asked, show, after), 303)
    results = _find(store, asked, show, after)
    nearest = read_nearest(store, asked, _NEAREST) if results.count < _FEW and not after else ()
    sought = asked
    if nearest and not results.count and not asked.phrases:
        sought = nearest[0]
        results = _find(store, sought, show, None)
    return SearchPage(
        title=f"Search for {shorten(write(asked), 60)}" if asked else "Search",
        address=search_address(asked, show, after),
        asked=asked,
        sought=sought,
        typed=_typed(asked),
        terms=tuple(Term(key, value, search_address(without(asked, key))) for key, value in written_terms(asked)),
        show=show,
        quotes=_quotes(store, results.quotes, sought, show),
        speakers=_speakers(results.speakers, sought, show),
        documents=_documents(results.documents, sought, show),
        instead=write(sought) if sought is not asked else None,
        nearest=tuple(Nearest(write(one), search_address(one)) for one in nearest if one is not sought),
        left_out=left_out(sought),
        reasons=() if results.count else reasons(store, asked),
        extent=None if results.count else _extent(store),
        first=search_address(sought, show) if after else None,
        next=_further(results, sought, show),
        everything=search_address(sought),
        feed=feed_address(sought, show) if sought else None,
    )


@router.get("/opensearch.xml", include_in_schema=False)
def opensearch(request: Request) -> Response:
    """How browsers and programs search here (OpenSearch 1.1)."""
    template = request.app.state.templates.get_template("opensearch.xml")
    content = template.render(base=base(request))
    return Response(content, media_type="application/opensearchdescription+xml")


def with_fields(typed: Sought, speaker: str, outlet: str, since: date | None, until: date | None) -> Sought:
    """What stands in the fields, and over it what was typed as terms."""
    return replace(
        typed,
        speaker=typed.speaker or plain(speaker),
        outlet=typed.outlet or plain(outlet),
        since=typed.since or since,
        until=typed.until or until,
    )


def _is_untidy(request: Request, typed: Sought) -> bool:
    """Whether the address has empty fields, or terms that have fields of their own."""
    return has_blanks(request) or (bool(written_terms(typed)) and not by_htmx(request.headers))


def _find(store: Connection, sought: Sought, show: Show, after: str | None) -> _Results:
    size = {kind: few if show == "all" else settings().page_size for kind, few in _SHOWN.items()}
    wanted = {kind: bool(sought) and show in ("all", kind) for kind in _SHOWN}
    after = None if show == "all" else after
    return _Results(
        find_quotes(store, sought, after, size["quotes"]) if wanted["quotes"] else QuoteList(_NONE, (), None),
        find_speakers(store, sought, after, size["speakers"]) if wanted["speakers"] else SpeakerList(_NONE, (), None),
        find_documents(store, sought, after, size["documents"])
        if wanted["documents"]
        else FoundDocuments(_NONE, (), None),
    )


def _quotes(store: Connection, listed: QuoteList, sought: Sought, show: Show) -> QuotesFound | None:
    if not listed.found.count:
        return None
    wordings = fitting(store, listed.quotes, sought)
    lines = tuple(FoundQuote(quote, wordings.get(quote.id)) for quote in listed.quotes)
    return QuotesFound(listed.found, lines, _more(sought, show, "quotes", listed.after))


def _speakers(listed: SpeakerList, sought: Sought, show: Show) -> SpeakersFound | None:
    more = _more(sought, show, "speakers", listed.after)
    return SpeakersFound(listed.found, listed.speakers, more) if listed.found.count else None


def _documents(listed: FoundDocuments, sought: Sought, show: Show) -> DocumentsFound | None:
    more = _more(sought, show, "documents", listed.after)
    return DocumentsFound(listed.found, listed.documents, more) if listed.found.count else None


def _more(sought: Sought, show: Show, kind: Show, after: str | None) -> str | None:
    """Address of all results of one kind, where all three are shown and there are more of it."""
    return search_address(sought, kind) if after and show == "all" else None


def _further(results: _Results, sought: Sought, show: Show) -> str | None:
    if show == "all":
        return None
    after = results.quotes.after or results.speakers.after or results.documents.after
    return search_address(sought, show, after) if after else None


def _extent(store: Connection) -> Extent:
    documents, since, until = read_extent(store)
    return Extent(documents, when(since), when(until))


def _typed(sought: Sought) -> str:
    return " ".join(part for part in (*sought.unread, sought.words) if part)


def search_address(sought: Sought, show: Show = "all", after: str | None = None) -> str:
    """The address of a search, or of a page of it."""
    return with_query("/search", _query(sought, show) | {"after": after})


def feed_address(sought: Sought, show: Show = "all") -> str | None:
    """The address of the feed of a search: of its quotes and documents, or of those alone that are shown."""
    return None if show == "speakers" else with_query("/search.atom", _query(sought, show))


def _query(sought: Sought, show: Show) -> dict[str, object]:
    values = {"q": _typed(sought), "speaker": sought.speaker, "outlet": sought.outlet}
    days = {"from": sought.since, "to": sought.until}
    return {**values, **days, "show": "" if show == "all" else show}
