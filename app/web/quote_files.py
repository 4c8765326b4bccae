"""What a quote is served as beside its page: citations, the picture, the feed of its variants."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Literal

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.errors import Gone, NotFound
from app.store.read_occurrences import read_cited, read_occurrences
from app.store.read_quotes import read_quote, read_quotes_by_id, read_variants
from app.store.read_retired import read_quote_successors
from app.store.read_state import read_state
from app.store.read_views import QuoteLine
from app.web import citations
from app.web.apparatus import Extent, build
from app.web.card import Card, card
from app.web.citations import Cited
from app.web.pages import Reading, reads
from app.web.routing import new_router
from app.web.sharing import cite
from app.web.site import base
from app.web.tools import tools

router = new_router()
_DRAWING = BoundedSemaphore(4)  # pictures at a time, of some megabytes each
_CARD_VARIANTS = 3  # the likely original and two others
_CARD_OCCURRENCES = 100  # enough to know who carries them
_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
    "wiki": "text/plain; charset=utf-8",
}
_WRITERS: dict[str, Callable[[Cited], str]] = {
    "txt": citations.plain,
    "bib": citations.bibtex,
    "json": citations.csl_text,
    "wiki": lambda cited: "\n".join(filter(None, (citations.wiki_web(cited), citations.wiki_news(cited)))),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The quote has another address now."""

    address: str
    status: int

    def under(self, place: str) -> "Elsewhere":
        """The same for an address below `place`; the page that offers the parts of a divided quote is one for all."""
        return Elsewhere(place + self.address, self.status) if self.status == 301 else self

    def response(self) -> Response:
        """The redirect; ids change hands again, so nobody keeps it for ever."""
        return RedirectResponse(self.address, self.status, {"Cache-Control": "no-cache"})


def living(store: Reading, public_id: str, name: str = "") -> QuoteLine | Elsewhere:
    """The quote with this id; where it went, with `name` after its id. Raises NotFound, Gone."""
    found = read_quote(store, public_id)
    if found is not None:
        return found[0]
    successors = read_quote_successors(store, public_id)
    if successors is None:
        raise NotFound("No quote here has, or ever had, this id.", "Check the address, or search for the words.")
    alive = read_quotes_by_id(store, successors)
    if not alive:
        raise Gone("This quote was removed: no document here carries it any more.", "Search for its words.")
    if len(alive) > 1:
        return Elsewhere(f"/quotes/{public_id}", 303)  # the page that offers its parts
    return Elsewhere(f"/quotes/{alive[0].id}{name}", 301)


@router.get("/quotes/{public_id}/cite.{form}", response_class=Response)
@reads
def citation(request: Request, store: Reading, public_id: str, form: Literal["txt", "bib", "json", "wiki"]) -> Response:
    """The citation of a quote: plain text, BibTeX, CSL-JSON or Wikipedia's templates."""
    line = living(store, public_id, f"/cite.{form}")
    if isinstance(line, Elsewhere):
        return line.response()
    cited = cite(base(request), line, read_cited(store, line.id), read_state(store))
    headers = {"Cache-Control": "no-cache", "Content-Disposition": f'inline; filename="variorum-{line.id}.{form}"'}
    return Response(_WRITERS[form](cited) + "\n", 200, headers, _TYPES[form])


@router.get("/quotes/{public_id}/card.png", response_class=Response)
@reads
def picture(request: Request, store: Reading, public_id: str) -> Response:
    """The quote as a picture of 1200 × 630 pixels, for those who share it."""
    line = living(store, public_id, "/card.png")
    if isinstance(line, Elsewhere):
        return line.response()
    shown = _card(request, store, line)
    headers = {"ETag": f'"{shown.version}"', "Cache-Control": "public, max-age=3600"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(None, 304, headers)
    from app.web.drawing import draw  # Pillow: loaded with the first picture

    with _DRAWING:
        drawn = draw(shown)
    return Response(drawn, 200, headers, "image/png")


def _card(request: Request, store: Reading, line: QuoteLine) -> Card:
    variants = read_variants(store, [line.id], _CARD_VARIANTS)[line.id]
    occurrences = read_occurrences(store, line.id, _CARD_OCCURRENCES)
    apparatus = build(variants[0], variants, occurrences, tools(request), Extent(_CARD_VARIANTS, 1, 0))
    return card(line, apparatus.wordings, occurrences[0] if occurrences else None)
