"""Pages of stories: the list, and one with the quotes that its documents share."""

from collections.abc import Sequence

from fastapi import Request

from app.errors import Gone
from app.settings import settings
from app.store.read_retired import read_story_successors
from app.store.read_stories import (
    StoryDocument,
    StoryLine,
    read_shared,
    read_stories,
    read_stories_by_id,
    read_story,
    read_story_documents,
)
from app.store.read_views import DocumentLine
from app.web.addresses import with_query
from app.web.contexts import Page
from app.web.filters import shorten
from app.web.forms import After
from app.web.matrix import matrix
from app.web.pages import Moved, Reading, page
from app.web.routing import new_router
from app.web.sigla import Sigla
from app.web.story_contexts import MissingStoryPage, StoriesPage, StoryChoicePage, StoryPage, Telling

router = new_router()
_DOCUMENTS = 200
_NEWEST = 5
_DIVIDED = 5


@page(router, "/stories", StoriesPage)
def stories(request: Request, store: Reading, after: After = None) -> StoriesPage:
    """Stories, those that began last first."""
    listed = read_stories(store, after, settings().page_size)
    return StoriesPage(
        title="Stories",
        address=with_query("/stories", {"after": after}),
        found=listed.found,
        stories=listed.stories,
        first="/stories" if after else None,
        next=with_query("/stories", {"after": listed.after}) if listed.after else None,
    )


@page(router, "/stories/{public_id}", StoryPage, quick=True)
def story(request: Request, store: Reading, public_id: str) -> Page | Moved:
    """One story. A retired id leads to its successor or offers several; Gone where it was removed."""
    line = read_story(store, public_id)
    if line is None:
        return _retired(store, public_id)
    documents = read_story_documents(store, public_id, _DOCUMENTS)
    sigla = Sigla(documents)
    base = next((one.document for one in documents if one.document.copy_of is None), documents[0].document)
    return StoryPage(
        title=shorten(line.title, 90),
        address=f"/stories/{public_id}",
        story=line,
        matrix=matrix(documents, read_shared(store, [one.document.id for one in documents]), sigla),
        tellings=_tellings(documents, sigla, base),
        base=base,
        documents_left=line.document_count - len(documents),
        divided=_successors(store, public_id)[:_DIVIDED],
    )


def _tellings(documents: Sequence[StoryDocument], sigla: Sigla, base: DocumentLine) -> tuple[Telling, ...]:
    return tuple(
        Telling(
            document=one.document,
            mark=sigla.at(one.document),
            reworded=one.reworded,
            compared=with_query("/compare", {"a": base.id, "b": one.document.id}) if one.document != base else None,
        )
        for one in documents
    )


def _successors(store: Reading, public_id: str) -> tuple[StoryLine, ...]:
    found = read_story_successors(store, public_id)
    return read_stories_by_id(store, found) if found else ()


def _retired(store: Reading, public_id: str) -> Page | Moved:
    successors = read_story_successors(store, public_id)
    if successors is None:
        return _missing(store, public_id)
    living = read_stories_by_id(store, successors)
    if not living:
        raise Gone(
            "This story is no more: its documents are not taken to be on one event any longer.",
            "Look for them among the documents, or search.",
        )
    if len(living) == 1:
        return Moved(f"/stories/{living[0].id}")
    return StoryChoicePage(title="This story was divided", address=f"/stories/{public_id}", status=300, stories=living)


def _missing(store: Reading, public_id: str) -> MissingStoryPage:
    return MissingStoryPage(
        title="No story at this address",
        address=f"/stories/{public_id}",
        status=404,
        message="No story here has, or ever had, this id.",
        hint="Check the address for a typing mistake, or search for the event.",
        stories=read_stories(store, None, _NEWEST).stories,
    )
