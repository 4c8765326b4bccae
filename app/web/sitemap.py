"""What search engines ask for: robots.txt, and the sitemap in pieces (sitemaps.org, 0.9)."""

from collections.abc import Iterable
from typing import Annotated
from xml.etree.ElementTree import Element

from fastapi import APIRouter, Path, Request
from starlette.responses import PlainTextResponse, Response

from app.errors import NotFound
from app.store.read_sitemap import KINDS, PIECE, Listed, read_piece, read_pieces
from app.web.addresses import quote_address
from app.web.pages import Reading, reads
from app.web.site import base
from app.web.xml import element, serialise

router = APIRouter(include_in_schema=False)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ENTRANCES = (
    *("/", "/stories", "/quotes", "/speakers", "/outlets", "/documents", "/alerts", "/search"),
    *("/check", "/compare", "/speakers/compare", "/api"),
)
# Other forms of what the pages say; the rest is open to all.
_CLOSED = ("/quotes.", "/documents.", "/search.", "/oembed", "/*.json$", "/*/cite.", "/*/feed.atom$")


@router.get("/robots.txt", response_class=PlainTextResponse)
def robots(request: Request) -> Response:
    """Which addresses crawlers need not read, and where the sitemap is."""
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
    return PlainTextResponse(f"User-agent: *\n{closed}\nSitemap: {base(request)}/sitemap.xml\n")


@router.get("/sitemap.xml")
@reads
def index(request: Request, store: Reading) -> Response:
    """The index of the sitemap's pieces."""
    root = Element("sitemapindex", xmlns=_NAMESPACE)
    for name in ("pages", *(f"{kind}-{number + 1}" for kind in KINDS for number in read_pieces(store, kind))):
        element(element(root, "sitemap"), "loc", f"{base(request)}/sitemaps/{name}.xml")
    return _answer(root)


@router.get("/sitemaps/pages.xml")
def entrances(request: Request) -> Response:
    """The pages that lead to all others."""
    return _answer(_urls(base(request), ((path, None) for path in _ENTRANCES)))


@router.get("/sitemaps/{kind}-{number}.xml")
@reads
def piece(
    request: Request, store: Reading, kind: str, number: Annotated[int, Path(ge=1, le=2**63 // PIECE)]
) -> Response:
    """Up to 10,000 pages of a kind. Raises NotFound where there is no such piece."""
    listed = read_piece(store, kind, number - 1) if kind in KINDS else ()
    if not listed:
        raise NotFound("There is no such piece of the sitemap.", "/sitemap.xml lists them.")
    return _answer(_urls(base(request), ((_address(kind, it), _day(it)) for it in listed)))


def _address(kind: str, listed: Listed) -> str:
    return quote_address(listed.id, listed.text) if kind == "quotes" else f"/{kind}/{listed.id}"


def _day(listed: Listed) -> str | None:
    return listed.changed.date().isoformat() if listed.changed else None


def _urls(site: str, pages: Iterable[tuple[str, str | None]]) -> Element:
    root = Element("urlset", xmlns=_NAMESPACE)
    for path, day in pages:
        url = element(root, "url")
        element(url, "loc", site + path)
        if day:
            element(url, "lastmod", day)
    return root


def _answer(root: Element) -> Response:
    return Response(serialise(root), 200, {"Cache-Control": "public, max-age=3600"}, "application/xml")
