"""Pages of one outlet: how its wordings stand to those of others, and examples of what it changes."""

from typing import Annotated

from fastapi import Query, Request
from sqlalchemy import Connection

from app.errors import NotFound
from app.records import LabelKind
from app.settings import settings
from app.store.read_documents import read_newest
from app.store.read_outlet_profile import Example, read_agreement, read_changes, read_copy_counts, read_examples
from app.store.read_outlets import read_outlet
from app.store.read_quotes import read_carried
from app.store.read_views import OutletLine
from app.web.addresses import variant_address, with_query
from app.web.differences import compare
from app.web.forms import After
from app.web.pages import Reading, page
from app.web.profile_contexts import ChangeLink, Changing, OutletChangesPage, OutletPage
from app.web.routing import new_router
from app.web.tools import Collate

router = new_router()
_DOCUMENTS = 20
_COPIES = 20

_Kind = Annotated[LabelKind | None, Query(description="A label, as the outlet's page names it.")]


@page(router, "/outlets/{public_id}", OutletPage, quick=True)
def outlet(request: Request, store: Reading, public_id: str) -> OutletPage:
    """One outlet with its profile, newest documents and most changed quotes. Raises NotFound."""
    line = _find(store, public_id)
    return OutletPage(
        title=line.outlet.name,
        address=f"/outlets/{public_id}",
        line=line,
        agreement=read_agreement(store, public_id),
        changes=_changes(store, public_id),
        copies=read_copy_counts(store, public_id, _COPIES),
        documents=read_newest(store, _DOCUMENTS, public_id),
        quotes=read_carried(store, public_id, _DOCUMENTS),
        all_documents=with_query("/documents", {"outlet": public_id}),
        all_quotes=with_query("/quotes", {"outlet": public_id}),
    )


@page(router, "/outlets/{public_id}/changes", OutletChangesPage)
def changes(
    request: Request, store: Reading, public_id: str, kind: _Kind = None, after: After = None
) -> OutletChangesPage:
    """Wordings that an outlet carries under one label. Raises NotFound."""
    line = _find(store, public_id)
    own = f"/outlets/{public_id}/changes"
    found, further = read_examples(store, public_id, kind, after, settings().page_size) if kind else ((), None)
    return OutletChangesPage(
        title=f"{line.outlet.name}: {kind or 'what it changes'}",
        address=with_query(own, {"kind": kind, "after": after}),
        line=line,
        kind=kind,
        kinds=_changes(store, public_id),
        examples=tuple(_changing(example, request.app.state.collate) for example in found),
        first=with_query(own, {"kind": kind}) if after else None,
        next=with_query(own, {"kind": kind, "after": further}) if further else None,
    )


def _find(store: Connection, public_id: str) -> OutletLine:
    line = read_outlet(store, public_id)
    if line is None:
        raise NotFound("There is no outlet with this id here.", "Look for it among the outlets, or search.")
    return line


def _changes(store: Connection, public_id: str) -> tuple[ChangeLink, ...]:
    own = f"/outlets/{public_id}/changes"
    return tuple(
        ChangeLink(found.kind, found.count, with_query(own, {"kind": found.kind}))
        for found in read_changes(store, public_id)
    )


def _changing(example: Example, collate: Collate) -> Changing:
    return Changing(example.text, variant_address(example.variant.id), compare(example.text, example.variant, collate))
