"""The list of alerts."""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BeforeValidator

from app.settings import settings
from app.store.read_alerts import AlertKind, read_alerts
from app.web.addresses import with_query
from app.web.forms import After, has_blanks
from app.web.pages import Moved, Reading, page
from app.web.profile_contexts import AlertsPage
from app.web.routing import new_router

router = new_router()
_Kind = Annotated[
    AlertKind | None, BeforeValidator(lambda value: value or None), Query(description="What differs; empty for all.")
]


@page(router, "/alerts", AlertsPage)
def alerts(request: Request, store: Reading, kind: _Kind = None, after: After = None) -> AlertsPage | Moved:
    """Quotes of which a variant differs in a number, a negation or a name, or for which several speakers are named."""
    first = with_query("/alerts", {"kind": kind})
    if has_blanks(request):
        return Moved(first, 303)
    listed = read_alerts(store, kind, after, settings().page_size)
    return AlertsPage(
        title="Alerts",
        address=with_query("/alerts", {"kind": kind, "after": after}),
        chosen=kind,
        found=listed.found,
        alerts=listed.alerts,
        first=first if after else None,
        next=with_query("/alerts", {"kind": kind, "after": listed.after}) if listed.after else None,
    )
