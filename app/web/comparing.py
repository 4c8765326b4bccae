"""Two documents side by side."""

from fastapi import Request

from app.errors import NotFound
from app.store.read_documents import DocumentFilter, read_document, read_documents, read_quotations
from app.store.read_stories import StoryDocument, read_story_documents, read_story_of
from app.store.read_views import Document, DocumentLine
from app.web.abreast import of_quotations, of_text, quoted_in_both
from app.web.addresses import with_query
from app.web.compare_contexts import ChooseComparedPage, ComparePage, Show
from app.web.contexts import Page
from app.web.filters import shorten
from app.web.forms import Id
from app.web.pages import Reading, page
from app.web.routing import new_router
from app.web.sigla import Sigla

router = new_router()
_OPTIONS = 100


@page(router, "/compare", ComparePage | ChooseComparedPage)
def compare(request: Request, store: Reading, a: Id = "", b: Id = "", show: Show = "quotations") -> Page:
    """Documents `a` and `b` side by side: the quotations of both, or the whole text. Raises NotFound."""
    one, other = _document(store, a, "first (a)"), _document(store, b, "second (b)")
    if one is None or other is None:
        return _choose(store, one or other, a, b, show)
    collate = request.app.state.collate
    left, right = (one, read_quotations(store, a)), (other, read_quotations(store, b))
    if show == "text":
        found = request.app.state.beside(one.body, other.body, quoted_in_both(left, right))
        groups, cut = of_text(found, collate), found.cut
    else:
        groups, cut = of_quotations(left, right, collate)
    rows = [row for group in groups for row in group.rows]
    sigla = Sigla(StoryDocument(it.line, False) for it in (one, other))
    return ComparePage(
        title=f"{shorten(one.line.title, 40)} beside {shorten(other.line.title, 40)}",
        address=_address(a, b, show),
        show=show,
        one=one.line,
        other=other.line,
        marks=(
            sigla.at(one.line),
            sigla.at(other.line),
        ),
        groups=groups,
        same_count=sum(not row.differs for row in rows),
        differing_count=sum(row.differs and bool(row.changes) for row in rows),
        cut=cut,
        quotations=_address(a, b, "quotations"),
        text=_address(a, b, "text"),
        swapped=_address(b, a, show),
    )


def _document(store: Reading, public_id: str, which: str) -> Document | None:
    if not public_id:
        return None
    found = read_document(store, public_id)
    if found is None:
        raise NotFound(
            f"The {which} of the documents to compare, “{public_id}”, is not here.",
            "Look for it among the documents, or choose two of them at /compare.",
        )
    return found


def _choose(store: Reading, given: Document | None, a: str, b: str, show: Show) -> ChooseComparedPage:
    return ChooseComparedPage(
        title="Compare two documents",
        address=_address(a, b, show),
        a=a,
        b=b,
        show=show,
        options=_options(store, given.line if given else None),
    )


def _options(store: Reading, given: DocumentLine | None) -> tuple[DocumentLine, ...]:
    """The documents of the story of the one that is given first, then the newest."""
    told: tuple[DocumentLine, ...] = (given,) if given else ()
    story = read_story_of(store, given.id) if given else None
    if story:
        told += tuple(one.document for one in read_story_documents(store, story.id, _OPTIONS))
    newest = read_documents(store, DocumentFilter(), None, _OPTIONS).documents
    return tuple({line.id: line for line in (*told, *newest)}.values())


def _address(a: str, b: str, show: Show) -> str:
    return with_query("/compare", {"a": a, "b": b, "show": "" if show == "quotations" else show})
