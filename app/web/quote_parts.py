"""Parts of a quote's page that open there when a reader comes to them, and have pages of their own."""

from fastapi import Request

from app.store.read_occurrences import read_cited, read_occurrences
from app.store.read_state import read_state
from app.web.contexts import AroundPage, Page, SharePage
from app.web.filters import headline, shorten
from app.web.pages import Moved, Reading, page
from app.web.quote_files import Elsewhere, living
from app.web.quote_page import WHOLE
from app.web.related import alike, near_reports, neighbours, same_documents
from app.web.routing import new_router
from app.web.sharing import share
from app.web.site import base
from app.web.tools import tools

router = new_router()
_TITLE = 60  # characters of the quote


@page(router, "/share/quotes/{public_id}", SharePage, quick=True)
def share_quote(request: Request, store: Reading, public_id: str) -> Page | Moved:
    """Links, citations and the code of the embed of a quote. Raises NotFound, Gone."""
    line = living(store, public_id)
    if isinstance(line, Elsewhere):
        return _moved(line.under("/share"))
    return SharePage(
        title=f"Share “{shorten(headline(line.text), _TITLE)}”",
        address=f"/share/quotes/{line.id}",
        quote=line.id,
        text=line.text,
        speaker=line.speaker,
        share=share(base(request), line, read_cited(store, line.id), read_state(store)),
    )


@page(router, "/around/quotes/{public_id}", AroundPage, quick=True)
def around_quote(request: Request, store: Reading, public_id: str) -> Page | Moved:
    """Reports of a quote without marks, other quotes beside it, near words of its speaker. Raises NotFound, Gone."""
    line = living(store, public_id)
    if isinstance(line, Elsewhere):
        return _moved(line.under("/around"))
    occurrences = read_occurrences(store, line.id, WHOLE.places)
    around = same_documents(store, occurrences)
    related = neighbours(store, line, around)
    return AroundPage(
        title=f"Around “{shorten(headline(line.text), _TITLE)}”",
        address=f"/around/quotes/{line.id}",
        quote=line.id,
        text=line.text,
        speaker=line.speaker,
        reports=near_reports(store, line, occurrences, around, tools(request)),
        related=related,
        alike=alike(store, line, {other.id for other in related}, tools(request)),
    )


def _moved(elsewhere: Elsewhere) -> Moved:
    return Moved(elsewhere.address, elsewhere.status)
