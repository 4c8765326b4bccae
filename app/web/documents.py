"""Pages of documents: the list, and one with its quotations marked."""

from collections.abc import Sequence

from fastapi import Request

from app.errors import NotFound
from app.records import LabelKind
from app.settings import settings
from app.store.read_documents import (
    DocumentFilter,
    read_copies,
    read_document,
    read_documents,
    read_quotations,
    read_sightings,
    read_versions,
)
from app.store.read_outlets import read_outlet_options
from app.store.read_stories import read_story_of
from app.store.read_views import Document, Quotation, QuoteRef
from app.web.addresses import variant_address, web_link, with_query
from app.web.chosen import ChosenDocuments
from app.web.contexts import AnnotatedParagraph, DocumentPage, DocumentsPage, Page, Rewording
from app.web.filters import shorten
from app.web.forms import After, has_blanks
from app.web.margin import notes
from app.web.marking import paragraphs
from app.web.pages import Moved, Reading, page
from app.web.routing import new_router

router = new_router()
_OPTIONS = 200
_COPIES = 50
_EXAMPLES = 3  # of re-wording
_EXAMPLE = 120  # characters of one
_OWN_WORDS: LabelKind = "machine-translated or spun"


@page(router, "/documents", DocumentsPage)
def documents(request: Request, store: Reading, chosen: ChosenDocuments, after: After = None) -> Page | Moved:
    """Documents by outlet and date, newest first."""
    if has_blanks(request):
        return Moved(_address(chosen, after), 303)
    listed = read_documents(store, chosen, after, settings().page_size)
    return DocumentsPage(
        title="Documents",
        address=_address(chosen, after),
        chosen=chosen,
        outlets=read_outlet_options(store, chosen.outlet, _OPTIONS),
        found=listed.found,
        documents=listed.documents,
        first=_address(chosen, None) if after else None,
        next=_address(chosen, listed.after) if listed.after else None,
    )


@page(router, "/documents/{public_id}", DocumentPage)
def document(request: Request, store: Reading, public_id: str) -> DocumentPage:
    """One document. Raises NotFound."""
    found = read_document(store, public_id)
    if found is None:
        raise NotFound("There is no document with this id here.", "Look for it among the documents, or search.")
    quotations = read_quotations(store, public_id)
    heading, body = _annotated(found, quotations)
    sightings = read_sightings(store, public_id)
    return DocumentPage(
        title=found.line.title,
        address=f"/documents/{public_id}",
        document=found,
        elsewhere=web_link(found.line.url),
        heading=heading,
        paragraphs=body,
        quotations=quotations,
        versions=read_versions(store, public_id),
        copies=read_copies(store, public_id, _COPIES),
        story=read_story_of(store, public_id),
        rewordings=_rewordings(found, quotations) if found.reworded else (),
        names=tuple(dict.fromkeys(name for name, _ in sightings)),
    )


def _annotated(
    found: Document, quotations: Sequence[Quotation]
) -> tuple[AnnotatedParagraph | None, tuple[AnnotatedParagraph, ...]]:
    """The paragraphs with their notes; the first one apart where it is the title."""
    marked = [
        AnnotatedParagraph(p, notes(p, found.body, found.body_start))
        for p in paragraphs(found.body, found.body_start, quotations)
    ]
    if marked and marked[0].paragraph.text.strip() == found.line.title.strip():
        return marked[0], tuple(marked[1:])
    return None, tuple(marked)


def _rewordings(found: Document, quotations: Sequence[Quotation]) -> tuple[Rewording, ...]:
    """The first few quotes of which others agree on the words, and the document has its own."""
    refs = {ref.quote: ref for quotation in quotations for ref in quotation.quotes if _OWN_WORDS in _kinds(ref)}
    return tuple(
        Rewording(
            words=shorten(found.body[ref.start - found.body_start : ref.end - found.body_start], _EXAMPLE),
            agreed=shorten(ref.text, _EXAMPLE),
            address=variant_address(ref.variant),
        )
        for ref in list(refs.values())[:_EXAMPLES]
    )


def _kinds(ref: QuoteRef) -> set[LabelKind]:
    return {label.kind for label in ref.labels}


def _address(chosen: DocumentFilter, after: str | None) -> str:
    return with_query("/documents", {"outlet": chosen.outlet, "from": chosen.since, "to": chosen.until, "after": after})
