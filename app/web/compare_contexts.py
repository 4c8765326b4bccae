"""What the pages say that compare two documents."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from app.records import Change
from app.store.read_views import DocumentLine
from app.web.contexts import Page
from app.web.sigla import Mark

Show = Literal["quotations", "text"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one document, and who says them where they are quoted."""

    words: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Abreast:
    """What corresponds in two documents; one side is None where it has no counterpart."""

    left: Said | None
    right: Said | None
    changes: tuple[Change, ...] = ()  # none where one side is missing
    differs: bool = True
    summary: str = ""
    address: str | None = None  # of the quote
    elsewhere: int | None = None  # number of the row, from 1, with what corresponds to the one side out of order


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    heading: str
    rows: tuple[Abreast, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseComparedPage(Page):
    """Which two documents to compare."""

    template: ClassVar[str] = "compare_choose.html"
    a: str
    b: str
    show: Show
    options: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """Two documents side by side: their quotations, or all of their sentences."""

    template: ClassVar[str] = "compare.html"
    show: Show
    one: DocumentLine
    other: DocumentLine
    marks: tuple[Mark, Mark]
    groups: tuple[Group, ...]
    same_count: int  # rows in which both have the same words
    differing_count: int
    cut: bool  # only the beginning is compared
    quotations: str  # addresses of the two ways to show it
    text: str
    swapped: str
