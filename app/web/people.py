"""Lists of speakers and of outlets."""

from fastapi import Request

from app.settings import settings
from app.store.read_outlets import read_outlets
from app.store.read_speakers import read_speakers
from app.web.addresses import with_query
from app.web.contexts import OutletsPage, SpeakersPage
from app.web.forms import After
from app.web.pages import Reading, page
from app.web.routing import new_router

router = new_router()


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
