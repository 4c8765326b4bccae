"""Pages of quotes: the list, one quote, and where a quotation stands."""

from fastapi import Request

from app.errors import Gone, NotFound
from app.settings import settings
from app.store.quote_filter import QuoteFilter
from app.store.read_found import list_quotes
from app.store.read_occurrences import read_place
from app.store.read_outlets import read_outlet_options
from app.store.read_quotes import read_near, read_quote, read_quotes_by_id
from app.store.read_retired import read_quote_successors
from app.store.read_speakers import read_speaker_options
from app.store.read_variants import read_variant_place
from app.web.addresses import place_address, quote_address, variant_place, with_query
from app.web.chosen import ChosenQuotes
from app.web.contexts import DocumentPage, Look, MissingQuotePage, Page, QuoteChoicePage, QuotePage, QuotesPage
from app.web.filters import shorten
from app.web.fitting import fitting
from app.web.forms import After, AsOf, Id, Whole, has_blanks
from app.web.pages import Moved, Reading, page
from app.web.quote_page import MOST_VARIANTS, SHORT, Asked, comparison_address, quote_page
from app.web.routing import new_router
from app.web.tools import tools
from app.web.wanted import by_htmx

router = new_router()
_OPTIONS = 200
_NEAR = 5


@page(router, "/quotes", QuotesPage)
def quotes(request: Request, store: Reading, chosen: ChosenQuotes, after: After = None) -> Page | Moved:
    """Quotes by words, speaker, outlet and date of the earliest document."""
    if has_blanks(request):
        return Moved(_address(chosen, after), 303)
    listed = list_quotes(store, chosen, after, settings().page_size)
    return QuotesPage(
        title=f"Quotes with “{shorten(chosen.q, 60)}”" if chosen.q else "Quotes",
        address=_address(chosen, after),
        chosen=chosen,
        speakers=read_speaker_options(store, chosen.speaker, _OPTIONS),
        outlets=read_outlet_options(store, chosen.outlet, _OPTIONS),
        found=listed.found,
        quotes=listed.quotes,
        wordings=fitting(store, listed.quotes, chosen.sought),
        first=_address(chosen, None) if after else None,
        next=_address(chosen, listed.after) if listed.after else None,
    )


@page(router, "/quotes/{public_id}", QuotePage, quick=True)
def quote(
    request: Request,
    store: Reading,
    public_id: str,
    base: Id = "",
    view: Look = "inline",
    as_of: AsOf = None,
    show: Whole = "",
) -> Page | Moved:
    """One quote; the address with its words is the canonical one."""
    return quote_with_slug(request, store, public_id, "", base, view, as_of, show)


@page(router, "/quotes/{public_id}/{slug}", QuotePage, quick=True)
def quote_with_slug(
    request: Request,
    store: Reading,
    public_id: str,
    slug: str,
    base: Id = "",
    view: Look = "inline",
    as_of: AsOf = None,
    show: Whole = "",
) -> Page | Moved:
    """One quote, its variants compared with `base` (a variant's id; else the likely original).

    A retired id leads to its successor or offers several; Gone where it was removed.
    """
    found = read_quote(store, public_id)
    if found is None:
        return _retired(store, public_id, slug)
    given = f"/quotes/{public_id}/{slug}" if slug else f"/quotes/{public_id}"
    if given != quote_address(public_id, found[0].text):
        return Moved(comparison_address(found[0], base, view, as_of, bool(show)))
    if _is_untidy(request):
        return Moved(comparison_address(found[0], base, view, as_of, bool(show)), 303)
    asked = Asked(base, view, as_of, bool(show))
    answer = quote_page(store, found, asked, tools(request))
    return answer or Moved(comparison_address(found[0], "", view, as_of, bool(show)), 303)


@page(router, "/v/{public_id}", QuotePage, quick=True)
def variant(request: Request, store: Reading, public_id: str) -> Moved:
    """The place of a variant on the page of its quote."""
    found = read_variant_place(store, public_id)
    if found is None:
        raise NotFound(
            "There is no variant with this id here.",
            "The documents that carried it may have been removed; search for it.",
        )
    address = quote_address(found.quote, found.text)
    if found.rank >= MOST_VARIANTS:
        address = with_query(address, {"base": public_id})
    elif found.variant_count > SHORT.variants:
        address = with_query(address, {"show": "all"})
    return Moved(variant_place(address, public_id), 302)


@page(router, "/q/{public_id}", DocumentPage, quick=True)
def quotation(request: Request, store: Reading, public_id: str) -> Moved:
    """The place of a quotation in its document."""
    document = read_place(store, public_id)
    if document is None:
        raise NotFound("There is no quotation with this id here.", "Its document may have been removed; search for it.")
    return Moved(place_address(document, public_id), 302)


def _is_untidy(request: Request) -> bool:
    """Whether the address says what needs no saying, as that of a form without scripts does."""
    plain = not by_htmx(request.headers)
    return has_blanks(request) or (plain and request.query_params.get("view") == "inline")


def _retired(store: Reading, public_id: str, slug: str) -> Page | Moved:
    successors = read_quote_successors(store, public_id)
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
