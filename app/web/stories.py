"""Pages of stories: the list, and one with the quotes that its documents share."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request

from app.errors import Gone, NotFound
from app.settings import settings
from app.store.read_stories import (
    StoryDocument,
    read_shared,
    read_stories,
    read_story,
    read_story_documents,
    read_story_successor,
)
from app.store.read_views import DocumentLine
from app.web.addresses import with_query
from app.web.filters import shorten
from app.web.forms import After
from app.web.matrix import matrix
from app.web.pages import Moved, Reading, page
from app.web.sigla import Sigla
from app.web.story_contexts import StoriesPage, StoryPage, Telling

router = APIRouter()
_DOCUMENTS = 200


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


@page(router, "/stories/{public_id}", StoryPage)
def story(request: Request, store: Reading, public_id: str) -> StoryPage | Moved:
    """One story. A retired id leads to the story that has most of its documents; raises NotFound, Gone."""
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
    )


def _tellings(documents: Sequence[StoryDocument], sigla: Sigla, base: DocumentLine) -> tuple[Telling, ...]:
    return tuple(
        Telling(
            document=one.document,
            mark=replace(sigla.of(one.document), copied=one.document.copy_of is not None),
            reworded=one.reworded,
            compared=with_query("/compare", {"a": base.id, "b": one.document.id}) if one.document != base else None,
        )
        for one in documents
    )


def _retired(store: Reading, public_id: str) -> Moved:
    known, living = read_story_successor(store, public_id)
    if living:
        return Moved(f"/stories/{living}")
    if known:
        raise Gone(
            "This story is no more: its documents are not taken to be on one event any longer.",
            "Look for them among the documents, or search.",
        )
    raise NotFound("There is no story with this id here.", "Look for it among the stories, or search.")
