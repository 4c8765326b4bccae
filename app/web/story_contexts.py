"""What the pages of stories say."""

from dataclasses import dataclass
from typing import ClassVar

from app.store.read_stories import StoryLine
from app.store.read_views import DocumentLine, Found
from app.web.contexts import ListPage, NoticePage, Page
from app.web.matrix import Matrix
from app.web.sigla import Mark


@dataclass(frozen=True, slots=True)
class Telling:
    """A document of a story with its mark, and where it is compared with the earliest independent one."""

    document: DocumentLine
    mark: Mark
    reworded: bool
    compared: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesPage(ListPage):
    """A list of stories; `next` leads on."""

    template: ClassVar[str] = "stories.html"
    fragment: ClassVar[str | None] = "_stories.html"
    found: Found
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage(Page):
    """One story: which outlet has which quote in which wording, and its documents in order of time."""

    template: ClassVar[str] = "story.html"
    story: StoryLine
    matrix: Matrix
    tellings: tuple[Telling, ...]
    base: DocumentLine  # the earliest independent document
    documents_left: int
    divided: tuple[StoryLine, ...]  # stories that have documents which once stood under this address


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChoicePage(Page):
    """An id that was divided: the stories that have its documents now."""

    template: ClassVar[str] = "story_choice.html"
    stories: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingStoryPage(NoticePage):
    """No story has this id; some that there are."""

    template: ClassVar[str] = "story_missing.html"
    stories: tuple[StoryLine, ...]
