"""What the page that checks a quote says."""

from dataclasses import dataclass
from typing import ClassVar

from app.records import Change
from app.store.read_check import Answer, Coverage
from app.web.contexts import Page


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer with the word-level difference from the wording that was found."""

    answer: Answer
    changes: tuple[Change, ...]
    summary: str  # the difference in a sentence; empty where nothing was found
    search: str | None  # where documents are searched for the words; None where a quotation was found


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """Whether words are in this corpus; without words the empty form."""

    template: ClassVar[str] = "check.html"
    fragment: ClassVar[str | None] = "_check.html"
    asked: str
    speaker: str
    longest: int  # characters that are looked up at once
    checked: tuple[Checked, ...]
    left: int  # sentences that were not looked up
    coverage: Coverage
    link: str  # to put words behind, for other tools
    bookmarklet: str
