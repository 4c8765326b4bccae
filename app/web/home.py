"""The way in."""

from dataclasses import replace

from fastapi import Request

from app.store.read_alerts import read_newest_alerts
from app.store.read_documents import read_newest
from app.store.read_outlets import read_counts
from app.store.read_quotes import read_changed, read_variants
from app.store.read_views import QuoteLine, Variant
from app.web.addresses import quote_address
from app.web.contexts import Changed, HomePage
from app.web.differences import compare
from app.web.pages import Reading, page
from app.web.routing import new_router
from app.web.tools import Collate

router = new_router()
_CHANGED = 6
_WORDINGS = 4
_ALERTS = 6
_DOCUMENTS = 8


@page(router, "/", HomePage)
def home(request: Request, store: Reading) -> HomePage:
    """Search, the quotes that changed most, what differs so that the sense may, the newest documents."""
    quotes = read_changed(store, _CHANGED)
    variants = read_variants(store, [quote.id for quote in quotes], _WORDINGS)
    return HomePage(
        title="Variorum",
        address="/",
        counts=read_counts(store),
        changed=tuple(_changed(quote, variants[quote.id], request.app.state.collate) for quote in quotes),
        alerts=read_newest_alerts(store, _ALERTS),
        documents=read_newest(store, _DOCUMENTS),
    )


def _changed(quote: QuoteLine, variants: list[Variant], collate: Collate) -> Changed:
    others = (replace(variant, labels=()) for variant in variants if not variant.likely_original)
    wordings = (compare(quote.text, variant, collate) for variant in others)
    return Changed(quote, quote_address(quote.id, quote.text), tuple(wordings))
