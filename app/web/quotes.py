"""Pages of quotes: the list, one quote, and where a quotation stands."""

from fastapi import APIRouter, Request

from app.errors import Gone, NotFound
from app.settings import settings
from app.store.read_occurrences import read_occurrences, read_place
from app.store.read_outlets import read_outlet_options
from app.store.read_quotes import (
    QuoteFilter,
    Sort,
    read_near,
    read_quote,
    read_quotes,
    read_quotes_by_id,
    read_successors,
    read_variants,
)
from app.store.read_speakers import read_speaker_options
from app.web.addresses import place_address, quote_address, with_query
from app.web.apparatus import build
from app.web.contexts import MissingQuotePage, Page, QuoteChoicePage, QuotePage, QuotesPage
from app.web.filters import shorten
from app.web.forms import After, AsOf, Id, Since, Until, Words, has_blanks
from app.web.pages import Moved, Reading, page
from app.web.sharing import share
from app.web.site import base

router = APIRouter()
_OPTIONS = 200
_VARIANTS = 100
_PLACES = 300
_NEAR = 5


@page(router, "/quotes", QuotesPage)
def quotes(
    request: Request,
    store: Reading,
    q: Words = "",
    speaker: Id = "",
    outlet: Id = "",
    since: Since = None,
    until: Until = None,
    sort: Sort = "changed",
    after: After = None,
) -> Page | Moved:
    """Quotes by words, speaker, outlet and date of the earliest document."""
    chosen = QuoteFilter(q.strip(), speaker, outlet, since, until, sort)
    if has_blanks(request):
        return Moved(_address(chosen, after), 303)
    listed = read_quotes(store, chosen, after, settings().page_size)
    return QuotesPage(
        title=f"Quotes with “{shorten(chosen.q, 60)}”" if chosen.q else "Quotes",
        address=_address(chosen, after),
        chosen=chosen,
        speakers=read_speaker_options(store, speaker, _OPTIONS),
        outlets=read_outlet_options(store, outlet, _OPTIONS),
        found=listed.found,
        quotes=listed.quotes,
        first=_address(chosen, None) if after else None,
        next=_address(chosen, listed.after) if listed.after else None,
    )


@page(router, "/quotes/{public_id}", QuotePage)
def quote(request: Request, store: Reading, public_id: str, as_of: AsOf = None) -> Page | Moved:
    """One quote; the address with its words is the canonical one."""
    return quote_with_slug(request, store, public_id, "", as_of)


@page(router, "/quotes/{public_id}/{slug}", QuotePage)
def quote_with_slug(request: Request, store: Reading, public_id: str, slug: str, as_of: AsOf = None) -> Page | Moved:
    """One quote. A retired id leads to its successor or offers several; Gone where it was removed."""
    found = read_quote(store, public_id)
    if found is None:
        return _retired(store, public_id, slug)
    line, reasons, tied = found
    address = quote_address(public_id, line.text)
    given = f"/quotes/{public_id}/{slug}" if slug else f"/quotes/{public_id}"
    if given != address:
        return Moved(with_query(address, {"as-of": as_of}))
    variants = read_variants(store, [public_id], _VARIANTS)[public_id]
    occurrences = read_occurrences(store, public_id, _PLACES)
    apparatus = build(line.text, variants, occurrences, request.app.state.collate, request.app.state.clues)
    return QuotePage(
        title=f"“{shorten(line.text, 70)}”",
        address=address,
        quote=line,
        reasons=reasons,
        tied=tied,
        attributions=apparatus.attributions,
        wordings=apparatus.wordings,
        places=apparatus.places,
        legend=apparatus.legend,
        variants_left=line.variant_count - len(variants),
        places_left=max(line.quotation_count - len(occurrences), 0),
        share=share(store, base(request), line, occurrences, as_of),
    )


@page(router, "/q/{public_id}", QuotePage)
def quotation(request: Request, store: Reading, public_id: str) -> Moved:
    """The place of a quotation in its document."""
    document = read_place(store, public_id)
    if document is None:
        raise NotFound("There is no quotation with this id here.", "Its document may have been removed; search for it.")
    return Moved(place_address(document, public_id), 302)


def _retired(store: Reading, public_id: str, slug: str) -> Page | Moved:
    successors = read_successors(store, public_id)
    if successors is None:
        return _missing(store, public_id, slug)
    living = read_quotes_by_id(store, successors)
    if not living:
        raise Gone(
            "This quote was removed: no document here carries it any more.",
            "Its words may still be found by searching.",
        )
    if len(living) == 1:
        return Moved(quote_address(living[0].id, living[0].text))
    return QuoteChoicePage(title="This quote was divided", address=f"/quotes/{public_id}", status=300, quotes=living)


def _missing(store: Reading, public_id: str, slug: str) -> MissingQuotePage:
    return MissingQuotePage(
        title="No quote at this address",
        address=f"/quotes/{public_id}",
        status=404,
        message="No quote here has, or ever had, this id.",
        hint="Check the address for a typing mistake, or search for the words.",
        quotes=read_near(store, slug.replace("-", " "), _NEAR) if slug else (),
    )


def _address(chosen: QuoteFilter, after: str | None) -> str:
    return with_query(
        "/quotes",
        {
            "q": chosen.q,
            "speaker": chosen.speaker,
            "outlet": chosen.outlet,
            "from": chosen.since,
            "to": chosen.until,
            "sort": "" if chosen.sort == "changed" else chosen.sort,
            "after": after,
        },
    )
