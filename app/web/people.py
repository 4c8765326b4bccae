"""Pages of speakers and outlets."""

from fastapi import APIRouter, Request

from app.errors import NotFound
from app.settings import settings
from app.store.read_documents import DocumentFilter, read_documents
from app.store.read_outlets import read_outlet, read_outlets
from app.store.read_quotes import QuoteFilter, read_quotes
from app.store.read_speakers import read_aliases, read_speaker, read_speakers, read_successor
from app.web.addresses import with_query
from app.web.contexts import OutletPage, OutletsPage, SpeakerPage, SpeakersPage
from app.web.forms import After
from app.web.pages import Moved, Reading, page

router = APIRouter()
_ALIASES = 100
_DOCUMENTS = 20


@page(router, "/speakers", SpeakersPage)
def speakers(request: Request, store: Reading, after: After = None) -> SpeakersPage:
    """Speakers, the most quoted first."""
    lines, further = read_speakers(store, after, settings().page_size)
    return SpeakersPage(
        title="Speakers",
        address=with_query("/speakers", {"after": after}),
        speakers=lines,
        first="/speakers" if after else None,
        next=with_query("/speakers", {"after": further}) if further else None,
    )


@page(router, "/speakers/{public_id}", SpeakerPage)
def speaker(request: Request, store: Reading, public_id: str) -> SpeakerPage | Moved:
    """One speaker with their most carried quotes; one who turned out to be another leads there. Raises NotFound."""
    successor = read_successor(store, public_id)
    if successor is not None:
        return Moved(f"/speakers/{successor}")
    line = read_speaker(store, public_id)
    if line is None:
        raise NotFound("There is no speaker with this id here.", "Look for them among the speakers, or search.")
    listed = read_quotes(store, QuoteFilter(speaker=public_id, sort="carried"), None, settings().page_size)
    return SpeakerPage(
        title=line.speaker.name,
        address=f"/speakers/{public_id}",
        line=line,
        aliases=read_aliases(store, public_id, _ALIASES),
        quotes=listed.quotes,
        found=listed.found,
        all_quotes=with_query("/quotes", {"speaker": public_id, "sort": "carried"}),
    )


@page(router, "/outlets", OutletsPage)
def outlets(request: Request, store: Reading, after: After = None) -> OutletsPage:
    """Outlets, those with the most documents first."""
    lines, further = read_outlets(store, after, settings().page_size)
    return OutletsPage(
        title="Outlets",
        address=with_query("/outlets", {"after": after}),
        outlets=lines,
        first="/outlets" if after else None,
        next=with_query("/outlets", {"after": further}) if further else None,
    )


@page(router, "/outlets/{public_id}", OutletPage)
def outlet(request: Request, store: Reading, public_id: str) -> OutletPage:
    """One outlet with its newest documents and the most changed quotes among those it carries."""
    line = read_outlet(store, public_id)
    if line is None:
        raise NotFound("There is no outlet with this id here.", "Look for it among the outlets, or search.")
    return OutletPage(
        title=line.outlet.name,
        address=f"/outlets/{public_id}",
        line=line,
        documents=read_documents(store, DocumentFilter(outlet=public_id), None, _DOCUMENTS).documents,
        quotes=read_quotes(store, QuoteFilter(outlet=public_id), None, _DOCUMENTS).quotes,
        all_documents=with_query("/documents", {"outlet": public_id}),
        all_quotes=with_query("/quotes", {"outlet": public_id}),
    )
