"""A quote inside other people's pages: the frame, and oEmbed, by which their software finds it (oembed.com, 1.0)."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from fastapi import Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.errors import NotFound
from app.store.read_quotes import read_variants
from app.store.read_views import QuoteLine
from app.web.addresses import quote_address
from app.web.card import SIZE
from app.web.differences import compare
from app.web.filters import headline, shorten
from app.web.pages import Reading, reads
from app.web.quote_files import Elsewhere, living
from app.web.routing import new_router
from app.web.sharing import EMBED_SIZE, embed_code
from app.web.site import base
from app.web.xml import element, serialise

router = new_router()
_VARIANTS = 4
_SECONDS = 3600
_PATH = re.compile(r"/(?:embed/)?quotes/(?P<id>[a-z0-9]{1,16})(?:/[^/]*)?")
# The only page that others may frame; it runs nothing and sends nothing.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors *"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The largest frame that the asking page has room for, in CSS pixels."""

    width: int
    height: int


@router.get("/embed/quotes/{public_id}", include_in_schema=False)
@reads
def frame(request: Request, store: Reading, public_id: str) -> Response:
    """A quote with its first variants, small, to stand in a frame."""
    line = living(store, public_id)
    if isinstance(line, Elsewhere):
        return line.under("/embed").response()
    variants = read_variants(store, [line.id], _VARIANTS)[line.id]
    others = [compare(line.text, it, request.app.state.collate) for it in variants if not it.likely_original]
    html = request.app.state.templates.get_template("embed.html").render(
        quote=line, wordings=others, address=base(request) + quote_address(line.id, line.text)
    )
    headers = {"Content-Security-Policy": _POLICY, "X-Robots-Tag": "noindex", "Cache-Control": "no-cache"}
    return HTMLResponse(html, 200, headers)


@router.get("/oembed", response_class=Response)
@reads
def oembed(
    request: Request,
    store: Reading,
    url: Annotated[str, Query(max_length=2000, description="Address of a quote's page here.")],
    format: Annotated[Literal["json", "xml"], Query(description="The form of the answer.")] = "json",
    maxwidth: Annotated[int | None, Query(ge=1, description="Room for the frame, in CSS pixels.")] = None,
    maxheight: Annotated[int | None, Query(ge=1, description="Room for the frame, in CSS pixels.")] = None,
) -> Response:
    """How to embed the quote at an address here (oEmbed 1.0)."""
    line = _quote(store, base(request), url)
    width, height = EMBED_SIZE
    room = Frame(min(width, maxwidth or width), min(height, maxheight or height))
    return _answer(_oembed(base(request), line, room), format)


def _quote(store: Reading, site: str, url: str) -> QuoteLine:
    """The quote that an address of this site shows. Raises NotFound for all other addresses."""
    path = _PATH.fullmatch(_path(site, url))
    if path is None:
        raise NotFound("That is not the address of a quote here.", "Give the address of a quote's page.")
    line = living(store, path["id"])
    while isinstance(line, Elsewhere):
        if line.status != 301:
            raise NotFound("This quote was divided.", "Give the address of one of its parts.")
        line = living(store, line.address.rpartition("/")[2])
    return line


def _path(site: str, url: str) -> str:
    try:
        asked, ours = urlsplit(url), urlsplit(site)
    except ValueError:  # no address at all
        return ""
    same = asked.netloc.lower() == ours.netloc.lower() and asked.scheme in ("http", "https")
    return asked.path if same else ""


def _oembed(site: str, line: QuoteLine, room: Frame) -> dict[str, str | int]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": f"“{shorten(headline(line.text), 200)}”",
        "provider_name": "Variorum",
        "provider_url": f"{site}/",
        "cache_age": _SECONDS,
        "html": embed_code(site, line, room.width, room.height),
        "width": room.width,
        "height": room.height,
        "thumbnail_url": f"{site}/quotes/{line.id}/card.png",
        "thumbnail_width": SIZE[0],
        "thumbnail_height": SIZE[1],
    }


def _answer(values: dict[str, str | int], form: str) -> Response:
    headers = {"Cache-Control": f"public, max-age={_SECONDS}", "Access-Control-Allow-Origin": "*"}
    if form == "json":
        return JSONResponse(values, 200, headers)
    root = Element("oembed")
    for name, value in values.items():
        element(root, name, str(value))
    return Response(serialise(root), 200, headers, "text/xml; charset=utf-8")
