"""A quote in short, for the panel that opens beside the text of a document."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.errors import NotFound
from app.store.read_occurrences import read_passage
from app.store.read_quotes import read_quote, read_variants
from app.web.addresses import quote_address
from app.web.differences import compare
from app.web.pages import Reading, reads
from app.web.routing import new_router
from app.web.wanted import by_htmx

router = new_router()
_WORDINGS = 4


@router.get("/panels/{public_id}", include_in_schema=False)
@reads
def panel(
    request: Request, store: Reading, public_id: str, at: Annotated[str, Query(pattern="^[a-z0-9]{0,16}$")] = ""
) -> Response:
    """The quote with its first variants, for htmx; a browser that asks by itself is led to the page of the quote.

    `at` is the quotation from which the panel was opened: it says who is its speaker, and why. Raises NotFound.
    """
    found = read_quote(store, public_id)
    if found is None:
        raise NotFound("This quote is no more.", "Reload the document: its quotations may have been compared again.")
    line = found[0]
    address = quote_address(public_id, line.text)
    if not by_htmx(request.headers):
        return RedirectResponse(address, 302, {"Cache-Control": "no-cache"})
    variants = read_variants(store, [public_id], _WORDINGS)[public_id]
    template = request.app.state.templates.get_template("_panel.html")
    wordings = [compare(line.text, variant, request.app.state.collate) for variant in variants[1:]]
    here = read_passage(store, at) if at else None
    html = template.render(quote=line, address=address, wordings=wordings, at=at, here=here)
    return HTMLResponse(html, headers={"Vary": "HX-Request", "Cache-Control": "no-cache"})
